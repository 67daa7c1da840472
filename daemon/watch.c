/* A timer of the loop, so that a loop that hangs in a callback is silent. A commit that hangs is
 * the writer's and does not silence it: killing us would not make the disk answer, and reads go
 * on. */

#include "daemon/watch.h"

#include <stdio.h>

#include "daemon/base/check.h"
#include "daemon/notify.h"

#define PROGRESS_MS 1000u
#define EXTEND_US 60000000u /* until the next word of progress, with a slow disk */
#define WATCH_MS 10000u     /* if nobody asks for more */

void watch_progress(void *arg, uint64_t done, uint64_t total)
{
    struct watch *watch = arg;
    uint64_t now_ms = uv_hrtime() / 1000000;
    char text[160];

    if (watch->progress_ms != 0 && now_ms - watch->progress_ms < PROGRESS_MS) {
        return;
    }
    watch->progress_ms = now_ms;
    (void)snprintf(text, sizeof(text),
                   "EXTEND_TIMEOUT_USEC=%u\nSTATUS=Folding the log: event %llu of %llu", EXTEND_US,
                   (unsigned long long)done, (unsigned long long)total);
    notify_manager(text);
}

static void on_timer(uv_timer_t *timer)
{
    struct watch *watch = timer->data;
    int code = service_exit_code(watch->service);

    notify_manager("WATCHDOG=1");
    if (code != watch->told_code) {
        notify_manager(code == 74 ? "STATUS=A commit failed: nothing is written any more"
                                  : "STATUS=The log is corrupt: the journal says where");
        watch->told_code = code;
    }
}

bool watch_start(struct watch *watch, uv_loop_t *loop, const struct service *service)
{
    uint64_t ms = notify_watchdog_ms();
    int rc = uv_timer_init(loop, &watch->timer);
    INVARIANT(rc == 0);
    watch->started = true;
    watch->service = service;
    watch->timer.data = watch;
    ms = ms > 0 ? ms : WATCH_MS;
    return uv_timer_start(&watch->timer, on_timer, ms, ms) == 0;
}

void watch_stop(struct watch *watch)
{
    if (watch->started) {
        uv_close((uv_handle_t *)&watch->timer, NULL);
        watch->started = false;
    }
}
