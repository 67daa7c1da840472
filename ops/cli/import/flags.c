/* Flags that the daemon sets on rows which it accepts: a bank reference seen before, say.
 *
 *   L1  The trial run tells those of the rows to come, posting those of the rows that it stored: a
 *       row may be flagged for one further up in its own sheet, which a trial run of other rows
 *       does not see. What was there before was told then.
 *   L2  A flag is no fault: the row is posted, and the exit code stays. */

#include <string.h>

#include "ops/cli/import/import.h"
#include "ops/cli/table.h"
#include "proto/status.h"

static const char *flag_text(const struct cli *cli, const char *name)
{
    int bit = warning_from_name(name, strlen(name));
    return bit < 0        ? "" /* of a newer daemon */
           : cli->chinese ? warning_text_zh((unsigned)bit)
                          : warning_text_en((unsigned)bit);
}

static void keep(struct importing *importing, uint64_t row, const char *name)
{
    json_t *rows = importing->flagged.rows;
    if (json_array_size(rows) < FAULTS_KEPT_MAX) {
        (void)json_array_append_new(rows,
                                    json_pack("{s:I,s:s,s:s}", "sheet_row", (json_int_t)row, "flag",
                                              name, "text", flag_text(importing->cli, name)));
    }
    importing->flagged.flags++;
}

void flags_begin(struct importing *importing)
{
    json_decref(importing->flagged.rows);
    importing->flagged = (struct flagged){.rows = json_array()};
}

void flags_note(struct importing *importing, const struct waiting *waiting, const json_t *results)
{
    json_t *told = json_object(); /* a flag of several of its events is told once */
    for (size_t i = 0; i < json_array_size(waiting->events.own); i++) {
        const json_t *result = json_array_get(results, waiting->first + i);
        const json_t *flags = json_object_get(result, "flags");
        size_t count = json_is_true(json_object_get(result, "dup")) ? 0 : json_array_size(flags);
        for (size_t f = 0; f < count; f++) {
            const char *name = json_string_value(json_array_get(flags, f));
            if (json_object_get(told, name) == NULL) {
                (void)json_object_set_new(told, name, json_true());
                keep(importing, waiting->record.row, name);
            }
        }
    }
    importing->flagged.count += json_object_size(told) > 0;
    json_decref(told);
}

void flags_print(const struct importing *importing)
{
    static const char *const keys[] = {"sheet_row", "flag", "text", NULL};
    const struct flagged *flagged = &importing->flagged;
    if (flagged->count == 0) {
        return;
    }
    table_print(importing->cli, flagged->rows, keys, NULL);
    if (flagged->flags > json_array_size(flagged->rows)) {
        message("%s",
                in_language(importing->cli,
                            "more flags than are shown: of what is posted see accrue findings",
                            "警示未全部列出：登记后见 accrue findings"));
    }
}
