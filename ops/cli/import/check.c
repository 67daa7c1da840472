/* The first pass: M1 of import.h.
 *
 *   K1  Rows go to the daemon's trial run many at a time; a request that is refused is tried again
 *       row by row, so that every faulty row is found and the others are still judged.
 *   K2  Figures that would change are those of the trial runs, added up by currency. A request
 *       that touches more than the daemon looks at is tried row by row too, so none is missed.
 *   K3  What a refused row would have made is forgotten, and the rows behind it are made again: a
 *       row is judged by the log and by the good rows before it.
 *   K4  A row that cannot be made or is refused has no fault if it was stored before: a name
 *       has become two parties' by now, say. It is left as it is (M2). */

#include <string.h>

#include "ops/cli/import/import.h"
#include "ops/cli/table.h"

#define WAITING_EVENTS_MAX (REQUEST_EVENTS_MAX * 9 / 10)

void append_row(const struct importing *importing, struct waiting *waiting, const json_t *sent,
                json_t *batch)
{
    const json_t *needs = waiting->events.needs;
    for (size_t i = 0; i < json_array_size(needs); i++) {
        const char *place = json_string_value(json_array_get(needs, i));
        if (json_object_get(sent, place) == NULL) {
            (void)json_array_append(batch, directory_fresh(&importing->directory, place));
        }
    }
    waiting->first = json_array_size(batch);
    (void)json_array_extend(batch, waiting->events.own);
}

void note_sent(const struct waiting *waiting, json_t *sent)
{
    const json_t *needs = waiting->events.needs;
    for (size_t i = 0; i < json_array_size(needs); i++) {
        const char *place = json_string_value(json_array_get(needs, i));
        (void)json_object_set_new(sent, place, json_true());
    }
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

/* ---- trial runs ---- */

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
        flags_note(importing, &importing->waiting[i], results);
    }
    count_types(importing, batch, results);
}

/* K4. */
static bool was_there(struct importing *importing, const struct waiting *waiting)
{
    bool there = log_has_row(importing, &waiting->record);
    if (there) {
        importing->there++;
        importing->changed++; /* it reads otherwise today */
        row_bar(&importing->faults, waiting->record.row);
    }
    return there;
}

static void refuse(struct importing *importing, const struct waiting *waiting, const json_t *batch,
                   const json_t *error, int code)
{
    directory_forget(&importing->directory, waiting->mark); /* K3 */
    if (!was_there(importing, waiting) && importing->result == EXIT_OK) {
        refusal_tell(importing, waiting, batch, error, code);
    }
}

enum tried { TRIED_GOOD, TRIED_REFUSED, TRIED_IN_VAIN };

/* One request of these rows. In vain: they are to be tried row by row (K1, K2). */
static enum tried try_rows(struct importing *importing, size_t first, size_t count)
{
    json_t *batch = json_array();
    json_t *sent = json_object();
    json_t *answer;
    json_t *error;
    enum tried tried = TRIED_GOOD;
    for (size_t i = first; i < first + count; i++) {
        append_row(importing, &importing->waiting[i], sent, batch);
        note_sent(&importing->waiting[i], sent);
    }
    int code = trial(importing, batch, &answer, &error);
    if (code == ACCRUE_OK) {
        if (count > 1 && json_is_true(json_object_get(answer, "figures_cut"))) {
            tried = TRIED_IN_VAIN;
        } else {
            accept(importing, batch, answer, first, count);
        }
    } else if (exit_of(code) == EXIT_REJECTED) {
        tried = count == 1 ? TRIED_REFUSED : TRIED_IN_VAIN;
    }
    if (tried == TRIED_REFUSED) {
        refuse(importing, &importing->waiting[first], batch, error, code);
    }
    json_decref(answer);
    json_decref(error);
    json_decref(sent);
    json_decref(batch);
    return tried;
}

void waiting_drop(struct waiting *waiting)
{
    row_free(&waiting->events);
    record_drop(&waiting->record);
}

bool waiting_make(struct importing *importing, struct waiting *waiting)
{
    waiting->mark = directory_mark(&importing->directory);
    return row_make(&importing->records, &importing->directory, log_has_contract, importing,
                    &waiting->record, &waiting->events);
}

static bool make_silently(struct importing *importing, struct waiting *waiting)
{
    importing->faults.silent = true;
    bool good = waiting_make(importing, waiting);
    importing->faults.silent = false;
    return good;
}

/* False: it is there before (K4), or its faults are told. To be dropped in any case. */
static bool make_or_tell(struct importing *importing, struct waiting *waiting)
{
    if (make_silently(importing, waiting)) {
        return true;
    }
    if (!was_there(importing, waiting) && importing->result == EXIT_OK) {
        row_free(&waiting->events);
        (void)waiting_make(importing, waiting); /* now aloud */
    }
    return false;
}

/* K1, K3. */
static void try_row_by_row(struct importing *importing)
{
    bool refused = false; /* a row before it, which is forgotten with all that came behind */
    for (size_t i = 0; i < importing->waiting_count && importing->result == EXIT_OK; i++) {
        struct waiting *waiting = &importing->waiting[i];
        if (refused) {
            row_free(&waiting->events);
            if (!make_or_tell(importing, waiting)) {
                continue;
            }
        }
        refused = try_rows(importing, i, 1) == TRIED_REFUSED || refused;
    }
}

bool check_waiting(struct importing *importing)
{
    size_t count = importing->waiting_count;
    enum tried tried = count == 0 ? TRIED_GOOD : try_rows(importing, 0, count);
    if (tried == TRIED_IN_VAIN) {
        try_row_by_row(importing);
    }
    for (size_t i = 0; i < count; i++) {
        waiting_drop(&importing->waiting[i]);
    }
    importing->waiting_count = 0;
    importing->waiting_events = 0;
    return importing->result == EXIT_OK;
}

bool check_row(struct importing *importing, const struct record *record)
{
    const struct profile *profile = importing->profile;
    size_t most = profile->event_count + profile->entity_count;
    if ((importing->waiting_count == CHECK_ROWS ||
         importing->waiting_events + most > WAITING_EVENTS_MAX) &&
        !check_waiting(importing)) {
        return false;
    }
    struct waiting waiting = {.record = record_keep(&importing->records, record)};
    bool good = importing->waiting_count == 0 ? make_or_tell(importing, &waiting)
                                              : make_silently(importing, &waiting);
    if (!good && importing->waiting_count > 0) { /* K3: the rows before it are not judged yet */
        row_free(&waiting.events);
        waiting.events = (struct row_events){.own = NULL};
        good = check_waiting(importing) && make_or_tell(importing, &waiting);
    }
    if (!good) {
        waiting_drop(&waiting);
        return importing->result == EXIT_OK;
    }
    importing->waiting[importing->waiting_count++] = waiting;
    importing->waiting_events +=
        json_array_size(waiting.events.own) + json_array_size(waiting.events.needs);
    return true;
}
