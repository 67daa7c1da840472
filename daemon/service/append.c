/* Appends: decoded on the loop thread, answered on it, decided between the two by the writer.
 *
 *   S11 What is wrong with an event's form is told at once and touches nothing; everything that
 *       depends on what is stored waits for its turn in the queue.
 *   S12 Salts are drawn here and travel with the request: applying it has no chance in it. */

#include "daemon/service/service_inner.h"

enum { EVENTS, DRY, MIN_SEQ };
static const char *const append_names[] = {"events", "dry", "min_seq", NULL};

static enum status read_event(struct ask *ask, struct request *request, uint32_t i,
                              struct slice wire, struct writer *bodies, struct fault *fault)
{
    struct event *event = &request->events[i];
    unsigned origin = request->kind == REQUEST_LOAD ? EVENT_LOAD : 0;
    enum status status = event_from_wire(wire, origin, bodies, event, fault);
    if (status != STATUS_OK) {
        fault->index = i;
        return status;
    }
    request->body_bytes += event->body.len + event->private_data.len;
    if (event->private_data.len > 0) { /* S12 */
        struct env *env = &ask->service->env;
        env->random(env->arg, request->salts[i], PRIVATE_SALT_BYTES);
    }
    return STATUS_OK;
}

static enum status read_events(struct ask *ask, struct request *request, struct slice events,
                               struct writer *bodies, struct fault *fault)
{
    struct cursor in = cursor_over(events);
    uint32_t count;
    (void)cursor_array(&in, &count); /* counted before */
    for (uint32_t i = 0; i < count; i++) {
        struct slice wire;
        if (!cursor_value(&in, &wire)) {
            return param_wrong(fault, "events", "maps");
        }
        enum status status = read_event(ask, request, i, wire, bodies, fault);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

static enum status count_events(const struct params *params, uint32_t *ret_count,
                                struct fault *fault)
{
    if (params->at[EVENTS].data == NULL) {
        return param_missing(fault, "events");
    }
    struct cursor in = cursor_over(params->at[EVENTS]);
    if (!cursor_array(&in, ret_count) || *ret_count < 1 || *ret_count > REQUEST_EVENTS_MAX) {
        return param_wrong(fault, "events", "array of 1..1000 events");
    }
    return STATUS_OK;
}

enum status append_push(struct ask *ask, const struct params *params, struct request *request,
                        struct fault *fault)
{
    struct service *service = ask->service;
    if (service->draining) {
        (void)fault_set(fault, STATUS_UNAVAILABLE, NULL);
        fault_detail(fault, "state=stopping");
        return STATUS_UNAVAILABLE;
    }
    call_begin(ask, &request->call, ask_deadline(ask, params)); /* then it is the writer's */
    enum status status = committer_push(&service->committer, &ask->peer->lane, request);
    if (status != STATUS_OK) {
        (void)call_end(&request->call);
        return fault_set(fault, status, NULL);
    }
    service->appends++;
    service->env.wake_writer(service->env.arg);
    return STATUS_OK;
}

static enum status append(struct ask *ask, enum request_kind kind, struct fault *fault)
{
    struct service *service = ask->service;
    struct params params;
    struct writer bodies;
    uint32_t count;
    bool dry = false;
    int64_t min_seq = 0;
    enum status status = params_read(ask->params, append_names, &params, fault);
    if (status == STATUS_OK) {
        status = count_events(&params, &count, fault);
    }
    if (status == STATUS_OK) {
        status = param_bool(&params, DRY, append_names, &dry, fault);
    }
    if (status == STATUS_OK) {
        status = param_int(&params, MIN_SEQ, append_names, 0, WIRE_INT_MAX, &min_seq, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    struct request *request =
        request_get(&service->pool, count, params.at[EVENTS].len, dry, &bodies);
    if (request == NULL) {
        return fault_set(fault, STATUS_OVERLOADED, NULL);
    }
    request->kind = kind;
    request->dry = dry;
    request->min_seq = (uint64_t)min_seq;
    request->by = slice_text(ask->peer->identity);
    status = read_events(ask, request, params.at[EVENTS], &bodies, fault);
    if (status == STATUS_OK) {
        status = append_push(ask, &params, request, fault);
    }
    if (status != STATUS_OK) {
        request_put(&service->pool, request);
    }
    return status;
}

enum status method_append(struct ask *ask, struct fault *fault)
{
    return append(ask, REQUEST_APPEND, fault);
}

enum status method_load(struct ask *ask, struct fault *fault)
{
    return append(ask, REQUEST_LOAD, fault);
}

enum status method_load_end(struct ask *ask, struct fault *fault)
{
    static const char *const names[] = {NULL};
    struct params params;
    struct request *request;
    enum status status = params_read(ask->params, names, &params, fault);
    if (status == STATUS_OK) {
        status = load_end_request(ask->service, &request, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    status = append_push(ask, &params, request, fault);
    if (status != STATUS_OK) {
        request_put(&ask->service->pool, request);
    }
    return status;
}

static void write_one(struct writer *out, const struct append_result *result, bool dry)
{
    write_map(out, 5);
    write_text(out, "agg_seq");
    write_uint(out, result->agg_seq);
    write_text(out, "dup");
    write_bool(out, result->dup);
    if (dry) {
        write_text(out, "effects");
        if (result->effects.len > 0) {
            write_raw(out, result->effects);
        } else {
            write_array(out, 0);
        }
    }
    write_text(out, "flags");
    write_flags(out, result->flags);
    if (!dry) {
        write_text(out, "hash");
        write_bin(out, slice_of(result->hash, HASH_BYTES));
    }
    write_text(out, "seq");
    write_uint(out, result->seq);
}

static void write_results(struct writer *out, const struct request *request)
{
    uint64_t first = UINT64_MAX, last = 0;
    for (uint32_t i = 0; i < request->count; i++) {
        uint64_t seq = request->results[i].seq;
        first = seq < first ? seq : first;
        last = seq > last ? seq : last;
    }
    write_map(out, request->dry ? 6 : 3);
    if (request->dry) {
        write_text(out, "dry");
        write_bool(out, true);
        write_text(out, "figures");
        if (request->figures.len > 0) {
            write_raw(out, request->figures);
        } else {
            write_array(out, 0);
        }
        write_text(out, "figures_cut");
        write_bool(out, request->figures_cut);
    }
    write_text(out, "first");
    write_uint(out, first);
    write_text(out, "last");
    write_uint(out, last);
    write_text(out, "results");
    write_array(out, request->count);
    for (uint32_t i = 0; i < request->count; i++) {
        write_one(out, &request->results[i], request->dry);
    }
}

void append_answer(struct service *service, struct request *request, int64_t now)
{
    struct peer *peer = call_end(&request->call);
    metrics_answered(service, request->call.method, request->status, now - request->call.arrived);
    if (request->status == STATUS_OK) {
        metrics_stored(service, request);
    }
    if (peer == NULL) {
        return;
    }
    if (request->status != STATUS_OK) {
        answer_fault(service, peer, request->call.id, &request->fault);
        return;
    }
    struct writer *out = answer_begin(service, request->call.id);
    if (request->kind == REQUEST_LOAD_END) {
        write_map(out, 1);
        write_text(out, "seq");
        write_uint(out, request->results[0].seq);
    } else {
        write_results(out, request);
    }
    answer_send(service, peer, request->call.id);
}
