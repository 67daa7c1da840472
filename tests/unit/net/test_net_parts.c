/* The parts of daemon/net that need no loop: addresses, the wheel, the inbox. */

#include <stdarg.h>
#include <stdlib.h>

#include "daemon/net/address.h"
#include "daemon/net/inbox.h"
#include "daemon/net/wheel.h"

#include <setjmp.h>

#include <cmocka.h>

static void addresses_come_back_as_written(void **state)
{
    static const char *const good[] = {"unix:/run/accrued.sock", "unix:relative",
                                       "tcp:127.0.0.1:7171", "tcp:127.9.9.9:0", "tcp:[::1]:65535"};
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct address address;
        struct fault fault;
        char text[ADDRESS_TEXT_MAX];
        assert_int_equal(address_parse(good[i], &address, &fault), STATUS_OK);
        address_format(&address, text);
        assert_string_equal(text, good[i]);
    }
}

static void other_addresses_are_refused(void **state)
{
    static const struct {
        const char *text;
        enum status status;
    } bad[] = {
        {"", STATUS_BAD_PARAMS},
        {"/run/accrued.sock", STATUS_BAD_PARAMS},
        {"unix:", STATUS_BAD_PARAMS},
        {"tcp:", STATUS_BAD_PARAMS},
        {"tcp:127.0.0.1", STATUS_BAD_PARAMS},
        {"tcp:127.0.0.1:", STATUS_BAD_PARAMS},
        {"tcp:127.0.0.1:-1", STATUS_BAD_PARAMS},
        {"tcp:127.0.0.1:99999", STATUS_BAD_PARAMS},
        {"tcp:127.0.0.1:1x", STATUS_BAD_PARAMS},
        {"tcp:[::1:7", STATUS_BAD_PARAMS},
        {"tcp:[::1]7", STATUS_BAD_PARAMS},
        {"tcp:::1:7", STATUS_OK}, /* the last colon divides */
        {"tcp:localhost:7", STATUS_BAD_PARAMS},
        {"tcp:0.0.0.0:7", STATUS_FORBIDDEN},
        {"tcp:128.0.0.1:7", STATUS_FORBIDDEN},
        {"tcp:[::]:7", STATUS_FORBIDDEN},
        {"tcp:[::ffff:10.0.0.1]:7", STATUS_FORBIDDEN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct address address;
        struct fault fault;
        assert_int_equal(address_parse(bad[i].text, &address, &fault), bad[i].status);
    }
}

/* ---- wheel ---- */

enum { ENTRIES = 500 };

static uint64_t next_random(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random;
}

static void deadlines_fire_once_and_in_time(void **state)
{
    static struct wheel wheel;
    static struct wheel_entry entries[ENTRIES];
    static uint64_t at_ms[ENTRIES];
    uint64_t random = 42;
    unsigned fired = 0;
    (void)state;

    wheel_init(&wheel, 1000);
    for (unsigned i = 0; i < ENTRIES; i++) {
        wheel_entry_init(&entries[i]);
        at_ms[i] = 1000 + next_random(&random) % 600000;
        wheel_arm(&wheel, &entries[i], at_ms[i]);
        wheel_arm(&wheel, &entries[i], at_ms[i] + 5000); /* W1: later changes nothing */
    }
    for (uint64_t now_ms = 1000; now_ms <= 602000; now_ms += 1 + next_random(&random) % 300) {
        struct wheel_entry *due;
        while ((due = wheel_due(&wheel, now_ms)) != NULL) {
            size_t i = (size_t)(due - entries);
            assert_true(now_ms >= at_ms[i]);
            assert_true(now_ms <= at_ms[i] + WHEEL_STEP_MS + 300);
            assert_int_equal(due->at_ms, 0);
            fired++;
        }
    }
    assert_int_equal(fired, ENTRIES);
}

static void an_earlier_deadline_replaces_a_later(void **state)
{
    static struct wheel wheel;
    struct wheel_entry entry;
    (void)state;

    wheel_init(&wheel, 0);
    wheel_entry_init(&entry);
    wheel_arm(&wheel, &entry, 600000);
    wheel_arm(&wheel, &entry, 1000);
    assert_null(wheel_due(&wheel, 999));
    assert_ptr_equal(wheel_due(&wheel, 1000 + WHEEL_STEP_MS), &entry);
    assert_null(wheel_due(&wheel, 700000));
    wheel_arm(&wheel, &entry, 701000);
    wheel_disarm(&entry);
    assert_null(wheel_due(&wheel, 800000));
}

/* ---- inbox ---- */

/* Every byte that went in comes out once, in order, whatever the sizes of reads and messages. */
static void bytes_pass_in_order(void **state)
{
    static uint8_t scratch[SCRATCH_BYTES];
    struct inbox inbox;
    size_t total = 0;
    uint64_t random = 7;
    uint32_t in = 0, out = 0;
    (void)state;

    inbox_init(&inbox, &total);
    for (unsigned round = 0; round < 3000; round++) {
        struct slice space = inbox_space(&inbox, scratch);
        size_t most = round % 3 == 0 ? 40 : SCRATCH_BYTES;
        size_t count = 1 + next_random(&random) % (most < space.len ? most : space.len);
        uint8_t *target = (uint8_t *)(uintptr_t)space.data;
        for (size_t i = 0; i < count; i++) {
            target[i] = (uint8_t)(in++ * 2654435761U >> 24);
        }
        struct slice all = inbox_filled(&inbox, scratch, count);
        size_t used = round % 16 == 15 ? all.len : 0; /* messages of many reads */
        used = round % 5 == 0 ? next_random(&random) % (all.len + 1) : used;
        for (size_t i = 0; i < used; i++) {
            assert_int_equal(all.data[i], (uint8_t)(out++ * 2654435761U >> 24));
        }
        assert_true(inbox_keep(&inbox, slice_of(all.data + used, all.len - used)));
        assert_int_equal(inbox_pending(&inbox).len, all.len - used);
        assert_int_equal(total, inbox.size);
    }
    assert_int_equal(in - out, inbox.len);
    inbox_done(&inbox);
    assert_int_equal(total, 0);
}

static void an_empty_inbox_holds_nothing(void **state)
{
    static uint8_t scratch[SCRATCH_BYTES];
    struct inbox inbox;
    size_t total = 0;
    (void)state;

    inbox_init(&inbox, &total);
    while (inbox.len < MIB) {
        struct slice space = inbox_space(&inbox, scratch);
        struct slice all = inbox_filled(&inbox, scratch, space.len);
        assert_true(inbox_keep(&inbox, all));
    }
    assert_true(total >= MIB);
    assert_true(total <= 4 * MIB);
    struct slice all = inbox_pending(&inbox);
    assert_true(inbox_keep(&inbox, slice_of(all.data + all.len - 10, 10))); /* a large one ended */
    assert_int_equal(inbox.len, 10);
    assert_true(total <= 64);
    assert_true(inbox_keep(&inbox, slice_of(NULL, 0)));
    assert_int_equal(total, 0);
    assert_null(inbox.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_come_back_as_written),
        cmocka_unit_test(other_addresses_are_refused),
        cmocka_unit_test(deadlines_fire_once_and_in_time),
        cmocka_unit_test(an_earlier_deadline_replaces_a_later),
        cmocka_unit_test(bytes_pass_in_order),
        cmocka_unit_test(an_empty_inbox_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
