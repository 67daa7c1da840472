/* agenda, findings, receipts: commands that are one projection each, with its parameters as
 * options.
 *
 *   J1  An option is the parameter of its own name, sent as it was given: what may stand in it the
 *       daemon says, once. */

#include <string.h>

#include "ops/cli/cli.h"

static const struct report {
    const char *name; /* of the command and of the projection */
    enum option_id params[8];
    const char *keys[12]; /* columns where nothing is grouped; none: those of the answer */
} reports[] = {
    {"agenda",
     {OPTION_WITHIN, OPTION_PARTY, OPTION_WHAT, OPTION_OVERDUE},
     {"date", "days", "text", "agg", "label", "no", "party", "currency", "amount"}},
    {"findings",
     {OPTION_BY, OPTION_FLAG, OPTION_ACTOR, OPTION_PERIOD},
     {"seq", "flag", "agg", "type", "effective", "recorded", "actor", "label"}},
    {"receipts",
     {OPTION_BY, OPTION_PAYEE, OPTION_PAYER, OPTION_CONTRACT, OPTION_KIND, OPTION_DEPARTMENT,
      OPTION_PERIOD},
     {NULL}},
};

int command_report(struct cli *cli)
{
    const struct report *report = reports;
    while (strcmp(report->name, cli->command->name) != 0) {
        report++;
    }
    json_t *params = json_object();
    for (const enum option_id *id = report->params; *id != OPTION_NONE; id++) {
        json_set_text(params, option_rules[*id].name, cli->args.value[*id]);
    }
    bool all = report->keys[0] == NULL || given(cli, OPTION_BY);
    return ask_and_show(cli, report->name, params, all ? NULL : report->keys);
}
