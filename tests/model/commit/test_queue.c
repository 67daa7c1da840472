/* The commit queue against arrays: order, limits, totals, shares. */

#include "daemon/commit/commit_queue.h"
#include "tests/model/commit/chance.h"

#define LANES 5u
#define REQUESTS 400u

static struct request requests[REQUESTS];
static struct lane lanes[LANES];

/* What should be waiting, oldest first. */
struct waiting {
    uint32_t at[REQUESTS];
    uint32_t first, count;
};

static void check_group(const struct commit_group *group, struct waiting *model,
                        struct commit_queue *queue)
{
    size_t events = 0, bytes = 0, count = 0;
    for (struct list_node *node = group->requests.next; node != &group->requests;) {
        struct request *request = LIST_ELEMENT(node, struct request, link);
        node = node->next;
        struct waiting *lane = &model[request->call.id];
        assert_ptr_equal(request, &requests[lane->at[lane->first]]); /* Q1 */
        lane->first++;
        events += request->count;
        bytes += request->body_bytes;
        count++;
        list_remove(&request->link);
        commit_queue_answered(queue, request);
    }
    assert_int_equal(count, group->count);
    assert_int_equal(events, group->events);
    assert_int_equal(bytes, group->bytes);
    assert_true(count == 1 || (events <= GROUP_EVENTS_MAX && bytes <= GROUP_BYTES_MAX)); /* Q3 */
}

static void run_order(struct chance *chance)
{
    struct commit_queue queue;
    struct waiting model[LANES] = {0};
    uint32_t pushed = 0, taken = 0;
    commit_queue_init(&queue);
    for (uint32_t i = 0; i < LANES; i++) {
        lane_init(&lanes[i]);
    }
    while (taken < REQUESTS) {
        if (pushed < REQUESTS && pick(chance, 100) < 90) {
            struct request *request = &requests[pushed];
            uint32_t to = pick(chance, LANES);
            bool large = pick(chance, 20) == 0;
            *request = (struct request){.count = 1 + pick(chance, large ? 1000 : 5),
                                        .body_bytes = 1 + pick(chance, large ? 3000000 : 9000),
                                        .memory_bytes = 4096};
            request->call.id = to;
            assert_int_equal(commit_queue_push(&queue, &lanes[to], request), STATUS_OK);
            model[to].at[model[to].count++] = pushed++;
            continue;
        }
        struct commit_group group;
        commit_queue_take(&queue, &group);
        assert_int_equal(group.count == 0, taken == pushed);
        taken += (uint32_t)group.count;
        check_group(&group, model, &queue);
        assert_int_equal(queue.requests, pushed - taken);
    }
    assert_int_equal(queue.held_bytes, 0);
    assert_int_equal(queue.bytes, 0);
    assert_int_equal(queue.events, 0);
}

static void groups_keep_order_and_limits(void **state)
{
    (void)state;
    for_seeds(effort(500, 100), run_order);
}

/* While all lanes have something waiting, each gets the same number of bytes, but for a turn and
 * what its next request was too large for. */
static void run_shares(struct chance *chance)
{
    struct commit_queue queue;
    uint32_t sizes[LANES], pushed = 0;
    size_t served[LANES] = {0}, waiting[LANES] = {0};
    commit_queue_init(&queue);
    for (uint32_t i = 0; i < LANES; i++) {
        lane_init(&lanes[i]);
        sizes[i] = 1 + pick(chance, 200000);
    }
    for (; pushed < REQUESTS; pushed++) {
        uint32_t to = pushed % LANES;
        requests[pushed] = (struct request){.count = 1, .body_bytes = sizes[to]};
        requests[pushed].call.id = to;
        (void)commit_queue_push(&queue, &lanes[to], &requests[pushed]);
        waiting[to]++;
    }
    for (bool all = true; all;) {
        struct commit_group group;
        commit_queue_take(&queue, &group);
        for (struct list_node *node = list_pop_front(&group.requests); node != NULL;
             node = list_pop_front(&group.requests)) {
            uint32_t lane = LIST_ELEMENT(node, struct request, link)->call.id;
            served[lane] += sizes[lane];
            all = --waiting[lane] > 0 && all;
        }
        for (uint32_t i = 1; i < LANES && all; i++) {
            size_t a = served[i], b = served[0];
            size_t largest = sizes[i] > sizes[0] ? sizes[i] : sizes[0];
            assert_true((a > b ? a - b : b - a) <= 2 * GROUP_QUANTUM + largest);
        }
    }
}

static void lanes_share_by_bytes(void **state)
{
    (void)state;
    for_seeds(effort(500, 100), run_shares);
}

static void what_is_held_is_bounded(void **state)
{
    (void)state;
    struct commit_queue queue;
    struct lane lane;
    struct commit_group group;
    commit_queue_init(&queue);
    lane_init(&lane);
    requests[0] = (struct request){.count = 1, .memory_bytes = INFLIGHT_TOTAL_MAX};
    requests[1] = (struct request){.count = 1, .memory_bytes = 1};
    assert_int_equal(commit_queue_push(&queue, &lane, &requests[0]), STATUS_OK);
    assert_int_equal(commit_queue_push(&queue, &lane, &requests[1]), STATUS_OVERLOADED);
    commit_queue_take(&queue, &group);
    assert_int_equal(commit_queue_push(&queue, &lane, &requests[1]), STATUS_OVERLOADED);
    commit_queue_answered(&queue, &requests[0]); /* Q4: answered, not only taken */
    assert_int_equal(commit_queue_push(&queue, &lane, &requests[1]), STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_keep_order_and_limits),
        cmocka_unit_test(lanes_share_by_bytes),
        cmocka_unit_test(what_is_held_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
