/* What the log has already: for the directory of names (parties and technologies have no projection
 * by name, so their events are read, once a run), and whether it has a contract or a row. */

#include <string.h>

#include "ops/cli/import/import.h"

struct learning {
    struct importing *importing;
    json_t *reversed; /* ids of events that stand no more */
    uint64_t seen;
};

static bool take_reversal(void *arg, accrue_value value)
{
    struct learning *learning = arg;
    json_t *event = json_of(value);
    const char *id = json_text(json_object_get(event, "data"), "event_id");
    (void)json_object_set_new(learning->reversed, id, json_true());
    json_decref(event);
    return true;
}

static bool take_event(void *arg, accrue_value value)
{
    struct learning *learning = arg;
    json_t *event = json_of(value);
    if (json_object_get(learning->reversed, json_text(event, "id")) == NULL) {
        directory_learn(&learning->importing->directory, event);
    }
    json_decref(event);
    progress_show(&learning->importing->progress, 0, 0, ++learning->seen);
    return true;
}

static bool names_a(const struct profile *profile, enum entity_type type)
{
    for (size_t i = 0; i < profile->entity_count; i++) {
        if (profile->entities[i].type == type) {
            return true;
        }
    }
    return false;
}

int names_learn(struct importing *importing)
{
    struct learning learning = {.importing = importing, .reversed = json_object()};
    const struct profile *profile = importing->profile;
    json_t *types = json_array();
    if (names_a(profile, ENTITY_PARTY)) {
        (void)json_array_append_new(types, json_string("party.*"));
    }
    if (names_a(profile, ENTITY_TECHNOLOGY)) {
        (void)json_array_append_new(types, json_string("technology.published"));
        (void)json_array_append_new(types, json_string("technology.updated"));
    }
    if (names_a(profile, ENTITY_CONTRACT)) {
        (void)json_array_append_new(types, json_string("contract.signed"));
        (void)json_array_append_new(types, json_string("contract.drafted"));
    }
    int result = EXIT_OK;
    progress_begin(&importing->progress, importing->cli);
    if (json_array_size(types) > 0) {
        result = ask_events(importing->cli, json_pack("{s:[s]}", "types", "event.reversed"),
                            take_reversal, &learning);
    }
    if (result == EXIT_OK && json_array_size(types) > 0) {
        result =
            ask_events(importing->cli, json_pack("{s:O}", "types", types), take_event, &learning);
    }
    progress_end(&importing->progress);
    json_decref(types);
    json_decref(learning.reversed);
    return result;
}

bool log_has_contract(void *arg, const char *id)
{
    struct importing *importing = arg;
    char place[AGGREGATE_ID_MAX + 16];
    const json_t *known = json_object_get(importing->contracts, id);
    if (known != NULL) {
        return json_is_true(known);
    }
    (void)snprintf(place, sizeof(place), "contract/%s", id);
    accrue_value value;
    int code =
        call(importing->cli, "read", json_pack("{s:s,s:i}", "agg", place, "limit", 1), &value);
    json_t *answer = code == ACCRUE_OK ? json_of(value) : NULL;
    bool has = json_array_size(json_object_get(answer, "events")) > 0;
    json_decref(answer);
    (void)json_object_set_new(importing->contracts, id, json_boolean(has));
    return has;
}

bool log_has_row(struct importing *importing, const struct record *record)
{
    int code = ACCRUE_NOT_FOUND;
    /* A row is one atomic request, of which a guard may have left out the first event. */
    for (size_t i = 0; i < importing->profile->event_count && code == ACCRUE_NOT_FOUND; i++) {
        char id[CONTENT_HEX_BYTES];
        accrue_value value;
        row_event_id(record, i, id);
        code = call(importing->cli, "get", json_pack("{s:s}", "id", id), &value);
    }
    if (code != ACCRUE_OK && code != ACCRUE_NOT_FOUND) {
        importing->result = report(importing->cli, code);
    }
    return code == ACCRUE_OK;
}
