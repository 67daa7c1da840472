#ifndef ACCRUE_DAEMON_HTTP_BUFFER_H
#define ACCRUE_DAEMON_HTTP_BUFFER_H

/* A text that grows up to a bound: one answer, made before its length is known.
 *
 *   B1  After `full` (over the bound, or no memory) nothing more is written; look once, at the
 *       end. What is there is then cut and good for nothing. */

#include "proto/bytes.h"

struct buffer {
    char *data;
    size_t len, size, max;
    bool full;
};

static inline struct buffer buffer_up_to(size_t max)
{
    return (struct buffer){.max = max};
}

/* Forget what is in it; memory over `keep` bytes is given back. */
void buffer_clear(struct buffer *buffer, size_t keep);
void buffer_free(struct buffer *buffer);

void buffer_put(struct buffer *buffer, struct slice bytes);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_int(struct buffer *buffer, int64_t value);
/* For short things: what a format makes of them has at most 512 bytes. */
void buffer_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline struct slice buffer_slice(const struct buffer *buffer)
{
    return slice_of(buffer->data, buffer->len);
}

#endif
