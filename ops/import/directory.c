/* Names of what the log holds: see directory.h. */

#include "ops/import/directory.h"

#include <stdlib.h>
#include <string.h>

#include "ops/import/content.h"

#define KEY_BYTES (TEXT_MAX + 64)
#define ID_DIGITS 16

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

const char *entity_kind(enum entity_type type)
{
    static const char *const kinds[] = {"party", "technology", "contract"};
    return kinds[type];
}

void directory_begin(struct directory *directory)
{
    *directory = (struct directory){.keys = json_object(),
                                    .codes = json_object(),
                                    .merged = json_object(),
                                    .fresh = json_object()};
}

/* ---- N4 ---- */

size_t directory_mark(const struct directory *directory)
{
    return directory->lesson_count;
}

void directory_forget(struct directory *directory, size_t mark)
{
    while (directory->lesson_count > mark) {
        struct lesson *lesson = &directory->lessons[--directory->lesson_count];
        if (lesson->before == NULL) {
            (void)json_object_del(lesson->table, lesson->key);
        } else {
            (void)json_object_set_new(lesson->table, lesson->key, lesson->before);
        }
        free(lesson->key);
    }
}

static bool note(struct directory *directory, json_t *table, const char *key)
{
    if (directory->lesson_count == directory->lesson_room) {
        size_t room = directory->lesson_room == 0 ? 256 : 2 * directory->lesson_room;
        struct lesson *more = realloc(directory->lessons, room * sizeof(*more));
        if (more == NULL) {
            return false;
        }
        directory->lessons = more;
        directory->lesson_room = room;
    }
    struct lesson *lesson = &directory->lessons[directory->lesson_count];
    lesson->key = strdup(key);
    if (lesson->key == NULL) {
        return false;
    }
    lesson->table = table;
    lesson->before = json_incref(json_object_get(table, key));
    directory->lesson_count++;
    return true;
}

/* `value` is taken over. What could not be forgotten is not learnt. */
static void put(struct directory *directory, json_t *table, const char *key, json_t *value)
{
    if (directory->making && !note(directory, table, key)) {
        json_decref(value);
        return;
    }
    (void)json_object_set_new(table, key, value);
}

void directory_end(struct directory *directory)
{
    directory_forget(directory, 0);
    free(directory->lessons);
    json_decref(directory->keys);
    json_decref(directory->codes);
    json_decref(directory->merged);
    json_decref(directory->fresh);
}

/* Names are compared without spaces, width and case. */
static bool key_of(char out[KEY_BYTES], const char *what, const char *text)
{
    size_t len = (size_t)snprintf(out, KEY_BYTES, "%s ", what);
    return *text != '\0' && text_folded(text, out + len, KEY_BYTES - len);
}

static bool holds(const json_t *found, const char *id)
{
    if (json_is_string(found)) {
        return strcmp(json_string_value(found), id) == 0;
    }
    for (size_t i = 0; i < json_array_size(found); i++) {
        if (strcmp(json_string_value(json_array_get(found, i)), id) == 0) {
            return true;
        }
    }
    return false;
}

static void add_key(struct directory *directory, const char *what, const char *text, const char *id)
{
    char key[KEY_BYTES];
    if (!key_of(key, what, text)) {
        return;
    }
    json_t *found = json_object_get(directory->keys, key);
    if (found == NULL) {
        put(directory, directory->keys, key, json_string(id));
    } else if (json_is_string(found) && !holds(found, id)) { /* N2 */
        put(directory, directory->keys, key, json_pack("[O,s]", found, id));
    } else if (!holds(found, id)) {
        json_t *more = json_copy(found); /* what it held is still noted (N4) */
        (void)json_array_append_new(more, json_string(id));
        put(directory, directory->keys, key, more);
    }
}

static void learn_party(struct directory *directory, const char *id, const json_t *data)
{
    const char *code = text_of(data, "uscc");
    const json_t *aliases = json_object_get(data, "aliases");
    add_key(directory, "party name", text_of(data, "name"), id);
    for (size_t i = 0; i < json_array_size(aliases); i++) {
        const char *alias = json_string_value(json_array_get(aliases, i));
        add_key(directory, "party name", alias == NULL ? "" : alias, id);
    }
    if (*code != '\0') {
        add_key(directory, "party code", code, id);
        put(directory, directory->codes, id, json_string(code));
    }
}

static void learn_technology(struct directory *directory, const char *id, const json_t *data)
{
    add_key(directory, "technology number", text_of(data, "patent_no"), id);
    add_key(directory, "technology title", text_of(data, "title"), id);
}

void directory_learn(struct directory *directory, const json_t *event)
{
    const char *type = text_of(event, "type");
    const char *id = text_of(event, "agg");
    const json_t *data = json_object_get(event, "data");
    const json_t *changed = json_object_get(data, "changed");
    if (strcmp(type, "party.registered") == 0) {
        add_key(directory, "party id", id, id);
        learn_party(directory, id, data);
    } else if (strcmp(type, "party.updated") == 0) {
        learn_party(directory, id, changed);
    } else if (strcmp(type, "party.merged") == 0) {
        (void)json_object_set(directory->merged, id, json_object_get(data, "survivor"));
    } else if (strcmp(type, "technology.published") == 0) {
        add_key(directory, "technology id", id, id);
        learn_technology(directory, id, data);
    } else if (strcmp(type, "technology.updated") == 0) {
        learn_technology(directory, id, changed);
    } else if (strcmp(type, "contract.signed") == 0 || strcmp(type, "contract.drafted") == 0) {
        add_key(directory, "contract id", id, id);
        add_key(directory, "contract number", text_of(data, "contract_no"), id);
    }
}

static const json_t *found_by(const struct directory *directory, const char *what, const char *text)
{
    char key[KEY_BYTES];
    return key_of(key, what, text) ? json_object_get(directory->keys, key) : NULL;
}

/* What a merged party became; a chain of mergers ends. */
static const json_t *survivor(const struct directory *directory, const json_t *id)
{
    for (int steps = 0; steps < 32; steps++) {
        const json_t *next = json_object_get(directory->merged, json_string_value(id));
        if (next == NULL) {
            break;
        }
        id = next;
    }
    return id;
}

/* N2: those of the name that have no other code. */
static enum found by_name(const struct directory *directory, const json_t *found, const char *code,
                          const json_t **ret_id)
{
    enum found result = FOUND_NONE;
    size_t count = json_is_string(found) ? 1 : json_array_size(found);
    for (size_t i = 0; i < count; i++) {
        const json_t *id =
            survivor(directory, json_is_string(found) ? found : json_array_get(found, i));
        const char *own = text_of(directory->codes, json_string_value(id));
        if (*code != '\0' && *own != '\0' && strcmp(own, code) != 0) {
            continue;
        }
        if (result == FOUND_ONE && !json_equal(*ret_id, id)) {
            *ret_id = found;
            return FOUND_SEVERAL;
        }
        *ret_id = id;
        result = FOUND_ONE;
    }
    return result;
}

static enum found find_party(const struct directory *directory, const json_t *fields,
                             const json_t **ret_id)
{
    const char *code = text_of(fields, "uscc");
    const char *name = text_of(fields, "name");
    const json_t *by_code = found_by(directory, "party code", code);
    if (by_code != NULL) {
        return by_name(directory, by_code, "", ret_id);
    }
    const json_t *found = found_by(directory, "party name", name);
    return by_name(directory, found == NULL ? found_by(directory, "party id", name) : found, code,
                   ret_id);
}

enum found directory_find(const struct directory *directory, enum entity_type type,
                          const json_t *fields, const json_t **ret_id)
{
    static const char *const technologies[][2] = {{"technology number", "patent_no"},
                                                  {"technology id", "patent_no"},
                                                  {"technology title", "title"},
                                                  {"technology id", "title"}};
    static const char *const contracts[][2] = {{"contract id", "contract_no"},
                                               {"contract number", "contract_no"}};
    if (type == ENTITY_PARTY) {
        return find_party(directory, fields, ret_id);
    }
    bool numbered = *text_of(fields, "patent_no") != '\0';
    size_t count = type == ENTITY_CONTRACT || numbered ? 2 : 4;
    for (size_t i = 0; i < count; i++) {
        const char *const *way = type == ENTITY_CONTRACT ? contracts[i] : technologies[i];
        *ret_id = found_by(directory, way[0], text_of(fields, way[1]));
        if (*ret_id != NULL) {
            return json_is_string(*ret_id) ? FOUND_ONE : FOUND_SEVERAL;
        }
    }
    return FOUND_NONE;
}

/* A code is an id as it stands; a name may be a person's and is hashed. */
static void make_id(enum entity_type type, const json_t *fields, const char *name,
                    char out[CONTENT_HEX_BYTES + 8])
{
    char hex[CONTENT_HEX_BYTES];
    char folded[KEY_BYTES];
    const char *code = text_of(fields, "uscc");
    if (type == ENTITY_PARTY && strlen(code) == 18) {
        (void)snprintf(out, CONTENT_HEX_BYTES + 8, "%s", code);
        return;
    }
    (void)text_folded(name, folded, sizeof(folded));
    content_hex(folded, strlen(folded), hex);
    (void)snprintf(out, CONTENT_HEX_BYTES + 8, "%s-%.*s", type == ENTITY_PARTY ? "p" : "t",
                   ID_DIGITS, hex);
}

const char *directory_make(struct directory *directory, enum entity_type type, const json_t *fields)
{
    static const char *const types[] = {"party.registered", "technology.published"};
    char id[CONTENT_HEX_BYTES + 8];
    char place[sizeof(id) + 16];
    char event_id[CONTENT_HEX_BYTES + 8];
    char hex[CONTENT_HEX_BYTES];
    const char *number = text_of(fields, "patent_no");
    const char *name = type == ENTITY_PARTY ? text_of(fields, "name")
                       : *number != '\0'    ? number
                                            : text_of(fields, "title");
    if (*name == '\0') {
        return NULL;
    }
    make_id(type, fields, name, id);
    (void)snprintf(place, sizeof(place), "%s/%s", entity_kind(type), id);
    content_hex(place, strlen(place), hex);
    (void)snprintf(event_id, sizeof(event_id), "imp-%.32s", hex);
    json_t *event = json_pack("{s:s,s:s,s:s,s:O}", "id", event_id, "type", types[type], "agg", id,
                              "data", fields);
    directory->making = true;
    put(directory, directory->fresh, place, event);
    event = directory_fresh(directory, place);
    if (event != NULL) {
        directory_learn(directory, event);
    }
    directory->making = false;
    return event == NULL ? NULL : text_of(event, "agg");
}

json_t *directory_fresh(const struct directory *directory, const char *place)
{
    return json_object_get(directory->fresh, place);
}
