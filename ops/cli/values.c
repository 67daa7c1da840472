/* Chinese for what stands in columns: states, kinds, reasons.
 *
 *   H2  A value that stands here in no row is shown as it is. */

#include <string.h>

#include "ops/cli/table.h"

static const struct {
    const char *keys, *text, *chinese; /* `keys`: names of columns between spaces */
} values[] = {
#define VALUE(columns, text, chinese) {columns, text, chinese},
#include "proto/columns.def"
};

static const char *value_title(const char *key, const char *text)
{
    char wanted[64];
    (void)snprintf(wanted, sizeof(wanted), " %s ", key);
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        if (strcmp(values[i].text, text) == 0 && strstr(values[i].keys, wanted) != NULL) {
            return values[i].chinese;
        }
    }
    return text;
}

void value_shown(const char *key, const char *text, bool chinese, char *out, size_t size)
{
    if (strcmp(key, "bucket") == 0 && is_band(text)) {
        band_title(text, chinese, out, size);
    } else {
        text_plain(out, size, chinese ? value_title(key, text) : text);
    }
}
