/* Rot: bits that flip, pages that are zeroed or swapped, while nobody looks. What is read is
 * right or refused; never wrong, never silently less (L5). */

#include "tests/crash/story.h"
#include "tests/support/effort.h"
#include "tests/unit/store/place.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FLIPS effort(2000, 300)
#define PAGES effort(300, 60)
#define FILE_MAX ((size_t)4 * 1024 * 1024)

enum outcome { ALL_RIGHT, REFUSED, WRONG, SHORTER, OUTCOMES };

struct reading {
    uint8_t *bytes;
    uint64_t next;
    bool right;
};

static bool on_record(void *arg, const struct log_record *record)
{
    struct reading *reading = arg;
    struct log_event told;
    story_event(PLACE_SEED, record->seq, reading->bytes, &told);
    reading->right = record->seq == reading->next && slice_equal(record->stored, told.stored) &&
                     record->row.recorded == told.recorded && record->row.flags == told.flags &&
                     memcmp(record->row.leaf, told.leaf, HASH_BYTES) == 0;
    reading->next++;
    return reading->right;
}

struct rot {
    struct place place;
    uint64_t last;
};

/* In a child: what a daemon would find that is started on it. */
static int look(void *arg)
{
    struct rot *rot = arg;
    struct log *log;
    struct reading reading = {.next = 1, .right = true};
    rot->place.options.read_only = true;
    if (log_open(rot->place.log, &rot->place.options, &log, &rot->place.fault) != STATUS_OK) {
        return REFUSED;
    }
    if (log_head(log).seq != rot->last) {
        return SHORTER;
    }
    reading.bytes = malloc(EVENT_BYTES_MAX + 8192);
    enum status status = log_read(log, 1, UINT64_MAX, on_record, &reading, &rot->place.fault);
    if (!reading.right) {
        return WRONG;
    }
    return status == STATUS_OK && reading.next == rot->last + 1 ? ALL_RIGHT : REFUSED;
}

static size_t make_log(struct rot *rot, uint8_t *bytes)
{
    place_make(&rot->place);
    place_fill(&rot->place, 14);
    struct log *log = place_open(&rot->place, STATUS_OK);
    size_t used = (size_t)log_head(log).used_bytes;
    rot->last = log_head(log).seq;
    log_close(log);
    assert_true(used <= FILE_MAX);
    int fd = open(place_file("data.mdb", &rot->place), O_RDONLY);
    assert_int_equal(read(fd, bytes, used), (ssize_t)used);
    (void)close(fd);
    return used;
}

static void write_at(struct rot *rot, const uint8_t *bytes, size_t len, size_t at)
{
    int fd = open(place_file("data.mdb", &rot->place), O_WRONLY);
    assert_int_equal(pwrite(fd, bytes, len, (off_t)at), (ssize_t)len);
    (void)close(fd);
}

static void expect_never_wrong(const unsigned *found, unsigned signals)
{
    print_message("%u right, %u refused, %u wrong, %u shorter, %u ended by a signal\n",
                  found[ALL_RIGHT], found[REFUSED], found[WRONG], found[SHORTER], signals);
    assert_int_equal(found[WRONG], 0);
    assert_int_equal(found[SHORTER], 0);
}

static void a_flipped_bit_is_never_a_wrong_event(void **state)
{
    (void)state;
    struct rot rot = {0};
    unsigned found[OUTCOMES] = {0};
    unsigned signals = 0;
    uint64_t random = 20260102;
    uint8_t *bytes = malloc(FILE_MAX);
    size_t used = make_log(&rot, bytes);

    for (unsigned i = 0; i < FLIPS; i++) {
        size_t at = (size_t)(story_random(&random) % used);
        uint8_t flipped = bytes[at] ^ (uint8_t)(1u << (story_random(&random) % 8));
        write_at(&rot, &flipped, 1, at);
        int outcome = place_child(look, &rot);
        if (outcome < OUTCOMES) {
            found[outcome]++;
        } else {
            assert_true(outcome >= 1000);
            signals++;
        }
        write_at(&rot, &bytes[at], 1, at);
    }
    expect_never_wrong(found, signals);
    assert_true(found[REFUSED] > FLIPS / 4);
    place_remove(&rot.place);
    free(bytes);
}

static void a_zeroed_or_misplaced_page_is_never_a_wrong_event(void **state)
{
    (void)state;
    struct rot rot = {0};
    unsigned found[OUTCOMES] = {0};
    unsigned signals = 0;
    uint64_t random = 20260103;
    static const uint8_t zeros[4096];
    uint8_t *bytes = malloc(FILE_MAX);
    size_t pages = make_log(&rot, bytes) / 4096;

    for (unsigned i = 0; i < PAGES; i++) {
        size_t at = (size_t)(story_random(&random) % pages) * 4096;
        size_t from = (size_t)(story_random(&random) % pages) * 4096;
        write_at(&rot, i % 2 == 0 ? zeros : bytes + from, 4096, at);
        int outcome = place_child(look, &rot);
        if (outcome < OUTCOMES) {
            found[outcome]++;
        } else {
            assert_true(outcome >= 1000);
            signals++;
        }
        write_at(&rot, bytes + at, 4096, at);
    }
    expect_never_wrong(found, signals);
    place_remove(&rot.place);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flipped_bit_is_never_a_wrong_event),
        cmocka_unit_test(a_zeroed_or_misplaced_page_is_never_a_wrong_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
