#ifndef ACCRUE_DAEMON_COMMIT_COMMIT_QUEUE_H
#define ACCRUE_DAEMON_COMMIT_COMMIT_QUEUE_H

/* Between the service and the committer: appends that wait for a group.
 *
 *   Q1  Requests of one lane leave in the order in which they came (S4 of service.h).
 *   Q2  Lanes take turns. A turn is GROUP_QUANTUM bytes; what a lane did not use up because its
 *       next request was larger is kept for its next turn, so a large request waits its share
 *       and nobody waits for all of it.
 *   Q3  A group has at most GROUP_EVENTS_MAX events and GROUP_BYTES_MAX bytes, or is one request.
 *   Q4  What is queued or not yet answered is at most INFLIGHT_TOTAL_MAX.
 *
 * No I/O, no lock: the committer holds its own over every call. */

#include "daemon/commit/request.h"

/* A peer's place in the queue, embedded in the peer. */
struct lane {
    struct list_node link; /* of the queue's ring, while something waits */
    struct list_node waiting;
    size_t credit;
};

struct commit_queue {
    struct list_node ring; /* of lanes with something waiting */
    size_t requests;       /* waiting */
    size_t events;         /* waiting */
    size_t bytes;          /* waiting */
    size_t held_bytes;     /* waiting or not yet answered (Q4) */
};

/* What is synced together. */
struct commit_group {
    struct list_node requests;
    size_t count;
    size_t events;
    size_t bytes;
};

void commit_queue_init(struct commit_queue *queue);
void lane_init(struct lane *lane);

/* STATUS_OVERLOADED: nothing changed (Q4). */
enum status commit_queue_push(struct commit_queue *queue, struct lane *lane,
                              struct request *request);

/* Fill `group` (Q2, Q3). It is empty only if the queue is. */
void commit_queue_take(struct commit_queue *queue, struct commit_group *group);

/* The request was answered. */
void commit_queue_answered(struct commit_queue *queue, const struct request *request);

#endif
