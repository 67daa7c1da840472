/* The first pass: M1 of import.h.
 *
 *   K1  Rows go to the daemon's trial run many at a time; a request that is refused is tried again
 *       row by row, so that every faulty row is found and the others are still judged.
 *   K2  Figures that would change are those of the trial runs, added up by currency. A request
 *       that touches more than the daemon looks at is tried row by row too, so none is missed. */

#include <string.h>

#include "ops/cli/import/import.h"
#include "ops/cli/table.h"
#include "ops/import/text.h"

#define WAITING_EVENTS_MAX (REQUEST_EVENTS_MAX * 9 / 10)

void append_row(const struct importing *importing, const struct row_events *row, json_t *sent,
                json_t *batch)
{
    for (size_t i = 0; i < json_array_size(row->needs); i++) {
        const char *place = json_string_value(json_array_get(row->needs, i));
        if (json_object_get(sent, place) == NULL) {
            (void)json_object_set_new(sent, place, json_true());
            (void)json_array_append(batch, directory_fresh(&importing->directory, place));
        }
    }
    (void)json_array_extend(batch, row->own);
}

/* ---- what the daemon says of good rows ---- */

static void add_change(struct importing *importing, const char *currency, const char *name,
                       int64_t change)
{
    json_t *names = json_object_get(importing->sums, currency);
    if (names == NULL) {
        names = json_object();
        (void)json_object_set_new(importing->sums, currency, names);
    }
    int64_t sum = json_integer_value(json_object_get(names, name));
    if (!__builtin_add_overflow(sum, change, &sum)) {
        (void)json_object_set_new(names, name, json_integer(sum));
    }
}

static void add_figure(struct importing *importing, const json_t *figure)
{
    const char *currency = json_text(figure, "currency");
    json_t *before = json_object_get(figure, "before");
    json_t *after = json_object_get(figure, "after");
    json_t *all = json_object(); /* names on either side */
    const char *name;
    json_t *value;
    (void)json_object_update(all, before);
    (void)json_object_update(all, after);
    json_object_foreach(all, name, value)
    {
        int64_t change = json_integer_value(json_object_get(after, name)) -
                         json_integer_value(json_object_get(before, name));
        if (column_kind_of(name) == COLUMN_MONEY && change != 0) {
            add_change(importing, currency, name, change);
        }
    }
    json_decref(all);
}

static void count_row(struct importing *importing, const struct waiting *waiting,
                      const json_t *results)
{
    bool fresh = false;
    for (size_t i = 0; i < json_array_size(waiting->events.own); i++) {
        const json_t *result = json_array_get(results, waiting->first + i);
        fresh = fresh || !json_is_true(json_object_get(result, "dup"));
    }
    importing->fresh += fresh;
    importing->there += !fresh;
}

static void count_types(struct importing *importing, const json_t *batch, const json_t *results)
{
    for (size_t i = 0; i < json_array_size(batch); i++) {
        const char *type = json_text(json_array_get(batch, i), "type");
        const char *id = json_text(json_array_get(batch, i), "id");
        bool dup = json_is_true(json_object_get(json_array_get(results, i), "dup"));
        /* What makes a party goes with every request that needs it, and counts once. */
        if (dup || json_object_get(importing->sent, id) != NULL) {
            continue;
        }
        if (strncmp(type, "party.", 6) == 0 || strncmp(type, "technology.", 11) == 0) {
            (void)json_object_set_new(importing->sent, id, json_true());
        }
        json_int_t count = json_integer_value(json_object_get(importing->types, type));
        (void)json_object_set_new(importing->types, type, json_integer(count + 1));
    }
}

/* ---- what it says of the others ---- */

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

static void tell_refusal(struct importing *importing, const struct waiting *waiting,
                         const json_t *batch, const json_t *error, int code)
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
        .row = waiting->events.row,
        .column = *heading != '\0' || strncmp(field, "data.", 5) != 0 ? heading : field + 5,
        .holds = known ? json_string_value(json_array_get(waiting->cells, column)) : "",
        .wrong = wrong,
        .accepted = legal[0] != '\0' ? legal : advice_of(importing->cli, code)};
    fault_add(importing, &fault);
}

/* The code of the daemon's answer to a trial run; *ret_answer, of a refusal *ret_error, is the
 * caller's. */
static int trial(struct importing *importing, json_t *batch, json_t **ret_answer,
                 json_t **ret_error)
{
    accrue_value value;
    int code =
        call(importing->cli, "append", json_pack("{s:O,s:b}", "events", batch, "dry", 1), &value);
    *ret_answer = code == ACCRUE_OK ? json_of(value) : NULL;
    *ret_error =
        code == ACCRUE_OK ? NULL : error_json(accrue_last_error(importing->cli->connection));
    if (code != ACCRUE_OK && exit_of(code) != EXIT_REJECTED) {
        importing->result = report(importing->cli, code);
    }
    return code;
}

static void accept(struct importing *importing, const json_t *batch, const json_t *answer,
                   size_t first, size_t count)
{
    const json_t *results = json_object_get(answer, "results");
    const json_t *figures = json_object_get(answer, "figures");
    for (size_t i = 0; i < json_array_size(figures); i++) {
        add_figure(importing, json_array_get(figures, i));
    }
    for (size_t i = first; i < first + count; i++) {
        count_row(importing, &importing->waiting[i], results);
    }
    count_types(importing, batch, results);
}

/* One request of these rows; false: it is to be tried row by row (K1, K2). */
static bool try_rows(struct importing *importing, size_t first, size_t count)
{
    json_t *batch = json_array();
    json_t *sent = json_object();
    json_t *answer;
    json_t *error;
    bool done = true;
    for (size_t i = first; i < first + count; i++) {
        struct waiting *waiting = &importing->waiting[i];
        append_row(importing, &waiting->events, sent, batch);
        waiting->first = json_array_size(batch) - json_array_size(waiting->events.own);
    }
    int code = trial(importing, batch, &answer, &error);
    if (code == ACCRUE_OK) {
        done = count == 1 || !json_is_true(json_object_get(answer, "figures_cut"));
        if (done) {
            accept(importing, batch, answer, first, count);
        }
    } else if (exit_of(code) == EXIT_REJECTED && count == 1) {
        if (code == ACCRUE_E_ID_REUSED) { /* M2: the row is there, and reads otherwise today */
            importing->there++;
            importing->changed++;
            row_bar(&importing->faults, importing->waiting[first].events.row);
        } else {
            tell_refusal(importing, &importing->waiting[first], batch, error, code);
        }
    } else {
        done = exit_of(code) != EXIT_REJECTED;
    }
    json_decref(answer);
    json_decref(error);
    json_decref(sent);
    json_decref(batch);
    return done;
}

bool check_waiting(struct importing *importing)
{
    size_t count = importing->waiting_count;
    if (count > 0 && !try_rows(importing, 0, count)) {
        for (size_t i = 0; i < count && importing->result == EXIT_OK; i++) {
            (void)try_rows(importing, i, 1);
        }
    }
    for (size_t i = 0; i < count; i++) {
        row_free(&importing->waiting[i].events);
        json_decref(importing->waiting[i].cells);
    }
    importing->waiting_count = 0;
    importing->waiting_events = 0;
    return importing->result == EXIT_OK;
}

static json_t *cells_of(const struct importing *importing, const struct record *record)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < importing->profile->column_count; i++) {
        (void)json_array_append_new(cells,
                                    json_string(record_cell(&importing->records, record, i)));
    }
    return cells;
}

bool log_has_contract(void *arg, const char *id)
{
    struct importing *importing = arg;
    char place[AGGREGATE_ID_MAX + 16];
    (void)snprintf(place, sizeof(place), "contract/%s", id);
    accrue_value value;
    int code =
        call(importing->cli, "read", json_pack("{s:s,s:i}", "agg", place, "limit", 1), &value);
    json_t *answer = code == ACCRUE_OK ? json_of(value) : NULL;
    bool has = json_array_size(json_object_get(answer, "events")) > 0;
    json_decref(answer);
    return has;
}

bool check_row(struct importing *importing, const struct record *record)
{
    struct waiting waiting = {.cells = NULL};
    if (!row_make(&importing->records, &importing->directory, log_has_contract, importing, record,
                  &waiting.events)) {
        row_free(&waiting.events);
        return true;
    }
    size_t events = json_array_size(waiting.events.own) + json_array_size(waiting.events.needs);
    if ((importing->waiting_count == CHECK_ROWS ||
         importing->waiting_events + events > WAITING_EVENTS_MAX) &&
        !check_waiting(importing)) {
        row_free(&waiting.events);
        return false;
    }
    waiting.cells = cells_of(importing, record);
    importing->waiting[importing->waiting_count++] = waiting;
    importing->waiting_events += events;
    return true;
}
