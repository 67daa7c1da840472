/* The table: see routes.h. */

#include "daemon/http/routes.h"

#define PARAM_AS_OF                                                                                \
    {                                                                                              \
        "as_of", ROUTE_TEXT, "valid date, YYYY-MM-DD; today in Shanghai unless given"              \
    }
#define PARAM_KNOWN_AT                                                                             \
    {                                                                                              \
        "known_at", ROUTE_TEXT, "a seq, an RFC 3339 time or a date; the head unless given"         \
    }
#define PARAM_MIN_SEQ                                                                              \
    {                                                                                              \
        "min_seq", ROUTE_INT, "503 if the answer would stand on less than this seq"                \
    }
#define PARAM_DEADLINE                                                                             \
    {                                                                                              \
        "_deadline_ms", ROUTE_INT, "504 if it was not taken up within so long"                     \
    }
#define PARAM_FILTERS                                                                              \
    {"agg", ROUTE_TEXT, "only this aggregate: an id, or kind/id"},                                 \
        {"types", ROUTE_LIST, "only these types; * stands for anything"},                          \
        {"effective", ROUTE_RANGE, "only with a valid date in FROM..TO"},                          \
        {"recorded", ROUTE_RANGE, "only recorded within FROM..TO, dates"},                         \
        {"flags", ROUTE_LIST, "only with one of these W_ flags"},                                  \
    {                                                                                              \
        "actor", ROUTE_TEXT, "only entered by this person or system"                               \
    }

/* Of every answer with rows. */
#define PARAMS_ROWS                                                                                \
    PARAM_AS_OF, PARAM_KNOWN_AT, {"limit", ROUTE_INT, "rows of one answer"},                       \
        {"after", ROUTE_TEXT, "the `next` of the answer before"}, PARAM_MIN_SEQ, PARAM_DEADLINE

static const struct route_param query_params[] = {
    PARAMS_ROWS,
    {0},
};

static const struct route_param explain_params[] = {
    {"key", ROUTE_TEXT, "the `key` of a row"},
    PARAMS_ROWS,
    {0},
};

static const struct route_param read_params[] = {
    {"from", ROUTE_INT, "first seq; the upper end where reverse"},
    {"to", ROUTE_INT, "last seq; the lower end where reverse"},
    {"limit", ROUTE_INT, "events of one answer"},
    {"reverse", ROUTE_BOOL, "newest first"},
    PARAM_FILTERS,
    PARAM_DEADLINE,
    {0},
};

static const struct route_param tail_params[] = {
    {"from", ROUTE_SEQ, "first seq, or first, or head; Last-Event-ID goes before it"},
    PARAM_FILTERS,
    {0},
};

static const struct route_param get_params[] = {
    {"seq", ROUTE_INT, "this position"},
    {"id", ROUTE_TEXT, "or the event with this id"},
    PARAM_DEADLINE,
    {0},
};

const struct route routes[] = {
    {.path = "/v1/status", .method = "status", .help = "how the daemon is doing"},
    {.path = "/v1/ping", .method = "ping", .help = "the daemon's time"},
    {.path = "/v1/query",
     .answer = ROUTE_PROJECTIONS,
     .help = "the projections, what they answer and what they take"},
    {.path = "/v1/query/",
     .method = "query",
     .named = "projection",
     .own_params = true,
     .help = "a projection's rows at a viewpoint",
     .params = query_params},
    {.path = "/v1/explain/",
     .method = "explain",
     .named = "projection",
     .own_params = true,
     .help = "the events behind one figure",
     .params = explain_params},
    {.path = "/v1/read",
     .method = "read",
     .help = "events by position and filter",
     .params = read_params},
    {.path = "/v1/get", .method = "get", .help = "one event", .params = get_params},
    {.path = "/v1/tail",
     .method = "tail",
     .answer = ROUTE_STREAM,
     .help = "events as they are stored, as an event stream",
     .params = tail_params},
    {.path = "/healthz",
     .method = "status",
     .answer = ROUTE_HEALTH,
     .help = "200 unless a commit failed or the log is corrupt, then 503"},
    {.path = "/readyz",
     .method = "status",
     .answer = ROUTE_READY,
     .help = "200 while appends are taken, else 503 and the state"},
    {.path = "/metrics",
     .method = "metrics",
     .answer = ROUTE_METRICS,
     .help = "counters for Prometheus"},
    {.path = "/v1/schema",
     .answer = ROUTE_SCHEMA,
     .help = "the vocabulary of events, as accrue schema --json"},
    {.path = "/v1/openapi.json", .answer = ROUTE_OPENAPI, .help = "this document"},
    {.path = "/v1/append", .method = "append", .post = true, .help = "store events, or try to"},
    {0},
};

const struct route *route_find(struct slice path, struct slice *ret_name)
{
    for (const struct route *route = routes; route->path != NULL; route++) {
        size_t len = strlen(route->path);
        if (route->named == NULL && slice_is(path, route->path)) {
            return route;
        }
        if (route->named != NULL && path.len > len && memcmp(path.data, route->path, len) == 0) {
            *ret_name = slice_of(path.data + len, path.len - len);
            return route;
        }
    }
    return NULL;
}
