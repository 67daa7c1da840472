#ifndef ACCRUE_OPS_IMPORT_TEXT_H
#define ACCRUE_OPS_IMPORT_TEXT_H

/* Copying text into rooms of a fixed size: what does not fit is cut, the end is always a zero. */

#include <string.h>

/* `len` bytes of `text`. */
static inline void text_cut(char *out, size_t size, const char *text, size_t len)
{
    len = len < size ? len : size - 1;
    memcpy(out, text, len);
    out[len] = '\0';
}

/* The next of a list, with ", " before it unless it is the first. */
static inline void text_list(char *out, size_t size, const char *text)
{
    size_t len = strlen(out);
    if (len + strlen(text) + 3 <= size) {
        text_cut(out + len, size - len, ", ", len == 0 ? 0 : 2);
        len = strlen(out);
        text_cut(out + len, size - len, text, strlen(text));
    }
}

#endif
