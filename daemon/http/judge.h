#ifndef ACCRUE_DAEMON_HTTP_JUDGE_H
#define ACCRUE_DAEMON_HTTP_JUDGE_H

/* May this request be answered here, by its head alone? See H8 of http.h. */

#include "daemon/http/http.h"

struct http_judged {
    const struct route *route; /* NULL: a file of the page */
    struct slice name;         /* behind the path of a named route */
    bool expects;              /* the sender waits for 100 Continue */
    /* Why not: */
    struct fault fault;
    unsigned status;
    const char *more; /* headers */
};

/* `bytes` begins with a whole head. Sets http->post, only_head, language; decodes world->target. */
bool judge(struct http *http, struct http_world *world, struct slice bytes,
           struct http_judged *ret_judged);

#endif
