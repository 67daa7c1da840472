/* How the daemon is doing, for operators and their graphs. Everything is the loop thread's copy;
 * the writer is not asked. */

#include "daemon/service/service_inner.h"
#include "daemon/view/query.h"

static void write_number(struct writer *out, const char *key, uint64_t value)
{
    write_text(out, key);
    write_uint(out, value);
}

static void write_bytes(struct service *service, struct writer *out)
{
    struct log_head head = log_head(service->log);
    const struct request_pool *pool = &service->pool;
    uint64_t answers = 0;
    for (size_t i = 0; i < READER_JOBS_RUNNING; i++) {
        answers += service->readers.slots[i].out.size;
    }
    write_text(out, "bytes");
    write_map(out, 7);
    write_number(out, "answers", answers + service->out.size);
    write_number(out, "group", GROUP_STORED_BYTES_MAX);
    write_number(out, "log_map", head.map_bytes);
    write_number(out, "log_used", head.used_bytes);
    write_number(out, "log_zeroed", head.zeroed_bytes);
    write_number(out, "requests", pool->used_bytes);
    write_number(out, "requests_kept", pool->kept_bytes);
}

static void write_stages(const struct service *service, struct writer *out)
{
    static const char *const names[STAGES] = {[STAGE_WAIT] = "wait",
                                              [STAGE_APPLY] = "apply",
                                              [STAGE_COMMIT] = "commit",
                                              [STAGE_ANSWER] = "answer"};
    write_text(out, "stages");
    write_map(out, STAGES);
    for (unsigned stage = 0; stage < STAGES; stage++) {
        const struct latency *latency = &service->stages[stage];
        write_text(out, names[stage]);
        write_map(out, 5);
        write_number(out, "count", latency->count);
        write_number(out, "max_us", latency->max_us);
        write_number(out, "p50_us", latency_quantile(latency, 500));
        write_number(out, "p99_us", latency_quantile(latency, 990));
        write_number(out, "total_us", latency->total_us);
    }
}

static void write_projections(const struct service *service, struct writer *out)
{
    uint32_t count = 0;
    while (projections[count].name != NULL) {
        count++;
    }
    write_text(out, "projections");
    write_array(out, count);
    for (uint32_t i = 0; i < count; i++) {
        write_map(out, 4);
        write_number(out, "at", service->state.published.seq); /* facts are published together */
        write_text(out, "help_en");
        write_text(out, projections[i].help_en);
        write_text(out, "help_zh");
        write_text(out, projections[i].help_zh);
        write_text(out, "name");
        write_text(out, projections[i].name);
    }
}

const char *service_state_name(const struct service *service)
{
    const struct commit_state *state = &service->state;
    bool corrupt = atomic_load_explicit(&service->corrupt, memory_order_relaxed);
    return state->poisoned     ? "poisoned"
           : corrupt           ? "corrupt"
           : state->clock_bad  ? "clock"
           : state->loading    ? "loading"
           : service->draining ? "stopping"
                               : "ready";
}

static void write_state(struct service *service, struct writer *out)
{
    write_text(out, "state");
    write_text(out, service_state_name(service));
    write_text(out, "warning");
    write_text(out, log_warning(service->log));
}

enum status method_status(struct ask *ask, struct fault *fault)
{
    static const char *const names[] = {NULL};
    struct service *service = ask->service;
    const struct commit_state *state = &service->state;
    struct params params;
    enum status status = params_read(ask->params, names, &params, fault);
    if (status != STATUS_OK) {
        return status;
    }
    struct writer *out = answer_begin(service, ask->id);
    size_t mark = write_map_begin(out);
    write_number(out, "at", state->published.seq);
    write_bytes(service, out);
    write_number(out, "connections", service->peers);
    write_number(out, "events", state->events);
    write_number(out, "groups", state->groups);
    write_number(out, "head", state->published.seq);
    write_text(out, "log_id");
    write_text(out, log_id(service->log));
    write_projections(service, out);
    write_number(out, "queued", committer_waiting(&service->committer));
    write_text(out, "readers");
    write_map(out, 3);
    write_number(out, "done", service->readers.done);
    write_number(out, "running", readers_running(service));
    write_number(out, "waiting", service->readers.waiting_count);
    write_text(out, "recorded");
    write_int(out, state->published.recorded);
    write_text(out, "release");
    write_text(out, service->release);
    write_number(out, "rules", state->rules);
    write_text(out, "scrub");
    scrub_status(service, out);
    write_text(out, "snapshot");
    snapshots_status(service, out);
    write_stages(service, out);
    write_text(out, "started");
    write_int(out, service->started_us);
    write_state(service, out);
    write_number(out, "tails", service->tails.count);
    write_text(out, "time");
    write_int(out, service->env.wall_us(service->env.arg));
    write_number(out, "unanswered", service->appends);
    write_map_end(out, mark, 22);
    answer_send(service, ask->peer, ask->id);
    return STATUS_OK;
}
