#ifndef ACCRUE_PROTO_WRITER_H
#define ACCRUE_PROTO_WRITER_H

/* Writes msgpack, each value in its shortest form, into a buffer that the caller owns.
 *
 *   W1  Nothing is written past `size`; the first value that does not fit sets `full`, and
 *       from then on nothing is written at all. Check it once, at the end.
 *   W2  A map's keys must be written in the order of their bytes by who writes them. */

#include "proto/bytes.h"

struct writer {
    uint8_t *data;
    size_t size;
    size_t len;
    bool full;
};

static inline struct writer writer_over(void *data, size_t size)
{
    return (struct writer){.data = data, .size = size, .len = 0, .full = false};
}

static inline struct slice writer_slice(const struct writer *writer)
{
    return slice_of(writer->data, writer->len);
}

void write_nil(struct writer *writer);
void write_bool(struct writer *writer, bool value);
void write_int(struct writer *writer, int64_t value);
void write_uint(struct writer *writer, uint64_t value);
void write_any_str(struct writer *writer, struct slice text);
static inline void write_str(struct writer *writer, struct slice text)
{
    if (text.len >= 32 || writer->full || text.len >= writer->size - writer->len) {
        write_any_str(writer, text);
        return;
    }
    uint8_t *at = writer->data + writer->len;
    *at = (uint8_t)(0xa0U | text.len);
    if (text.len > 0) {
        memcpy(at + 1, text.data, text.len);
    }
    writer->len += 1 + text.len;
}
static inline void write_text(struct writer *writer, const char *text)
{
    write_str(writer, slice_text(text)); /* of a literal the length is known when compiling */
}
void write_bin(struct writer *writer, struct slice bytes);
void write_array(struct writer *writer, uint32_t count);
void write_map(struct writer *writer, uint32_t pairs);

/* An already encoded value, or part of one. */
void write_raw(struct writer *writer, struct slice encoded);

/* A map or array header whose count is not yet known: always map16 (a client in wide use cannot
 * read map32) and array32, so not canonical and for answers only. The `_end` puts the count in;
 * a map of more than 65,535 pairs does not fit. */
size_t write_map_begin(struct writer *writer);
void write_map_end(struct writer *writer, size_t mark, uint32_t pairs);
size_t write_array_begin(struct writer *writer);
void write_array_end(struct writer *writer, size_t mark, uint32_t count);

#endif
