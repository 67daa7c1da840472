/* Bars that lie. The longest first, as many as a page has room for; the table has all. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/html/html.h"

#define BARS_MAX 20
#define LABEL_CELLS 30
#define BAR_X 2300 /* tenths */
#define BAR_WIDTH 570
#define STACKED_HEIGHT 26 /* of a row */
#define PART_HEIGHT 15
#define TOP 34

struct bar {
    const json_t *row;
    int64_t length;
    size_t index; /* in the answer: an order for bars of one length */
};

static int longest_first(const void *left, const void *right)
{
    const struct bar *a = left;
    const struct bar *b = right;
    if (a->length != b->length) {
        return a->length > b->length ? -1 : 1;
    }
    return a->index < b->index ? -1 : 1;
}

static int64_t part_of(const struct bars *bars, const json_t *row, int part)
{
    int64_t value = json_integer_value(json_object_get(row, bars->keys[part]));
    return value > 0 ? value : 0; /* a negative one has no length; the table says it */
}

static int row_height(const struct bars *bars)
{
    return bars->stacked ? STACKED_HEIGHT : bars->parts * PART_HEIGHT + 8;
}

static int64_t length_of(const struct bars *bars, const json_t *row)
{
    int64_t length = 0;
    for (int p = 0; p < bars->parts; p++) {
        int64_t value = part_of(bars, row, p);
        length = bars->stacked ? length + value : value > length ? value : length;
    }
    return length;
}

/* Of all rows of the currency that have a length; the caller frees it. */
static struct bar *bars_chosen(const struct html *html, const struct bars *bars, size_t *ret_count)
{
    const json_t *rows = json_object_get(html->answer, "rows");
    struct bar *chosen = calloc(json_array_size(rows) + 1, sizeof(*chosen));
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(rows) && chosen != NULL; i++) {
        const json_t *row = json_array_get(rows, i);
        const char *currency = json_text(row, "currency");
        int64_t length = length_of(bars, row);
        if (length > 0 && (bars->currency == NULL || strcmp(currency, bars->currency) == 0)) {
            chosen[count++] = (struct bar){row, length, i};
        }
    }
    if (count > 1) {
        qsort(chosen, count, sizeof(*chosen), longest_first);
    }
    *ret_count = count;
    return chosen;
}

static void draw_axis(const struct html *html, const struct bars *bars, struct axis axis,
                      int bottom)
{
    char text[48];
    for (int64_t tick = 0; tick <= axis.top; tick += axis.step) {
        int64_t x = BAR_X + svg_share(tick, axis.top, BAR_WIDTH);
        svg_line(html, x, TOP - 4, bottom, "grid");
        money_short(html, tick, bars->currency, text);
        svg_text(html, x, bottom + 16, "axis middle", text, 0);
    }
}

static void draw_legend(const struct html *html, const struct bars *bars)
{
    char title[TITLE_MAX];
    int64_t x = BAR_X;
    for (int p = 0; p < bars->parts && bars->parts > 1; p++) {
        column_title(bars->keys[p], html->cli->chinese, title, sizeof(title));
        svg_rect(html, x, 6, 110, 11, bars->styles[p], title);
        svg_text(html, x + 160, 16, "legend", title, 0);
        x += 300 + 75 * text_width(title);
    }
}

static void draw_value(const struct html *html, const struct bars *bars, int64_t value, int y,
                       struct axis axis)
{
    char amount[48];
    money_text(html->cli, value, bars->currency, amount);
    svg_text(html, BAR_X + svg_share(value, axis.top, BAR_WIDTH) + 80, y, "value", amount, 0);
}

static void draw_bar(const struct html *html, const struct bars *bars, const struct bar *bar, int y,
                     struct axis axis)
{
    char amount[48], title[TITLE_MAX], tip[CELL_MAX];
    int64_t before = 0; /* of a stack */
    int height = bars->stacked ? STACKED_HEIGHT - 8 : PART_HEIGHT - 2;
    const char *label = json_text(bar->row, "label");
    label = *label == '\0' ? json_text(bar->row, "key") : label;
    svg_text(html, BAR_X - 100, y + row_height(bars) / 2 + 1, "label end", label, LABEL_CELLS);
    for (int p = 0; p < bars->parts; p++) {
        int64_t value = part_of(bars, bar->row, p);
        int64_t from = svg_share(before, axis.top, BAR_WIDTH);
        int64_t to = svg_share(before + value, axis.top, BAR_WIDTH);
        int top = bars->stacked ? y : y + p * PART_HEIGHT;
        if (value > 0) {
            column_title(bars->keys[p], html->cli->chinese, title, sizeof(title));
            money_text(html->cli, value, bars->currency, amount);
            (void)snprintf(tip, sizeof(tip), "%.400s · %s: %s", label, title, amount);
            svg_rect(html, BAR_X + from, top, to > from ? to - from : 1, height, bars->styles[p],
                     tip);
        }
        if (bars->stacked) {
            before += value;
        } else {
            draw_value(html, bars, value, top + height - 2, axis);
        }
    }
    if (bars->stacked) {
        draw_value(html, bars, bar->length, y + height - 4, axis);
    }
}

void chart_bars(const struct html *html, const struct bars *bars)
{
    size_t count;
    struct bar *chosen = bars_chosen(html, bars, &count);
    size_t shown = count < BARS_MAX ? count : BARS_MAX;
    if (shown > 0) {
        struct axis axis = axis_of(chosen[0].length);
        int bottom = TOP + (int)shown * row_height(bars);
        svg_begin(html, bottom + 24, bars->title);
        draw_axis(html, bars, axis, bottom);
        draw_legend(html, bars);
        for (size_t i = 0; i < shown; i++) {
            draw_bar(html, bars, &chosen[i], TOP + (int)i * row_height(bars) + 2, axis);
        }
        if (count > shown) {
            char more[96];
            (void)snprintf(more, sizeof(more), "%s %zu / %zu",
                           html_say(html, "the largest", "金额最大者"), shown, count);
            svg_text(html, (int64_t)DRAWING_WIDTH * 10, 16, "axis end", more, 0);
        }
        svg_end(html);
    }
    free(chosen);
}
