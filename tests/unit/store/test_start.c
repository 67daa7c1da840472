/* What a start refuses, and what it mends: locks, formats, lengths, anchors, creations cut
 * short. */

#include "daemon/store/file.h"
#include "tests/crash/story.h"
#include "tests/unit/store/place.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void without_create_there_must_be_a_log(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place.options.create = false;
    (void)place_open(&place, STATUS_IO);
    assert_int_equal(mkdir(place.log, 0700), 0);
    (void)place_open(&place, STATUS_IO);
    place_remove(&place);
}

static void an_empty_directory_is_filled(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    assert_int_equal(mkdir(place.log, 0700), 0);
    place_fill(&place, 3);
    place_remove(&place);
}

static void only_one_process_holds_the_log(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    struct log *log = place_open(&place, STATUS_OK);
    (void)place_open(&place, STATUS_BUSY);
    log_close(log);
    log = place_open(&place, STATUS_OK);
    log_close(log);
    place_remove(&place);
}

static void a_reader_needs_no_lock(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place_fill(&place, 10);
    place.options.read_only = true;
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(log_room(log, 1, 1), STATUS_READ_ONLY);
    assert_int_equal(log_zero_ahead(log), STATUS_READ_ONLY);
    assert_true(story_holds(log, PLACE_SEED));
    log_close(log);
    place_remove(&place);
}

static void replace_line(struct place *place, const char *from, const char *to)
{
    char text[2048];
    char changed[4096];
    const char *path = place_file("FORMAT", place);
    (void)place_read(path, text, sizeof(text));
    char *at = strstr(text, from);
    assert_non_null(at);
    int len = snprintf(changed, sizeof(changed), "%.*s%s%s", (int)(at - text), text, to,
                       at + strlen(from));
    place_write(path, changed, (size_t)len);
}

static void only_the_minimum_reader_decides_about_a_newer_format(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place_fill(&place, 3);
    replace_line(&place, "format=1\n", "format=7\nnew_line=x\n");
    log_close(place_open(&place, STATUS_OK));
    replace_line(&place, "minimum_reader=1\n", "minimum_reader=2\n");
    (void)place_open(&place, STATUS_FORMAT);
    assert_non_null(strstr(place.fault.detail, "minimum_reader=2"));
    place_remove(&place);
}

static void damaged_format_files_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "format=1\n", "format=x\nminimum_reader=1\n", "\0\0\0",
                                        "format=1\nminimum_reader=1\n"};
    struct place place;
    place_make(&place);
    place_fill(&place, 3);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        place_write(place_file("FORMAT", &place), texts[i], strlen(texts[i]));
        (void)place_open(&place, STATUS_CORRUPT);
    }
    place_remove(&place);
}

static void the_data_of_another_log_is_refused(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place_fill(&place, 3);
    char text[2048];
    (void)place_read(place_file("FORMAT", &place), text, sizeof(text));
    char *id = strstr(text, "log_id=") + 7;
    id[0] = id[0] == '0' ? '1' : '0';
    place_write(place_file("FORMAT", &place), text, strlen(text));
    (void)place_open(&place, STATUS_CORRUPT);
    place_remove(&place);
}

static void nothing_is_created_over_data_without_a_format(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place_fill(&place, 3);
    assert_int_equal(unlink(place_file("FORMAT", &place)), 0);
    assert_int_equal(unlink(place_file("anchor", &place)), 0);
    (void)place_open(&place, STATUS_CORRUPT);
    assert_int_equal(access(place_file("data.mdb", &place), F_OK), 0);
    place_remove(&place);
}

static int open_truncated(void *arg)
{
    struct place *place = arg;
    struct log *log;
    return log_open(place->log, &place->options, &log, &place->fault) == STATUS_CORRUPT ? 0 : 1;
}

static void a_truncated_file_is_refused_without_a_signal(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    place_fill(&place, 12);
    struct log *log = place_open(&place, STATUS_OK);
    uint64_t used = log_head(log).used_bytes;
    log_close(log);
    uint64_t random = 5;
    for (uint64_t len = used - 1; len > 0; len = story_random(&random) % len) {
        assert_int_equal(truncate(place_file("data.mdb", &place), (off_t)len), 0);
        assert_int_equal(place_child(open_truncated, &place), 0);
    }
    assert_int_equal(truncate(place_file("data.mdb", &place), 0), 0);
    assert_int_equal(place_child(open_truncated, &place), 0);
    place_remove(&place);
}

static void copy(const char *from, const char *to)
{
    static char bytes[8 * 1024 * 1024];
    size_t len = place_read(from, bytes, sizeof(bytes));
    place_write(to, bytes, len);
}

static void a_log_that_was_rolled_back_is_refused(void **state)
{
    (void)state;
    struct place place;
    char saved[128];
    char anchor[128];
    place_make(&place);
    (void)snprintf(saved, sizeof(saved), "%s/saved.mdb", place.root);
    (void)snprintf(anchor, sizeof(anchor), "%s/anchor-outside", place.root);
    place.options.anchor_path = anchor;
    place_fill(&place, 3);
    copy(place_file("data.mdb", &place), saved);
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(story_append(log, PLACE_SEED, 3), STATUS_OK);
    log_close(log);
    copy(saved, place_file("data.mdb", &place));
    (void)place_open(&place, STATUS_CORRUPT);
    assert_non_null(strstr(place.fault.detail, "anchor"));

    assert_int_equal(unlink(anchor), 0); /* an operator who knows what was restored */
    log = place_open(&place, STATUS_OK);
    assert_true(story_holds(log, PLACE_SEED));
    log_close(log);
    place_remove(&place);
}

/* The same length, another history: the root tells. */
static void a_log_that_was_rewritten_is_refused(void **state)
{
    (void)state;
    struct place place;
    char saved[128];
    char anchor[128];
    place_make(&place);
    (void)snprintf(saved, sizeof(saved), "%s/saved.mdb", place.root);
    (void)snprintf(anchor, sizeof(anchor), "%s/saved-anchor", place.root);
    place_fill(&place, 3);
    copy(place_file("data.mdb", &place), saved);
    copy(place_file("anchor", &place), anchor);
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(story_append(log, PLACE_SEED, 3), STATUS_OK);
    log_close(log);
    char other[8192];
    size_t other_len = place_read(place_file("anchor", &place), other, sizeof(other));

    copy(saved, place_file("data.mdb", &place));
    copy(anchor, place_file("anchor", &place));
    log = place_open(&place, STATUS_OK);
    for (uint64_t k = 0; k < 9; k++) { /* other events, and more of them */
        struct log_event event;
        static uint8_t bytes[EVENT_BYTES_MAX + 8192];
        uint64_t seq = log_head(log).seq + 1;
        story_event(PLACE_SEED + 1, seq, bytes, &event);
        assert_int_equal(log_append(log, &event, 1), STATUS_OK);
    }
    log_close(log);
    place_write(place_file("anchor", &place), other, other_len);
    (void)place_open(&place, STATUS_CORRUPT);
    place_remove(&place);
}

static void damaged_and_foreign_anchors_are_refused(void **state)
{
    (void)state;
    struct place place;
    char text[8192];
    place_make(&place);
    place_fill(&place, 3);
    static const char *const keys[] = {"log_id=", "seq=", "root=", "edge="};
    size_t len = place_read(place_file("anchor", &place), text, sizeof(text));
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        char *key = strstr(text, keys[i]);
        assert_non_null(key);
        for (size_t at = 0; key[at] != '\n'; at++) {
            char saved = key[at];
            key[at] = saved == '0' ? '1' : '0';
            place_write(place_file("anchor", &place), text, len);
            (void)place_open(&place, STATUS_CORRUPT);
            key[at] = saved;
        }
    }
    place_write(place_file("anchor", &place), text, len);
    log_close(place_open(&place, STATUS_OK));
    place_remove(&place);
}

static void what_a_creation_left_behind_is_removed_or_finished(void **state)
{
    (void)state;
    struct place place;
    place_make(&place);
    assert_int_equal(mkdir(place.log, 0700), 0);
    assert_int_equal(mkdir(place_file("new.tmp", &place), 0700), 0);
    place_write(place_file("new.tmp/data.mdb", &place), "half", 4);
    place_fill(&place, 3); /* removed, made anew */
    assert_int_not_equal(access(place_file("new.tmp", &place), F_OK), 0);

    char from[256];
    assert_int_equal(mkdir(place_file("new", &place), 0700), 0);
    (void)snprintf(from, sizeof(from), "%s", place_file("FORMAT", &place));
    assert_int_equal(rename(from, place_file("new/FORMAT", &place)), 0);
    struct log *log = place_open(&place, STATUS_OK); /* finished */
    assert_true(story_holds(log, PLACE_SEED));
    log_close(log);
    assert_int_not_equal(access(place_file("new", &place), F_OK), 0);
    place_remove(&place);
}

static void an_anchor_without_its_log_forbids_a_new_one(void **state)
{
    (void)state;
    struct place place;
    char anchor[128];
    place_make(&place);
    (void)snprintf(anchor, sizeof(anchor), "%s/anchor-outside", place.root);
    place.options.anchor_path = anchor;
    place_write(anchor, "seq=5\n", 6);
    (void)place_open(&place, STATUS_CORRUPT);
    place_remove(&place);
}

static void memory_file_systems_are_warned_about(void **state)
{
    (void)state;
    char path[] = "/dev/shm/accrue-store-XXXXXX";
    struct log_options options = {.create = true, .map_bytes = GIB, .zero_step = 64 * KIB};
    struct fault fault;
    struct log *log;
    if (mkdtemp(path) == NULL) {
        skip();
    }
    assert_int_equal(log_open(path, &options, &log, &fault), STATUS_OK);
    assert_non_null(strstr(log_warning(log), "tmpfs"));
    log_close(log);
    options.ephemeral = true;
    assert_int_equal(log_open(path, &options, &log, &fault), STATUS_OK);
    assert_string_equal(log_warning(log), "");
    log_close(log);
    struct place place = {0};
    (void)snprintf(place.root, sizeof(place.root), "%s", path);
    place_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_create_there_must_be_a_log),
        cmocka_unit_test(an_empty_directory_is_filled),
        cmocka_unit_test(only_one_process_holds_the_log),
        cmocka_unit_test(a_reader_needs_no_lock),
        cmocka_unit_test(only_the_minimum_reader_decides_about_a_newer_format),
        cmocka_unit_test(damaged_format_files_are_refused),
        cmocka_unit_test(the_data_of_another_log_is_refused),
        cmocka_unit_test(nothing_is_created_over_data_without_a_format),
        cmocka_unit_test(a_truncated_file_is_refused_without_a_signal),
        cmocka_unit_test(a_log_that_was_rolled_back_is_refused),
        cmocka_unit_test(a_log_that_was_rewritten_is_refused),
        cmocka_unit_test(damaged_and_foreign_anchors_are_refused),
        cmocka_unit_test(what_a_creation_left_behind_is_removed_or_finished),
        cmocka_unit_test(an_anchor_without_its_log_forbids_a_new_one),
        cmocka_unit_test(memory_file_systems_are_warned_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
