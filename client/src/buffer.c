/* A growing byte buffer, emptied from the front. */

#include <stdlib.h>

#include "client/src/inner.h"

int buffer_add(struct buffer *buffer, const void *bytes, size_t len, size_t max)
{
    if (len > max || buffer->len > max - len) {
        return ACCRUE_TOO_LARGE;
    }
    if (buffer->start + buffer->len + len > buffer->size && buffer->start > 0) {
        memmove(buffer->data, buffer->data + buffer->start, buffer->len);
        buffer->start = 0;
    }
    if (buffer->len + len > buffer->size) {
        size_t size = buffer->size == 0 ? 4096 : buffer->size;
        while (size < buffer->len + len) {
            size *= 2;
        }
        uint8_t *data = realloc(buffer->data, size);
        if (data == NULL) {
            return ACCRUE_NOMEM;
        }
        buffer->data = data;
        buffer->size = size;
    }
    if (len > 0) {
        memcpy(buffer->data + buffer->start + buffer->len, bytes, len);
    }
    buffer->len += len;
    return ACCRUE_OK;
}

void buffer_take(struct buffer *buffer, size_t count)
{
    buffer->start += count;
    buffer->len -= count;
    if (buffer->len == 0) {
        buffer->start = 0;
    }
}

void buffer_done(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}
