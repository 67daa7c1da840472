/* After a failed commit: nothing more is taken, everything acknowledged is still read, and the
 * next start is careful (L4, reliability rule 6). */

#include "tests/crash/story.h"
#include "tests/unit/store/failing_disk.h"
#include "tests/unit/store/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static struct log *fill_and_keep_open(struct place *place, unsigned groups)
{
    struct log *log = place_open(place, STATUS_OK);
    for (unsigned k = 0; k < groups; k++) {
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
    }
    assert_int_equal(log_room(log, 500, 512 * KIB), STATUS_OK); /* no zeroing in what follows */
    return log;
}

static void expect_read_only(struct place *place, struct log *log, uint64_t seq)
{
    assert_true(log_poisoned(log));
    assert_int_equal(log_head(log).seq, seq);
    assert_int_equal(log_room(log, 1, 1), STATUS_READ_ONLY);
    assert_int_equal(log_zero_ahead(log), STATUS_READ_ONLY);
    assert_int_equal(story_append(log, PLACE_SEED, 9), STATUS_READ_ONLY);
    assert_true(story_holds(log, PLACE_SEED));
    assert_int_equal(access(place_file("poisoned", place), F_OK), 0);
}

static void a_failed_sync_ends_the_appending_but_not_the_reading(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    struct log *log = fill_and_keep_open(&place, 9);
    uint64_t seq = log_head(log).seq;
    failing_disk_arm(FAIL_FDATASYNC, 1, EIO);
    assert_int_equal(story_append(log, PLACE_SEED, 9), STATUS_IO);
    failing_disk_arm(FAIL_NOTHING, 0, 0);
    expect_read_only(&place, log, seq);
    log_close(log);
    place_remove(&place);
}

/* Here LMDB itself refuses readers from then on. */
static void a_failed_meta_page_does_not_end_the_reading_either(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    struct log *log = fill_and_keep_open(&place, 9);
    uint64_t seq = log_head(log).seq;
    failing_disk_arm(FAIL_META, 1, EIO);
    assert_int_equal(story_append(log, PLACE_SEED, 9), STATUS_IO);
    assert_true(failing_disk_calls() > 0);
    failing_disk_arm(FAIL_NOTHING, 0, 0);
    expect_read_only(&place, log, seq);
    assert_int_equal(log_verify(log, NULL, NULL, &place.fault), STATUS_OK);
    log_close(log);
    place_remove(&place);
}

static void poison(struct place *place, unsigned groups)
{
    struct log *log = fill_and_keep_open(place, groups);
    failing_disk_arm(FAIL_FDATASYNC, 1, EIO);
    assert_int_equal(story_append(log, PLACE_SEED, groups), STATUS_IO);
    failing_disk_arm(FAIL_NOTHING, 0, 0);
    log_close(log);
}

static void the_same_boot_refuses_to_start_until_told(void **state)
{
    (void)state;
    struct place place;
    char run[128];
    place_make(&place);
    (void)snprintf(run, sizeof(run), "%s/run-marker", place.root);
    place.options.run_marker = run;
    poison(&place, 7);
    assert_int_equal(access(run, F_OK), 0);
    (void)place_open(&place, STATUS_CORRUPT);
    assert_non_null(strstr(place.fault.detail, "--after-io-error"));
    assert_int_equal(unlink(place_file("poisoned", &place)), 0);
    (void)place_open(&place, STATUS_CORRUPT); /* the other marker says the same */

    place.options.after_io_error = true;
    struct log *log = place_open(&place, STATUS_OK);
    assert_true(story_holds(log, PLACE_SEED));
    assert_int_not_equal(access(run, F_OK), 0);
    log_close(log);
    place.options.after_io_error = false;
    log_close(place_open(&place, STATUS_OK));
    place_remove(&place);
}

static void another_boot_verifies_and_starts(void **state)
{
    (void)state;
    static const char marker[] = "boot_id=00000000-0000-0000-0000-000000000000\ntime=1\n";
    struct place place;
    place_make(&place);
    place_fill(&place, 7);
    place_write(place_file("poisoned", &place), marker, sizeof(marker) - 1);
    log_close(place_open(&place, STATUS_OK));
    assert_int_not_equal(access(place_file("poisoned", &place), F_OK), 0);
    place_remove(&place);
}

static void an_unreadable_marker_counts_as_this_boots(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place_fill(&place, 3);
    place_write(place_file("poisoned", &place), "", 0);
    (void)place_open(&place, STATUS_CORRUPT);
    place_remove(&place);
}

static void a_damaged_log_stays_refused_after_an_io_error(void **state)
{
    (void)state;
    struct place place;
    uint8_t byte = 0;
    place_make(&place);
    poison(&place, 7);
    int fd = open(place_file("data.mdb", &place), O_RDWR);
    const off_t page = 4096;
    for (off_t at = 8 * page; at < 40 * page; at += 512) { /* some of it is an old block */
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        byte ^= 0x10;
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    }
    (void)close(fd);
    place.options.after_io_error = true;
    (void)place_open(&place, STATUS_CORRUPT);
    assert_int_equal(access(place_file("poisoned", &place), F_OK), 0);
    place_remove(&place);
}

/* Whatever call fails, at whatever moment: what was acknowledged is there afterwards. */
static unsigned sweep(enum failing_call call, int error)
{
    unsigned failures = 0;
    for (unsigned from = 1; from < 200; from++) {
        struct place place;
        uint64_t acked = 0;
        uint64_t k = 0;
        place_make(&place);
        struct log *log = place_open(&place, STATUS_OK);
        failing_disk_arm(call, from, error);
        for (; k < 12; k++) {
            enum status status = story_append(log, PLACE_SEED, k);
            if (status != STATUS_OK) {
                assert_true(log_poisoned(log) || status == STATUS_DISK_FULL);
                break;
            }
            acked = log_head(log).seq;
        }
        failing_disk_arm(FAIL_NOTHING, 0, 0);
        assert_int_equal(log_head(log).seq, acked);
        assert_true(story_holds(log, PLACE_SEED));
        log_close(log);
        place.options.after_io_error = true;
        log = place_open(&place, STATUS_OK);
        assert_true(log_head(log).seq >= acked);
        assert_true(story_holds(log, PLACE_SEED));
        log_close(log);
        place_remove(&place);
        if (k == 12) {
            break;
        }
        failures++;
    }
    return failures;
}

static void every_single_failing_call_is_survived(void **state)
{
    (void)state;
    assert_true(sweep(FAIL_FDATASYNC, EIO) > 5);
    assert_true(sweep(FAIL_META, EIO) > 5);
    assert_true(sweep(FAIL_WRITEV, EIO) > 5);
    assert_true(sweep(FAIL_PWRITE, EIO) > 10);
    assert_true(sweep(FAIL_PWRITE, ENOSPC) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failed_sync_ends_the_appending_but_not_the_reading),
        cmocka_unit_test(a_failed_meta_page_does_not_end_the_reading_either),
        cmocka_unit_test(the_same_boot_refuses_to_start_until_told),
        cmocka_unit_test(another_boot_verifies_and_starts),
        cmocka_unit_test(an_unreadable_marker_counts_as_this_boots),
        cmocka_unit_test(a_damaged_log_stays_refused_after_an_io_error),
        cmocka_unit_test(every_single_failing_call_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
