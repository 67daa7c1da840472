/* The daemon's own events: that it adopted rules, that it started, that loading is over.
 *
 *   S15 They are events like any other, decided, stored and proved; only the daemon makes them,
 *       and their ids begin with `_`, which clients' must not. */

#include <stdio.h>

#include "daemon/service/service_inner.h"

#define OWN_EVENT_BYTES 512u

enum own_event { OWN_RULES, OWN_STARTED, OWN_LOAD_ENDED };

static void write_pair(struct writer *out, const char *key, const char *text)
{
    write_text(out, key);
    write_text(out, text);
}

static void write_own_event(struct service *service, enum own_event what, struct writer *out)
{
    static const char *const types[] = {"system.rules_adopted", "system.started",
                                        "system.load_ended"};
    uint8_t random[12];
    char id[EVENT_ID_MAX];
    service->env.random(service->env.arg, random, sizeof(random));
    int at = snprintf(id, sizeof(id), "_%s-", types[what] + strlen("system."));
    for (size_t i = 0; i < sizeof(random); i++) {
        at += snprintf(id + at, sizeof(id) - (size_t)at, "%02x", random[i]);
    }
    write_map(out, 4);
    write_pair(out, "id", id);
    write_pair(out, "type", types[what]);
    write_pair(out, "agg", "_log");
    write_text(out, "data");
    write_map(out, what == OWN_LOAD_ENDED ? 0 : what == OWN_RULES ? 1 : 2);
    if (what == OWN_STARTED) {
        write_pair(out, "release", service->release);
    }
    if (what != OWN_LOAD_ENDED) {
        write_text(out, "rules");
        write_uint(out, service->state.rules > 0 ? service->state.rules : LEDGER_RULES);
    }
}

static enum status own_request(struct service *service, enum request_kind kind,
                               const enum own_event *events, uint32_t count,
                               struct request **ret_request, struct fault *fault)
{
    struct writer bodies;
    struct request *request =
        request_get(&service->pool, count, (size_t)count * OWN_EVENT_BYTES, false, &bodies);
    if (request == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    request->kind = kind;
    request->by = slice_text("system");
    request->call.deadline = INT64_MAX;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t bytes[OWN_EVENT_BYTES];
        struct writer wire = writer_over(bytes, sizeof(bytes));
        write_own_event(service, events[i], &wire);
        enum status status =
            event_from_wire(writer_slice(&wire), EVENT_SYSTEM, &bodies, &request->events[i], fault);
        if (status != STATUS_OK) {
            request_put(&service->pool, request);
            return status;
        }
        request->body_bytes += request->events[i].body.len;
    }
    *ret_request = request;
    return STATUS_OK;
}

enum status load_end_request(struct service *service, struct request **ret_request,
                             struct fault *fault)
{
    static const enum own_event events[] = {OWN_LOAD_ENDED};
    return own_request(service, REQUEST_LOAD_END, events, 1, ret_request, fault);
}

enum status startup_commit(struct service *service, struct fault *fault)
{
    static const enum own_event events[] = {OWN_RULES, OWN_STARTED};
    bool adopted = service->committer.state.rules > 0;
    struct list_node done;
    struct request *request;
    service->state = service->committer.state; /* nobody else is there yet */
    enum status status =
        own_request(service, REQUEST_START, events + adopted, adopted ? 1 : 2, &request, fault);
    if (status == STATUS_OK) {
        status = committer_push(&service->committer, &service->own, request);
    }
    if (status != STATUS_OK) {
        return status;
    }
    (void)committer_run(&service->committer);
    list_init(&done);
    committer_collect(&service->committer, &done, &service->state);
    status = request->status;
    if (status != STATUS_OK) {
        *fault = request->fault;
    }
    if (status == STATUS_UNKNOWN_OUTCOME) {
        status = fault_set(fault, STATUS_IO, NULL);
    }
    request_put(&service->pool, request);
    return status;
}
