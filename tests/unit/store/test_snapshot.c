/* Snapshots on the disk: written beside a log, found again, and refused whenever anything at all
 * is odd about them (H1-H5). */

#include "daemon/store/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/base/crc32c.h"
#include "tests/crash/story.h"
#include "tests/unit/store/failing_disk.h"
#include "tests/unit/store/place.h"

#define COLUMNS 3u
#define LAYOUT "layout1"
#define GROUPS 20u

static const uint32_t row_bytes[COLUMNS] = {8, 40, 1};

/* What row `row` of a column is, for ever. */
static void row_write(uint32_t column, uint64_t row, uint8_t *out)
{
    for (uint32_t i = 0; i < row_bytes[column]; i++) {
        out[i] = (uint8_t)(row * 31 + (uint64_t)column * 7 + i + (row >> 8));
    }
}

static void give(void *arg, uint32_t column, uint64_t from, uint64_t count, uint8_t *out)
{
    (void)arg;
    for (uint64_t i = 0; i < count; i++) {
        row_write(column, from + i, out + i * row_bytes[column]);
    }
}

static void fill_head(const struct log *log, uint64_t scale, struct snapshot_head *head)
{
    static const char *const names[COLUMNS] = {"alpha", "beta_rows", "texts"};
    memset(head, 0, sizeof(*head));
    (void)snprintf(head->layout, sizeof(head->layout), LAYOUT);
    head->number = 77;
    head->count = COLUMNS;
    log_tree(log, &head->tree);
    for (uint32_t i = 0; i < COLUMNS; i++) {
        (void)snprintf(head->columns[i].name, sizeof(head->columns[i].name), "%s", names[i]);
        head->columns[i].row_bytes = row_bytes[i];
        head->columns[i].rows = head->tree.size * scale * (i + 1);
    }
}

static enum status write_scaled(struct log *log, uint64_t scale, uint64_t *ret_bytes,
                                struct fault *fault)
{
    struct snapshot_head head;
    struct snapshot_pace pace = {.until_ms = INT64_MAX};
    fill_head(log, scale, &head);
    return snapshot_write(log, &head, give, NULL, &pace, ret_bytes, fault);
}

static void must_write(struct log *log)
{
    struct fault fault;
    uint64_t bytes;
    enum status status = write_scaled(log, 1, &bytes, &fault);
    if (status != STATUS_OK) {
        fail_msg("%s %s", status_name(status), fault.detail);
    }
}

struct reading {
    uint64_t next;
    bool right;
};

static bool take(void *arg, uint32_t column, uint64_t count, const uint8_t *rows)
{
    struct reading *reading = arg;
    uint8_t row[64];
    for (uint64_t i = 0; i < count; i++) {
        row_write(column, reading->next++, row);
        reading->right =
            reading->right && memcmp(row, rows + i * row_bytes[column], row_bytes[column]) == 0;
    }
    return true;
}

/* As a start would: open, read all, close. Gives the snapshot's seq, 0 if there is none that is
 * any good. Wrong rows must never be called good. */
static uint64_t load(struct log *log, const char *layout, struct fault *fault)
{
    struct snapshot *snapshot;
    enum status status = snapshot_open(log, layout, &snapshot, fault);
    if (status != STATUS_OK) {
        return 0;
    }
    uint64_t seq = snapshot_head(snapshot)->tree.size;
    assert_int_equal(snapshot_head(snapshot)->number, 77);
    for (uint32_t i = 0; status == STATUS_OK && i < COLUMNS; i++) {
        struct reading reading = {.right = true};
        status = snapshot_read(snapshot, i, take, &reading, fault);
        assert_true(status != STATUS_OK || reading.right);
        assert_true(status != STATUS_OK ||
                    reading.next == snapshot_head(snapshot)->columns[i].rows);
    }
    snapshot_close(snapshot, status == STATUS_OK);
    return status == STATUS_OK ? seq : 0;
}

/* A log with a snapshot at half of it. */
static uint64_t make(struct place *place)
{
    place_make(place);
    place_fill(place, GROUPS / 2);
    struct log *log = place_open(place, STATUS_OK);
    must_write(log);
    uint64_t seq = log_head(log).seq;
    for (unsigned k = GROUPS / 2; k < GROUPS; k++) {
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
    }
    log_close(log);
    return seq;
}

static uint64_t load_there(struct place *place)
{
    struct log *log = place_open(place, STATUS_OK);
    uint64_t seq = load(log, LAYOUT, &place->fault);
    assert_true(story_holds(log, PLACE_SEED));
    log_close(log);
    return seq;
}

/* Refused, and gone; and the next one can be written and is good. */
static void expect_refused(struct place *place, const char *why)
{
    struct log *log = place_open(place, STATUS_OK);
    assert_int_equal(load(log, LAYOUT, &place->fault), 0);
    if (strstr(place->fault.detail, why) == NULL) {
        fail_msg("%s, not %s", place->fault.detail, why);
    }
    assert_int_not_equal(access(place_file("facts/manifest", place), F_OK), 0);
    assert_int_not_equal(access(place_file("facts/alpha.rows", place), F_OK), 0);
    must_write(log);
    uint64_t head = log_head(log).seq;
    log_close(log);
    assert_int_equal(load_there(place), head);
}

/* ---- what is found again ---- */

static void a_snapshot_is_found_again_with_its_rows(void **state)
{
    (void)state;
    struct place place;
    uint64_t seq = make(&place);
    assert_true(seq > 0);
    assert_int_equal(load_there(&place), seq);
    assert_int_equal(load_there(&place), seq);
    place_remove(&place);
}

static void the_next_one_only_appends(void **state)
{
    (void)state;
    struct place place;
    struct fault fault;
    uint64_t bytes;
    uint64_t seq = make(&place);
    struct log *log = place_open(&place, STATUS_OK);
    uint64_t head = log_head(log).seq;
    assert_int_equal(load(log, LAYOUT, &fault), seq);
    assert_int_equal(write_scaled(log, 1, &bytes, &fault), STATUS_OK);
    assert_int_equal(bytes, (head - seq) * (8 + 2 * 40 + 3));
    assert_int_equal(write_scaled(log, 1, &bytes, &fault), STATUS_OK);
    assert_int_equal(bytes, 0);
    log_close(log);
    assert_int_equal(load_there(&place), head);
    place_remove(&place);
}

static void rows_behind_those_that_count_are_passed_over(void **state)
{
    (void)state;
    struct place place;
    struct fault fault;
    uint64_t bytes;
    uint64_t seq = make(&place);
    int fd = open(place_file("facts/alpha.rows", &place), O_WRONLY | O_APPEND);
    assert_int_equal(write(fd, "half a row of a snapshot that never was", 39), 39);
    (void)close(fd);
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(load(log, LAYOUT, &fault), seq);
    assert_int_equal(write_scaled(log, 1, &bytes, &fault), STATUS_OK);
    uint64_t head = log_head(log).seq;
    log_close(log);
    assert_int_equal(load_there(&place), head);
    place_remove(&place);
}

static void an_older_manifest_is_an_older_snapshot(void **state)
{
    (void)state;
    struct place place;
    char manifest[8192];
    struct fault fault;
    uint64_t seq = make(&place);
    size_t len = place_read(place_file("facts/manifest", &place), manifest, sizeof(manifest));
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(load(log, LAYOUT, &fault), seq);
    must_write(log);
    log_close(log);
    place_write(place_file("facts/manifest", &place), manifest, len);
    assert_int_equal(load_there(&place), seq);
    place_remove(&place);
}

/* ---- what is refused ---- */

#define FILES 4u
static const char *const files[FILES] = {"facts/manifest", "facts/alpha.rows",
                                         "facts/beta_rows.rows", "facts/texts.rows"};

static char kept[FILES][1 << 17];
static size_t kept_len[FILES];

static void keep_files(struct place *place)
{
    for (size_t f = 0; f < FILES; f++) {
        kept_len[f] = place_read(place_file(files[f], place), kept[f], sizeof(kept[f]));
        assert_true(kept_len[f] < sizeof(kept[f]) - 1);
    }
}

static void put_files(struct place *place)
{
    for (size_t f = 0; f < FILES; f++) {
        place_write(place_file(files[f], place), kept[f], kept_len[f]);
    }
}

static void any_flipped_bit_is_refused(void **state)
{
    (void)state;
    struct place place;
    struct fault fault;
    uint64_t seq = make(&place);
    uint64_t random = 7;
    struct log *log = place_open(&place, STATUS_OK);
    keep_files(&place);
    for (size_t f = 0; f < FILES; f++) {
        size_t tries = f == 0 ? kept_len[0] : 60; /* a bit of every byte of the manifest */
        for (size_t i = 0; i < tries; i++) {
            size_t bit = f == 0 ? i * 8 + i % 8 : story_random(&random) % (kept_len[f] * 8);
            char flip = (char)(1u << bit % 8);
            kept[f][bit / 8] ^= flip;
            put_files(&place);
            assert_int_equal(load(log, LAYOUT, &fault), 0);
            kept[f][bit / 8] ^= flip;
        }
    }
    put_files(&place);
    assert_int_equal(load(log, LAYOUT, &fault), seq);
    log_close(log);
    place_remove(&place);
}

static void a_cut_file_is_refused(void **state)
{
    (void)state;
    for (size_t f = 0; f < FILES; f++) {
        struct place place;
        struct stat info;
        (void)make(&place);
        assert_int_equal(stat(place_file(files[f], &place), &info), 0);
        assert_int_equal(truncate(place_file(files[f], &place), info.st_size - 1), 0);
        expect_refused(&place, f == 0 ? "damaged" : "cut");
        assert_int_equal(truncate(place_file(files[f], &place), 0), 0);
        expect_refused(&place, "cut");
        place_remove(&place);
    }
}

static void a_missing_file_is_refused(void **state)
{
    (void)state;
    struct place place;
    (void)make(&place);
    assert_int_equal(unlink(place_file("facts/beta_rows.rows", &place)), 0);
    expect_refused(&place, "missing");
    assert_int_equal(unlink(place_file("facts/manifest", &place)), 0);
    struct log *log = place_open(&place, STATUS_OK);
    struct snapshot *snapshot;
    assert_int_equal(snapshot_open(log, LAYOUT, &snapshot, &place.fault), STATUS_NOT_FOUND);
    log_close(log);
    place_remove(&place);
}

/* Another text for one line of the manifest, and a checksum that fits it. */
static void rewrite_manifest(struct place *place, const char *key, const char *value)
{
    char text[8192];
    char changed[8192 + 128];
    (void)place_read(place_file("facts/manifest", place), text, sizeof(text));
    char *line = strstr(text, key);
    assert_non_null(line);
    char *rest = strchr(line, '\n');
    char *crc = strstr(text, "crc32c=");
    assert_non_null(rest);
    assert_non_null(crc);
    *crc = '\0';
    size_t before = (size_t)(line - text) + strlen(key);
    int len = snprintf(changed, sizeof(changed), "%.*s%s%s", (int)before, text, value, rest);
    len += snprintf(changed + len, 32, "crc32c=%08x\n",
                    (unsigned)crc32c(slice_of(changed, (size_t)len)));
    place_write(place_file("facts/manifest", place), changed, (size_t)len);
}

static void what_is_not_of_this_log_and_release_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *key, *value, *why;
    } changes[] = {
        {"format=", "2", "of_another_format"},
        {"log_id=", "000102030405060708090a0b0c0d0e0f", "of_another_log"},
        {"layout=", "layout2", "of_another_release"},
        {"column=beta_rows ", "40 x 0", "not_understood"},
        {"column=beta_rows ", "0 4 00000000", "not_understood"},
        {"seq=", "1", "not_understood"},
    };
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        struct place place;
        (void)make(&place);
        rewrite_manifest(&place, changes[i].key, changes[i].value);
        expect_refused(&place, changes[i].why);
        place_remove(&place);
    }
}

/* Another log's id is in its FORMAT; a copy of a log has the same. */
static void copy_over(struct place *from, struct place *to, const char *name)
{
    static char bytes[8 << 20];
    size_t len = place_read(place_file(name, from), bytes, sizeof(bytes));
    place_write(place_file(name, to), bytes, len);
}

static void another_history_of_the_log_is_refused(void **state)
{
    (void)state;
    struct place one;
    struct place two;
    place_make(&one);
    place_fill(&one, 3);
    place_make(&two); /* a copy of it, that goes on otherwise */
    assert_int_equal(mkdir(two.log, 0700), 0);
    copy_over(&one, &two, "FORMAT");
    copy_over(&one, &two, "data.mdb");
    struct log *log = place_open(&one, STATUS_OK);
    for (unsigned k = 3; k < GROUPS; k++) {
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
    }
    must_write(log);
    uint64_t seq = log_head(log).seq;
    log_close(log);
    log = place_open(&two, STATUS_OK);
    assert_int_equal(mkdir(place_file("facts", &two), 0700), 0);
    keep_files(&one);
    put_files(&two);
    assert_int_equal(load(log, LAYOUT, &two.fault), 0);
    assert_non_null(strstr(two.fault.detail, "ahead_of_the_log"));
    for (unsigned k = 3; log_head(log).seq < seq; k++) {
        assert_int_equal(story_append(log, PLACE_SEED + 1, k), STATUS_OK);
    }
    put_files(&two);
    assert_int_equal(load(log, LAYOUT, &two.fault), 0);
    assert_non_null(strstr(two.fault.detail, "of_another_history"));
    log_close(log);
    place_remove(&one);
    place_remove(&two);
}

/* ---- a disk that fails ---- */

/* Nothing of it is believed, and the log knows nothing of it (H1, H4). */
static void expect_log_unharmed(struct log *log, struct place *place)
{
    assert_false(log_poisoned(log));
    assert_int_equal(story_append(log, PLACE_SEED, GROUPS), STATUS_OK);
    assert_true(story_holds(log, PLACE_SEED));
    assert_int_not_equal(access(place_file("facts/manifest", place), F_OK), 0);
}

static void a_failed_write_or_sync_leaves_no_snapshot_and_a_sound_log(void **state)
{
    (void)state;
    static const enum failing_call calls[] = {FAIL_PWRITE, FAIL_FDATASYNC};
    for (size_t c = 0; c < 2; c++) {
        for (unsigned from = 1; from <= COLUMNS; from++) {
            struct place place;
            struct fault fault;
            uint64_t bytes;
            uint64_t seq = make(&place);
            struct log *log = place_open(&place, STATUS_OK);
            assert_int_equal(load(log, LAYOUT, &fault), seq);
            failing_disk_arm(calls[c], from, EIO);
            assert_int_equal(write_scaled(log, 1, &bytes, &fault), STATUS_IO);
            failing_disk_arm(calls[c], UINT32_MAX, EIO);
            expect_log_unharmed(log, &place);
            must_write(log);
            uint64_t head = log_head(log).seq;
            log_close(log);
            log = place_open(&place, STATUS_OK);
            assert_int_equal(load(log, LAYOUT, &fault), head);
            log_close(log);
            place_remove(&place);
        }
    }
}

static void a_full_disk_keeps_the_snapshot_before(void **state)
{
    (void)state;
    struct place place;
    struct fault fault;
    uint64_t bytes;
    struct stat info;
    uint64_t seq = make(&place);
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(load(log, LAYOUT, &fault), seq);
    failing_disk_arm(FAIL_PWRITE, 2, ENOSPC);
    assert_int_equal(write_scaled(log, 1, &bytes, &fault), STATUS_DISK_FULL);
    failing_disk_arm(FAIL_PWRITE, UINT32_MAX, 0);
    assert_false(log_poisoned(log));
    assert_int_equal(stat(place_file("facts/alpha.rows", &place), &info), 0);
    assert_int_equal(info.st_size, seq * 8); /* what did not count is given back */
    /* More rows than any disk has room for are not even begun. */
    assert_int_equal(write_scaled(log, UINT64_C(1) << 36, &bytes, &fault), STATUS_DISK_FULL);
    assert_int_equal(bytes, 0);
    log_close(log);
    assert_int_equal(load_there(&place), seq);
    place_remove(&place);
}

static void a_snapshot_whose_time_is_over_is_given_up(void **state)
{
    (void)state;
    struct place place;
    struct fault fault;
    struct snapshot_head head;
    struct snapshot_pace pace = {.until_ms = 1};
    uint64_t bytes;
    uint64_t seq = make(&place);
    struct log *log = place_open(&place, STATUS_OK);
    assert_int_equal(load(log, LAYOUT, &fault), seq);
    fill_head(log, 1, &head);
    assert_int_equal(snapshot_write(log, &head, give, NULL, &pace, &bytes, &fault),
                     STATUS_CANCELLED);
    log_close(log);
    assert_int_equal(load_there(&place), seq);
    place_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_snapshot_is_found_again_with_its_rows),
        cmocka_unit_test(the_next_one_only_appends),
        cmocka_unit_test(rows_behind_those_that_count_are_passed_over),
        cmocka_unit_test(an_older_manifest_is_an_older_snapshot),
        cmocka_unit_test(any_flipped_bit_is_refused),
        cmocka_unit_test(a_cut_file_is_refused),
        cmocka_unit_test(a_missing_file_is_refused),
        cmocka_unit_test(what_is_not_of_this_log_and_release_is_refused),
        cmocka_unit_test(another_history_of_the_log_is_refused),
        cmocka_unit_test(a_failed_write_or_sync_leaves_no_snapshot_and_a_sound_log),
        cmocka_unit_test(a_full_disk_keeps_the_snapshot_before),
        cmocka_unit_test(a_snapshot_whose_time_is_over_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
