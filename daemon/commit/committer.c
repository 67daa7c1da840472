/* The committer.
 *
 *   M4  An expired request, and any while the clock is not to be believed, is still looked up:
 *       what is stored already is answered as the dup it is, never as "not stored".
 *   M5  Once poisoned the group's facts stay folded and unpublished for ever: readers never see
 *       them, and no later request is decided on them.
 *
 * A lock rather than a lock-free queue: it is taken twice a group and once a request, for some
 * twenty nanoseconds where a sync takes a hundred thousand. */

#include "daemon/commit/committer.h"

#include "daemon/base/check.h"
#include "daemon/commit/fault_point.h"

static void lock(struct committer *committer)
{
    int rc = pthread_mutex_lock(&committer->lock);
    INVARIANT(rc == 0);
}

static void unlock(struct committer *committer)
{
    int rc = pthread_mutex_unlock(&committer->lock);
    INVARIANT(rc == 0);
}

static void deliver(void *arg, uint64_t position, const struct command *command)
{
    (void)position;
    apply_request(arg, command);
}

enum status committer_init(struct committer *committer, const struct committer_env *env,
                           struct log *log, uint64_t seed)
{
    *committer = (struct committer){.env = *env};
    enum status status = apply_init(&committer->apply, log, seed);
    if (status != STATUS_OK) {
        return status;
    }
    if (pthread_mutex_init(&committer->lock, NULL) != 0) {
        apply_done(&committer->apply);
        return STATUS_NOMEM;
    }
    commit_queue_init(&committer->queue);
    list_init(&committer->done);
    committer->sequencer =
        (struct sequencer){.engine = &engine_local, .deliver = deliver, .arg = &committer->apply};
    return STATUS_OK;
}

void committer_done(struct committer *committer)
{
    (void)pthread_mutex_destroy(&committer->lock);
    apply_done(&committer->apply);
}

/* Under the lock, or before there are others. */
static void show_state(struct committer *committer)
{
    struct commit_state *state = &committer->state;
    state->loading = apply_loading(&committer->apply);
    state->rules = ledger_rules(committer->apply.ledger);
    state->poisoned = committer->poisoned;
    state->clock_bad = committer->clock.bad;
}

enum status committer_recover(struct committer *committer, const struct recovery *recovery,
                              struct fault *fault)
{
    enum status status = apply_recover(&committer->apply, recovery, fault);
    if (status != STATUS_OK) {
        return status;
    }
    clock_guard_init(&committer->clock, committer->env.wall_us(committer->env.arg),
                     committer->env.mono_us(committer->env.arg),
                     apply_loading(&committer->apply) ? 0 : apply_last_recorded(&committer->apply));
    committer->state.published = facts_publish(committer->apply.facts);
    show_state(committer);
    return STATUS_OK;
}

enum status committer_push(struct committer *committer, struct lane *lane, struct request *request)
{
    lock(committer);
    enum status status = commit_queue_push(&committer->queue, lane, request);
    unlock(committer);
    return status;
}

static void refuse_poisoned(struct request *request)
{
    request->status = fault_set(&request->fault, STATUS_READ_ONLY, NULL);
    fault_detail(&request->fault, "state=poisoned");
}

static void propose(struct committer *committer, struct request *request, int64_t wall,
                    int64_t mono)
{
    struct command command = {.local = request, .time = wall};
    bool believed = clock_guard_look(&committer->clock, wall, mono);
    bool loading = apply_loading(&committer->apply);
    request->taken = mono;
    if (committer->poisoned) { /* M2 */
        refuse_poisoned(request);
        return;
    }
    if (request->kind == REQUEST_START) {
        command.time = believed && !loading ? wall : 0;
    } else if (mono > request->call.deadline) { /* M4 */
        command.refuse = STATUS_DEADLINE_EXCEEDED;
    } else if (!believed && !loading && !request->dry) {
        command.refuse = STATUS_READ_ONLY;
        command.refuse_state = "clock";
    }
    enum status status = committer->sequencer.engine->propose(&committer->sequencer, &command);
    if (status != STATUS_OK) {
        request->status = fault_set(&request->fault, status, NULL);
    }
}

static void fail_group(struct committer *committer)
{
    struct list_node *head = &committer->group.requests;
    committer->poisoned = true;
    for (struct list_node *node = head->next; node != head; node = node->next) {
        struct request *request = LIST_ELEMENT(node, struct request, link);
        request->status = fault_set(&request->fault, STATUS_UNKNOWN_OUTCOME, NULL);
    }
}

/* Events that the group may add. */
static size_t group_events(const struct commit_group *group)
{
    size_t events = 0;
    for (struct list_node *node = group->requests.next; node != &group->requests;
         node = node->next) {
        const struct request *request = LIST_ELEMENT(node, struct request, link);
        events += request->dry ? 0 : request->count;
    }
    return events;
}

static void stamp_stage(struct commit_group *group, int64_t applied, int64_t durable)
{
    for (struct list_node *node = group->requests.next; node != &group->requests;
         node = node->next) {
        struct request *request = LIST_ELEMENT(node, struct request, link);
        request->applied = applied;
        request->durable = durable;
    }
}

static void hand_over(struct committer *committer)
{
    while (!list_empty(&committer->group.requests)) {
        list_push_back(&committer->done, list_pop_front(&committer->group.requests));
    }
}

/* Everything but the lock. *ret_events were made durable. */
static void run_group(struct committer *committer, struct published *ret_published,
                      size_t *ret_events)
{
    struct apply *apply = &committer->apply;
    struct commit_group *group = &committer->group;
    const struct committer_env *env = &committer->env;
    int64_t wall = env->wall_us(env->arg), mono = env->mono_us(env->arg);

    apply_group_begin(apply, committer->poisoned ? 0 : group_events(group));
    for (struct list_node *node = group->requests.next; node != &group->requests;
         node = node->next) {
        propose(committer, LIST_ELEMENT(node, struct request, link), wall, mono);
    }
    int64_t applied = env->mono_us(env->arg);
    *ret_events = committer->poisoned ? 0 : apply->count;
    if (FAULT(ack_before_sync)) {
        lock(committer);
        committer->state.published = facts_publish(apply->facts);
        hand_over(committer);
        unlock(committer);
    }
    if (!committer->poisoned && apply_group_commit(apply) != STATUS_OK) {
        fail_group(committer);
        *ret_events = 0;
    }
    if (!committer->poisoned) { /* M5 */
        *ret_published = facts_publish(apply->facts);
        committer->sequencer.engine->durable(&committer->sequencer, committer->sequencer.position);
    }
    stamp_stage(group, applied, env->mono_us(env->arg));
}

/* Under the lock, and nobody writes: tree and facts are those of the last group. */
static void take_point(struct committer *committer)
{
    committer->point.published = committer->state.published;
    log_tree(committer->apply.log, &committer->point.tree);
    committer->point_wanted = false;
    committer->point_there = true;
}

bool committer_point(struct committer *committer, struct snapshot_point *ret_point)
{
    lock(committer);
    if (!committer->writing && !committer->state.poisoned) {
        take_point(committer);
    }
    bool there = committer->point_there && !committer->state.poisoned;
    if (there) {
        *ret_point = committer->point;
    }
    committer->point_there = false;
    committer->point_wanted = !there;
    unlock(committer);
    return there;
}

bool committer_run(struct committer *committer)
{
    lock(committer);
    if (committer->writing || list_empty(&committer->queue.ring)) {
        unlock(committer);
        return false;
    }
    committer->writing = true;
    commit_queue_take(&committer->queue, &committer->group);
    struct published published = committer->state.published;
    unlock(committer);

    size_t events = 0;
    run_group(committer, &published, &events);

    lock(committer);
    hand_over(committer); /* M1 */
    committer->state.published = published;
    committer->state.groups += events > 0;
    committer->state.events += events;
    show_state(committer);
    committer->writing = false;
    if (committer->point_wanted && !committer->poisoned) {
        take_point(committer);
    }
    unlock(committer);
    return true;
}

void committer_collect(struct committer *committer, struct list_node *done,
                       struct commit_state *ret_state)
{
    lock(committer);
    struct list_node *node = list_pop_front(&committer->done);
    while (node != NULL) {
        commit_queue_answered(&committer->queue, LIST_ELEMENT(node, struct request, link));
        list_push_back(done, node);
        node = list_pop_front(&committer->done);
    }
    *ret_state = committer->state;
    unlock(committer);
}

bool committer_quiet(struct committer *committer)
{
    lock(committer);
    bool quiet = !committer->writing && committer->queue.requests == 1;
    unlock(committer);
    return quiet;
}

size_t committer_waiting(struct committer *committer)
{
    lock(committer);
    size_t waiting = committer->queue.requests;
    unlock(committer);
    return waiting;
}

void committer_drop(struct committer *committer, struct list_node *dropped)
{
    lock(committer);
    INVARIANT(!committer->writing);
    while (!list_empty(&committer->queue.ring)) {
        commit_queue_take(&committer->queue, &committer->group);
        while (!list_empty(&committer->group.requests)) {
            list_push_back(dropped, list_pop_front(&committer->group.requests));
        }
    }
    unlock(committer);
}
