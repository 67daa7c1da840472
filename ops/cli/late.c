/* late: the cut-off test of an auditor. What belongs into a period and came after it had ended.
 *
 *   T1  An event belongs where its effective date lies, and came when the log recorded it, a day
 *       in Asia/Shanghai. Days late are counted from the last day of the period.
 *   T2  The log is what is tested: what was reversed later is listed too, and so is its reversal.
 *       Only the act of closing (period.closed) belongs to no period. */

#include <string.h>

#include "ops/cli/events.h"
#include "ops/cli/export/export.h"
#include "ops/cli/period.h"
#include "ops/cli/progress.h"
#include "proto/event.h"
#include "proto/vocabulary.h"

struct late {
    const struct cli *cli;
    int32_t last; /* day of the period */
    int64_t left;
    uint64_t head;
    json_t *rows;
    struct progress progress;
};

/* What the event moves, if it says one sum. */
static void set_amount(json_t *row, const json_t *data)
{
    json_t *amount = json_object_get(data, "amount_fen");
    if (amount == NULL) {
        amount = json_object_get(data, "total_fen");
    }
    json_t *currency = json_object_get(data, "currency");
    (void)json_object_set(row, "currency", currency == NULL ? json_null() : currency);
    (void)json_object_set(row, "amount", json_is_integer(amount) ? amount : json_null());
}

static bool take(void *arg, accrue_value value)
{
    struct late *late = arg;
    json_t *event = json_of(value);
    if (strcmp(json_text(event, "type"), "period.closed") != 0) {
        json_int_t recorded = json_integer_value(json_object_get(event, "recorded"));
        json_t *row = event_row(event);
        (void)json_object_set_new(row, "days_late",
                                  json_integer(shanghai_day(recorded) - late->last));
        set_amount(row, json_object_get(event, "data"));
        (void)json_object_set(row, "flags", json_object_get(event, "flags"));
        (void)json_array_append_new(late->rows, row);
        late->left--;
    }
    progress_show(&late->progress, (uint64_t)json_integer_value(json_object_get(event, "seq")),
                  late->head, json_array_size(late->rows));
    json_decref(event);
    return late->left > 0;
}

static int show(const struct late *late, const char *from, const char *to)
{
    static const char *const keys[] = {"seq",   "recorded", "effective", "days_late",
                                       "type",  "agg",      "currency",  "amount",
                                       "flags", "actor",    NULL};
    const struct cli *cli = late->cli;
    json_t *answer = json_pack("{s:s,s:s,s:O}", "from", from, "to", to, "rows", late->rows);
    if (cli->json) {
        json_print_free(answer);
        return EXIT_OK;
    }
    if (for_people(cli)) {
        (void)printf("%s %s..%s%s%s\n", in_language(cli, "effective", "业务日期"), from, to,
                     in_language(cli, ", recorded later, ", "，期后记录，"), unit_text(cli));
    }
    int result = answer_out(cli, answer, keys);
    message("%s %zu", in_language(cli, "events:", "事件数："), json_array_size(late->rows));
    json_decref(answer);
    return result;
}

int command_late(struct cli *cli)
{
    const char *period = cli->args.value[OPTION_PERIOD];
    int32_t first;
    struct late late = {.cli = cli, .left = INT64_MAX};
    char from[11], to[11], after[11];
    if (period == NULL || !period_days(period, &first, &late.last)) {
        return usage("--period %s: 2025, 2025-Q1, 2025-03, FROM..TO", period == NULL ? "" : period);
    }
    if (!option_number(cli, OPTION_LIMIT, 1, INT64_MAX, &late.left)) {
        return EXIT_USAGE;
    }
    date_format(first, from);
    date_format(late.last, to);
    date_format(late.last + 1, after);
    late.rows = json_array();
    late.head = log_head(cli);
    progress_begin(&late.progress, cli);
    int result = ask_events(cli,
                            json_pack("{s:{s:s,s:s},s:{s:s}}", "effective", "from", from, "to", to,
                                      "recorded", "from", after),
                            take, &late);
    progress_end(&late.progress);
    if (result == EXIT_OK) {
        result = show(&late, from, to);
    }
    json_decref(late.rows);
    return result;
}
