#ifndef ACCRUE_DAEMON_HTTP_ROUTES_H
#define ACCRUE_DAEMON_HTTP_ROUTES_H

/* What can be asked by HTTP: one table, from which requests are understood, 405 and its Allow are
 * told, and the OpenAPI document is written.
 *
 * Nearly every route is a method of the service in another grammar: what it means, what it
 * refuses and what it is bounded by is decided there and nowhere else. */

#include "proto/bytes.h"

enum route_param_type {
    ROUTE_TEXT,
    ROUTE_INT,
    ROUTE_BOOL,  /* true, false, 1, 0 */
    ROUTE_LIST,  /* with commas, or given several times */
    ROUTE_RANGE, /* FROM..TO, either end may be left out: a map of from and to */
    ROUTE_SEQ,   /* an integer, or first, head */
};

struct route_param {
    const char *name; /* of the method's parameter too */
    enum route_param_type type;
    const char *help;
};

enum route_answer {
    ROUTE_RESULT, /* the method's result as JSON */
    ROUTE_STREAM, /* an event stream */
    ROUTE_HEALTH, /* a word, by the state in the result */
    ROUTE_READY,
    ROUTE_METRICS,
    ROUTE_PROJECTIONS, /* the table of projections: nobody is asked */
    ROUTE_SCHEMA,
    ROUTE_OPENAPI,
};

struct route {
    const char *path;   /* ends in `/`: a name follows, which is the parameter `named` */
    const char *method; /* of the service, NULL = none is asked */
    const char *named;
    bool post;       /* the body is the method's parameters; else GET and HEAD */
    bool own_params; /* what is not in `params` goes into the parameter `params` */
    enum route_answer answer;
    const char *help;
    const struct route_param *params; /* ended by name NULL; NULL = none */
};

extern const struct route routes[]; /* ended by path NULL */

/* NULL if there is none; `ret_name` gets what follows the path of one that is named. */
const struct route *route_find(struct slice path, struct slice *ret_name);

#endif
