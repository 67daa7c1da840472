/* The door: from a message to the method that answers it.
 *
 *   S9  Every request gets exactly one answer: from its method, later from whoever finishes its
 *       call, or here when the method refuses it. A notification gets none.
 *   S10 What cannot be a message, and an id that is in flight, end the connection: after them
 *       neither side knows what the other's answers belong to. */

#include "daemon/service/service_inner.h"

const struct method methods[] = {
    {"append", method_append, false},
    {"query", method_query, false},
    {"ping", method_ping, false},
    {"hello", method_hello, false},
    {"status", method_status, false},
    {"metrics", method_metrics, false},
    {"load", method_load, false},
    {"load.end", method_load_end, false},
    {"read", method_read, false},
    {"get", method_get, false},
    {"tail", method_tail, false},
    {"tail.credit", method_tail_credit, true},
    {"tail.stop", method_tail_stop, true},
    {"explain", method_explain, false},
    {"rebuild", method_rebuild, false},
    {"verify", method_verify, false},
    {"job.status", method_job_status, false},
    {"job.cancel", method_job_cancel, true},
    {NULL, NULL, false},
};

_Static_assert(sizeof(methods) / sizeof(methods[0]) <= METRICS_METHODS, "each is counted");

unsigned method_number(method_fn *run)
{
    unsigned number = 0;
    while (methods[number].name != NULL && methods[number].run != run) {
        number++;
    }
    return number;
}

static const struct method *find_method(struct slice name)
{
    const struct method *method = methods;
    while (method->name != NULL && !slice_is(name, method->name)) {
        method++;
    }
    return method;
}

static enum status run_method(struct ask *ask, const struct method *method, struct slice name,
                              struct fault *fault)
{
    if (method->name == NULL) {
        (void)fault_set(fault, STATUS_UNKNOWN_METHOD, NULL);
        fault_field_key(fault, name);
        return STATUS_UNKNOWN_METHOD;
    }
    if (ask->silent && !method->as_notification) {
        return STATUS_BAD_REQUEST; /* nobody would hear */
    }
    if (ask->peer->inflight >= INFLIGHT_REQUESTS_MAX ||
        ask->peer->inflight_bytes >= INFLIGHT_BYTES_MAX) {
        (void)fault_set(fault, STATUS_OVERLOADED, NULL);
        fault_detail(fault, "inflight=%u", (unsigned)ask->peer->inflight);
        return STATUS_OVERLOADED;
    }
    return method->run(ask, fault);
}

static enum status call_method(struct ask *ask, struct slice name, struct fault *fault)
{
    const struct env *env = &ask->service->env;
    const struct method *method = find_method(name);
    ask->method = (uint8_t)(method - methods);
    enum status status = run_method(ask, method, name, fault);
    if (status != STATUS_OK || !ask->called) { /* else whoever ends its call counts it */
        metrics_answered(ask->service, ask->method, status, env->mono_us(env->arg) - ask->now);
    }
    return status;
}

/* Of a notification the parameters are still an array. */
static bool notified_map(struct slice array, struct slice *ret_map)
{
    struct cursor in = cursor_over(array);
    uint32_t count;
    return cursor_array(&in, &count) && count == 1 && cursor_peek(&in) == CURSOR_MAP &&
           cursor_value(&in, ret_map);
}

enum status service_message(struct service *service, struct peer *peer, struct slice frame)
{
    struct rpc_message message;
    struct fault fault;
    enum status status = rpc_read(frame, &message);
    if (status != STATUS_OK && status != STATUS_BAD_PARAMS) {
        return status; /* S10 */
    }
    if (message.kind == RPC_RESPONSE) {
        return STATUS_BAD_REQUEST;
    }
    struct ask ask = {.service = service,
                      .peer = peer,
                      .id = message.id,
                      .silent = message.kind == RPC_NOTIFICATION,
                      .params = message.params,
                      .bytes = frame.len,
                      .now = service->env.mono_us(service->env.arg)};
    if (ask.silent) {
        if (status == STATUS_OK && notified_map(message.params, &ask.params)) {
            (void)call_method(&ask, message.method, &fault);
        }
        return STATUS_OK;
    }
    if (call_in_flight(peer, message.id)) {
        return STATUS_BAD_REQUEST; /* S10 */
    }
    status = status == STATUS_OK ? call_method(&ask, message.method, &fault)
                                 : fault_set(&fault, status, NULL);
    if (status != STATUS_OK) {
        answer_fault(service, peer, message.id, &fault); /* S9 */
    }
    return STATUS_OK;
}
