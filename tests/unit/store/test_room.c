/* Room ahead: a full disk or a full map shows before anything is touched (L6). */

#include "daemon/store/inner.h"
#include "tests/crash/story.h"
#include "tests/unit/store/place.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t group_bytes(uint64_t first, size_t count)
{
    static uint8_t bytes[EVENT_BYTES_MAX + 8192];
    size_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        struct log_event event;
        story_event(PLACE_SEED, first + i, bytes, &event);
        sum += event.stored.len + event.private_part.len;
    }
    return sum;
}

static void no_group_takes_more_than_its_worst_case(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    struct log *log = place_open(&place, STATUS_OK);
    for (uint64_t k = 0; k < 200; k++) {
        struct log_head before = log_head(log);
        size_t count = story_group(PLACE_SEED, k);
        size_t bytes = group_bytes(before.seq + 1, count);
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
        struct log_head after = log_head(log);
        assert_true(after.used_bytes <= room_needed(before.used_bytes, count, bytes));
        assert_true(after.used_bytes <= after.zeroed_bytes);
    }
    log_close(log);
    place_remove(&place);
}

/* Private parts of every length, alone in their groups and together: the shape that fills
 * pages worst. */
static void private_parts_stay_within_the_worst_case(void **state)
{
    (void)state;
    static uint8_t bytes[PRIVATE_BYTES_MAX + PRIVATE_SALT_BYTES];
    static struct log_event events[256];
    struct place place;
    place_make(&place);
    struct log *log = place_open(&place, STATUS_OK);
    for (size_t len = 17; len <= sizeof(bytes); len += 97) {
        struct log_head before = log_head(log);
        for (size_t i = 0; i < 256; i++) {
            events[i] = (struct log_event){.stored = slice_of(bytes, 1),
                                           .private_part = slice_of(bytes, len),
                                           .recorded = before.recorded + 1 + (int64_t)i};
            tree_leaf(events[i].stored, events[i].leaf);
        }
        assert_int_equal(log_append(log, events, 256), STATUS_OK);
        uint64_t worst = room_needed(before.used_bytes, 256, 256 * (len + 1));
        assert_true(log_head(log).used_bytes <= worst);
    }
    log_close(log);
    place_remove(&place);
}

static uint64_t append_until(struct log *log, uint64_t k, enum status expected)
{
    enum status status = STATUS_OK;
    for (; k < 100000; k++) {
        status = story_append(log, PLACE_SEED, k);
        if (status != STATUS_OK) {
            break;
        }
    }
    assert_int_equal(status, expected);
    assert_false(log_poisoned(log));
    assert_true(story_holds(log, PLACE_SEED));
    return k;
}

static void a_full_map_is_said_before_anything_is_touched(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place.options.map_bytes = 4 * MIB;
    struct log *log = place_open(&place, STATUS_OK);
    uint64_t k = append_until(log, 0, STATUS_LOG_FULL);
    assert_true(k > 3);
    log_close(log);
    place.options.map_bytes = GIB;
    log = place_open(&place, STATUS_OK);
    assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
    assert_true(story_holds(log, PLACE_SEED));
    log_close(log);
    place_remove(&place);
}

static void balloon(const char *path, size_t bytes)
{
    static const uint8_t block[4096] = {1};
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t done = 0; done < bytes; done += sizeof(block)) {
        (void)fwrite(block, 1, sizeof(block), file);
    }
    (void)fclose(file);
}

static void a_full_disk_is_no_catastrophe(void **state)
{
    (void)state;
    struct place place;
    char path[128];
    place_make(&place);
    if (mount("tmpfs", place.root, "tmpfs", 0, "size=12m") != 0) {
        print_message("skipped: mounting a tmpfs: %d\n", errno);
        place_remove(&place);
        skip();
    }
    (void)snprintf(path, sizeof(path), "%s/balloon", place.root);
    balloon(path, 8 * MIB);
    struct log *log = place_open(&place, STATUS_OK);
    uint64_t k = append_until(log, 0, STATUS_DISK_FULL);
    for (int again = 0; again < 3; again++) {
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_DISK_FULL);
    }
    assert_int_equal(unlink(path), 0);
    assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK); /* by itself */
    (void)append_until(log, k + 1, STATUS_DISK_FULL);
    log_close(log);
    log = place_open(&place, STATUS_OK);
    assert_true(story_holds(log, PLACE_SEED));
    assert_int_equal(log_verify(log, NULL, NULL, &place.fault), STATUS_OK);
    log_close(log);
    assert_int_equal(umount(place.root), 0);
    place_remove(&place);
}

static int append_below_a_limit(void *arg)
{
    struct place *place = arg;
    const struct rlimit limit = {.rlim_cur = 3 * MIB, .rlim_max = 3 * MIB};
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct log *log;
    enum status status = log_open(place->log, &place->options, &log, &place->fault);
    uint64_t k = 0;
    if (status != STATUS_OK || sigaction(SIGXFSZ, &ignore, NULL) != 0 ||
        setrlimit(RLIMIT_FSIZE, &limit) != 0) {
        return 1;
    }
    while (status == STATUS_OK) {
        status = story_append(log, PLACE_SEED, k++);
    }
    return status == STATUS_DISK_FULL && !log_poisoned(log) && k > 3 ? 0 : 2;
}

static void a_limit_of_file_sizes_is_a_full_disk(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    assert_int_equal(place_child(append_below_a_limit, &place), 0);
    struct log *log = place_open(&place, STATUS_OK);
    assert_true(story_holds(log, PLACE_SEED));
    log_close(log);
    place_remove(&place);
}

static void zeros_are_kept_ahead_in_growing_steps(void **state)
{
    (void)state;
    struct place place;
    struct stat info;
    place_make(&place);
    place.options.zero_step = 0; /* as in production */
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(log_zero_ahead(log), STATUS_OK);
    assert_int_equal(stat(place_file("data.mdb", &place), &info), 0);
    assert_true(info.st_size >= (off_t)MIB && info.st_size < (off_t)(2 * MIB));
    uint64_t zeroed = log_head(log).zeroed_bytes;
    assert_int_equal(log_room(log, 4096, 1 * MIB), STATUS_OK);
    assert_true(log_head(log).zeroed_bytes > zeroed);
    for (uint64_t k = 0; k < 40; k++) {
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
    }
    assert_true(log_head(log).zeroed_bytes < 64 * MIB);
    assert_true(story_holds(log, PLACE_SEED));
    log_close(log);
    place_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_group_takes_more_than_its_worst_case),
        cmocka_unit_test(private_parts_stay_within_the_worst_case),
        cmocka_unit_test(a_full_map_is_said_before_anything_is_touched),
        cmocka_unit_test(a_full_disk_is_no_catastrophe),
        cmocka_unit_test(a_limit_of_file_sizes_is_a_full_disk),
        cmocka_unit_test(zeros_are_kept_ahead_in_growing_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
