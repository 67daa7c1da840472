/* Columns that stand: a row each, in the order of the answer, with its growth above it. */

#include <string.h>

#include "ops/cli/html/html.h"

#define COLUMNS_SHOWN 24 /* the last of them */
#define LEFT 1300        /* tenths */
#define WIDTH 810
#define HEIGHT 140
#define TOP 26

static void value_text(const struct html *html, const char *key, int64_t value, char out[48])
{
    if (column_kind_of(key) == COLUMN_MONEY) {
        money_short(html, value, NULL, out);
    } else {
        (void)snprintf(out, 48, "%lld", (long long)value);
    }
}

static void draw_axis(const struct html *html, const char *key, struct axis axis)
{
    char text[48];
    for (int64_t tick = 0; tick <= axis.top; tick += axis.step) {
        int y = TOP + HEIGHT - (int)(svg_share(tick, axis.top, HEIGHT) / 10);
        html_put(html, "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" class=\"grid\"/>\n",
                 LEFT / 10, LEFT / 10 + WIDTH, y, y);
        value_text(html, key, tick, text);
        svg_text(html, LEFT - 80, y + 4, "axis end", text, 0);
    }
}

/* "+36.2%", "" where the answer knows none. */
static void growth_text(const json_t *growth, char out[48])
{
    out[0] = '\0';
    if (json_is_integer(growth)) {
        long long tenths = (long long)json_integer_value(growth);
        long long size = tenths < 0 ? -tenths : tenths;
        (void)snprintf(out, 48, "%s%lld.%lld%%", tenths < 0 ? "-" : "+", size / 10, size % 10);
    }
}

static void draw_column(const struct html *html, const char *key, const char *growth_key,
                        const json_t *row, int64_t middle, int64_t width, struct axis axis)
{
    char text[48], growth[48], tip[CELL_MAX];
    const char *label = json_text(row, "label");
    int64_t value = json_integer_value(json_object_get(row, key));
    int height = (int)(svg_share(value > 0 ? value : 0, axis.top, HEIGHT) / 10);
    value_text(html, key, value, text);
    growth_text(json_object_get(row, growth_key), growth);
    (void)snprintf(tip, sizeof(tip), "%.400s: %s %s", label, text, growth);
    svg_rect(html, middle - width / 2, TOP + HEIGHT - height, width, height, "p0", tip);
    svg_text(html, middle, TOP + HEIGHT - height - 7, "value middle", growth, 0);
    svg_text(html, middle, TOP + HEIGHT + 16, "label middle", label, 14);
}

void chart_columns(const struct html *html, const char *title, const char *key,
                   const char *growth_key)
{
    const json_t *rows = json_object_get(html->answer, "rows");
    size_t all = json_array_size(rows);
    size_t shown = all < COLUMNS_SHOWN ? all : COLUMNS_SHOWN;
    int64_t max = 0;
    for (size_t i = all - shown; i < all; i++) {
        int64_t value = json_integer_value(json_object_get(json_array_get(rows, i), key));
        max = value > max ? value : max;
    }
    if (max == 0) {
        return;
    }
    struct axis axis = axis_of(max);
    int64_t room = (int64_t)WIDTH * 10 / (int64_t)shown;
    int64_t width = room * 6 / 10 < 700 ? room * 6 / 10 : 700;
    svg_begin(html, TOP + HEIGHT + 26, title);
    draw_axis(html, key, axis);
    for (size_t i = 0; i < shown; i++) {
        draw_column(html, key, growth_key, json_array_get(rows, all - shown + i),
                    LEFT + room * (int64_t)i + room / 2, width, axis);
    }
    svg_end(html);
}
