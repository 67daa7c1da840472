/* Counting, and the method that tells it.
 *
 *   S26 A family has a name, a kind and a help text as Prometheus knows them; times are in
 *       microseconds, as everywhere here, and whoever writes seconds divides.
 *   S27 Buckets of a histogram hold all that is at most their bound, so they only grow. A time is
 *       cut to whole microseconds, which lie below 2^n - 1 or not; of a number of events one less
 *       is counted, so that 2^n - 1 is among those below. */

#include "daemon/service/service_inner.h"

#define BUCKET_FIRST 5u /* bounds are 2^(n+1) - 1: from 63 microseconds */
#define BUCKET_LAST 23u /* to 17 seconds */
#define EVENTS_FIRST 0u /* and from one event */
#define EVENTS_LAST 11u /* to 4,095 in a group */

/* ---- counting ---- */

static void count_error(struct metrics *metrics, unsigned method, enum status code)
{
    for (unsigned i = 0; i < metrics->error_pairs; i++) {
        if (metrics->errors[i].method == method && metrics->errors[i].code == code) {
            metrics->errors[i].count++;
            return;
        }
    }
    if (metrics->error_pairs == METRICS_ERRORS) {
        metrics->errors_more++;
        return;
    }
    metrics->errors[metrics->error_pairs].method = method;
    metrics->errors[metrics->error_pairs].code = code;
    metrics->errors[metrics->error_pairs].count = 1;
    metrics->error_pairs++;
}

static bool is_refusal(enum status code)
{
    return code <= STATUS_E_UNKNOWN_TYPE || code == STATUS_BAD_PARAMS;
}

void metrics_answered(struct service *service, unsigned method, enum status code, int64_t took_us)
{
    struct metrics *metrics = &service->metrics;
    latency_add(&metrics->took[method], took_us);
    if (code == STATUS_OK) {
        return;
    }
    count_error(metrics, method, code);
    if (methods[method].run == method_append) {
        metrics->outcomes[is_refusal(code) ? OUTCOME_REFUSED : OUTCOME_FAILED]++;
    }
}

void metrics_stored(struct service *service, const struct request *request)
{
    struct metrics *metrics = &service->metrics;
    uint32_t stored = 0;
    for (uint32_t i = 0; i < request->count && !request->dry; i++) {
        if (!request->results[i].dup) {
            const struct event_type *type = request->events[i].type;
            unsigned number = type != NULL ? (unsigned)type->id : 0;
            metrics->events[number < METRICS_TYPES ? number : 0]++;
            stored++;
        }
    }
    metrics->group_count += stored;
    if (request->kind == REQUEST_APPEND) {
        metrics->outcomes[request->dry ? OUTCOME_DRY : stored > 0 ? OUTCOME_STORED : OUTCOME_DUP]++;
    }
}

/* A group's requests became durable at one instant, and come one after the other. */
void metrics_group(struct service *service, const struct request *request)
{
    struct metrics *metrics = &service->metrics;
    if (request != NULL && request->durable == metrics->group_durable) {
        metrics->group_applied = request->applied;
        return;
    }
    if (metrics->group_count > 0) {
        latency_add(&metrics->group_sync, metrics->group_durable - metrics->group_applied);
        latency_add(&metrics->group_events, (int64_t)metrics->group_count - 1); /* S27 */
        metrics->group_events.total_us++;
    }
    metrics->group_count = 0;
    metrics->group_durable = request != NULL ? request->durable : 0;
    metrics->group_applied = request != NULL ? request->applied : 0;
}

/* ---- telling ---- */

struct telling {
    struct writer *out;
    size_t samples; /* mark of the family's list */
    uint32_t count, families;
};

static void family_begin(struct telling *telling, const char *name, const char *kind,
                         const char *help)
{
    struct writer *out = telling->out;
    write_map(out, 4);
    write_text(out, "help");
    write_text(out, help);
    write_text(out, "kind");
    write_text(out, kind);
    write_text(out, "name");
    write_text(out, name);
    write_text(out, "samples");
    telling->samples = write_array_begin(out);
    telling->count = 0;
    telling->families++;
}

static void family_end(struct telling *telling)
{
    write_array_end(telling->out, telling->samples, telling->count);
}

/* Up to two labels; NULL for none. The value is to be written next. */
static void sample_begin(struct telling *telling, const char *label, const char *is,
                         const char *second, const char *second_is)
{
    struct writer *out = telling->out;
    write_map(out, 2);
    write_text(out, "labels");
    write_map(out, (uint32_t)((label != NULL) + (second != NULL)));
    if (label != NULL) {
        write_text(out, label);
        write_text(out, is);
    }
    if (second != NULL) {
        write_text(out, second);
        write_text(out, second_is);
    }
    write_text(out, "value");
    telling->count++;
}

static void tell(struct telling *telling, const char *name, const char *kind, const char *help,
                 uint64_t value)
{
    family_begin(telling, name, kind, help);
    sample_begin(telling, NULL, NULL, NULL, NULL);
    write_uint(telling->out, value);
    family_end(telling);
}

/* S27 */
static void write_histogram(struct writer *out, const struct latency *latency, unsigned first,
                            unsigned last)
{
    uint64_t below = 0;
    unsigned at = 0;
    write_map(out, 3);
    write_text(out, "buckets");
    write_array(out, last - first + 1);
    for (unsigned power = 0; power <= last; power++) {
        for (; at < 4 * (power + 1); at++) {
            below += latency->bucket[at];
        }
        if (power >= first) {
            write_array(out, 2);
            write_uint(out, (UINT64_C(2) << power) - 1);
            write_uint(out, below);
        }
    }
    write_text(out, "count");
    write_uint(out, latency->count);
    write_text(out, "sum");
    write_uint(out, latency->total_us);
}

static void tell_log(struct service *service, struct telling *telling)
{
    struct log_head head = log_head(service->log);
    uint64_t free_bytes;
    tell(telling, "accrued_log_head_position", "gauge", "Position of the last event.",
         service->state.published.seq);
    tell(telling, "accrued_log_durable_position", "gauge",
         "Position of the last event that is durable: answers stand on no other.",
         service->state.published.seq);
    tell(telling, "accrued_lmdb_map_bytes", "gauge", "Address space of the log.", head.map_bytes);
    tell(telling, "accrued_lmdb_used_bytes", "gauge", "Bytes of it in use.", head.used_bytes);
    tell(telling, "accrued_lmdb_zeroed_bytes", "gauge", "Bytes of it written ahead as zeros.",
         head.zeroed_bytes);
    tell(telling, "accrued_snapshot_position", "gauge",
         "Position of the last snapshot of the facts, 0 for none.", service->snapshots.seq);
    tell(telling, "accrued_scrub_position", "gauge",
         "How far the last scrub with a result had read, 0 for none.", service->scrub.seq);
    tell(telling, "accrued_scrub_end_timestamp_seconds", "gauge",
         "When it ended, 0 for none since the start.", (uint64_t)service->scrub.time / 1000000);
    if (log_free_bytes(service->log, &free_bytes)) {
        tell(telling, "accrued_disk_free_bytes", "gauge", "Room on the log's file system.",
             free_bytes);
    }
}

static void tell_load(struct service *service, struct telling *telling)
{
    uint64_t answers = 0;
    for (size_t i = 0; i < READER_JOBS_RUNNING; i++) {
        answers += service->readers.slots[i].out.size;
    }
    tell(telling, "accrued_subscribers", "gauge", "Tails.", service->tails.count);
    tell(telling, "accrued_subscriber_lag_events", "gauge",
         "Events that the slowest tail has yet to be sent.", tails_lag(service));
    tell(telling, "accrued_append_queue_requests", "gauge", "Appends that wait for the writer.",
         committer_waiting(&service->committer));
    tell(telling, "accrued_append_unanswered_requests", "gauge", "Appends not yet answered.",
         service->appends);
    tell(telling, "accrued_readers_running", "gauge", "Questions being answered.",
         readers_running(service));
    tell(telling, "accrued_readers_waiting", "gauge", "Questions that wait.",
         service->readers.waiting_count);
    tell(telling, "accrued_request_bytes", "gauge", "Memory of appends under way.",
         service->pool.used_bytes);
    tell(telling, "accrued_answer_bytes", "gauge", "Memory of answers being made.",
         answers + service->out.size);
    family_begin(telling, "accrued_connections", "gauge", "Connections, by what they speak.");
    sample_begin(telling, "listener", "http", NULL, NULL);
    write_uint(telling->out, service->peers_http);
    sample_begin(telling, "listener", "rpc", NULL, NULL);
    write_uint(telling->out, service->peers - service->peers_http);
    family_end(telling);
}

static void tell_state(struct service *service, struct telling *telling)
{
    static const char *const names[] = {"clock", "corrupt",  "loading", "poisoned",
                                        "ready", "stopping", NULL};
    const char *now = service_state_name(service);
    family_begin(telling, "accrued_build_info", "gauge", "1, with the release as its label.");
    sample_begin(telling, "release", service->release, NULL, NULL);
    write_uint(telling->out, 1);
    family_end(telling);
    tell(telling, "accrued_start_timestamp_seconds", "gauge", "When the daemon started.",
         (uint64_t)service->started_us / 1000000);
    family_begin(telling, "accrued_state", "gauge", "1 for the state that the daemon is in.");
    for (size_t i = 0; names[i] != NULL; i++) {
        sample_begin(telling, "state", names[i], NULL, NULL);
        write_uint(telling->out, strcmp(names[i], now) == 0);
    }
    family_end(telling);
}

static void tell_events(struct service *service, struct telling *telling)
{
    static const char *const outcomes[OUTCOMES] = {[OUTCOME_STORED] = "stored",
                                                   [OUTCOME_DUP] = "dup",
                                                   [OUTCOME_DRY] = "dry",
                                                   [OUTCOME_REFUSED] = "refused",
                                                   [OUTCOME_FAILED] = "failed"};
    const struct metrics *metrics = &service->metrics;
    family_begin(telling, "accrued_events_appended_total", "counter",
                 "Events stored, by type; x.* are the users' own.");
    sample_begin(telling, "type", "x.*", NULL, NULL);
    write_uint(telling->out, metrics->events[0]);
    for (size_t i = 0; i < event_type_count(); i++) {
        const struct event_type *type = event_type_at(i);
        unsigned number = (unsigned)type->id;
        if (number > 0 && number < METRICS_TYPES && metrics->events[number] > 0) {
            sample_begin(telling, "type", type->name, NULL, NULL);
            write_uint(telling->out, metrics->events[number]);
        }
    }
    family_end(telling);
    family_begin(telling, "accrued_append_requests_total", "counter", "Appends, by their end.");
    for (unsigned i = 0; i < OUTCOMES; i++) {
        sample_begin(telling, "outcome", outcomes[i], NULL, NULL);
        write_uint(telling->out, metrics->outcomes[i]);
    }
    family_end(telling);
}

static const char *method_label(unsigned method)
{
    return methods[method].name != NULL ? methods[method].name : "unknown";
}

static void tell_requests(struct service *service, struct telling *telling)
{
    const struct metrics *metrics = &service->metrics;
    uint64_t wrong[METRICS_METHODS] = {0};
    family_begin(telling, "accrued_rpc_requests_total", "counter",
                 "Requests of either protocol, by method and code.");
    for (unsigned i = 0; i < metrics->error_pairs; i++) {
        wrong[metrics->errors[i].method] += metrics->errors[i].count;
        sample_begin(telling, "method", method_label(metrics->errors[i].method), "code",
                     status_name(metrics->errors[i].code));
        write_uint(telling->out, metrics->errors[i].count);
    }
    for (unsigned i = 0; methods[i].name != NULL; i++) {
        sample_begin(telling, "method", methods[i].name, "code", "OK");
        write_uint(telling->out, metrics->took[i].count - wrong[i]);
    }
    if (metrics->errors_more > 0) { /* and these are in OK above */
        sample_begin(telling, "method", "any", "code", "other");
        write_uint(telling->out, metrics->errors_more);
    }
    family_end(telling);
    family_begin(telling, "accrued_rpc_duration_seconds", "histogram",
                 "From a request's last byte to its answer, by method.");
    for (unsigned i = 0; methods[i].name != NULL; i++) {
        if (metrics->took[i].count > 0) {
            sample_begin(telling, "method", methods[i].name, NULL, NULL);
            write_histogram(telling->out, &metrics->took[i], BUCKET_FIRST, BUCKET_LAST);
        }
    }
    family_end(telling);
}

static void tell_histogram(struct telling *telling, const char *name, const char *help,
                           const struct latency *latency, unsigned first, unsigned last)
{
    family_begin(telling, name, "histogram", help);
    sample_begin(telling, NULL, NULL, NULL, NULL);
    write_histogram(telling->out, latency, first, last);
    family_end(telling);
}

static void tell_durations(struct service *service, struct telling *telling)
{
    static const char *const stages[STAGES] = {[STAGE_WAIT] = "wait",
                                               [STAGE_APPLY] = "apply",
                                               [STAGE_COMMIT] = "commit",
                                               [STAGE_ANSWER] = "answer"};
    const struct metrics *metrics = &service->metrics;
    tell_histogram(telling, "accrued_append_duration_seconds",
                   "From an append's last byte to its answer.",
                   &metrics->took[method_number(method_append)], BUCKET_FIRST, BUCKET_LAST);
    tell_histogram(telling, "accrued_commit_duration_seconds",
                   "From a group's last decision until it is on the disk.", &metrics->group_sync,
                   BUCKET_FIRST, BUCKET_LAST);
    tell_histogram(telling, "accrued_commit_batch_events", "Events stored by one commit.",
                   &metrics->group_events, EVENTS_FIRST, EVENTS_LAST);
    family_begin(telling, "accrued_append_stage_duration_seconds", "histogram",
                 "Where an append's time goes.");
    for (unsigned stage = 0; stage < STAGES; stage++) {
        sample_begin(telling, "stage", stages[stage], NULL, NULL);
        write_histogram(telling->out, &service->stages[stage], BUCKET_FIRST, BUCKET_LAST);
    }
    family_end(telling);
}

enum status method_metrics(struct ask *ask, struct fault *fault)
{
    static const char *const names[] = {NULL};
    struct service *service = ask->service;
    struct params params;
    enum status status = params_read(ask->params, names, &params, fault);
    if (status != STATUS_OK) {
        return status;
    }
    struct telling telling = {.out = answer_begin(service, ask->id)};
    write_map(telling.out, 2);
    write_text(telling.out, "at");
    write_uint(telling.out, service->state.published.seq);
    write_text(telling.out, "families");
    size_t mark = write_array_begin(telling.out);
    tell_state(service, &telling);
    tell_log(service, &telling);
    tell_load(service, &telling);
    tell_events(service, &telling);
    tell_requests(service, &telling);
    tell_durations(service, &telling);
    write_array_end(telling.out, mark, telling.families);
    answer_send(service, ask->peer, ask->id);
    return STATUS_OK;
}
