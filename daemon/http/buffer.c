/* Doubling, up to the bound: B1 of buffer.h. */

#include "daemon/http/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "daemon/base/check.h"

#define BUFFER_FIRST ((size_t)4096)
#define FORMAT_BYTES_MAX 512

void buffer_clear(struct buffer *buffer, size_t keep)
{
    if (buffer->size > keep) {
        buffer_free(buffer);
    }
    buffer->len = 0;
    buffer->full = false;
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    buffer->data = NULL;
    buffer->len = 0;
    buffer->size = 0;
}

static bool grow(struct buffer *buffer, size_t more)
{
    size_t size = buffer->size > 0 ? buffer->size : BUFFER_FIRST;
    if (more > buffer->max - buffer->len) {
        return false;
    }
    while (size < buffer->len + more) {
        size *= 2;
    }
    char *data = realloc(buffer->data, size);
    if (data == NULL) {
        return false;
    }
    buffer->data = data;
    buffer->size = size;
    return true;
}

void buffer_put(struct buffer *buffer, struct slice bytes)
{
    if (buffer->full || bytes.len == 0) {
        return;
    }
    if (bytes.len > buffer->size - buffer->len && !grow(buffer, bytes.len)) {
        buffer->full = true; /* B1 */
        return;
    }
    memcpy(buffer->data + buffer->len, bytes.data, bytes.len);
    buffer->len += bytes.len;
}

void buffer_text(struct buffer *buffer, const char *text)
{
    buffer_put(buffer, slice_text(text));
}

void buffer_int(struct buffer *buffer, int64_t value)
{
    char digits[24];
    int len = snprintf(digits, sizeof(digits), "%lld", (long long)value);
    buffer_put(buffer, slice_of(digits, (size_t)len));
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    char text[FORMAT_BYTES_MAX];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    INVARIANT(len >= 0 && len < FORMAT_BYTES_MAX);
    buffer_put(buffer, slice_of(text, (size_t)len));
}
