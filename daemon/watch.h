#ifndef ACCRUE_DAEMON_WATCH_H
#define ACCRUE_DAEMON_WATCH_H

/* The service manager hears that we are alive: of a start that takes long, while it folds
 * (EXTEND_TIMEOUT_USEC), then from the loop, as often as it asks (WATCHDOG=1). Silence means that
 * we hang. `systemctl status` shows the STATUS that goes with it. Loop thread, or before it. */

#include <uv.h>

#include "daemon/service/service.h"

struct watch { /* zeros at first */
    uv_timer_t timer;
    bool started;
    uint64_t progress_ms; /* when progress was last told */
    const struct service *service;
    int told_code;
};

/* `arg` is the struct watch; see struct service_config. */
void watch_progress(void *arg, uint64_t done, uint64_t total);
bool watch_start(struct watch *watch, uv_loop_t *loop, const struct service *service);
/* The loop must run once more. Nothing if it was never started. */
void watch_stop(struct watch *watch);

#endif
