/* What the log has already, for the directory of names. Parties and technologies have no
 * projection by name: their events are read, once a run. */

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
