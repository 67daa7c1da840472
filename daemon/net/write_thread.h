#ifndef ACCRUE_DAEMON_NET_WRITE_THREAD_H
#define ACCRUE_DAEMON_NET_WRITE_THREAD_H

/* The writer thread, and who may write instead of it.
 *
 *   T1  service_write() never runs twice at a time. The thread leaves its sleep only when
 *       `wanted` is set, only the loop thread sets it, and so the loop thread may write itself
 *       for as long as it sees the thread asleep. */

#include <uv.h>

#include "daemon/service/service.h"

struct write_thread {
    uv_thread_t thread;
    uv_mutex_t mutex;
    uv_cond_t wake;
    struct service *service;
    bool started;
    bool wanted, stop; /* mutex */
    bool asleep;       /* mutex */
};

/* STATUS_NOMEM if there can be no thread. */
enum status write_thread_start(struct write_thread *self, struct service *service);
/* Loop thread: there is work. */
void write_thread_wake(struct write_thread *self);
/* Loop thread: it sleeps, and will until write_thread_wake(). */
bool write_thread_asleep(struct write_thread *self);
/* Only when it is asleep, or it would be waited for. */
void write_thread_stop(struct write_thread *self);

#endif
