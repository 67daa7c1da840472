/* Events of a row: see rows.h. */

#include "ops/import/rows.h"

#include <stdlib.h>
#include <string.h>

#include "ops/import/text.h"

/* ---- a map by paths ---- */

/* The member or item that the next step of the path names, made if it is not there. */
static json_t *step(json_t *at, const char **path, bool last, json_t *value)
{
    char name[PROFILE_LINE_BYTES + 1];
    size_t len = strcspn(*path, ".[]");
    text_cut(name, sizeof(name), *path, len);
    *path += len;
    *path += **path == ']' ? 1 : 0;
    json_t *next = last ? json_incref(value) : **path == '[' ? json_array() : json_object();
    if (json_is_array(at)) {
        size_t index = strtoul(name, NULL, 10);
        while (json_array_size(at) <= index) {
            (void)json_array_append_new(at, json_null());
        }
        if (!last && !json_is_null(json_array_get(at, index))) {
            json_decref(next);
        } else {
            (void)json_array_set_new(at, index, next);
        }
        return json_array_get(at, index);
    }
    if (!last && json_object_get(at, name) != NULL) {
        json_decref(next);
    } else {
        (void)json_object_set_new(at, name, next);
    }
    return json_object_get(at, name);
}

static void put(json_t *data, const char *path, json_t *value)
{
    json_t *at = data;
    while (*path != '\0') {
        size_t len = strcspn(path, ".[]");
        const char *behind = path + len + (path[len] == ']' ? 1 : 0);
        at = step(at, &path, *behind == '\0', value);
        path += *path == '.' || *path == '[' ? 1 : 0;
    }
}

/* Items of a list that no row fills leave no holes. */
static void close_gaps(json_t *value)
{
    const char *key;
    json_t *member;
    for (size_t i = json_array_size(value); i-- > 0;) {
        if (json_is_null(json_array_get(value, i))) {
            (void)json_array_remove(value, i);
        } else {
            close_gaps(json_array_get(value, i));
        }
    }
    json_object_foreach(value, key, member)
    {
        close_gaps(member);
    }
}

/* Numbers of obligations go on from 1 where some were left out. */
static void number_obligations(json_t *data)
{
    const json_t *obligations = json_object_get(data, "obligations");
    for (size_t i = 0; i < json_array_size(obligations); i++) {
        (void)json_object_set_new(json_array_get(obligations, i), "no",
                                  json_integer((json_int_t)i + 1));
    }
}

/* ---- assignments ---- */

static bool is_below(const char *path, const char *prefix)
{
    size_t len = strlen(prefix);
    return strncmp(path, prefix, len) == 0 &&
           (len == 0 || path[len] == '\0' || path[len] == '.' || path[len] == '[');
}

static bool says(const struct expression *expression, const json_t *values)
{
    json_t *value = expression_value(expression, values);
    json_decref(value);
    return value != NULL;
}

/* P3 of profile.h: a guard above the path that says nothing. */
static bool is_guarded(const struct profile *profile, size_t first, size_t count, const char *path,
                       const json_t *values)
{
    for (size_t i = first; i < first + count; i++) {
        const struct assignment *guard = &profile->assignments[i];
        if (guard->guard && is_below(path, guard->path) && !says(&guard->value, values)) {
            return true;
        }
    }
    return false;
}

static bool is_envelope(const char *path)
{
    return strcmp(path, "agg") == 0 || strcmp(path, "id") == 0 || strcmp(path, "effective") == 0;
}

/* Into `event` what is of the envelope, into `data` the rest. */
static void assign(const struct profile *profile, size_t first, size_t count, const json_t *values,
                   json_t *event, json_t *data)
{
    for (size_t i = first; i < first + count; i++) {
        const struct assignment *assignment = &profile->assignments[i];
        if (assignment->guard || is_guarded(profile, first, count, assignment->path, values)) {
            continue;
        }
        json_t *value = expression_value(&assignment->value, values);
        if (value != NULL) {
            put(is_envelope(assignment->path) ? event : data, assignment->path, value);
            json_decref(value);
        }
    }
    close_gaps(data);
    number_obligations(data);
}

/* ---- what the log may hold already ---- */

struct making {
    const struct records *records;
    struct directory *directory;
    contract_fn *has_contract;
    void *arg;
    const struct record *record;
    json_t *values; /* the record's, and what was found: a record can be made again */
    struct row_events *row;
};

static void tell(const struct making *making, size_t column, const char *holds, const char *wrong,
                 const char *accepted)
{
    const struct records *records = making->records;
    const char *heading =
        column < records->profile->column_count ? record_heading(records, column) : "";
    struct import_fault fault = {making->record->row, heading, holds, wrong, accepted};
    records->fault(records->arg, &fault);
}

/* The column that names the entity: that of its first assignment from one. */
static size_t naming_column(const struct profile *profile, const struct entity *entity)
{
    for (size_t i = entity->first; i < entity->first + entity->count; i++) {
        const struct expression *value = &profile->assignments[i].value;
        if (!profile->assignments[i].guard && value->text[0] == '$') {
            return profile_column(profile, value->text + 1);
        }
    }
    return profile->column_count;
}

static void need(struct making *making, const struct entity *entity, const char *id)
{
    char place[AGGREGATE_ID_MAX + AGGREGATE_KIND_MAX + 2];
    (void)snprintf(place, sizeof(place), "%s/%s", entity_kind(entity->type), id);
    if (directory_fresh(making->directory, place) == NULL) {
        return;
    }
    for (size_t i = 0; i < json_array_size(making->row->needs); i++) {
        if (strcmp(json_string_value(json_array_get(making->row->needs, i)), place) == 0) {
            return;
        }
    }
    making->row->makers[json_array_size(making->row->needs)] =
        (size_t)(entity - making->records->profile->entities);
    (void)json_array_append_new(making->row->needs, json_string(place));
}

static void tell_several(const struct making *making, size_t column, const char *name,
                         const json_t *ids)
{
    char known[512] = "";
    for (size_t i = 0; i < json_array_size(ids); i++) {
        text_list(known, sizeof(known), json_string_value(json_array_get(ids, i)));
    }
    tell(making, column, name,
         making->records->chinese ? "有多个同名者" : "more than one has this name", known);
}

/* The id it goes by in this row; NULL: none, and *ret_good says whether that is a fault. */
static const char *resolve(struct making *making, const struct entity *entity, const json_t *fields,
                           bool *ret_good)
{
    const json_t *found = NULL;
    const struct profile *profile = making->records->profile;
    size_t column = naming_column(profile, entity);
    const char *name =
        column < profile->column_count ? record_cell(making->records, making->record, column) : "";
    const char *number = json_string_value(json_object_get(fields, "contract_no"));
    enum found result = directory_find(making->directory, entity->type, fields, &found);
    if (result == FOUND_ONE) {
        return json_string_value(found);
    }
    if (result == FOUND_SEVERAL) {
        *ret_good = entity->missing == MISSING_LEAVE;
        if (!*ret_good) {
            tell_several(making, column, name, found);
        }
        return NULL;
    }
    if (entity->type == ENTITY_CONTRACT && number != NULL &&
        making->has_contract(making->arg, number)) {
        return number;
    }
    if (entity->missing == MISSING_CREATE) {
        return directory_make(making->directory, entity->type, fields);
    }
    *ret_good = entity->missing == MISSING_LEAVE;
    if (!*ret_good) {
        tell(making, column, name,
             making->records->chinese ? "日志中没有" : "the log does not have it",
             making->records->chinese ? "先导入或登记，或改正编号"
                                      : "import it first, or mend the number");
    }
    return NULL;
}

static bool find_entities(struct making *making)
{
    const struct profile *profile = making->records->profile;
    bool good = true;
    for (size_t i = 0; i < profile->entity_count; i++) {
        const struct entity *entity = &profile->entities[i];
        json_t *fields = json_object();
        json_t *envelope = json_object();
        bool found = true;
        if (!is_guarded(profile, entity->first, entity->count, "", making->values)) {
            assign(profile, entity->first, entity->count, making->values, envelope, fields);
        }
        const char *id =
            json_object_size(fields) == 0 ? NULL : resolve(making, entity, fields, &found);
        if (id != NULL) {
            need(making, entity, id);
            (void)json_object_set_new(making->values, entity->name, json_string(id));
        }
        good = good && found;
        json_decref(fields);
        json_decref(envelope);
    }
    return good;
}

/* ---- events ---- */

void row_event_id(const struct record *record, size_t index, char out[CONTENT_HEX_BYTES])
{
    (void)snprintf(out, CONTENT_HEX_BYTES, "imp-%.32s-%zu", record->key, index + 1);
}

static void make_events(const struct making *making)
{
    const struct profile *profile = making->records->profile;
    for (size_t i = 0; i < profile->event_count; i++) {
        const struct made_event *made = &profile->events[i];
        char id[CONTENT_HEX_BYTES];
        if (is_guarded(profile, made->first, made->count, "", making->values)) {
            continue;
        }
        row_event_id(making->record, i, id);
        json_t *data = json_object();
        json_t *event = json_pack("{s:s,s:s}", "id", id, "type", made->type);
        assign(profile, made->first, made->count, making->values, event, data);
        (void)json_object_set_new(event, "data", data);
        (void)json_array_append_new(making->row->own, event);
    }
}

bool row_make(const struct records *records, struct directory *directory, contract_fn *has_contract,
              void *arg, const struct record *record, struct row_events *ret)
{
    *ret = (struct row_events){.own = json_array(), .needs = json_array()};
    struct making making = {.records = records,
                            .directory = directory,
                            .has_contract = has_contract,
                            .arg = arg,
                            .record = record,
                            .values = json_copy(record->values),
                            .row = ret};
    size_t mark = directory_mark(directory);
    bool good = find_entities(&making);
    if (good) {
        make_events(&making);
    }
    if (good && json_array_size(ret->own) == 0) {
        tell(&making, records->profile->column_count, "",
             records->chinese ? "该行不产生任何事件" : "the row makes no event", "");
        good = false;
    }
    if (!good) {
        directory_forget(directory, mark);
    }
    json_decref(making.values);
    return good;
}

void row_free(struct row_events *row)
{
    json_decref(row->own);
    json_decref(row->needs);
}

/* ---- back from a field to its column ---- */

static size_t column_in(const struct profile *profile, size_t first, size_t count, const char *path)
{
    size_t best = profile->column_count;
    for (size_t i = first; i < first + count; i++) {
        const struct assignment *assignment = &profile->assignments[i];
        if (assignment->guard ||
            (!is_below(path, assignment->path) && !is_below(assignment->path, path))) {
            continue;
        }
        const char *name = assignment->value.text;
        size_t column = name[0] == '$' ? profile_column(profile, name + 1) : best;
        for (size_t e = 0; e < profile->entity_count && column == profile->column_count; e++) {
            if (name[0] == '$' && strcmp(profile->entities[e].name, name + 1) == 0) {
                column = naming_column(profile, &profile->entities[e]);
            }
        }
        best = best == profile->column_count ? column : best;
    }
    return best;
}

static const char *within_data(const char *path)
{
    return strncmp(path, "data.", 5) == 0 ? path + 5 : path;
}

size_t row_column_of(const struct profile *profile, size_t index, const char *path)
{
    return index < profile->event_count ? column_in(profile, profile->events[index].first,
                                                    profile->events[index].count, within_data(path))
                                        : profile->column_count;
}

size_t row_column_of_need(const struct profile *profile, const struct row_events *row,
                          const char *place, const char *path)
{
    for (size_t i = 0; i < json_array_size(row->needs); i++) {
        const struct entity *entity = &profile->entities[row->makers[i]];
        if (strcmp(json_string_value(json_array_get(row->needs, i)), place) == 0) {
            size_t column = column_in(profile, entity->first, entity->count, within_data(path));
            return column < profile->column_count ? column : naming_column(profile, entity);
        }
    }
    return profile->column_count;
}
