/* Tails: positions that follow the log, pulled from it only while their clients have given
 * credit.
 *
 *   S20 A tail is one position and one reader; it never holds events. A slow client costs that
 *       and nothing more (P11).
 *   S21 It sees every event that passes its filter once and in order: `next` moves only with
 *       what has been handed to the transport.
 *   S22 The answer to `tail` is sent before its first notification.
 *   S23 It is in at most one place: being run, following (credit, but nothing new), paused (too
 *       much unsent), or idle (no credit).
 *
 * A reader that runs outlives its peer: closing only cuts the tie, and its finish frees it. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/service/scan.h"
#include "daemon/service/service_inner.h"

enum { FROM, CREDIT, SUB, FILTERS };
static const char *const tail_names[] = {"from", "credit", "sub", FILTER_NAMES, NULL};

struct tail {
    struct reader reader;
    struct list_node peer_link;
    struct list_node place; /* S23 */
    struct list_node all;   /* of the service */
    struct peer *peer;      /* NULL: stopped while it ran */
    uint32_t sub;
    uint32_t credit;
    bool running, live;
    uint64_t next;
    /* of a turn */
    uint64_t turn_next;
    uint32_t turn_credit, turn_count;
    struct filter filter;
    uint8_t params[];
};

void tails_init(struct service *service)
{
    list_init(&service->tails.following);
    list_init(&service->tails.paused);
    list_init(&service->tails.all);
}

static void tail_free(struct service *service, struct tail *tail)
{
    list_remove(&tail->place);
    list_remove(&tail->all);
    service->tails.count--;
    free(tail);
}

static void say_live(struct service *service, struct tail *tail)
{
    uint8_t bytes[64];
    struct writer out = writer_over(bytes, sizeof(bytes));
    write_notification_head(&out, "tail.live");
    write_array(&out, 2);
    write_uint(&out, tail->sub);
    write_uint(&out, service->state.published.seq);
    tail->live = true;
    (void)send_message(service, tail->peer, writer_slice(&out));
}

static void say_end(struct service *service, struct tail *tail, enum status status)
{
    uint8_t bytes[128];
    struct writer out = writer_over(bytes, sizeof(bytes));
    write_notification_head(&out, "tail.end");
    write_array(&out, 3);
    write_uint(&out, tail->sub);
    write_text(&out, status_name(status));
    write_uint(&out, tail->next);
    (void)send_message(service, tail->peer, writer_slice(&out));
}

static void end(struct service *service, struct tail *tail)
{
    list_remove(&tail->peer_link);
    tail->peer->tails--;
    tail->peer = NULL;
    if (!tail->running) {
        tail_free(service, tail);
    }
}

/* Put it where it belongs (S23). */
static void place(struct service *service, struct tail *tail)
{
    if (tail->running) {
        return;
    }
    list_remove(&tail->place);
    if (tail->next > service->state.published.seq) {
        if (!tail->live) {
            say_live(service, tail);
        }
        list_push_back(&service->tails.following, &tail->place);
    } else if (tail->credit == 0) {
        return;
    } else if (tail->peer->closing) {
        return;
    } else if (service->env.unsent(service->env.arg, tail->peer) >= OUT_BYTES_PAUSE) {
        list_push_back(&service->tails.paused, &tail->place);
    } else {
        tail->running = true;
        tail->turn_credit = tail->credit;
        readers_push_turn(service, &tail->reader);
    }
}

static enum status run_turn(struct reader *reader, struct writer *out, struct fault *fault)
{
    struct tail *tail = LIST_ELEMENT(reader, struct tail, reader);
    struct service *service = reader->service;
    uint32_t credit = tail->turn_credit;
    struct scan scan = {.log = service->log,
                        .facts = service->committer.apply.facts,
                        .published = &reader->published,
                        .filter = &tail->filter,
                        .from = tail->next,
                        .to = reader->published.seq,
                        .limit = credit < TAIL_BATCH_EVENTS ? credit : TAIL_BATCH_EVENTS,
                        .bytes = TAIL_BATCH_BYTES,
                        .looked_max = TAIL_SCAN_MAX,
                        .out = out};
    write_notification_head(out, "tail.events");
    write_array(out, 3);
    write_uint(out, tail->sub);
    size_t mark = write_array_begin(out);
    enum status status = scan_run(&scan, fault);
    write_array_end(out, mark, scan.count);
    write_uint(out, scan.next);
    tail->turn_next = scan.next;
    tail->turn_count = scan.count;
    return status;
}

static void finish_turn(struct reader *reader, enum status status, struct writer *out,
                        struct fault *fault)
{
    struct tail *tail = LIST_ELEMENT(reader, struct tail, reader);
    struct service *service = reader->service;
    (void)fault;
    tail->running = false;
    if (tail->peer == NULL) {
        tail_free(service, tail);
        return;
    }
    if (status != STATUS_OK) {
        say_end(service, tail, status);
        end(service, tail);
        return;
    }
    if (tail->turn_count > 0 && !send_message(service, tail->peer, writer_slice(out))) {
        return; /* the peer is being closed, and will take its tails along */
    }
    tail->next = tail->turn_next; /* S21 */
    tail->credit -= tail->turn_count;
    place(service, tail);
}

/* Place anew whatever is in `list` now; what comes back to it is not looked at again. */
static void replace_all(struct service *service, struct list_node *list)
{
    struct list_node now;
    list_init(&now);
    for (struct list_node *node = list_pop_front(list); node != NULL; node = list_pop_front(list)) {
        list_push_back(&now, node);
    }
    for (struct list_node *node = list_pop_front(&now); node != NULL; node = list_pop_front(&now)) {
        place(service, LIST_ELEMENT(node, struct tail, place));
    }
}

void tails_follow(struct service *service)
{
    replace_all(service, &service->tails.following);
}

void tails_tick(struct service *service)
{
    replace_all(service, &service->tails.paused);
}

void tails_peer_drained(struct service *service, struct peer *peer)
{
    struct list_node *node = peer->tail_list.next;
    while (node != &peer->tail_list) {
        struct list_node *next = node->next;
        place(service, LIST_ELEMENT(node, struct tail, peer_link));
        node = next;
    }
}

void tails_peer_closed(struct service *service, struct peer *peer)
{
    struct list_node *list = &peer->tail_list;
    for (struct list_node *node = list_pop_front(list); node != NULL; node = list_pop_front(list)) {
        end(service, LIST_ELEMENT(node, struct tail, peer_link));
    }
}

static struct tail *find_tail(const struct peer *peer, uint32_t sub)
{
    for (struct list_node *node = peer->tail_list.next; node != &peer->tail_list;
         node = node->next) {
        struct tail *tail = LIST_ELEMENT(node, struct tail, peer_link);
        if (tail->sub == sub) {
            return tail;
        }
    }
    return NULL;
}

/* ---- methods ---- */

static enum status read_from(const struct params *params, uint64_t head, uint64_t *ret_next,
                             struct fault *fault)
{
    struct slice text;
    int64_t from = 1;
    if (params->at[FROM].data != NULL && value_text(params->at[FROM], &text)) {
        if (slice_is(text, "head")) {
            from = (int64_t)head + 1;
        } else if (!slice_is(text, "first")) {
            return param_wrong(fault, "from", "seq|first|head");
        }
    } else {
        enum status status = param_int(params, FROM, tail_names, 0, WIRE_INT_MAX, &from, fault);
        if (status != STATUS_OK) {
            return status;
        }
    }
    *ret_next = from > 0 ? (uint64_t)from : 1;
    return STATUS_OK;
}

static uint32_t free_sub(const struct peer *peer)
{
    uint32_t sub = 1;
    while (find_tail(peer, sub) != NULL) {
        sub++;
    }
    return sub;
}

static enum status read_tail(struct ask *ask, struct tail *tail, struct fault *fault)
{
    struct params params;
    int64_t credit = 0, sub = -1;
    struct slice copy = slice_of(tail->params, ask->params.len);
    enum status status = params_read(copy, tail_names, &params, fault);
    if (status == STATUS_OK) {
        status = read_from(&params, ask->service->state.published.seq, &tail->next, fault);
    }
    if (status == STATUS_OK) {
        status = param_int(&params, CREDIT, tail_names, 0, TAIL_CREDIT_MAX, &credit, fault);
    }
    if (status == STATUS_OK) {
        status = param_int(&params, SUB, tail_names, 0, UINT32_MAX, &sub, fault);
    }
    if (status == STATUS_OK) {
        status = filter_read(&params, FILTERS, tail_names, &tail->filter, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (sub >= 0 && find_tail(ask->peer, (uint32_t)sub) != NULL) {
        return param_wrong(fault, "sub", "one that is free");
    }
    tail->sub = sub >= 0 ? (uint32_t)sub : free_sub(ask->peer);
    tail->credit = (uint32_t)credit;
    return STATUS_OK;
}

enum status method_tail(struct ask *ask, struct fault *fault)
{
    struct service *service = ask->service;
    struct peer *peer = ask->peer;
    if (peer->tails >= TAILS_MAX) {
        (void)fault_set(fault, STATUS_OVERLOADED, NULL);
        fault_detail(fault, "tails=%u", TAILS_MAX);
        return STATUS_OVERLOADED;
    }
    struct tail *tail = calloc(1, sizeof(*tail) + ask->params.len);
    if (tail == NULL) {
        return fault_set(fault, STATUS_NOMEM, NULL);
    }
    if (ask->params.len > 0) {
        memcpy(tail->params, ask->params.data, ask->params.len);
    }
    enum status status = read_tail(ask, tail, fault);
    if (status != STATUS_OK) {
        free(tail);
        return status;
    }
    tail->reader = (struct reader){.service = service, .run = run_turn, .finish = finish_turn};
    list_init(&tail->reader.link);
    list_init(&tail->place);
    tail->peer = peer;
    list_push_back(&peer->tail_list, &tail->peer_link);
    peer->tails++;
    list_push_back(&service->tails.all, &tail->all);
    service->tails.count++;
    struct writer *out = answer_begin(service, ask->id); /* S22 */
    write_map(out, 3);
    write_text(out, "from");
    write_uint(out, tail->next);
    write_text(out, "head");
    write_uint(out, service->state.published.seq);
    write_text(out, "sub");
    write_uint(out, tail->sub);
    answer_send(service, peer, ask->id);
    place(service, tail);
    return STATUS_OK;
}

enum { OF, MORE };
static const char *const credit_names[] = {"sub", "n", NULL};
static const char *const stop_names[] = {"sub", NULL};

static enum status named_tail(struct ask *ask, const char *const *names, struct params *params,
                              struct tail **ret_tail, struct fault *fault)
{
    int64_t sub = -1;
    enum status status = params_read(ask->params, names, params, fault);
    if (status == STATUS_OK) {
        status = param_int(params, OF, names, 0, UINT32_MAX, &sub, fault);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (sub < 0) {
        return param_missing(fault, "sub");
    }
    *ret_tail = find_tail(ask->peer, (uint32_t)sub);
    return *ret_tail != NULL ? STATUS_OK : fault_set(fault, STATUS_NOT_FOUND, "sub");
}

enum status method_tail_credit(struct ask *ask, struct fault *fault)
{
    struct service *service = ask->service;
    struct params params;
    struct tail *tail;
    int64_t more = 0;
    enum status status = named_tail(ask, credit_names, &params, &tail, fault);
    if (status == STATUS_OK) {
        status = param_int(&params, MORE, credit_names, 1, TAIL_CREDIT_MAX, &more, fault);
    }
    if (status == STATUS_OK && more == 0) {
        status = param_missing(fault, "n");
    }
    if (status != STATUS_OK) {
        return status;
    }
    uint32_t room = TAIL_CREDIT_MAX - tail->credit;
    tail->credit += (uint64_t)more < room ? (uint32_t)more : room;
    if (!ask->silent) {
        struct writer *out = answer_begin(service, ask->id);
        write_map(out, 1);
        write_text(out, "credit");
        write_uint(out, tail->credit);
        answer_send(service, ask->peer, ask->id);
    }
    place(service, tail);
    return STATUS_OK;
}

enum status method_tail_stop(struct ask *ask, struct fault *fault)
{
    struct service *service = ask->service;
    struct params params;
    struct tail *tail;
    enum status status = named_tail(ask, stop_names, &params, &tail, fault);
    if (status != STATUS_OK) {
        return status;
    }
    uint64_t next = tail->next;
    end(service, tail);
    if (!ask->silent) {
        struct writer *out = answer_begin(service, ask->id);
        write_map(out, 1);
        write_text(out, "next");
        write_uint(out, next);
        answer_send(service, ask->peer, ask->id);
    }
    return STATUS_OK;
}

uint64_t tails_lag(struct service *service)
{
    uint64_t head = service->state.published.seq, lag = 0;
    struct list_node *all = &service->tails.all;
    for (struct list_node *at = all->next; at != all; at = at->next) {
        const struct tail *tail = LIST_ELEMENT(at, struct tail, all);
        if (tail->next <= head && head - tail->next + 1 > lag) {
            lag = head - tail->next + 1;
        }
    }
    return lag;
}
