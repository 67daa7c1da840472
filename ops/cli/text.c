/* Text on a terminal.
 *
 *   X1  Widths come from the C library's table for C.UTF-8, whatever the user's locale is.
 *   X2  What came from outside never reaches a terminal as a command to it. */

#define _GNU_SOURCE /* wcwidth */

#include <locale.h>
#include <string.h>
#include <wchar.h>

#include "ops/cli/cli.h"
#include "proto/cursor.h"

static int width_of(uint32_t point)
{
    static locale_t utf8;
    if (utf8 == NULL) {
        utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
        if (utf8 != NULL) {
            (void)uselocale(utf8); /* X1; of this thread, and there is one */
        }
    }
    int width = wcwidth((wchar_t)point);
    return width < 0 ? 1 : width;
}

int text_width(const char *text)
{
    struct slice bytes = slice_text(text);
    int width = 0;
    size_t at = 0;
    while (at < bytes.len) {
        uint32_t point = 0;
        size_t len = utf8_next(bytes, at, &point);
        width += len == 0 ? 1 : width_of(point);
        at += len == 0 ? 1 : len;
    }
    return width;
}

/* Controls, and marks that turn the direction of what follows. */
static bool is_obeyed(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) ||
           (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

void text_plain(char *out, size_t size, const char *text)
{
    struct slice bytes = slice_text(text);
    size_t at = 0;
    size_t written = 0;
    while (at < bytes.len) {
        uint32_t point = 0;
        size_t len = utf8_next(bytes, at, &point);
        bool plain = len > 0 && !is_obeyed(point); /* X2 */
        size_t take = plain ? len : 1;
        if (written + take >= size) {
            break;
        }
        memcpy(out + written, plain ? text + at : "?", take);
        written += take;
        at += len == 0 ? 1 : len;
    }
    out[written] = '\0';
}

void print_plain(FILE *out, const char *text)
{
    char part[1024];
    while (*text != '\0') {
        struct slice rest = slice_text(text);
        size_t len = 0;
        while (len < rest.len) { /* whole characters */
            uint32_t point = 0;
            size_t next = utf8_next(rest, len, &point);
            next = next == 0 ? 1 : next;
            if (len + next >= sizeof(part)) {
                break;
            }
            len += next;
        }
        char piece[sizeof(part)];
        memcpy(piece, text, len);
        piece[len] = '\0';
        text_plain(part, sizeof(part), piece);
        (void)fputs(part, out);
        text += len;
    }
}

void print_padded(const char *text, int width, bool right)
{
    int pad = width - text_width(text);
    pad = pad > 0 ? pad : 0;
    (void)printf("%*s%s%*s", right ? pad : 0, "", text, right ? 0 : pad, "");
}
