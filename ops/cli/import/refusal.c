/* What the daemon says of a row that it refuses, by row and column. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/import/import.h"
#include "ops/cli/table.h"
#include "ops/import/text.h"

/* "data.amount_fen" of the event at `index` of the row's own request: the heading, and what the
 * row holds there. */
static size_t column_of(const struct importing *importing, const struct waiting *waiting,
                        const json_t *batch, const json_t *error)
{
    size_t index = (size_t)json_integer_value(json_object_get(error, "index"));
    const char *field = json_text(error, "field");
    const json_t *event = json_array_get(batch, index);
    if (index < waiting->first) {
        const char *kind = entity_kind(
            strncmp(json_text(event, "type"), "party.", 6) == 0 ? ENTITY_PARTY : ENTITY_TECHNOLOGY);
        char place[AGGREGATE_KIND_MAX + AGGREGATE_ID_MAX + 2];
        (void)snprintf(place, sizeof(place), "%.16s/%.96s", kind, json_text(event, "agg"));
        return row_column_of_need(importing->profile, &waiting->events, place, field);
    }
    const char *dash = strrchr(json_text(event, "id"), '-'); /* E1 of rows.h */
    size_t made = dash == NULL ? 1 : (size_t)strtoul(dash + 1, NULL, 10);
    return row_column_of(importing->profile, made - 1, field);
}

/* "E_MISSING_FIELD: a required field is missing (data.region, party/ustb)" */
static void wrong_text(const json_t *error, int code, char *out, size_t size)
{
    const char *name = accrue_code_name(code);
    const char *text = json_text(error, "message");
    const char *field = json_text(error, "field");
    const char *state = json_text(error, "state");
    bool named = strncmp(text, name, strlen(name)) == 0;
    bool more = *field != '\0' || *state != '\0';
    (void)snprintf(out, size, "%.40s%s%.400s%s%.100s%s%.100s%s", named ? "" : name,
                   named ? "" : ": ", text, more ? " (" : "", field,
                   *field != '\0' && *state != '\0' ? ", " : "", state, more ? ")" : "");
}

void refusal_tell(struct importing *importing, const struct waiting *waiting, const json_t *batch,
                  const json_t *error, int code)
{
    char wrong[CELL_MAX];
    char legal[CELL_MAX] = "";
    const json_t *list = json_object_get(error, "legal");
    size_t column = column_of(importing, waiting, batch, error);
    const char *field = json_text(error, "field");
    bool known = column < importing->profile->column_count;
    const char *heading = known ? record_heading(&importing->records, column) : "";
    for (size_t i = 0; i < json_array_size(list); i++) {
        text_list(legal, sizeof(legal), json_string_value(json_array_get(list, i)));
    }
    wrong_text(error, code, wrong, sizeof(wrong));
    struct import_fault fault = {
        .row = waiting->record.row,
        .column = *heading != '\0' || strncmp(field, "data.", 5) != 0 ? heading : field + 5,
        .holds = known ? record_cell(&importing->records, &waiting->record, column) : "",
        .wrong = wrong,
        .accepted = legal[0] != '\0' ? legal : advice_of(importing->cli, code)};
    fault_add(importing, &fault);
}
