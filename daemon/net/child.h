#ifndef ACCRUE_DAEMON_NET_CHILD_H
#define ACCRUE_DAEMON_NET_CHILD_H

/* Worker processes (verify, rebuild): our own executable, started by the service, whose stdout
 * comes back line by line. At most CHILDREN_MAX at a time; a line is cut at CHILD_LINE_MAX. */

#include <uv.h>

#include "daemon/service/service.h"

#define CHILDREN_MAX 4u
#define CHILD_LINE_MAX 1024u
#define CHILD_GRACE_MS 1000u /* between SIGTERM and SIGKILL */

struct child;

struct children {
    uv_loop_t *loop;
    struct service *service;
    struct list_node running;
    uint32_t count;
};

void children_init(struct children *children, uv_loop_t *loop);
/* Our executable with the arguments `argv` (NULL-terminated, argv[0] being the first argument,
 * not a program). STATUS_OVERLOADED over CHILDREN_MAX, STATUS_UNAVAILABLE if it cannot start. */
enum status children_spawn(struct children *children, const char *const *argv, void *child_arg);
/* End the one that was started with `child_arg`: SIGTERM, and SIGKILL if it is still there after
 * CHILD_GRACE_MS. Its exit is reported as any other. */
void children_end(struct children *children, const void *child_arg);
/* Now and then, for the grace that is over. */
void children_tick(struct children *children, uint64_t now_ms);
/* End them all at once; their exits are still reported. */
void children_kill(struct children *children);

#endif
