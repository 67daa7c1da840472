/* A thread, a mutex, a condition: see T1 in the header.
 *
 * The loop thread wakes it once a turn, after every ready socket was read, so that what came
 * together is written together; there is no timer. */

#include "daemon/net/write_thread.h"

#include "daemon/base/check.h"

static void run(void *arg)
{
    struct write_thread *self = arg;

    uv_mutex_lock(&self->mutex);
    while (!self->stop) {
        if (!self->wanted) {
            self->asleep = true;
            uv_cond_wait(&self->wake, &self->mutex);
            continue;
        }
        self->asleep = false;
        self->wanted = false;
        uv_mutex_unlock(&self->mutex);
        while (service_write(self->service)) {
        }
        uv_mutex_lock(&self->mutex);
    }
    self->asleep = true;
    uv_mutex_unlock(&self->mutex);
}

enum status write_thread_start(struct write_thread *self, struct service *service)
{
    *self = (struct write_thread){.service = service};
    int rc = uv_mutex_init(&self->mutex);
    INVARIANT(rc == 0);
    rc = uv_cond_init(&self->wake);
    INVARIANT(rc == 0);
    self->asleep = true;
    if (uv_thread_create(&self->thread, run, self) != 0) {
        uv_cond_destroy(&self->wake);
        uv_mutex_destroy(&self->mutex);
        return STATUS_NOMEM;
    }
    self->started = true;
    return STATUS_OK;
}

void write_thread_wake(struct write_thread *self)
{
    uv_mutex_lock(&self->mutex);
    bool signal = !self->wanted;
    self->wanted = true;
    uv_mutex_unlock(&self->mutex);
    if (signal) {
        uv_cond_signal(&self->wake);
    }
}

bool write_thread_asleep(struct write_thread *self)
{
    uv_mutex_lock(&self->mutex);
    bool asleep = self->asleep && !self->wanted;
    uv_mutex_unlock(&self->mutex);
    return asleep;
}

void write_thread_stop(struct write_thread *self)
{
    if (!self->started) {
        return;
    }
    uv_mutex_lock(&self->mutex);
    self->stop = true;
    uv_mutex_unlock(&self->mutex);
    uv_cond_signal(&self->wake);
    int rc = uv_thread_join(&self->thread);
    INVARIANT(rc == 0);
    uv_cond_destroy(&self->wake);
    uv_mutex_destroy(&self->mutex);
    self->started = false;
}
