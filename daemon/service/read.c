/* read and get: events by position, by filter, by id.
 *
 *   S19 `next` is the position to go on from, nil when nothing is left up to `to` (or the head
 *       of now); what it skips has been looked at. */

#include <stdlib.h>

#include "daemon/service/scan.h"
#include "daemon/service/service_inner.h"

#define READ_LIMIT 100u
#define READ_BYTES (FRAME_BYTES_MAX - 128 * KIB)
#define READ_LOOKED_MAX (UINT64_C(10) * TAIL_SCAN_MAX)

enum { FROM, TO, LIMIT, REVERSE, FILTERS };
static const char *const read_names[] = {"from", "to", "limit", "reverse", FILTER_NAMES, NULL};

struct read {
    struct reader reader;
    struct filter filter;
    int64_t from, to, limit; /* -1 = not given */
    bool reverse;
    uint8_t params[];
};

static enum status run_read(struct reader *reader, struct writer *out, struct fault *fault)
{
    struct read *read = LIST_ELEMENT(reader, struct read, reader);
    struct service *service = reader->service;
    uint64_t head = reader->published.seq;
    /* In reverse `from` is the upper end. */
    int64_t low = read->reverse ? read->to : read->from;
    int64_t high = read->reverse ? read->from : read->to;
    struct scan scan = {.log = service->log,
                        .facts = service->committer.apply.facts,
                        .published = &reader->published,
                        .filter = &read->filter,
                        .from = low > 0 ? (uint64_t)low : 1,
                        .to = high >= 0 && (uint64_t)high < head ? (uint64_t)high : head,
                        .reverse = read->reverse,
                        .limit = (uint32_t)read->limit,
                        .bytes = READ_BYTES,
                        .looked_max = READ_LOOKED_MAX,
                        .out = out};
    write_result_head(out, reader->call.id);
    write_map(out, 4);
    write_text(out, "at");
    write_uint(out, head);
    write_text(out, "events");
    size_t mark = write_array_begin(out);
    enum status status = scan_run(&scan, fault);
    if (status != STATUS_OK) {
        return status;
    }
    write_array_end(out, mark, scan.count);
    write_text(out, "head");
    write_uint(out, head);
    write_text(out, "next");
    if (scan.from <= scan.to && scan.next >= scan.from && scan.next <= scan.to) { /* S19 */
        write_uint(out, scan.next);
    } else {
        write_nil(out);
    }
    return STATUS_OK;
}

static enum status read_params(const struct params *params, struct read *read, struct fault *fault)
{
    read->from = read->to = -1;
    read->limit = READ_LIMIT;
    enum status status = param_int(params, FROM, read_names, 0, WIRE_INT_MAX, &read->from, fault);
    if (status == STATUS_OK) {
        status = param_int(params, TO, read_names, 0, WIRE_INT_MAX, &read->to, fault);
    }
    if (status == STATUS_OK) {
        status = param_int(params, LIMIT, read_names, 1, READ_EVENTS_MAX, &read->limit, fault);
    }
    if (status == STATUS_OK) {
        status = param_bool(params, REVERSE, read_names, &read->reverse, fault);
    }
    if (status == STATUS_OK) {
        status = filter_read(params, FILTERS, read_names, &read->filter, fault);
    }
    return status;
}

enum status reader_submit(struct ask *ask, struct reader *reader, int64_t deadline,
                          struct fault *fault)
{
    struct service *service = ask->service;
    reader->service = service;
    list_init(&reader->link);
    call_begin(ask, &reader->call, deadline);
    enum status status = readers_push(service, reader);
    if (status != STATUS_OK) {
        (void)call_end(&reader->call);
        (void)fault_set(fault, status, NULL);
        fault_detail(fault, "readers_waiting=%u", READER_JOBS_WAITING);
    }
    return status;
}

enum status method_read(struct ask *ask, struct fault *fault)
{
    struct params params;
    struct read *read = calloc(1, sizeof(*read) + ask->params.len);
    if (read == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    struct slice copy = slice_of(read->params, ask->params.len);
    if (copy.len > 0) {
        memcpy(read->params, ask->params.data, copy.len);
    }
    read->reader.run = run_read;
    read->reader.finish = reader_finish_and_free;
    enum status status = params_read(copy, read_names, &params, fault);
    if (status == STATUS_OK) {
        status = read_params(&params, read, fault);
    }
    if (status == STATUS_OK) {
        status = reader_submit(ask, &read->reader, ask_deadline(ask, &params), fault);
    }
    if (status != STATUS_OK) {
        free(read);
    }
    return status;
}

/* ---- get ---- */

enum { SEQ, ID };
static const char *const get_names[] = {"seq", "id", NULL};

struct get {
    struct reader reader;
    uint64_t seq; /* 0: by id */
    uint8_t id[EVENT_ID_MAX];
    size_t id_len;
};

static enum status run_get(struct reader *reader, struct writer *out, struct fault *fault)
{
    struct get *get = LIST_ELEMENT(reader, struct get, reader);
    struct service *service = reader->service;
    uint64_t head = reader->published.seq;
    uint64_t seq = get->seq;
    enum status status = STATUS_OK;
    if (seq == 0) {
        status = ids_find(&service->committer.apply.ids, service->log,
                          slice_of(get->id, get->id_len), head, &seq, fault);
    }
    if (status == STATUS_OK && (seq == 0 || seq > head)) {
        (void)fault_set(fault, STATUS_NOT_FOUND, get->seq == 0 ? "id" : "seq");
        fault_detail(fault, "head=%llu", (unsigned long long)head);
        return STATUS_NOT_FOUND;
    }
    struct filter any = {.effective_from = INT32_MIN,
                         .effective_to = INT32_MAX,
                         .recorded_from = INT64_MIN,
                         .recorded_to = INT64_MAX};
    struct scan scan = {.log = service->log,
                        .facts = service->committer.apply.facts,
                        .published = &reader->published,
                        .filter = &any,
                        .from = seq,
                        .to = seq,
                        .limit = 1,
                        .bytes = READ_BYTES,
                        .looked_max = 1,
                        .out = out};
    write_result_head(out, reader->call.id);
    write_map(out, 4);
    write_text(out, "at");
    write_uint(out, head);
    write_text(out, "events");
    write_array(out, 1);
    if (status == STATUS_OK) {
        status = scan_run(&scan, fault);
    }
    write_text(out, "head");
    write_uint(out, head);
    write_text(out, "next");
    write_nil(out);
    return status;
}

enum status method_get(struct ask *ask, struct fault *fault)
{
    struct params params;
    struct slice id = {0};
    int64_t seq = 0;
    enum status status = params_read(ask->params, get_names, &params, fault);
    if (status == STATUS_OK) {
        status = param_int(&params, SEQ, get_names, 1, WIRE_INT_MAX, &seq, fault);
    }
    if (status == STATUS_OK) {
        status = param_str(&params, ID, get_names, EVENT_ID_MAX, &id, fault);
    }
    if (status == STATUS_OK && (seq == 0) == (id.data == NULL)) {
        status = param_wrong(fault, "seq", "seq or id");
    }
    if (status != STATUS_OK) {
        return status;
    }
    struct get *get = calloc(1, sizeof(*get));
    if (get == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    get->reader.run = run_get;
    get->reader.finish = reader_finish_and_free;
    get->seq = (uint64_t)seq;
    get->id_len = id.len;
    if (id.data != NULL) {
        memcpy(get->id, id.data, id.len);
    }
    status = reader_submit(ask, &get->reader, ask_deadline(ask, &params), fault);
    if (status != STATUS_OK) {
        free(get);
    }
    return status;
}
