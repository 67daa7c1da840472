/* The service itself: opened, driven, closed.
 *
 *   S13 What answers stand on (`state`) moves only in service_collect(), before the answers of
 *       the group are sent: so after an ack every later answer has at least its seq (P2).
 *   S14 Opening ends with a real commit, or fails: no answer rests on a page cache that a dead
 *       process left behind. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/commit/fault_point.h"
#include "daemon/service/service_inner.h"

static enum status open_log(struct service *service, const struct service_config *config,
                            struct fault *fault)
{
    struct log_options options = {.create = config->create,
                                  .init_load = config->init_load,
                                  .after_io_error = config->after_io_error,
                                  .ephemeral = config->ephemeral,
                                  .map_bytes = config->map_bytes};
    return log_open(config->data_dir, &options, &service->log, fault);
}

static void prepare(struct service *service, const struct service_config *config,
                    const struct env *env)
{
    service->env = *env;
    service->started_us = env->wall_us(env->arg);
    size_t len = strlen(config->release);
    len = len < sizeof(service->release) ? len : sizeof(service->release) - 1;
    memcpy(service->release, config->release, len);
    request_pool_init(&service->pool);
    lane_init(&service->own);
    readers_init(service);
    tails_init(service);
    tasks_init(service);
}

static enum status open_all(struct service *service, const struct service_config *config,
                            struct fault *fault)
{
    const struct env *env = &service->env;
    struct committer_env clocks = {
        .arg = env->arg, .wall_us = env->wall_us, .mono_us = env->mono_us};
    uint64_t seed;
    uint8_t *out = malloc(FRAME_BYTES_MAX);
    service->out = writer_over(out, FRAME_BYTES_MAX);
    service->data_dir = strdup(config->data_dir);
    if (out == NULL || service->data_dir == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    env->random(env->arg, &seed, sizeof(seed));
    enum status status = open_log(service, config, fault);
    if (status != STATUS_OK) {
        return status;
    }
    status = committer_init(&service->committer, &clocks, service->log, seed);
    if (status != STATUS_OK) {
        log_close(service->log);
        service->log = NULL;
        return fault_set(fault, status, NULL);
    }
    const struct recovery recovery = {.snapshots = config->snapshot_events > 0,
                                      .progress = config->progress,
                                      .arg = config->progress_arg};
    status = committer_recover(&service->committer, &recovery, fault);
    if (status != STATUS_OK) {
        return status;
    }
    snapshots_init(service, config->snapshot_events);
    scrub_init(service, config->scrub_after_us);
    if (config->accept_clock) {
        service->committer.clock.bad = false;
    }
    return startup_commit(service, fault); /* S14 */
}

enum status service_open(const struct service_config *config, const struct env *env,
                         struct service **ret_service, struct fault *fault)
{
    struct service *service = calloc(1, sizeof(*service));
    if (service == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    prepare(service, config, env);
    enum status status = open_all(service, config, fault);
    if (status != STATUS_OK) {
        service_close(service);
        return status;
    }
    *ret_service = service;
    return STATUS_OK;
}

/* What is not durable is not acknowledged, and nobody is left to be told. */
static void drop_requests(struct service *service)
{
    struct list_node done;
    list_init(&done);
    committer_collect(&service->committer, &done, &service->state);
    committer_drop(&service->committer, &done);
    for (struct list_node *node = list_pop_front(&done); node != NULL;
         node = list_pop_front(&done)) {
        struct request *request = LIST_ELEMENT(node, struct request, link);
        (void)call_end(&request->call);
        request_put(&service->pool, request);
    }
}

void service_close(struct service *service)
{
    if (service == NULL) {
        return;
    }
    INVARIANT(readers_running(service) == 0 && !service->snapshots.running);
    if (service->log != NULL) {
        drop_requests(service);
        committer_done(&service->committer);
        log_close(service->log);
    }
    tasks_done(service);
    scrub_done(service);
    readers_done(service);
    request_pool_done(&service->pool);
    free(service->out.data);
    free(service->data_dir);
    free(service);
}

static void note_stages(struct service *service, const struct request *request, int64_t now)
{
    latency_add(&service->stages[STAGE_WAIT], request->taken - request->call.arrived);
    latency_add(&service->stages[STAGE_APPLY], request->applied - request->taken);
    latency_add(&service->stages[STAGE_COMMIT], request->durable - request->applied);
    latency_add(&service->stages[STAGE_ANSWER], now - request->durable);
}

void service_collect(struct service *service)
{
    struct list_node done;
    uint64_t head = service->state.published.seq;
    list_init(&done);
    committer_collect(&service->committer, &done, &service->state); /* S13 */
    int64_t now = service->env.mono_us(service->env.arg);
    for (struct list_node *node = list_pop_front(&done); node != NULL;
         node = list_pop_front(&done)) {
        struct request *request = LIST_ELEMENT(node, struct request, link);
        note_stages(service, request, now);
        metrics_group(service, request);
        service->appends--;
        append_answer(service, request, now);
        request_put(&service->pool, request);
    }
    metrics_group(service, NULL);
    if (service->state.published.seq > head) {
        tails_follow(service);
    }
}

void service_tick(struct service *service)
{
    tails_tick(service);
    readers_start(service);
    snapshots_tick(service);
    scrub_tick(service);
}

void service_peer_drained(struct service *service, struct peer *peer)
{
    tails_peer_drained(service, peer);
    readers_start(service);
}

bool service_drain(struct service *service)
{
    service->draining = true;
    return snapshots_drain(service) && service->appends == 0;
}

int service_exit_code(const struct service *service)
{
    if (service->state.poisoned) {
        return 74;
    }
    return atomic_load_explicit(&service->corrupt, memory_order_relaxed) ? 75 : 0;
}

uint64_t service_head(const struct service *service)
{
    return service->state.published.seq;
}

bool service_write(struct service *service)
{
    bool worked = committer_run(&service->committer);
    if (worked) {
        service->env.wake_loop(service->env.arg);
    }
    return worked;
}

bool service_inline_ok(const struct service *service)
{
    /* The lock is not part of what is const. */
    struct committer *committer = (struct committer *)(uintptr_t)&service->committer;
    return service->appends == 1 && committer_quiet(committer);
}
