/* The framer and the shape check: one walk over heads, S1-S3 of shape.h.
 *
 *   The two differ only in what running out of bytes means: "feed more" on a stream, "not a
 *   value" for bytes that are all there. In the second case S1 becomes sharp: owed <= bytes
 *   left, always, since every value takes at least one byte. On a stream the bound on owed is
 *   FRAME_NODES_MAX, so that no count is believed before it is paid for. */

#include "proto/shape.h"

#include "proto/head.h"

struct walk {
    const uint8_t *base;
    const uint8_t *end;
    uint32_t depth_max;
    bool whole; /* all bytes are there */
};

void framer_init(struct framer *framer)
{
    framer->at = 0;
    framer->owed = 0;
    framer->nodes = 0;
    framer->depth = 0;
}

/* Close the containers that the last value completed. */
static void close_full(struct framer *framer)
{
    while (framer->depth > 0 && framer->left[framer->depth - 1] == 0) {
        framer->depth--;
    }
}

static enum status bounds(const struct framer *framer, const struct walk *walk)
{
    if (walk->whole) {
        uint64_t left = (uint64_t)(walk->end - walk->base) - framer->at;
        return framer->owed <= left ? STATUS_OK : STATUS_BAD_REQUEST;
    }
    if (framer->nodes + framer->owed > FRAME_NODES_MAX ||
        framer->at + framer->owed > FRAME_BYTES_MAX) {
        return STATUS_TOO_LARGE;
    }
    return STATUS_OK;
}

/* Take one head and its own bytes; on any other status the framer has not moved. */
static enum status step(struct framer *framer, const struct walk *walk)
{
    enum status short_of = walk->whole ? STATUS_BAD_REQUEST : STATUS_INCOMPLETE;
    const uint8_t *at = walk->base + framer->at;
    struct head head;

    /* The first byte is enough to refuse an ext, however long it says it is. */
    if (at < walk->end && *at >= 0xc0 && *at < 0xe0) {
        uint8_t type = head_forms[*at - 0xc0].type;
        if (type == CURSOR_NONE || type == CURSOR_EXT) {
            return STATUS_BAD_REQUEST;
        }
    }
    if (!head_read(at, walk->end, &head)) {
        return short_of;
    }
    if (!walk->whole && framer->at + head.len + head.body > FRAME_BYTES_MAX) {
        return STATUS_TOO_LARGE; /* said before the body is waited for */
    }
    if (head.body > (uint64_t)(walk->end - at) - head.len) {
        return short_of;
    }
    framer->at += head.len + (size_t)head.body;
    framer->nodes++;
    framer->owed += head.children;
    framer->owed--;
    if (framer->depth > 0) {
        framer->left[framer->depth - 1]--;
    }
    enum status status = bounds(framer, walk);
    if (status != STATUS_OK) {
        return status;
    }
    if (head.type == CURSOR_ARRAY || head.type == CURSOR_MAP) {
        if (framer->depth == walk->depth_max) {
            return STATUS_TOO_LARGE;
        }
        framer->left[framer->depth++] = (uint32_t)head.children; /* bounded by bounds() */
    }
    close_full(framer);
    return STATUS_OK;
}

enum status framer_next(struct framer *framer, struct slice bytes, size_t *ret_len)
{
    if (bytes.len == 0) {
        return STATUS_INCOMPLETE;
    }
    struct walk walk = {bytes.data, bytes.data + bytes.len, FRAME_DEPTH_MAX, false};
    if (framer->owed == 0) {
        framer->owed = 1;
    }
    while (framer->owed > 0) {
        enum status status = step(framer, &walk);
        if (status != STATUS_OK) {
            return status;
        }
    }
    *ret_len = framer->at;
    framer_init(framer);
    return STATUS_OK;
}

enum status shape_check(struct slice bytes, uint32_t depth_max)
{
    struct framer framer;
    if (bytes.len == 0) {
        return STATUS_BAD_REQUEST;
    }
    if (bytes.len > FRAME_BYTES_MAX) {
        return STATUS_TOO_LARGE;
    }
    struct walk walk = {bytes.data, bytes.data + bytes.len,
                        depth_max < FRAME_DEPTH_MAX ? depth_max : FRAME_DEPTH_MAX, true};
    framer_init(&framer);
    framer.owed = 1;
    while (framer.owed > 0) {
        enum status status = step(&framer, &walk);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return framer.at == bytes.len ? STATUS_OK : STATUS_BAD_REQUEST;
}
