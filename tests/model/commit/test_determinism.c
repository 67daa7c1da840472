/* X2 of sequencer.h: whoever applies the same commands has the same log, byte for byte, whatever
 * the seed of its tables, its groups or its process. One node makes the commands and applies
 * them as they are, the other decodes their bytes. */

#include "tests/model/commit/chance.h"

#include "daemon/commit/apply.h"
#include "tests/support/small/harness.h"

#include <stdio.h>

#define COMMANDS 150u

struct node {
    struct disk disk;
    struct log *log;
    struct apply apply;
    struct request_pool pool;
    uint32_t in_group;
};

static struct node nodes[2];

static void node_open(struct node *node, uint64_t seed)
{
    const struct log_options options = {.create = true};
    struct fault fault;
    disk_init(&node->disk);
    disk_use(&node->disk);
    assert_int_equal(log_open("", &options, &node->log, &fault), STATUS_OK);
    assert_int_equal(apply_init(&node->apply, node->log, seed), STATUS_OK);
    request_pool_init(&node->pool);
    node->in_group = 0;
}

static void node_close(struct node *node)
{
    apply_done(&node->apply);
    log_close(node->log);
    request_pool_done(&node->pool);
    disk_done(&node->disk);
}

static void node_apply(struct node *node, const struct command *command, bool end)
{
    if (node->in_group++ == 0) {
        apply_group_begin(&node->apply, GROUP_EVENTS_MAX);
    }
    apply_request(&node->apply, command);
    if (end) {
        assert_int_equal(apply_group_commit(&node->apply), STATUS_OK);
        node->in_group = 0;
    }
}

static struct request *make_request(struct chance *chance, struct request_pool *pool)
{
    struct writer bodies;
    uint32_t count = 1 + pick(chance, 3);
    struct request *request = request_get(pool, count, 2048, false, &bodies);
    request->by = slice_text("uid:1");
    for (uint32_t i = 0; i < count; i++) {
        char json[512];
        uint8_t bytes[1024];
        struct writer wire = writer_over(bytes, sizeof(bytes));
        struct fault fault;
        (void)snprintf(json, sizeof(json),
                       "{'id':'e%u','type':'x.t.e','agg':'x/%u','data':{'text':'v%u'}%s}",
                       pick(chance, 200), pick(chance, 5), pick(chance, 2),
                       pick(chance, 3) == 0 ? ",'private':{'name':'n'}" : "");
        json_write(json, &wire);
        assert_int_equal(
            event_from_wire(writer_slice(&wire), 0, &bodies, &request->events[i], &fault),
            STATUS_OK);
        for (size_t s = 0; s < PRIVATE_SALT_BYTES; s++) {
            request->salts[i][s] = (uint8_t)pick(chance, 256);
        }
        request->events[i].expect = pick(chance, 8) == 0 ? (int64_t)pick(chance, 5) : -1;
    }
    return request;
}

static void run(struct chance *chance)
{
    node_open(&nodes[0], 1);
    node_open(&nodes[1], 99);
    for (uint32_t i = 0; i < COMMANDS; i++) {
        static uint8_t bytes[65536];
        struct writer out = writer_over(bytes, sizeof(bytes));
        struct request *request = make_request(chance, &nodes[0].pool);
        struct command first = {.local = request,
                                .time = INT64_C(1700000000000000) + pick(chance, 1000),
                                .refuse =
                                    pick(chance, 20) == 0 ? STATUS_DEADLINE_EXCEEDED : STATUS_OK};
        struct command second;
        assert_int_equal(command_write(&first, &out), STATUS_OK);
        assert_int_equal(command_read(writer_slice(&out), &nodes[1].pool, &second), STATUS_OK);
        bool last = i + 1 == COMMANDS;
        node_apply(&nodes[0], &first, last || pick(chance, 4) == 0);
        node_apply(&nodes[1], &second, last || pick(chance, 4) == 0);
        assert_int_equal(first.local->status, second.local->status);
        request_put(&nodes[0].pool, first.local);
        request_put(&nodes[1].pool, second.local);
    }
    assert_int_equal(nodes[0].disk.count, nodes[1].disk.count);
    assert_true(nodes[0].disk.count > 20);
    for (uint64_t i = 0; i < nodes[0].disk.count; i++) {
        const struct log_event *a = &nodes[0].disk.records[i].row;
        const struct log_event *b = &nodes[1].disk.records[i].row;
        assert_true(slice_equal(a->stored, b->stored));
        assert_true(slice_equal(a->private_part, b->private_part));
        assert_memory_equal(a->leaf, b->leaf, HASH_BYTES);
    }
    node_close(&nodes[0]);
    node_close(&nodes[1]);
}

static void two_nodes_have_one_log(void **state)
{
    (void)state;
    for_seeds(effort(100, 20), run);
}

static void damaged_commands_are_refused(void **state)
{
    (void)state;
    struct chance chance = {.state = 7};
    static uint8_t bytes[65536];
    struct writer out = writer_over(bytes, sizeof(bytes));
    node_open(&nodes[0], 1);
    struct request *request = make_request(&chance, &nodes[0].pool);
    struct command command = {.local = request, .time = 1}, read;
    assert_int_equal(command_write(&command, &out), STATUS_OK);
    for (size_t len = 0; len < out.len; len++) {
        assert_int_equal(command_read(slice_of(bytes, len), &nodes[0].pool, &read), STATUS_CORRUPT);
    }
    request_put(&nodes[0].pool, request);
    node_close(&nodes[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_nodes_have_one_log),
        cmocka_unit_test(damaged_commands_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
