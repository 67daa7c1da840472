/* JSON Schema (2020-12, as OpenAPI 3.1 has it) of events and answers. */

#include "daemon/http/openapi_inner.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define REF_BYTES 96

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static json_t *reference(const char *name)
{
    return json_pack("{s:s+}", "$ref", "#/components/schemas/", name);
}

/* ---- fields ---- */

static json_t *scalar(const char *type)
{
    static const char *const integers[] = {"int", "fen", "fen_signed", "ppm", "ppm_wide", NULL};
    for (size_t i = 0; integers[i] != NULL; i++) {
        if (strcmp(type, integers[i]) == 0) {
            return json_pack("{s:s}", "type", "integer");
        }
    }
    if (strcmp(type, "bool") == 0) {
        return json_pack("{s:s}", "type", "boolean");
    }
    if (strcmp(type, "map") == 0 || strcmp(type, "changes") == 0) {
        return json_pack("{s:s}", "type", "object");
    }
    if (strcmp(type, "date") == 0) {
        return json_pack("{s:s,s:s}", "type", "string", "format", "date");
    }
    if (strcmp(type, "currency") == 0) {
        return json_pack("{s:s,s:s}", "type", "string", "pattern", "^[A-Z]{3}$");
    }
    if (strcmp(type, "sha256") == 0) {
        return json_pack("{s:s,s:s}", "type", "string", "pattern", "^[0-9a-f]{64}$");
    }
    return json_pack("{s:s}", "type", "string");
}

static json_t *held(const json_t *field, const char *type)
{
    const char *shape = text_at(field, "shape");
    const json_t *values = json_object_get(field, "values");
    if (strcmp(type, "struct") == 0) {
        return reference(shape);
    }
    return values != NULL ? json_pack("{s:O}", "enum", values) : scalar(type);
}

/* In a list the bounds are those of its items. */
static void add_bounds(json_t *schema, const json_t *field, const char *type)
{
    bool number = strcmp(text_at(schema, "type"), "integer") == 0;
    const json_t *min = json_object_get(field, "min");
    const json_t *max = json_object_get(field, "max");
    if (number && min != NULL && strcmp(type, "bool") != 0) {
        (void)json_object_set(schema, "minimum", (json_t *)(uintptr_t)min);
    }
    if (number && max != NULL && strcmp(type, "bool") != 0) {
        (void)json_object_set(schema, "maximum", (json_t *)(uintptr_t)max);
    }
}

static json_t *field_schema(const json_t *field)
{
    const char *type = text_at(field, "type");
    bool list = strcmp(type, "list") == 0;
    json_t *schema = held(field, list ? text_at(field, "of") : type);
    add_bounds(schema, field, type);
    if (list) {
        schema = json_pack("{s:s,s:o}", "type", "array", "items", schema);
    }
    if (json_is_true(json_object_get(field, "nullable"))) {
        schema = json_pack("{s:[o,{s:s}]}", "anyOf", schema, "type", "null");
    }
    if (json_object_get(schema, "$ref") == NULL) {
        openapi_set(schema, "description", json_string(text_at(field, "help")));
    }
    return schema;
}

/* A struct's fields, or an event's; keys that begin with x_ are the users' own. */
static json_t *fields_schema(const json_t *fields)
{
    json_t *properties = json_object();
    json_t *required = json_array();
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const json_t *field = json_array_get(fields, i);
        openapi_set(properties, text_at(field, "name"), field_schema(field));
        if (json_is_true(json_object_get(field, "required"))) {
            (void)json_array_append_new(required, json_string(text_at(field, "name")));
        }
    }
    return json_pack("{s:s,s:o,s:o,s:{s:{}},s:b}", "type", "object", "properties", properties,
                     "required", required, "patternProperties", "^x_", "additionalProperties", 0);
}

/* ---- events ---- */

static json_t *type_schema(const json_t *type)
{
    return json_pack("{s:s,s:s,s:[o,{s:s,s:{s:{s:s},s:o}}]}", "title", text_at(type, "title"),
                     "description", text_at(type, "help"), "allOf", reference("Envelope"), "type",
                     "object", "properties", "type", "const", text_at(type, "name"), "data",
                     fields_schema(json_object_get(type, "fields")));
}

static json_t *own_type_schema(void)
{
    return json_pack("{s:s,s:[o,{s:s,s:{s:{s:s,s:s}}}]}", "description",
                     "an event of a type of your own: stored, never decided", "allOf",
                     reference("Envelope"), "type", "object", "properties", "type", "type",
                     "string", "pattern", "^x\\.");
}

static json_t *envelope_schema(void)
{
    static const char *const texts[] = {"actor", "corr", "cause", "corrects", NULL};
    json_t *envelope = json_pack(
        "{s:s,s:[s,s,s,s],s:{s:{s:s,s:s,s:i},s:{s:s},s:{s:s,s:s},s:{s:s},s:{s:s,s:s,s:s},"
        "s:{s:s,s:s,s:i},s:{s:s},s:{s:s,s:s},s:{s:s}}}",
        "type", "object", "required", "id", "type", "agg", "data", "properties", "id",
        "description", "yours; the same id and content again is `dup`", "type", "string",
        "maxLength", 64, "type", "type", "string", "agg", "description",
        "aggregate id, or kind/id where the type serves several kinds", "type", "string", "data",
        "type", "object", "effective", "description", "valid date; not beside a business date",
        "type", "string", "format", "date", "expect", "description",
        "agg_seq before this event; 0: must not exist", "type", "integer", "minimum", 0, "ver",
        "type", "integer", "private", "description", "personal data, kept beside the event", "type",
        "object", "docs", "type", "array");
    json_t *properties = json_object_get(envelope, "properties");
    for (size_t i = 0; texts[i] != NULL; i++) {
        openapi_set(properties, texts[i], json_pack("{s:s}", "type", "string"));
    }
    return envelope;
}

/* The daemon's own types are not for clients. */
static bool is_for_clients(const json_t *type)
{
    return strcmp(text_at(type, "kind"), "system") != 0 &&
           json_is_true(json_object_get(type, "decided"));
}

static json_t *add_types(json_t *schemas, const json_t *types)
{
    json_t *choice = json_array();
    for (size_t i = 0; i < json_array_size(types); i++) {
        const json_t *type = json_array_get(types, i);
        char name[REF_BYTES];
        (void)snprintf(name, sizeof(name), "event.%s", text_at(type, "name"));
        if (is_for_clients(type)) {
            openapi_set(schemas, name, type_schema(type));
            (void)json_array_append_new(choice, reference(name));
        }
    }
    openapi_set(schemas, "event.x", own_type_schema());
    (void)json_array_append_new(choice, reference("event.x"));
    return choice;
}

void openapi_add_vocabulary(json_t *schemas, const json_t *vocabulary)
{
    const json_t *shapes = json_object_get(vocabulary, "shapes");
    for (size_t i = 0; i < json_array_size(shapes); i++) {
        const json_t *shape = json_array_get(shapes, i);
        openapi_set(schemas, text_at(shape, "name"),
                    fields_schema(json_object_get(shape, "fields")));
    }
    openapi_set(schemas, "Envelope", envelope_schema());
    json_t *choice = add_types(schemas, json_object_get(vocabulary, "types"));
    openapi_set(schemas, "EventIn", json_pack("{s:o}", "oneOf", choice));
    openapi_set(schemas, "Append",
                json_pack("{s:s,s:[s],s:{s:{s:s,s:i,s:i,s:o},s:{s:s,s:s},s:{s:s,s:s}}}", "type",
                          "object", "required", "events", "properties", "events", "type", "array",
                          "minItems", 1, "maxItems", 1000, "items", reference("EventIn"), "dry",
                          "description", "decide, and store nothing", "type", "boolean", "min_seq",
                          "description", "refuse to decide on less than this seq", "type",
                          "integer"));
}

/* ---- answers ---- */

static json_t *object_of(const char *const *integers)
{
    json_t *properties = json_object();
    json_t *required = json_array();
    for (size_t i = 0; integers[i] != NULL; i++) {
        openapi_set(properties, integers[i], json_pack("{s:s}", "type", "integer"));
        (void)json_array_append_new(required, json_string(integers[i]));
    }
    return json_pack("{s:s,s:o,s:o}", "type", "object", "required", required, "properties",
                     properties);
}

static void add_list(json_t *schema, const char *name, json_t *items)
{
    openapi_set(json_object_get(schema, "properties"), name,
                json_pack("{s:s,s:o}", "type", "array", "items", items));
    (void)json_array_append_new(json_object_get(schema, "required"), json_string(name));
}

static json_t *problem_schema(void)
{
    return json_pack("{s:s,s:[s,s,s,s,s],s:{s:{s:s},s:{s:s},s:{s:s},s:{s:s},s:{s:s},s:{s:s,s:s},"
                     "s:{s:s,s:s},s:{s:s},s:{s:s,s:{s:s}},s:{s:s,s:s}}}",
                     "type", "object", "required", "type", "title", "status", "detail", "code",
                     "properties", "type", "type", "string", "title", "type", "string", "status",
                     "type", "integer", "detail", "type", "string", "code", "type", "string",
                     "field", "description", "what of the request is wrong", "type", "string",
                     "index", "description", "event of the request, from 0", "type", "integer",
                     "state", "type", "string", "legal", "type", "array", "items", "type", "string",
                     "retry", "description", "certainly not stored, and worth sending again",
                     "type", "boolean");
}

void openapi_add_answers(json_t *schemas)
{
    static const char *const answer[] = {"at", "known_at", NULL};
    static const char *const events[] = {"at", "head", NULL};
    static const char *const event[] = {"agg_seq", "recorded", "rules", "seq", "ver", NULL};
    static const char *const appended[] = {"first", "last", NULL};
    static const char *const result[] = {"agg_seq", "seq", NULL};
    json_t *rows = object_of(answer);
    add_list(rows, "rows", json_pack("{s:s}", "type", "object"));
    openapi_set(schemas, "Answer", rows);
    openapi_set(schemas, "Event", object_of(event));
    json_t *list = object_of(events);
    add_list(list, "events", reference("Event"));
    openapi_set(schemas, "Events", list);
    openapi_set(schemas, "Result", object_of(result));
    json_t *stored = object_of(appended);
    add_list(stored, "results", reference("Result"));
    openapi_set(schemas, "Appended", stored);
    openapi_set(schemas, "Problem", problem_schema());
}
