/* Parameters. A key that nobody knows is refused rather than passed over: a misspelt filter
 * would otherwise answer another question than the one that was asked. */

#include "daemon/service/params.h"

#include "proto/limits.h"

#define DEADLINE_MS_MAX 86400000

static const char *const request_names[] = {"_deadline_ms", "_trace", "_client", NULL};

static unsigned name_at(const char *const *names, struct slice key)
{
    unsigned at = 0;
    while (names[at] != NULL && !slice_is(key, names[at])) {
        at++;
    }
    return at;
}

static enum status unknown_key(struct slice key, const char *const *names, struct fault *fault)
{
    (void)fault_set(fault, STATUS_BAD_PARAMS, NULL);
    fault_field_key(fault, key);
    fault_detail(fault, "unknown");
    for (unsigned at = 0; names[at] != NULL; at++) {
        fault_legal(fault, names[at]);
    }
    return STATUS_BAD_PARAMS;
}

static enum status request_key(struct slice key, struct slice value, struct params *params,
                               struct fault *fault)
{
    struct slice text;
    if (slice_is(key, "_deadline_ms")) {
        int64_t ms;
        if (!value_int(value, &ms) || ms < 0 || ms > DEADLINE_MS_MAX) {
            return param_wrong(fault, "_deadline_ms", "0..86400000");
        }
        params->deadline_ms = ms;
        return STATUS_OK;
    }
    if (!value_text(value, &text) || text.len > TEXT_MAX) {
        return param_wrong(fault, slice_is(key, "_trace") ? "_trace" : "_client", "text");
    }
    return STATUS_OK;
}

enum status params_read(struct slice map, const char *const *names, struct params *ret_params,
                        struct fault *fault)
{
    struct cursor in = cursor_over(map);
    uint32_t pairs = 0;
    *ret_params = (struct params){.deadline_ms = -1};
    if (map.len > 0 && !cursor_map(&in, &pairs)) {
        return fault_set(fault, STATUS_BAD_PARAMS, NULL);
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice key, value;
        if (!cursor_text(&in, &key) || !cursor_value(&in, &value)) {
            return param_wrong(fault, NULL, "text keys");
        }
        unsigned at = name_at(names, key);
        bool nil = value.len == 1 && value.data[0] == 0xc0;
        if (names[at] == NULL && request_names[name_at(request_names, key)] != NULL) {
            enum status status = nil ? STATUS_OK : request_key(key, value, ret_params, fault);
            if (status != STATUS_OK) {
                return status;
            }
            continue;
        }
        if (names[at] == NULL) {
            return unknown_key(key, names, fault);
        }
        if (ret_params->at[at].data != NULL) {
            return param_wrong(fault, names[at], "once");
        }
        if (!nil) {
            ret_params->at[at] = value;
        }
    }
    return STATUS_OK;
}

enum status param_int(const struct params *params, unsigned at, const char *const *names,
                      int64_t min, int64_t max, int64_t *ret, struct fault *fault)
{
    int64_t value;
    if (params->at[at].data == NULL) {
        return STATUS_OK;
    }
    if (!value_int(params->at[at], &value) || value < min || value > max) {
        (void)fault_set(fault, STATUS_BAD_PARAMS, names[at]);
        fault_detail(fault, "expected=%lld..%lld", (long long)min, (long long)max);
        return STATUS_BAD_PARAMS;
    }
    *ret = value;
    return STATUS_OK;
}

enum status param_bool(const struct params *params, unsigned at, const char *const *names,
                       bool *ret, struct fault *fault)
{
    if (params->at[at].data != NULL && !value_bool(params->at[at], ret)) {
        return param_wrong(fault, names[at], "bool");
    }
    return STATUS_OK;
}

enum status param_str(const struct params *params, unsigned at, const char *const *names,
                      size_t bytes_max, struct slice *ret, struct fault *fault)
{
    struct slice text;
    if (params->at[at].data == NULL) {
        return STATUS_OK;
    }
    if (!value_text(params->at[at], &text) || text.len > bytes_max) {
        (void)fault_set(fault, STATUS_BAD_PARAMS, names[at]);
        fault_detail(fault, "expected=text max=%zu", bytes_max);
        return STATUS_BAD_PARAMS;
    }
    *ret = text;
    return STATUS_OK;
}
