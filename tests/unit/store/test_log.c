/* What log.h promises of appending and reading (L1, L2), and the shape of the blocks. */

#include "daemon/audit/tree.h"
#include "daemon/store/block.h"
#include "tests/crash/story.h"
#include "tests/unit/store/place.h"

#include <stdlib.h>
#include <sys/stat.h>

static void what_was_appended_is_read_back(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    struct log *log = place_open(&place, STATUS_OK);
    for (uint64_t k = 0; k < 120; k++) {
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
    }
    assert_true(story_holds(log, PLACE_SEED));
    assert_int_equal(log_verify(log, NULL, NULL, &place.fault), STATUS_OK);
    log_close(log);
    place_remove(&place);
}

static void a_reopened_log_goes_on_where_it_ended(void **state)
{
    (void)state;
    struct place place;
    uint64_t seq = 0;
    place_make(&place);
    for (uint64_t k = 0; k < 60; k++) {
        struct log *log = place_open(&place, STATUS_OK);
        assert_int_equal(log_head(log).seq, seq);
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
        seq += story_group(PLACE_SEED, k);
        assert_int_equal(log_head(log).seq, seq);
        assert_true(k % 10 != 0 || story_holds(log, PLACE_SEED));
        log_close(log);
    }
    struct log *log = place_open(&place, STATUS_OK);
    assert_true(story_holds(log, PLACE_SEED));
    assert_int_equal(log_verify(log, NULL, NULL, &place.fault), STATUS_OK);
    log_close(log);
    place_remove(&place);
}

static void the_root_is_that_of_all_leaves(void **state)
{
    (void)state;
    struct place place;
    struct tree tree;
    uint8_t root[HASH_BYTES];
    uint8_t *bytes = malloc(EVENT_BYTES_MAX + 8192);
    place_make(&place);
    place_fill(&place, 30);
    struct log *log = place_open(&place, STATUS_OK);
    struct log_head head = log_head(log);
    tree_init(&tree);
    for (uint64_t seq = 1; seq <= head.seq; seq++) {
        struct log_event event;
        story_event(PLACE_SEED, seq, bytes, &event);
        tree_add(&tree, event.leaf);
    }
    tree_root(&tree, root);
    assert_memory_equal(root, head.root, HASH_BYTES);
    log_close(log);
    place_remove(&place);
    free(bytes);
}

struct walk {
    uint64_t seqs[4096];
    size_t count, stop_at;
};

static bool on_seq(void *arg, const struct log_record *record)
{
    struct walk *walk = arg;
    walk->seqs[walk->count++] = record->seq;
    return walk->count != walk->stop_at;
}

static void ranges_are_cut_at_the_head_and_walked_either_way(void **state)
{
    (void)state;
    struct place place;
    static struct walk walk;
    place_make(&place);
    place_fill(&place, 25);
    struct log *log = place_open(&place, STATUS_OK);
    uint64_t head = log_head(log).seq;

    assert_true(head > 40 && head < 4096);
    assert_int_equal(log_read(log, head - 9, head + 5, on_seq, &walk, &place.fault), STATUS_OK);
    assert_int_equal(walk.count, 10);
    assert_int_equal(walk.seqs[0], head - 9);
    walk.count = 0;
    assert_int_equal(log_read_back(log, head + 5, 1, on_seq, &walk, &place.fault), STATUS_OK);
    assert_int_equal(walk.count, head);
    for (size_t i = 0; i < walk.count; i++) {
        assert_int_equal(walk.seqs[i], head - i);
    }
    walk.count = 0;
    walk.stop_at = 3;
    assert_int_equal(log_read(log, 1, head, on_seq, &walk, &place.fault), STATUS_OK);
    assert_int_equal(walk.count, 3);
    walk.count = 0;
    assert_int_equal(log_read(log, 9, 8, on_seq, &walk, &place.fault), STATUS_OK);
    assert_int_equal(log_read_back(log, 8, 9, on_seq, &walk, &place.fault), STATUS_OK);
    assert_int_equal(log_read(log, head + 1, head + 9, on_seq, &walk, &place.fault), STATUS_OK);
    assert_int_equal(walk.count, 0);
    log_close(log);
    place_remove(&place);
}

static void an_event_without_private_data_has_none(void **state)
{
    (void)state;
    struct place place;
    uint8_t out[8192];
    size_t len = 0;
    place_make(&place);
    place_fill(&place, 5);
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(log_private(log, 1, out, sizeof(out), &len), STATUS_NOT_FOUND);
    assert_int_equal(log_private(log, 5, out, sizeof(out), &len), STATUS_OK);
    assert_true(len > PRIVATE_SALT_BYTES);
    assert_int_equal(log_private(log, 5, out, len - 1, &len), STATUS_TOO_LARGE);
    assert_int_equal(log_private(log, 999999, out, sizeof(out), &len), STATUS_NOT_FOUND);
    log_close(log);
    place_remove(&place);
}

static struct log_event event_of(uint64_t seq, const uint8_t *bytes, size_t len)
{
    struct log_event event = {.stored = slice_of(bytes, len),
                              .recorded = (int64_t)seq * 10,
                              .prev_seq = seq - 1,
                              .aggregate = 1};
    tree_leaf(event.stored, event.leaf);
    return event;
}

/* One event at a time: blocks end up between 16 KiB and 16 KiB plus one event. */
static void the_last_block_grows_until_it_is_long_enough(void **state)
{
    (void)state;
    static const uint8_t bytes[1000] = {1};
    struct place place;
    place_make(&place);
    struct log *log = place_open(&place, STATUS_OK);
    for (uint64_t seq = 1; seq <= 200; seq++) {
        struct log_event event = event_of(seq, bytes, sizeof(bytes));
        assert_int_equal(log_append(log, &event, 1), STATUS_OK);
    }
    struct log_head head = log_head(log);
    /* 200 kB of events: blocks of 16 events or so, five pages each; no more than that and the
     * pages of the trees, so earlier states of the tail have been reused. */
    assert_true(head.used_bytes < 500 * KIB);
    assert_int_equal(log_verify(log, NULL, NULL, &place.fault), STATUS_OK);
    log_close(log);
    place_remove(&place);
}

static void a_group_larger_than_a_block_is_one_group(void **state)
{
    (void)state;
    uint8_t *bytes = calloc(1, EVENT_BYTES_MAX);
    struct log_event *events = calloc(GROUP_EVENTS_MAX, sizeof(*events));
    struct place place;
    place_make(&place);
    struct log *log = place_open(&place, STATUS_OK);
    for (uint64_t i = 0; i < 20; i++) {
        events[i] = event_of(i + 1, bytes, EVENT_BYTES_MAX);
    }
    assert_int_equal(log_append(log, events, 20), STATUS_OK);
    for (uint64_t i = 0; i < GROUP_EVENTS_MAX; i++) {
        events[i] = event_of(i + 21, bytes, 1 + i % 300);
    }
    assert_int_equal(log_append(log, events, GROUP_EVENTS_MAX), STATUS_OK);
    assert_int_equal(log_head(log).seq, 20 + GROUP_EVENTS_MAX);
    assert_int_equal(log_verify(log, NULL, NULL, &place.fault), STATUS_OK);
    log_close(log);
    place_remove(&place);
    free(events);
    free(bytes);
}

static void an_empty_log_opens_and_verifies(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place.options.init_load = true;
    struct log *log = place_open(&place, STATUS_OK);
    uint8_t root[HASH_BYTES];
    struct tree tree;
    char id[64];
    tree_init(&tree);
    tree_root(&tree, root);
    assert_memory_equal(log_head(log).root, root, HASH_BYTES);
    assert_int_equal(log_verify(log, NULL, NULL, &place.fault), STATUS_OK);
    assert_true(log_born_loading(log));
    assert_int_equal(strlen(log_id(log)), 32);
    memcpy(id, log_id(log), 33);
    int64_t created = log_created(log);
    log_close(log);
    place.options.init_load = false;
    log = place_open(&place, STATUS_OK);
    assert_string_equal(log_id(log), id);
    assert_true(log_born_loading(log)); /* what FORMAT says stays */
    assert_int_equal(log_created(log), created);
    log_close(log);
    place_remove(&place);
}

static bool cancel(void *arg, uint64_t done, uint64_t total)
{
    (void)arg;
    return done < total / 2;
}

static void verify_can_be_cancelled(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place_fill(&place, 60);
    place.options.read_only = true;
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(log_verify(log, cancel, NULL, &place.fault), STATUS_CANCELLED);
    log_close(log);
    place_remove(&place);
}

static bool holds_it(void *arg, const struct log_record *record)
{
    *(bool *)arg = log_map_holds(record->stored.data);
    return false;
}

/* What the handler of SIGBUS asks. */
static void addresses_of_the_map_are_known(void **state)
{
    (void)state;
    struct place place;
    bool held = false;
    place_make(&place);
    place_fill(&place, 3);
    assert_false(log_map_holds(&place));
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(log_read(log, 1, 1, holds_it, &held, &place.fault), STATUS_OK);
    assert_true(held);
    assert_false(log_map_holds(&place));
    assert_false(log_map_holds(log));
    assert_false(log_map_holds(NULL));
    log_close(log);
    held = false;
    log = place_open(&place, STATUS_OK);
    assert_int_equal(log_read(log, 1, 1, holds_it, &held, &place.fault), STATUS_OK);
    assert_true(held);
    log_close(log);
    place_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_appended_is_read_back),
        cmocka_unit_test(a_reopened_log_goes_on_where_it_ended),
        cmocka_unit_test(the_root_is_that_of_all_leaves),
        cmocka_unit_test(ranges_are_cut_at_the_head_and_walked_either_way),
        cmocka_unit_test(an_event_without_private_data_has_none),
        cmocka_unit_test(the_last_block_grows_until_it_is_long_enough),
        cmocka_unit_test(a_group_larger_than_a_block_is_one_group),
        cmocka_unit_test(an_empty_log_opens_and_verifies),
        cmocka_unit_test(verify_can_be_cancelled),
        cmocka_unit_test(addresses_of_the_map_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
