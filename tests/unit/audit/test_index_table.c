/* The index against a plain array: growing, filling, taking back from the end. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/base/index_table.h"

#define NUMBERS 3000u

/* Few hashes, so that many numbers share one, and slots beside each other fill up. */
static uint64_t hash_of(const void *arg, uint64_t number)
{
    (void)arg;
    uint64_t group = number % 700;
    return group * UINT64_C(0x9e3779b97f4a7c15);
}

static void holds(const struct index_table *table, uint64_t count)
{
    assert_int_equal(table->count, count);
    for (uint64_t number = 0; number < NUMBERS; number++) {
        struct index_probe probe = index_probe_begin(table, hash_of(NULL, number));
        uint64_t found;
        unsigned times = 0;
        while (index_probe_next(&probe, &found)) {
            assert_true(found < count);
            times += found == number;
        }
        assert_int_equal(times, number < count ? 1 : 0);
    }
}

static void numbers_come_and_go_at_the_end(void **state)
{
    (void)state;
    struct index_table table;
    index_table_init(&table);
    for (uint64_t number = 0; number < 1000; number++) {
        index_table_ask(&table, hash_of(NULL, number));
        index_table_insert(&table, hash_of(NULL, number), number, hash_of, NULL);
    }
    holds(&table, 1000);
    while (table.count > 100) {
        index_table_remove(&table, hash_of(NULL, table.count - 1), table.count - 1);
    }
    holds(&table, 100);
    while (table.count < NUMBERS) { /* into the slots of those removed, and growing */
        index_table_insert(&table, hash_of(NULL, table.count), table.count, hash_of, NULL);
    }
    holds(&table, NUMBERS);
    index_table_done(&table);
}

static void filling_is_inserting_one_by_one(void **state)
{
    (void)state;
    static const uint64_t steps[] = {0, 1, 33, 127, 128, 129, 2000, NUMBERS};
    struct index_table table;
    index_table_init(&table);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        index_table_fill(&table, steps[i], hash_of, NULL);
        holds(&table, steps[i]);
    }
    while (table.count > 50) {
        index_table_remove(&table, hash_of(NULL, table.count - 1), table.count - 1);
    }
    index_table_fill(&table, 500, hash_of, NULL);
    holds(&table, 500);
    index_table_done(&table);
}

/* A refused request leaves nothing, however many there are: the table grew for each that came and
 * went. */
static void what_is_removed_needs_no_room(void **state)
{
    (void)state;
    struct index_table table;
    index_table_init(&table);
    index_table_fill(&table, 100, hash_of, NULL);
    const struct index_slots *slots = atomic_load(&table.slots);
    for (unsigned round = 0; round < 10000; round++) {
        index_table_insert(&table, hash_of(NULL, 100 + round), 100, hash_of, NULL);
        index_table_remove(&table, hash_of(NULL, 100 + round), 100);
    }
    assert_ptr_equal(atomic_load(&table.slots), slots);
    holds(&table, 100);
    index_table_done(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_and_go_at_the_end),
        cmocka_unit_test(filling_is_inserting_one_by_one),
        cmocka_unit_test(what_is_removed_needs_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
