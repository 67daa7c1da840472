/* close: the books of a period are closed.
 *
 *   S1  Closing fixes where `original` stands and forbids nothing; what belongs into the period and
 *       comes later is flagged. A period is closed once: the daemon refuses a second time. */

#include "ops/cli/append.h"
#include "ops/cli/export/export.h"
#include "ops/cli/period.h"
#include "proto/vocabulary.h"

/* Registered contracts of the period as they stand in `original` now; the caller owns them. */
static json_t *original(const struct cli *cli, const char *key, int32_t first, int32_t last,
                        int *ret_exit)
{
    char from[11], to[11];
    date_format(first, from);
    date_format(last, to);
    json_t *params = json_pack("{s:s,s:[s],s:o}", "basis", "original", "by", key, "period",
                               json_sprintf("%s..%s", from, to));
    return ask_rows(cli, "query", "statistics", params, NULL, ret_exit);
}

static int show(const struct cli *cli, const char *key, const json_t *answer, long long seq)
{
    json_t *params = json_pack("{s:s}", "by", key);
    message(
        "%s %s %lld", cli->args.operands[0],
        in_language(cli, "is closed; original stands at seq", "已关账；口径 original 固定于序号"),
        seq);
    if (for_people(cli)) {
        (void)printf("%s%s\n", in_language(cli, "original, ", "口径 original，"), unit_text(cli));
    }
    int result = answer_of(cli, "statistics", params, answer, NULL);
    json_decref(params);
    return result;
}

int command_close(struct cli *cli)
{
    const char *period = cli->args.operands[0];
    int32_t first, last;
    int result;
    const char *key = period_named(period, &first, &last);
    if (key == NULL) {
        return usage("close %s: 2025, 2025-Q1, 2025-03", period);
    }
    json_t *event = json_pack("{s:s,s:s,s:{s:s}}", "type", "period.closed", "agg", period, "data",
                              "period", period);
    json_set_text(json_object_get(event, "data"), "basis_note", cli->args.value[OPTION_NOTE]);
    event_give_id(event, false);
    json_t *posted = ask(cli, "append", json_pack("{s:[O]}", "events", event), &result);
    if (posted != NULL) {
        json_t *answer = original(cli, key, first, last, &result);
        json_t *rows = json_object_get(answer, "rows");
        if (cli->json) {
            json_print_free(json_pack("{s:s,s:O,s:O,s:O?}", "period", period, "id",
                                      json_object_get(event, "id"), "seq",
                                      json_object_get(posted, "last"), "original", rows));
        } else {
            result = show(cli, key, answer,
                          (long long)json_integer_value(json_object_get(posted, "last")));
        }
        json_decref(answer);
    }
    json_decref(posted);
    json_decref(event);
    return result;
}
