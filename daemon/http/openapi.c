/* Paths and their parameters: see openapi.h. Each projection has paths of its own, so that each
 * has its own parameters. */

#include "daemon/http/openapi.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/http/json.h"
#include "daemon/http/openapi_inner.h"
#include "daemon/http/routes.h"
#include "daemon/view/query.h"
#include "proto/schema.h"

#define PATH_BYTES 96

static const struct {
    const char *name, *help;
} own_params[] = {
    {"actor", "only entered by this person or system"},
    {"agency", "only registered with this agency"},
    {"basis", "which figures count: as restated by amendments, as signed, by flow, as received"},
    {"below_floor", "true: only where less was paid than the floor"},
    {"bounty", "true: only with a bounty"},
    {"broker", "only of this broker"},
    {"buckets", "upper ends of the ages, in days"},
    {"by", "what rows are grouped by"},
    {"claim", "only this claim"},
    {"compare", "with the figures of last-year beside them"},
    {"contract", "only of this contract"},
    {"creditor", "only owed to this party"},
    {"debtor", "only owed by this party"},
    {"department", "only of this department"},
    {"expired", "whether the right has run out"},
    {"field", "only of this field of technology"},
    {"filed", "whether it is on file"},
    {"flag", "only with this flag"},
    {"insurer", "only of this insurer"},
    {"ip_kind", "only of this kind of intellectual property"},
    {"kind", "only of this kind"},
    {"match", "match, differs or not_derivable"},
    {"metric", "only of this metric"},
    {"open_license", "whether it is openly licensed"},
    {"origin", "only that came about in this way"},
    {"outcome", "only with this outcome"},
    {"overdue", "false leaves out what is overdue"},
    {"owner", "only of this owner"},
    {"party", "only of this party"},
    {"payee", "only received by this party"},
    {"payer", "only paid by this party"},
    {"period", "FROM..TO, both ends inclusive"},
    {"pledged", "whether it is pledged"},
    {"pledgee", "only pledged to this party"},
    {"pledgor", "only pledged by this party"},
    {"policy", "only of this policy"},
    {"pool", "only of this pool"},
    {"product", "only of this insurance product"},
    {"seller", "only sold by this party"},
    {"state", "only in this state"},
    {"status", "only with this status"},
    {"type", "only of this type"},
    {"what", "only entries of this kind"},
    {"where", "KEY=VALUE: only where a grouping key has this value"},
    {"within", "so many days ahead"},
    {"year", "only of these years"},
};

const char *openapi_param_help(const char *name)
{
    for (size_t i = 0; i < sizeof(own_params) / sizeof(own_params[0]); i++) {
        if (strcmp(own_params[i].name, name) == 0) {
            return own_params[i].help;
        }
    }
    return NULL;
}

/* ---- parameters ---- */

static json_t *parameter(const char *name, const char *help, json_t *schema, bool required)
{
    json_t *made = json_pack("{s:s,s:s,s:b,s:o}", "name", name, "in", "query", "required",
                             (int)required, "schema", schema);
    if (help != NULL) {
        openapi_set(made, "description", json_string(help));
    }
    return made;
}

static json_t *param_schema(enum route_param_type type)
{
    switch (type) {
    case ROUTE_INT:
        return json_pack("{s:s}", "type", "integer");
    case ROUTE_BOOL:
        return json_pack("{s:s}", "type", "boolean");
    case ROUTE_LIST:
        return json_pack("{s:s,s:{s:s}}", "type", "array", "items", "type", "string");
    case ROUTE_SEQ:
        return json_pack("{s:[{s:s},{s:[s,s]}]}", "anyOf", "type", "integer", "enum", "first",
                         "head");
    case ROUTE_TEXT:
    case ROUTE_RANGE:
        break;
    }
    return json_pack("{s:s}", "type", "string");
}

static json_t *parameters_of(const struct route *route, const struct projection *projection)
{
    json_t *list = json_array();
    (void)json_array_append_new(list, json_pack("{s:s}", "$ref", "#/components/parameters/lang"));
    for (const struct route_param *at = route->params; at != NULL && at->name != NULL; at++) {
        bool required = strcmp(at->name, "key") == 0;
        (void)json_array_append_new(
            list, parameter(at->name, at->help, param_schema(at->type), required));
    }
    if (route->answer == ROUTE_STREAM) {
        json_t *resume =
            parameter("Last-Event-ID", "go on after this seq", param_schema(ROUTE_INT), false);
        openapi_set(resume, "in", json_string("header"));
        (void)json_array_append_new(list, resume);
    }
    for (size_t i = 0; projection != NULL && projection->parameters[i] != NULL; i++) {
        const char *name = projection->parameters[i];
        (void)json_array_append_new(
            list, parameter(name, openapi_param_help(name), param_schema(ROUTE_LIST), false));
    }
    return list;
}

/* ---- operations ---- */

static const char *media_of(enum route_answer answer)
{
    switch (answer) {
    case ROUTE_STREAM:
        return "text/event-stream";
    case ROUTE_HEALTH:
    case ROUTE_READY:
    case ROUTE_METRICS:
        return "text/plain";
    case ROUTE_RESULT:
    case ROUTE_PROJECTIONS:
    case ROUTE_SCHEMA:
    case ROUTE_OPENAPI:
        break;
    }
    return "application/json";
}

/* What a method answers with, where it is described. */
static json_t *result_schema(const struct route *route)
{
    static const char *const known[][2] = {{"query", "Answer"},    {"explain", "Answer"},
                                           {"read", "Events"},     {"get", "Events"},
                                           {"append", "Appended"}, {NULL, NULL}};
    if (strcmp(media_of(route->answer), "application/json") != 0) {
        return json_pack("{s:s}", "type", "string");
    }
    for (size_t i = 0; route->method != NULL && known[i][0] != NULL; i++) {
        if (strcmp(known[i][0], route->method) == 0) {
            return json_pack("{s:s+}", "$ref", "#/components/schemas/", known[i][1]);
        }
    }
    return json_pack("{s:s}", "type", "object");
}

static json_t *responses_of(const struct route *route)
{
    return json_pack("{s:{s:s,s:{s:{s:o}}},s:{s:s},s:{s:s}}", "200", "description", route->help,
                     "content", media_of(route->answer), "schema", result_schema(route), "4XX",
                     "$ref", "#/components/responses/Problem", "5XX", "$ref",
                     "#/components/responses/Problem");
}

/* "/v1/query/" and "outstanding" as query_outstanding */
static void operation_id(const char *path, char out[PATH_BYTES])
{
    size_t len = 0;
    const char *at = strncmp(path, "/v1/", 4) == 0 ? path + 4 : path + 1;
    for (; *at != '\0' && len + 1 < PATH_BYTES; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || *at == '_';
        out[len++] = plain ? *at : '_';
    }
    out[len] = '\0';
}

static void add_path(json_t *paths, const struct route *route, const struct projection *projection,
                     enum language language)
{
    char path[PATH_BYTES], id[PATH_BYTES];
    const char *help = route->help;
    (void)snprintf(path, sizeof(path), "%s%s", route->path,
                   projection != NULL ? projection->name : "");
    if (projection != NULL && strcmp(route->method, "query") == 0) {
        help = language == LANGUAGE_ZH ? projection->help_zh : projection->help_en;
    }
    operation_id(path, id);
    json_t *operation =
        json_pack("{s:s,s:s,s:o,s:o}", "operationId", id, "summary", help, "parameters",
                  parameters_of(route, projection), "responses", responses_of(route));
    if (route->post) {
        openapi_set(operation, "requestBody",
                    json_pack("{s:b,s:{s:{s:{s:s}}}}", "required", 1, "content", "application/json",
                              "schema", "$ref", "#/components/schemas/Append"));
    }
    openapi_set(paths, path, json_pack("{s:o}", route->post ? "post" : "get", operation));
}

static json_t *all_paths(enum language language)
{
    json_t *paths = json_object();
    for (const struct route *route = routes; route->path != NULL; route++) {
        if (route->named == NULL) {
            add_path(paths, route, NULL, language);
            continue;
        }
        bool explain = strcmp(route->method, "explain") == 0;
        for (const struct projection *at = projections; at->name != NULL; at++) {
            if (!explain || at->explain != NULL) {
                add_path(paths, route, at, language);
            }
        }
    }
    return paths;
}

/* ---- the whole ---- */

static json_t *vocabulary(enum language language, struct writer *room, struct buffer *text)
{
    room->len = 0;
    room->full = false;
    buffer_clear(text, MIB);
    schema_write_all(language, room);
    json_write(text, writer_slice(room));
    return json_loadb(text->data, text->len, 0, NULL);
}

static json_t *components(const json_t *words)
{
    json_t *schemas = json_object();
    openapi_add_answers(schemas);
    openapi_add_vocabulary(schemas, words);
    json_t *lang = parameter("lang", "language of texts; Accept-Language otherwise",
                             json_pack("{s:[s,s]}", "enum", "en", "zh"), false);
    return json_pack("{s:o,s:{s:o},s:{s:{s:s,s:{s:{s:{s:s}}}}}}", "schemas", schemas, "parameters",
                     "lang", lang, "responses", "Problem", "description",
                     "Why not: RFC 9457 problem details", "content", "application/problem+json",
                     "schema", "$ref", "#/components/schemas/Problem");
}

void openapi_write(enum language language, struct writer *room, struct buffer *out)
{
    json_t *words = vocabulary(language, room, out);
    json_t *document = json_pack(
        "{s:s,s:{s:s,s:s,s:s},s:[{s:s}],s:o,s:o}", "openapi", "3.1.0", "info", "title", "accrued",
        "version", ACCRUE_VERSION, "description",
        "Append-only log of technology-transfer contracts. Amounts are integers in fen.", "servers",
        "url", "/", "paths", all_paths(language), "components", components(words));
    char *text = document != NULL ? json_dumps(document, JSON_COMPACT) : NULL;
    buffer_clear(out, MIB);
    out->full = text == NULL; /* no memory */
    if (text != NULL) {
        buffer_text(out, text);
        buffer_text(out, "\n");
    }
    free(text);
    json_decref(document);
    json_decref(words);
}
