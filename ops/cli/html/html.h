#ifndef ACCRUE_OPS_CLI_HTML_H
#define ACCRUE_OPS_CLI_HTML_H

/* `accrue report`: answers as pages to print, to read and to file.
 *
 *   P1  A page is one file: no script, no font, no image, no address. What it shows is in it.
 *   P2  It is well-formed XML as well as HTML: every reader of either opens it.
 *   P3  Text of the log is data. It goes through html_text() and nothing else.
 *   P4  Drawings are integers, in tenths of a pixel. They show the figures of the table below
 *       them, and each mark says its figure in words. */

#include "ops/cli/table.h"

struct html {
    FILE *out;
    const struct cli *cli;
    const json_t *answer;
};

/* Our own markup. */
void html_put(const struct html *html, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Anybody's text, escaped (P3). */
void html_text(const struct html *html, const char *text);
/* Our words in the language of the page. */
const char *html_say(const struct html *html, const char *english, const char *chinese);
void html_begin(const struct html *html, const char *title);
void html_end(const struct html *html, const json_t *about);
/* One figure above everything else. */
void html_figures_begin(const struct html *html);
void html_figure(const struct html *html, const char *name, const char *value);
void html_money_figure(const struct html *html, const char *name, int64_t minor,
                       const char *currency);
void html_figures_end(const struct html *html);
/* The rows and totals of the answer. `keys` as in table_begin(). */
void html_table(const struct html *html, const char *const *keys);
/* The sum of the columns that begin an aging band. */
int64_t bands_of(const json_t *row);

extern const char html_style[];

/* ---- svg.c ---- */

#define DRAWING_WIDTH 960 /* pixels */

/* value / max of `width` pixels, in tenths of one, cut off. */
int64_t svg_share(int64_t value, int64_t max, int width);
/* Steps of an axis: 1, 2 or 5 times a power of ten, at most five up to `top` >= max. */
struct axis {
    int64_t step, top;
};
struct axis axis_of(int64_t max);
void svg_begin(const struct html *html, int height, const char *title);
void svg_end(const struct html *html);
/* x in tenths. `cells` > 0: cut to so many cells of a terminal, the whole as a tip. */
void svg_text(const struct html *html, int64_t x, int y, const char *style, const char *text,
              int cells);
void svg_rect(const struct html *html, int64_t x, int y, int64_t width, int height,
              const char *style, const char *tip);
/* An upright line. */
void svg_line(const struct html *html, int64_t x, int from, int to, const char *style);
/* "12,000" where an amount has nothing behind its point, else "0.05". */
void money_short(const struct html *html, int64_t minor, const char *currency, char out[48]);

/* ---- bars.c, columns.c, timeline.c ---- */

#define PARTS_MAX 24

/* Bars that lie, one a row: `parts` one behind the other, or one below the other. */
struct bars {
    const char *title;
    const char *currency; /* only rows of it; NULL: all, in CNY */
    const char *keys[PARTS_MAX];
    const char *styles[PARTS_MAX];
    int parts;
    bool stacked;
};
void chart_bars(const struct html *html, const struct bars *bars);
/* Columns that stand, one a row: an amount or a count, with growth above. */
void chart_columns(const struct html *html, const char *title, const char *key,
                   const char *growth_key);
/* Entries of the agenda: lanes of what is due, along the days. */
void chart_timeline(const struct html *html, int32_t within);

#endif
