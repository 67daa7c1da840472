/* Headings of columns, and what a column holds by its name: from proto/columns.def.
 *
 *   H1  A name that stands here in no row is its own heading. */

#include <string.h>

#include "ops/cli/table.h"

static const struct {
    const char *key;
    enum column_kind kind;
    const char *english, *chinese;
} columns[] = {
#define COLUMN(name, kind, english, chinese) {name, COLUMN_##kind, english, chinese},
#include "proto/columns.def"
};
#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

static size_t find(const char *key)
{
    size_t i = 0;
    while (i < COLUMN_COUNT && strcmp(key, columns[i].key) != 0) {
        i++;
    }
    return i;
}

bool is_band(const char *key)
{
    return key[0] == 'd' && key[1] >= '0' && key[1] <= '9';
}

enum column_kind column_kind_of(const char *key)
{
    size_t i = find(key);
    if (i < COLUMN_COUNT) {
        return columns[i].kind;
    }
    size_t len = strlen(key);
    bool fen = len > 4 && strcmp(key + len - 4, "_fen") == 0;
    return is_band(key) || fen ? COLUMN_MONEY : COLUMN_TEXT;
}

/* "31-60 d", "> 90 d" */
void band_title(const char *key, bool chinese, char *out, size_t size)
{
    char text[32];
    size_t len = 0;
    bool plus = strstr(key, "_plus") != NULL;
    for (const char *at = key + 1; *at != '\0' && len < sizeof(text) - 1; at++) {
        if (plus && *at == '_') {
            break;
        }
        text[len++] = *at == '_' ? '-' : *at;
    }
    text[len] = '\0';
    (void)snprintf(out, size, "%s%s%s", plus ? "> " : "", text, chinese ? " 天" : " d");
}

void column_title(const char *key, bool chinese, char *out, size_t size)
{
    size_t i = find(key);
    if (i < COLUMN_COUNT) {
        (void)snprintf(out, size, "%s", chinese ? columns[i].chinese : columns[i].english);
    } else if (is_band(key)) {
        band_title(key, chinese, out, size);
    } else {
        text_plain(out, size, key);
    }
}
