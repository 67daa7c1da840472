/* The writer: W1 and W2 of writer.h. Plain stores rather than a packer with a callback: the
 * shortest form of a value is one comparison away, and the buffer is ours. */

#include "proto/writer.h"

/* Where `bytes` more may be written, or NULL (W1). */
static uint8_t *reserve(struct writer *writer, size_t bytes)
{
    if (writer->full || bytes > writer->size - writer->len) {
        writer->full = true;
        return NULL;
    }
    uint8_t *at = writer->data + writer->len;
    writer->len += bytes;
    return at;
}

static void store_big(uint8_t *at, uint64_t value, unsigned bytes)
{
    for (unsigned i = bytes; i > 0; i--) {
        at[i - 1] = (uint8_t)(value & 0xff);
        value >>= 8;
    }
}

static void write_byte(struct writer *writer, uint8_t byte)
{
    uint8_t *at = reserve(writer, 1);
    if (at) {
        *at = byte;
    }
}

/* A first byte and a big-endian number. */
static void write_head(struct writer *writer, uint8_t first, uint64_t value, unsigned bytes)
{
    uint8_t *at = reserve(writer, 1 + (size_t)bytes);
    if (at) {
        *at = first;
        store_big(at + 1, value, bytes);
    }
}

void write_nil(struct writer *writer)
{
    write_byte(writer, 0xc0);
}

void write_bool(struct writer *writer, bool value)
{
    write_byte(writer, value ? 0xc3 : 0xc2);
}

void write_uint(struct writer *writer, uint64_t value)
{
    if (value < 0x80) {
        write_byte(writer, (uint8_t)value);
    } else if (value <= UINT8_MAX) {
        write_head(writer, 0xcc, value, 1);
    } else if (value <= UINT16_MAX) {
        write_head(writer, 0xcd, value, 2);
    } else if (value <= UINT32_MAX) {
        write_head(writer, 0xce, value, 4);
    } else {
        write_head(writer, 0xcf, value, 8);
    }
}

void write_int(struct writer *writer, int64_t value)
{
    uint64_t raw = (uint64_t)value;
    if (value >= 0) {
        write_uint(writer, raw);
    } else if (value >= -32) {
        write_byte(writer, (uint8_t)(raw & 0xff));
    } else if (value >= INT8_MIN) {
        write_head(writer, 0xd0, raw, 1);
    } else if (value >= INT16_MIN) {
        write_head(writer, 0xd1, raw, 2);
    } else if (value >= INT32_MIN) {
        write_head(writer, 0xd2, raw, 4);
    } else {
        write_head(writer, 0xd3, raw, 8);
    }
}

void write_raw(struct writer *writer, struct slice encoded)
{
    uint8_t *at = reserve(writer, encoded.len);
    if (at && encoded.len > 0) {
        memcpy(at, encoded.data, encoded.len);
    }
}

/* W1 counts for a value as a whole: a head without its body is never left behind. */
static void write_body(struct writer *writer, size_t mark, struct slice body)
{
    write_raw(writer, body);
    if (writer->full) {
        writer->len = mark;
    }
}

void write_any_str(struct writer *writer, struct slice text)
{
    size_t mark = writer->len;
    if (text.len < 32) {
        write_byte(writer, (uint8_t)(0xa0 | text.len));
    } else if (text.len <= UINT8_MAX) {
        write_head(writer, 0xd9, text.len, 1);
    } else if (text.len <= UINT16_MAX) {
        write_head(writer, 0xda, text.len, 2);
    } else if (text.len <= UINT32_MAX) {
        write_head(writer, 0xdb, text.len, 4);
    } else {
        writer->full = true;
    }
    write_body(writer, mark, text);
}

void write_bin(struct writer *writer, struct slice bytes)
{
    size_t mark = writer->len;
    if (bytes.len <= UINT8_MAX) {
        write_head(writer, 0xc4, bytes.len, 1);
    } else if (bytes.len <= UINT16_MAX) {
        write_head(writer, 0xc5, bytes.len, 2);
    } else if (bytes.len <= UINT32_MAX) {
        write_head(writer, 0xc6, bytes.len, 4);
    } else {
        writer->full = true;
    }
    write_body(writer, mark, bytes);
}

void write_array(struct writer *writer, uint32_t count)
{
    if (count < 16) {
        write_byte(writer, (uint8_t)(0x90 | count));
    } else if (count <= UINT16_MAX) {
        write_head(writer, 0xdc, count, 2);
    } else {
        write_head(writer, 0xdd, count, 4);
    }
}

void write_map(struct writer *writer, uint32_t pairs)
{
    if (pairs < 16) {
        write_byte(writer, (uint8_t)(0x80 | pairs));
    } else if (pairs <= UINT16_MAX) {
        write_head(writer, 0xde, pairs, 2);
    } else {
        write_head(writer, 0xdf, pairs, 4);
    }
}

size_t write_map_begin(struct writer *writer)
{
    size_t mark = writer->len;
    write_head(writer, 0xde, 0, 2);
    return mark;
}

size_t write_array_begin(struct writer *writer)
{
    size_t mark = writer->len;
    write_head(writer, 0xdd, 0, 4);
    return mark;
}

/* When the writer is full the head may never have been written. */
static void put_count(struct writer *writer, size_t mark, uint32_t count, unsigned bytes)
{
    if (!writer->full) {
        store_big(writer->data + mark + 1, count, bytes);
    }
}

void write_map_end(struct writer *writer, size_t mark, uint32_t pairs)
{
    writer->full = writer->full || pairs > UINT16_MAX;
    put_count(writer, mark, pairs, 2);
}

void write_array_end(struct writer *writer, size_t mark, uint32_t count)
{
    put_count(writer, mark, count, 4);
}
