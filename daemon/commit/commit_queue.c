/* Deficit round robin (Q2 of commit_queue.h): fair by bytes rather than by requests, since bytes
 * are what a sync and the ledger cost; a turn in requests would give a peer that sends batches
 * of a thousand a thousand times the share of one that sends single events. */

#include "daemon/commit/commit_queue.h"

#include "daemon/base/check.h"

void commit_queue_init(struct commit_queue *queue)
{
    *queue = (struct commit_queue){0};
    list_init(&queue->ring);
}

void lane_init(struct lane *lane)
{
    *lane = (struct lane){0};
    list_init(&lane->link);
    list_init(&lane->waiting);
}

enum status commit_queue_push(struct commit_queue *queue, struct lane *lane,
                              struct request *request)
{
    if (request->memory_bytes > INFLIGHT_TOTAL_MAX - queue->held_bytes) { /* Q4 */
        return STATUS_OVERLOADED;
    }
    if (list_empty(&lane->waiting)) {
        list_push_back(&queue->ring, &lane->link);
    }
    list_push_back(&lane->waiting, &request->link);
    queue->requests++;
    queue->events += request->count;
    queue->bytes += request->body_bytes;
    queue->held_bytes += request->memory_bytes;
    return STATUS_OK;
}

static struct request *lane_first(const struct lane *lane)
{
    return LIST_ELEMENT(lane->waiting.next, struct request, link);
}

/* Q3 */
static bool fits(const struct commit_group *group, const struct request *request)
{
    return group->count == 0 || (group->events + request->count <= GROUP_EVENTS_MAX &&
                                 group->bytes + request->body_bytes <= GROUP_BYTES_MAX);
}

static void move(struct commit_queue *queue, struct lane *lane, struct request *request,
                 struct commit_group *group)
{
    list_remove(&request->link);
    list_push_back(&group->requests, &request->link);
    lane->credit -= request->body_bytes;
    queue->requests--;
    queue->events -= request->count;
    queue->bytes -= request->body_bytes;
    group->count++;
    group->events += request->count;
    group->bytes += request->body_bytes;
}

/* One turn of a lane. False: the group is full. */
static bool take_turn(struct commit_queue *queue, struct lane *lane, struct commit_group *group)
{
    if (lane->credit < lane_first(lane)->body_bytes) {
        lane->credit += GROUP_QUANTUM;
    }
    while (!list_empty(&lane->waiting)) {
        struct request *request = lane_first(lane);
        if (request->body_bytes > lane->credit) {
            return true;
        }
        if (!fits(group, request)) {
            return false;
        }
        move(queue, lane, request, group);
    }
    return true;
}

void commit_queue_take(struct commit_queue *queue, struct commit_group *group)
{
    *group = (struct commit_group){0};
    list_init(&group->requests);
    while (!list_empty(&queue->ring)) {
        struct lane *lane = LIST_ELEMENT(queue->ring.next, struct lane, link);
        bool more = take_turn(queue, lane, group);
        if (!more) {
            return; /* it goes on with what is left of its turn */
        }
        list_remove(&lane->link);
        if (list_empty(&lane->waiting)) {
            lane->credit = 0;
        } else {
            list_push_back(&queue->ring, &lane->link);
        }
    }
}

void commit_queue_answered(struct commit_queue *queue, const struct request *request)
{
    INVARIANT(queue->held_bytes >= request->memory_bytes);
    queue->held_bytes -= request->memory_bytes;
}
