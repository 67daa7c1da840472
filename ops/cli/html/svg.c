/* Marks of a drawing, and its axes (P4). */

#include <string.h>

#include "ops/cli/html/html.h"
#include "proto/cursor.h"

int64_t svg_share(int64_t value, int64_t max, int width)
{
    int64_t tenths = (int64_t)width * 10;
    while (max > INT64_MAX / tenths) { /* what is lost is far below a tenth of a pixel */
        value /= 2;
        max /= 2;
    }
    return max > 0 ? value * tenths / max : 0;
}

struct axis axis_of(int64_t max)
{
    static const int64_t multiples[] = {1, 2, 5};
    struct axis axis = {.step = 1};
    for (int64_t power = 1; power <= INT64_C(1000000000000000); power *= 10) {
        for (size_t i = 0; i < sizeof(multiples) / sizeof(multiples[0]); i++) {
            axis.step = power * multiples[i];
            if (max <= axis.step * 5) {
                int64_t steps = (max + axis.step - 1) / axis.step;
                axis.top = axis.step * (steps > 0 ? steps : 1);
                return axis;
            }
        }
    }
    axis.top = axis.step * 5;
    return axis;
}

void svg_begin(const struct html *html, int height, const char *title)
{
    html_put(html, "<section>\n<h2>");
    html_text(html, title);
    html_put(html,
             "</h2>\n<figure><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
             "role=\"img\"><title>",
             DRAWING_WIDTH, height);
    html_text(html, title);
    html_put(html, "</title>\n");
}

void svg_end(const struct html *html)
{
    html_put(html, "</svg></figure>\n</section>\n");
}

/* Cut to `cells`, with a mark of it. */
static bool fits(const char *text, int cells, char out[CELL_MAX])
{
    struct slice bytes = slice_text(text);
    size_t at = 0;
    (void)snprintf(out, CELL_MAX, "%s", text);
    if (text_width(text) <= cells) {
        return true;
    }
    while (at < bytes.len && at < CELL_MAX - 4) {
        uint32_t point;
        size_t len = utf8_next(bytes, at, &point);
        len = len == 0 ? 1 : len;
        memcpy(out + at, text + at, len);
        out[at + len] = '\0';
        if (text_width(out) > cells - 1) {
            break;
        }
        at += len;
    }
    (void)snprintf(out + at, CELL_MAX - at, "…");
    return false;
}

void svg_text(const struct html *html, int64_t x, int y, const char *style, const char *text,
              int cells)
{
    char cut[CELL_MAX];
    bool whole = cells == 0 || fits(text, cells, cut);
    html_put(html, "<text x=\"%lld.%lld\" y=\"%d\" class=\"%s\">", (long long)(x / 10),
             (long long)(x % 10), y, style);
    html_text(html, whole ? text : cut);
    if (!whole) {
        html_put(html, "<title>");
        html_text(html, text);
        html_put(html, "</title>");
    }
    html_put(html, "</text>\n");
}

void svg_rect(const struct html *html, int64_t x, int y, int64_t width, int height,
              const char *style, const char *tip)
{
    html_put(html,
             "<rect x=\"%lld.%lld\" y=\"%d\" width=\"%lld.%lld\" height=\"%d\" class=\"%s\">"
             "<title>",
             (long long)(x / 10), (long long)(x % 10), y, (long long)(width / 10),
             (long long)(width % 10), height, style);
    html_text(html, tip);
    html_put(html, "</title></rect>\n");
}

void svg_line(const struct html *html, int64_t x, int from, int to, const char *style)
{
    html_put(html, "<line x1=\"%lld.%lld\" x2=\"%lld.%lld\" y1=\"%d\" y2=\"%d\" class=\"%s\"/>\n",
             (long long)(x / 10), (long long)(x % 10), (long long)(x / 10), (long long)(x % 10),
             from, to, style);
}

void money_short(const struct html *html, int64_t minor, const char *currency, char out[48])
{
    money_text(html->cli, minor, currency, out);
    char *point = strchr(out, '.');
    if (point != NULL && point[1 + strspn(point + 1, "0")] == '\0') {
        *point = '\0';
    }
}
