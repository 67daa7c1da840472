/* report: one of four answers as a page.
 *
 *   J1  An option is the parameter of its own name, sent as it was given: what may stand in it the
 *       daemon says, and refuses what the projection does not know. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/export/export.h"
#include "ops/cli/html/html.h"

/* The columns of the answer but some, named between spaces: a sheet of paper has not room for all.
 */
static void table_without(const struct html *html, const char *left_out)
{
    const char *keys[COLUMNS_MAX] = {NULL};
    const char *key;
    json_t *cell;
    char wanted[CELL_MAX];
    size_t count = 0;
    json_object_foreach(json_array_get(json_object_get(html->answer, "rows"), 0), key, cell)
    {
        (void)snprintf(wanted, sizeof(wanted), " %s ", key);
        if (cell != NULL && strstr(left_out, wanted) == NULL && count < COLUMNS_MAX - 1) {
            keys[count++] = key;
        }
    }
    html_table(html, keys);
}

/* ---- what is owed ---- */

#define CURRENCIES_MAX 16

/* The currencies of the totals, in their order. */
static void each_currency(const struct html *html,
                          void (*draw)(const struct html *html, const json_t *total))
{
    const json_t *total = json_object_get(html->answer, "total");
    for (size_t i = 0; i < json_array_size(total) && i < CURRENCIES_MAX; i++) {
        draw(html, json_array_get(total, i));
    }
}

static int64_t number_of(const json_t *row, const char *key)
{
    return json_integer_value(json_object_get(row, key));
}

static void owed_figures(const struct html *html, const json_t *total)
{
    const char *currency = json_text(total, "currency");
    html_money_figure(html, html_say(html, "outstanding", "未结"), number_of(total, "outstanding"),
                      currency);
    html_money_figure(html, html_say(html, "of it overdue", "其中逾期"), bands_of(total), currency);
    html_money_figure(html, html_say(html, "contingent, not owed", "附条件（尚未成就）"),
                      number_of(total, "contingent"), currency);
    html_money_figure(html, html_say(html, "credit", "预收未核销"),
                      number_of(total, "unapplied_credit"), currency);
}

/* Not due, the bands from pale to dark, disputed. */
static void owed_chart(const struct html *html, const json_t *total)
{
    static const char *const shades[] = {"p1", "p2", "p3", "p4", "p5"};
    const size_t last = sizeof(shades) / sizeof(shades[0]) - 1;
    const char *key;
    json_t *cell;
    size_t bands = 0;
    size_t band = 0;
    char title[128];
    const char *currency = json_text(total, "currency");
    (void)snprintf(title, sizeof(title), "%s (%s)",
                   html_say(html, "What is owed, by age", "未结款项账龄"), currency);
    struct bars bars = {.title = title, .currency = currency, .stacked = true};
    bars.keys[0] = "not_due";
    bars.styles[bars.parts++] = "p0";
    json_object_foreach((json_t *)(uintptr_t)total, key, cell)
    {
        bands += is_band(key);
    }
    json_object_foreach((json_t *)(uintptr_t)total, key, cell)
    {
        if (is_band(key) && bars.parts < PARTS_MAX - 1) {
            bars.keys[bars.parts] = key;
            bars.styles[bars.parts++] = shades[bands > 1 ? band * last / (bands - 1) : last];
            band++;
        }
    }
    bars.keys[bars.parts] = "disputed";
    bars.styles[bars.parts++] = "p6";
    chart_bars(html, &bars);
}

static void page_outstanding(const struct html *html)
{
    html_figures_begin(html);
    each_currency(html, owed_figures);
    html_figures_end(html);
    each_currency(html, owed_chart);
    table_without(html, " scheduled waived written_off set_off extinguished ");
}

/* ---- what falls due ---- */

static void page_agenda(const struct html *html)
{
    static const char *const keys[] = {"date", "days",  "text",     "agg",    "label",
                                       "no",   "party", "currency", "amount", NULL};
    const json_t *rows = json_object_get(html->answer, "rows");
    const char *within = html->cli->args.value[OPTION_WITHIN];
    int32_t days = (int32_t)strtol(within == NULL ? "30" : within, NULL, 10);
    size_t count = json_array_size(rows);
    size_t late = 0;
    size_t week = 0;
    char text[24];
    for (size_t i = 0; i < count; i++) {
        int64_t day = number_of(json_array_get(rows, i), "days");
        late += day < 0;
        week += day >= 0 && day <= 7;
    }
    html_figures_begin(html);
    (void)snprintf(text, sizeof(text), "%zu", count);
    html_figure(html, html_say(html, "entries", "事项"), text);
    (void)snprintf(text, sizeof(text), "%zu", late);
    html_figure(html, html_say(html, "overdue", "已逾期"), text);
    (void)snprintf(text, sizeof(text), "%zu", week);
    html_figure(html, html_say(html, "within seven days", "七日内"), text);
    html_figures_end(html);
    chart_timeline(html, days);
    html_table(html, keys);
}

/* ---- registered contracts ---- */

static void count_figure(const struct html *html, const char *name, int64_t count)
{
    char text[24];
    (void)snprintf(text, sizeof(text), "%lld", (long long)count);
    html_figure(html, name, text);
}

static void page_statistics(const struct html *html)
{
    const json_t *first = json_array_get(json_object_get(html->answer, "rows"), 0);
    const json_t *total = json_array_get(json_object_get(html->answer, "total"), 0);
    html_figures_begin(html);
    count_figure(html, html_say(html, "contracts", "合同项数"), number_of(total, "count"));
    html_money_figure(html, html_say(html, "turnover", "成交额"), number_of(total, "turnover"),
                      NULL);
    html_money_figure(html, html_say(html, "technology part", "技术交易额"),
                      number_of(total, "tech"), NULL);
    html_figures_end(html);
    if (json_object_get(first, "turnover_growth_permille") != NULL) {
        chart_columns(html, html_say(html, "Turnover, with growth", "成交额及增长率"), "turnover",
                      "turnover_growth_permille");
        chart_columns(html, html_say(html, "Contracts, with growth", "合同项数及增长率"), "count",
                      "count_growth_permille");
    } else {
        struct bars bars = {.title = html_say(html, "Turnover", "成交额"),
                            .keys = {"turnover"},
                            .styles = {"p0"},
                            .parts = 1};
        chart_bars(html, &bars);
    }
    table_without(html, " key label "); /* the grouping says it */
}

/* ---- the year of an institution ---- */

static void page_annual_report(const struct html *html)
{
    const json_t *total = json_array_get(json_object_get(html->answer, "total"), 0);
    struct bars bars = {
        .title = html_say(html, "Value and money received, by mode", "各转化方式的合同额与到账"),
        .keys = {"contract_value", "received"},
        .styles = {"p0", "p7"},
        .parts = 2};
    html_figures_begin(html);
    count_figure(html, html_say(html, "contracts signed", "签订合同"), number_of(total, "count"));
    html_money_figure(html, html_say(html, "contract value", "合同额"),
                      number_of(total, "contract_value"), NULL);
    html_money_figure(html, html_say(html, "received in the year", "当年到账"),
                      number_of(total, "received"), NULL);
    html_money_figure(html, html_say(html, "rewards to persons", "奖酬金"),
                      number_of(total, "rewards"), NULL);
    html_figures_end(html);
    chart_bars(html, &bars);
    html_table(html, NULL);
}

/* ---- the command ---- */

static const struct page {
    const char *name; /* of the projection */
    const char *english, *chinese;
    void (*draw)(const struct html *html);
    const char *param, *otherwise; /* where it is not given */
} pages[] = {
    {"outstanding", "What is owed", "未结款项", page_outstanding, "by", "debtor"},
    {"agenda", "What falls due", "到期与待办事项", page_agenda, NULL, NULL},
    {"statistics", "Registered contracts", "技术合同认定登记统计", page_statistics, "by", "year"},
    {"annual_report", "Yearly report on conversions", "科技成果转化年度报告", page_annual_report,
     NULL, NULL},
};

/* Options that are no parameter of the question. */
static bool is_parameter(enum option_id id)
{
    return id != OPTION_AS_OF && id != OPTION_KNOWN_AT && id != OPTION_LIMIT &&
           id != OPTION_OUTPUT && id != OPTION_UNIT && id != OPTION_PARAM;
}

static void add_options(const struct cli *cli, json_t *params)
{
    const struct args *args = &cli->args;
    for (const enum option_id *id = cli->command->options; *id != OPTION_NONE; id++) {
        const char *name = option_rules[*id].name;
        if (!is_parameter(*id) || args->value[*id] == NULL) {
            continue;
        }
        if (args->repeats[*id] < 2) {
            json_set_text(params, name, args->value[*id]);
            continue;
        }
        json_t *list = json_array();
        for (int i = 0; i < args->repeats[*id]; i++) {
            (void)json_array_append_new(list, json_string(args->repeated[*id][i]));
        }
        (void)json_object_set_new(params, name, list);
    }
}

static int write_page(const struct cli *cli, const struct page *page, const json_t *answer)
{
    struct output output;
    char title[CELL_MAX];
    const char *year = given(cli, OPTION_YEAR) ? cli->args.value[OPTION_YEAR] : "";
    json_t *about = about_made(cli, answer);
    bool good = about != NULL && output_begin(&output, cli->output, true);
    if (good) {
        struct html html = {.out = output.file, .cli = cli, .answer = answer};
        (void)snprintf(title, sizeof(title), "%s %s", html_say(&html, page->english, page->chinese),
                       year);
        html_begin(&html, title);
        page->draw(&html);
        html_end(&html, about);
        good = output_end(&output, true);
    }
    json_decref(about);
    return good ? EXIT_OK : EXIT_FAILED;
}

int command_report_page(struct cli *cli)
{
    const size_t count = sizeof(pages) / sizeof(pages[0]);
    size_t i = 0;
    int result;
    while (i < count && strcmp(pages[i].name, cli->args.operands[0]) != 0) {
        i++;
    }
    if (i == count) {
        return usage("report %s: outstanding, agenda, statistics, annual_report",
                     cli->args.operands[0]);
    }
    if (cli->json) {
        return usage("%s", in_language(cli, "report writes HTML; --json goes with the question",
                                       "report 输出 HTML；JSON 请用相应查询命令"));
    }
    json_t *params = params_given(cli);
    if (params == NULL) {
        return EXIT_USAGE;
    }
    add_options(cli, params);
    if (pages[i].param != NULL && json_object_get(params, pages[i].param) == NULL) {
        json_set_text(params, pages[i].param, pages[i].otherwise);
    }
    json_t *answer = ask_rows(cli, "query", pages[i].name, params, NULL, &result);
    if (answer != NULL) {
        result = write_page(cli, &pages[i], answer);
    }
    json_decref(answer);
    return result;
}
