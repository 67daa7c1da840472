/* One request's map, pair by pair: see translate.h. */

#include "daemon/http/translate.h"

#include "daemon/http/json.h"
#include "daemon/http/stream.h"
#include "proto/rpc.h"
#include "proto/shape.h"

static enum status wrong(struct fault *fault, struct slice key, const char *expected)
{
    (void)fault_set(fault, STATUS_BAD_PARAMS, NULL);
    fault_field_key(fault, key);
    fault_detail(fault, "expected=%s", expected);
    return STATUS_BAD_PARAMS;
}

static void begin(const struct route *route, struct writer *out)
{
    write_array(out, 4);
    write_uint(out, RPC_REQUEST);
    write_uint(out, HTTP_CALL_ID);
    write_text(out, route->method);
    write_array(out, 1);
}

static bool is_number(struct slice text, int64_t *ret)
{
    bool negative = text.len > 0 && text.data[0] == '-';
    int64_t value = 0;
    if (text.len == negative || text.len > 16 || text.data[0] == '+') { /* 2^53 has 16 digits */
        return false;
    }
    for (size_t i = negative; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        value = value * 10 + (text.data[i] - '0');
    }
    *ret = negative ? -value : value;
    return true;
}

/* The parts between commas; gives their number, and writes them if `out` is there. */
static uint32_t split(struct slice text, struct writer *out)
{
    uint32_t count = 0;
    size_t start = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.data[i] != ',') {
            continue;
        }
        if (out != NULL) {
            write_str(out, slice_of(text.data + start, i - start));
        }
        count++;
        start = i + 1;
    }
    return count;
}

/* Every value of `key`, from pair `first` on. */
static void write_list(const struct target *target, unsigned first, bool commas, struct writer *out)
{
    struct slice key = target->pairs[first].key;
    size_t mark = write_array_begin(out);
    uint32_t count = 0;
    for (unsigned i = first; i < target->count; i++) {
        if (!slice_equal(target->pairs[i].key, key)) {
            continue;
        }
        if (commas) {
            count += split(target->pairs[i].value, out);
        } else {
            write_str(out, target->pairs[i].value);
            count++;
        }
    }
    write_array_end(out, mark, count);
}

/* FROM..TO */
static bool write_range(struct slice text, struct writer *out)
{
    size_t at = 0;
    while (at + 1 < text.len && !(text.data[at] == '.' && text.data[at + 1] == '.')) {
        at++;
    }
    if (at + 1 >= text.len) {
        return false;
    }
    struct slice from = slice_of(text.data, at);
    struct slice to = slice_of(text.data + at + 2, text.len - at - 2);
    write_map(out, (uint32_t)((from.len > 0) + (to.len > 0)));
    if (from.len > 0) {
        write_text(out, "from");
        write_str(out, from);
    }
    if (to.len > 0) {
        write_text(out, "to");
        write_str(out, to);
    }
    return true;
}

static enum status write_bool_of(struct slice key, struct slice value, struct writer *out,
                                 struct fault *fault)
{
    bool yes = slice_is(value, "true") || slice_is(value, "1");
    if (!yes && !slice_is(value, "false") && !slice_is(value, "0")) {
        return wrong(fault, key, "true|false");
    }
    write_bool(out, yes);
    return STATUS_OK;
}

static enum status write_value(const struct target *target, unsigned at, enum route_param_type type,
                               struct writer *out, struct fault *fault)
{
    const struct target_pair *pair = &target->pairs[at];
    int64_t number;
    switch (type) {
    case ROUTE_TEXT:
        write_str(out, pair->value);
        return STATUS_OK;
    case ROUTE_INT:
    case ROUTE_SEQ:
        if (is_number(pair->value, &number)) {
            write_int(out, number);
            return STATUS_OK;
        }
        if (type == ROUTE_SEQ) { /* the method knows the words */
            write_str(out, pair->value);
            return STATUS_OK;
        }
        return wrong(fault, pair->key, "integer");
    case ROUTE_BOOL:
        return write_bool_of(pair->key, pair->value, out, fault);
    case ROUTE_LIST:
        write_list(target, at, true, out);
        return STATUS_OK;
    case ROUTE_RANGE:
        return write_range(pair->value, out) ? STATUS_OK : wrong(fault, pair->key, "FROM..TO");
    }
    return STATUS_OK;
}

static bool was_before(const struct target *target, unsigned at)
{
    for (unsigned i = 0; i < at; i++) {
        if (slice_equal(target->pairs[i].key, target->pairs[at].key)) {
            return true;
        }
    }
    return false;
}

static bool comes_again(const struct target *target, unsigned at)
{
    for (unsigned i = at + 1; i < target->count; i++) {
        if (slice_equal(target->pairs[i].key, target->pairs[at].key)) {
            return true;
        }
    }
    return false;
}

static const struct route_param *param_of(const struct route *route, struct slice key)
{
    const struct route_param *param = route->params;
    while (param != NULL && param->name != NULL && !slice_is(key, param->name)) {
        param++;
    }
    return param != NULL && param->name != NULL ? param : NULL;
}

/* `lang` is how to answer, not what; `from` is where a stream began, which may have gone on. */
static bool is_meant(const struct question *question, struct slice key)
{
    bool resumed = question->route->answer == ROUTE_STREAM && question->last_id.len > 0;
    return !slice_is(key, "lang") && !(resumed && slice_is(key, "from"));
}

static enum status write_pairs(const struct question *question, bool own, struct writer *out,
                               uint32_t *pairs, struct fault *fault)
{
    const struct route *route = question->route;
    const struct target *target = question->target;
    for (unsigned i = 0; i < target->count; i++) {
        const struct target_pair *pair = &target->pairs[i];
        const struct route_param *param = param_of(route, pair->key);
        bool is_own = param == NULL && route->own_params;
        if (!is_meant(question, pair->key) || is_own != own || was_before(target, i)) {
            continue;
        }
        bool again = comes_again(target, i);
        write_str(out, pair->key);
        (*pairs)++;
        enum status status = STATUS_OK;
        if (own && again) {
            write_list(target, i, false, out);
        } else if (again && (param == NULL || param->type != ROUTE_LIST)) {
            status = wrong(fault, pair->key, "once");
        } else {
            status = write_value(target, i, param != NULL ? param->type : ROUTE_TEXT, out, fault);
        }
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

/* What is no parameter of the stream's address: its credit, and where it goes on. */
static enum status write_stream(const struct question *question, struct writer *out,
                                uint32_t *pairs, struct fault *fault)
{
    int64_t last = 0;
    write_text(out, "credit");
    write_uint(out, HTTP_STREAM_CREDIT);
    (*pairs)++;
    if (question->last_id.len == 0) {
        return STATUS_OK;
    }
    if (!is_number(question->last_id, &last) || last < 0) {
        return wrong(fault, slice_text("Last-Event-ID"), "seq");
    }
    write_text(out, "from");
    write_int(out, last + 1);
    (*pairs)++;
    return STATUS_OK;
}

enum status translate_get(const struct question *question, struct writer *out, struct fault *fault)
{
    const struct route *route = question->route;
    uint32_t pairs = 0, own_pairs = 0;
    enum status status = STATUS_OK;
    begin(route, out);
    size_t mark = write_map_begin(out);
    if (route->named != NULL) {
        write_text(out, route->named);
        write_str(out, question->name);
        pairs++;
    }
    if (route->answer == ROUTE_STREAM) {
        status = write_stream(question, out, &pairs, fault);
    }
    if (status == STATUS_OK) {
        status = write_pairs(question, false, out, &pairs, fault);
    }
    if (status == STATUS_OK && route->own_params) {
        write_text(out, "params");
        size_t own_mark = write_map_begin(out);
        status = write_pairs(question, true, out, &own_pairs, fault);
        write_map_end(out, own_mark, own_pairs);
        pairs++;
    }
    write_map_end(out, mark, pairs);
    return status;
}

enum status translate_post(const struct route *route, struct slice body, struct writer *out,
                           struct fault *fault)
{
    begin(route, out);
    enum status status = json_read(body, out, fault);
    if (status == STATUS_OK) {
        status = shape_check(writer_slice(out), FRAME_DEPTH_MAX);
    }
    if (status != STATUS_OK && fault->code != status) {
        (void)fault_set(fault, status, NULL);
    }
    return status;
}
