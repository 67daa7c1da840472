/* The frame of a page, its figures and its tables. */

#include "ops/cli/html/html.h"

#include <stdarg.h>
#include <string.h>

void html_put(const struct html *html, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vfprintf(html->out, format, arguments);
    va_end(arguments);
}

/* U+FFFE and U+FFFF are characters, and not of XML (P2). */
static bool is_no_character(const char *at)
{
    return memcmp(at, "\xef\xbf", 2) == 0 && (at[2] == '\xbe' || at[2] == '\xbf');
}

void html_text(const struct html *html, const char *text)
{
    char plain[CELL_MAX];
    text_plain(plain, sizeof(plain), text); /* without control characters */
    for (const char *at = plain; *at != '\0'; at++) {
        switch (*at) {
        case '&':
            html_put(html, "&amp;");
            break;
        case '<':
            html_put(html, "&lt;");
            break;
        case '>':
            html_put(html, "&gt;");
            break;
        case '"':
            html_put(html, "&quot;");
            break;
        case '\'':
            html_put(html, "&#39;");
            break;
        default:
            if (*at == '\xef' && is_no_character(at)) {
                html_put(html, "?");
                at += 2;
            } else {
                (void)fputc(*at, html->out);
            }
        }
    }
}

const char *html_say(const struct html *html, const char *english, const char *chinese)
{
    return in_language(html->cli, english, chinese);
}

void html_begin(const struct html *html, const char *title)
{
    const char *language = html_say(html, "en", "zh-CN");
    html_put(html,
             "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\" "
             "xml:lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n",
             language, language);
    html_put(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'\"/>\n"
                   "<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>");
    html_text(html, title);
    html_put(html, " · %s</title>\n<style>\n%s</style>\n</head>\n<body>\n<header>\n<h1>",
             json_text(html->answer, "as_of"), html_style);
    html_text(html, title);
    html_put(html, "</h1>\n<p>%s <b>%s</b>%s <b>%lld</b>", html_say(html, "as of", "截至"),
             json_text(html->answer, "as_of"), html_say(html, ", as known at seq", "，所知至序号"),
             (long long)json_integer_value(json_object_get(html->answer, "known_at")));
    const char *basis = json_text(html->answer, "basis");
    if (*basis != '\0') {
        html_put(html, "%s <b>", html_say(html, ", basis", "，口径"));
        html_text(html, basis);
        html_put(html, "</b>");
    }
    html_put(html, "%s%s</p>\n</header>\n", html_say(html, ", ", "，"), unit_text(html->cli));
}

void html_end(const struct html *html, const json_t *about)
{
    html_put(html, "<footer>\n<dl>\n");
    for (size_t i = 0; i < json_array_size(about); i++) {
        const json_t *pair = json_array_get(about, i);
        html_put(html, "<div><dt>");
        html_text(html, json_string_value(json_array_get(pair, 0)));
        html_put(html, "</dt><dd>");
        html_text(html, json_string_value(json_array_get(pair, 1)));
        html_put(html, "</dd></div>\n");
    }
    html_put(html, "</dl>\n</footer>\n</body>\n</html>\n");
}

void html_figures_begin(const struct html *html)
{
    html_put(html, "<ul class=\"figures\">\n");
}

void html_figure(const struct html *html, const char *name, const char *value)
{
    html_put(html, "<li><span>");
    html_text(html, name);
    html_put(html, "</span> <b>");
    html_text(html, value);
    html_put(html, "</b></li>\n");
}

void html_money_figure(const struct html *html, const char *name, int64_t minor,
                       const char *currency)
{
    char amount[48];
    char value[64];
    money_text(html->cli, minor, currency, amount);
    (void)snprintf(value, sizeof(value), "%s %.3s", amount, currency == NULL ? "CNY" : currency);
    html_figure(html, name, value);
}

void html_figures_end(const struct html *html)
{
    html_put(html, "</ul>\n");
}

int64_t bands_of(const json_t *row)
{
    const char *key;
    json_t *cell;
    int64_t sum = 0;
    json_object_foreach((json_t *)(uintptr_t)row, key, cell)
    {
        sum += is_band(key) ? json_integer_value(cell) : 0;
    }
    return sum;
}

/* ---- tables ---- */

static void put_row(const struct html *html, const struct table *table, const json_t *row,
                    const char *name)
{
    char text[CELL_MAX];
    bool first = true;
    html_put(html, "<tr>");
    for (int c = 0; c < table->count; c++) {
        const struct column *column = &table->columns[c];
        if (!column->used) {
            continue;
        }
        cell_text(html->cli, row, column->key, text);
        const json_t *cell = json_object_get(row, column->key);
        bool named = first && cell == NULL;
        bool zero = json_is_integer(cell) && json_integer_value(cell) == 0;
        html_put(html, "<td%s>", !column->right ? "" : zero ? " class=\"n z\"" : " class=\"n\"");
        html_text(html, named ? name : text);
        html_put(html, "</td>");
        first = false;
    }
    html_put(html, "</tr>\n");
}

void html_table(const struct html *html, const char *const *keys)
{
    const json_t *rows = json_object_get(html->answer, "rows");
    struct table table;
    table_begin(&table, html->cli, rows, keys);
    table_measure(&table, rows);
    html_put(html, "<section>\n<h2>%s</h2>\n", html_say(html, "Figures", "明细"));
    if (json_array_size(rows) == 0) {
        html_put(html, "<p>%s</p>\n</section>\n", html_say(html, "(nothing)", "（无）"));
        return;
    }
    html_put(html, "<div class=\"wide\"><table>\n<thead><tr>");
    for (int c = 0; c < table.count; c++) {
        if (table.columns[c].used) {
            html_put(html, "<th%s scope=\"col\">", table.columns[c].right ? " class=\"n\"" : "");
            html_text(html, table.columns[c].title);
            html_put(html, "</th>");
        }
    }
    html_put(html, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < json_array_size(rows); r++) {
        put_row(html, &table, json_array_get(rows, r), "");
    }
    html_put(html, "</tbody>\n");
    json_t *total = totals_shown(rows, json_object_get(html->answer, "total"));
    if (totals_say(&table, total)) {
        html_put(html, "<tbody class=\"total\">\n");
        for (size_t r = 0; r < json_array_size(total); r++) {
            put_row(html, &table, json_array_get(total, r), html_say(html, "total", "合计"));
        }
        html_put(html, "</tbody>\n");
    }
    json_decref(total);
    html_put(html, "</table></div>\n</section>\n");
}
