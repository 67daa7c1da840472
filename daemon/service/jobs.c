/* Reader jobs: whatever looks into the log or the facts runs off the loop thread, two at a time.
 *
 *   S6  A job sees what was published when it started; its answer says so with `at`.
 *   S7  A slot owns the buffer that the answer is written into, so two answers' worth of memory
 *       is all that readers take, however many wait.
 *   S8  Calls and tails take turns: a full queue of questions does not stop a tail, nor many
 *       tails a question.
 *   S30 A call waits while its peer has OUT_BYTES_PAUSE unsent: who asks much at once and reads
 *       late is answered as he reads, not closed for what he is owed. */

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/service/service_inner.h"

static void run_slot(struct job *job)
{
    struct reader_slot *slot = LIST_ELEMENT(job, struct reader_slot, job);
    slot->status = slot->reader->run(slot->reader, &slot->out, &slot->fault);
}

void readers_init(struct service *service)
{
    struct readers *readers = &service->readers;
    list_init(&readers->waiting);
    list_init(&readers->turns);
    for (size_t i = 0; i < READER_JOBS_RUNNING; i++) {
        struct reader_slot *slot = &readers->slots[i];
        slot->service = service;
        slot->job.run = run_slot;
        list_init(&slot->job.link);
    }
}

void readers_done(struct service *service)
{
    for (size_t i = 0; i < READER_JOBS_RUNNING; i++) {
        free(service->readers.slots[i].out.data);
    }
}

enum status note_corrupt(struct service *service, enum status status)
{
    if (status == STATUS_CORRUPT) {
        atomic_store_explicit(&service->corrupt, true, memory_order_relaxed);
    }
    return status;
}

size_t readers_running(const struct service *service)
{
    size_t running = 0;
    for (size_t i = 0; i < READER_JOBS_RUNNING; i++) {
        running += service->readers.slots[i].reader != NULL;
    }
    return running;
}

/* S30 */
static bool held_back(const struct service *service, const struct reader *reader)
{
    const struct peer *peer = reader->call.peer;
    return peer != NULL && !peer->gone &&
           service->env.unsent(service->env.arg, peer) >= OUT_BYTES_PAUSE;
}

static struct list_node *next_call(struct service *service)
{
    struct list_node *waiting = &service->readers.waiting;
    for (struct list_node *node = waiting->next; node != waiting; node = node->next) {
        if (!held_back(service, LIST_ELEMENT(node, struct reader, link))) {
            return node;
        }
    }
    return NULL;
}

/* S8 */
static struct reader *next_reader(struct service *service)
{
    struct readers *readers = &service->readers;
    struct list_node *call = next_call(service);
    bool tail = call == NULL || (readers->tail_next && !list_empty(&readers->turns));
    struct list_node *node = tail ? readers->turns.next : call;
    if (node == &readers->turns) {
        return NULL;
    }
    list_remove(node);
    readers->tail_next = !tail;
    readers->waiting_count -= !tail;
    return LIST_ELEMENT(node, struct reader, link);
}

static void start(struct service *service, struct reader_slot *slot, struct reader *reader)
{
    if (slot->out.data == NULL) {
        slot->out = writer_over(malloc(FRAME_BYTES_MAX), FRAME_BYTES_MAX);
        INVARIANT(slot->out.data != NULL);
    }
    slot->out.len = 0;
    slot->out.full = false;
    slot->reader = reader;
    reader->published = service->state.published; /* S6 */
    service->env.start_job(service->env.arg, &slot->job);
}

/* Nobody waits for it any more. */
static bool expired(struct service *service, struct reader *reader)
{
    const struct peer *peer = reader->call.peer;
    return peer != NULL &&
           (peer->gone || (reader->call.deadline != INT64_MAX &&
                           service->env.mono_us(service->env.arg) > reader->call.deadline));
}

void readers_start(struct service *service)
{
    struct readers *readers = &service->readers;
    for (size_t i = 0; i < READER_JOBS_RUNNING; i++) {
        struct reader_slot *slot = &readers->slots[i];
        while (slot->reader == NULL) {
            struct reader *reader = next_reader(service);
            if (reader == NULL) {
                return;
            }
            if (expired(service, reader)) {
                struct fault fault;
                enum status status = fault_set(&fault, STATUS_DEADLINE_EXCEEDED, NULL);
                reader->finish(reader, status, &service->out, &fault);
            } else {
                start(service, slot, reader);
            }
        }
    }
}

/* P11: when the queue is full, the newest call that its own peer holds back makes room. */
static void shed_call(struct service *service)
{
    struct readers *readers = &service->readers;
    for (struct list_node *node = readers->waiting.prev; node != &readers->waiting;
         node = node->prev) {
        struct reader *reader = LIST_ELEMENT(node, struct reader, link);
        if (held_back(service, reader)) {
            struct fault fault;
            enum status status = fault_set(&fault, STATUS_OVERLOADED, NULL);
            list_remove(node);
            readers->waiting_count--;
            reader->finish(reader, status, &service->out, &fault);
            return;
        }
    }
}

enum status readers_push(struct service *service, struct reader *reader)
{
    struct readers *readers = &service->readers;
    if (readers->waiting_count >= READER_JOBS_WAITING) {
        shed_call(service);
    }
    if (readers->waiting_count >= READER_JOBS_WAITING) {
        return STATUS_OVERLOADED;
    }
    readers->waiting_count++;
    list_push_back(&readers->waiting, &reader->link);
    readers_start(service);
    return STATUS_OK;
}

void readers_push_turn(struct service *service, struct reader *reader)
{
    list_push_back(&service->readers.turns, &reader->link);
    readers_start(service);
}

void service_job_done(struct service *service, struct job *job)
{
    if (snapshots_done(service, job)) {
        return;
    }
    struct reader_slot *slot = LIST_ELEMENT(job, struct reader_slot, job);
    struct reader *reader = slot->reader;
    INVARIANT(reader != NULL);
    slot->reader = NULL;
    service->readers.done++;
    reader->finish(reader, note_corrupt(service, slot->status), &slot->out, &slot->fault);
    readers_start(service);
}

void reader_answer(struct reader *reader, enum status status, struct writer *out,
                   struct fault *fault)
{
    uint32_t id = reader->call.id;
    struct service *service = reader->service;
    struct peer *peer = call_end(&reader->call);
    if (status == STATUS_OK && out->full) {
        status = fault_set(fault, STATUS_TOO_LARGE, "limit");
    }
    metrics_answered(service, reader->call.method, status,
                     service->env.mono_us(service->env.arg) - reader->call.arrived);
    if (peer == NULL) {
        return;
    }
    if (status != STATUS_OK) {
        answer_fault(service, peer, id, fault);
    } else {
        (void)send_message(service, peer, writer_slice(out));
    }
}

void reader_finish_and_free(struct reader *reader, enum status status, struct writer *out,
                            struct fault *fault)
{
    reader_answer(reader, status, out, fault);
    free(reader);
}
