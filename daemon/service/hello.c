/* hello and ping. Both are optional: a client that never says hello speaks protocol 1, gets
 * errors as text, and is who its connection says it is. */

#include "daemon/service/service_inner.h"

#define PROTO_VERSION 1
#define VOCABULARY_VERSION 1u

enum { PROTO, ERRORS, CLIENT, LANG, TOKEN };
static const char *const hello_names[] = {"proto", "errors", "client", "lang", "token", NULL};

static enum status read_hello(struct ask *ask, bool *ret_map, enum language *ret_language,
                              struct fault *fault)
{
    struct params params;
    int64_t proto = PROTO_VERSION;
    struct slice errors = {0}, client = {0}, lang = {0};
    enum status status = params_read(ask->params, hello_names, &params, fault);
    if (status == STATUS_OK) {
        status = param_int(&params, PROTO, hello_names, 0, UINT32_MAX, &proto, fault);
    }
    if (status == STATUS_OK) {
        status = param_str(&params, ERRORS, hello_names, 16, &errors, fault);
    }
    if (status == STATUS_OK) {
        status = param_str(&params, CLIENT, hello_names, TEXT_MAX, &client, fault);
    }
    if (status == STATUS_OK) {
        status = param_str(&params, LANG, hello_names, 16, &lang, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (proto != PROTO_VERSION) {
        (void)fault_set(fault, STATUS_NOPROTO, "proto");
        fault_detail(fault, "versions=%d", PROTO_VERSION);
        return STATUS_NOPROTO;
    }
    if (errors.data != NULL && !slice_is(errors, "map") && !slice_is(errors, "string")) {
        return param_wrong(fault, "errors", "string|map");
    }
    if (lang.data != NULL && !slice_is(lang, "en") && !slice_is(lang, "zh")) {
        return param_wrong(fault, "lang", "en|zh");
    }
    if (params.at[TOKEN].data != NULL) { /* never seem to have checked one */
        (void)fault_set(fault, STATUS_UNAUTHENTICATED, "token");
        fault_detail(fault, "tokens=none");
        return STATUS_UNAUTHENTICATED;
    }
    *ret_map = errors.data != NULL ? slice_is(errors, "map") : ask->peer->errors_as_map;
    if (lang.data != NULL) {
        *ret_language = slice_is(lang, "zh") ? LANGUAGE_ZH : LANGUAGE_EN;
    }
    return STATUS_OK;
}

static void write_number(struct writer *out, const char *key, uint64_t value)
{
    write_text(out, key);
    write_uint(out, value);
}

static void write_limits(struct writer *out)
{
    write_text(out, "limits");
    write_map(out, 9);
    write_number(out, "credit", TAIL_CREDIT_MAX);
    write_number(out, "depth", FRAME_DEPTH_MAX);
    write_number(out, "event_bytes", EVENT_BYTES_MAX);
    write_number(out, "events", REQUEST_EVENTS_MAX);
    write_number(out, "frame_bytes", FRAME_BYTES_MAX);
    write_number(out, "inflight", INFLIGHT_REQUESTS_MAX);
    write_number(out, "inflight_bytes", INFLIGHT_BYTES_MAX);
    write_number(out, "rows", QUERY_ROWS_MAX);
    write_number(out, "tails", TAILS_MAX);
}

static void write_features(struct writer *out)
{
    uint32_t count = 0;
    while (methods[count].name != NULL) {
        count++;
    }
    write_text(out, "features");
    write_array(out, count);
    for (uint32_t i = 0; i < count; i++) {
        write_text(out, methods[i].name);
    }
}

enum status method_hello(struct ask *ask, struct fault *fault)
{
    struct service *service = ask->service;
    struct peer *peer = ask->peer;
    bool map = false;
    enum language language = peer->language;
    enum status status = read_hello(ask, &map, &language, fault);
    if (status != STATUS_OK) {
        return status;
    }
    peer->errors_as_map = map;
    peer->language = language;
    struct writer *out = answer_begin(service, ask->id);
    write_map(out, 10);
    write_number(out, "at", service->state.published.seq);
    write_features(out);
    write_text(out, "identity");
    write_text(out, peer->identity);
    write_limits(out);
    write_text(out, "loading");
    write_bool(out, service->state.loading);
    write_text(out, "log_id");
    write_text(out, log_id(service->log));
    write_number(out, "proto", PROTO_VERSION);
    write_text(out, "release");
    write_text(out, service->release);
    write_text(out, "versions");
    write_array(out, 1);
    write_uint(out, PROTO_VERSION);
    write_number(out, "vocabulary", VOCABULARY_VERSION);
    answer_send(service, peer, ask->id);
    return STATUS_OK;
}

enum status method_ping(struct ask *ask, struct fault *fault)
{
    static const char *const names[] = {NULL};
    struct service *service = ask->service;
    struct params params;
    enum status status = params_read(ask->params, names, &params, fault);
    if (status != STATUS_OK) {
        return status;
    }
    struct writer *out = answer_begin(service, ask->id);
    write_map(out, 1);
    write_text(out, "time");
    write_int(out, service->env.wall_us(service->env.arg));
    answer_send(service, ask->peer, ask->id);
    return STATUS_OK;
}
