/* A data directory that format 1 wrote, committed as it was: every later release opens it, finds
 * every byte in order, reads every event and gets the same figures. */

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "daemon/ledger/obligation.h"
#include "daemon/store/log.h"

#define EVENTS 73
#define ROOT "fca5fbd443c9ba9d57e3e02a612e52e16f03fe8a6695ecbe690ad35adafde7ec"

struct place {
    char path[64];
    struct log *log;
};

/* Never opened where it lies: opening writes a lock file and zeros. */
static void copy_file(const char *from_dir, const char *to_dir, const char *name)
{
    char from[512];
    char to[512];
    static uint8_t bytes[1 << 20];
    (void)snprintf(from, sizeof(from), "%s/%s", from_dir, name);
    (void)snprintf(to, sizeof(to), "%s/%s", to_dir, name);
    int in = open(from, O_RDONLY);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(in >= 0 && out >= 0);
    ssize_t got = read(in, bytes, sizeof(bytes));
    assert_true(got > 0 && (size_t)got < sizeof(bytes));
    assert_int_equal(write(out, bytes, (size_t)got), got);
    assert_int_equal(close(in) + close(out), 0);
}

static int open_copy(void **state)
{
    static struct place place;
    char source[400];
    const char *tree = getenv("ACCRUE_SOURCE_DIR");
    struct log_options options = {.ephemeral = true};
    struct fault fault;
    assert_non_null(tree);
    (void)snprintf(source, sizeof(source), "%s/tests/vectors/data-v1", tree);
    (void)snprintf(place.path, sizeof(place.path), "/tmp/accrue-v1-XXXXXX");
    assert_non_null(mkdtemp(place.path));
    copy_file(source, place.path, "FORMAT");
    copy_file(source, place.path, "anchor");
    copy_file(source, place.path, "data.mdb");
    enum status status = log_open(place.path, &options, &place.log, &fault);
    if (status != STATUS_OK) {
        fail_msg("%s %s", status_name(status), fault.detail);
    }
    *state = &place;
    return 0;
}

static int remove_copy(void **state)
{
    static const char *const names[] = {"FORMAT",        "anchor", "data.mdb",
                                        "data.mdb-lock", "LOCK",   "poisoned"};
    const struct place *place = *state;
    log_close(place->log);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[128];
        (void)snprintf(path, sizeof(path), "%s/%s", place->path, names[i]);
        (void)unlink(path);
    }
    return rmdir(place->path);
}

static void it_opens_at_its_head_with_its_root(void **state)
{
    const struct place *place = *state;
    struct log_head head = log_head(place->log);
    char root[65];
    for (size_t i = 0; i < 32; i++) {
        (void)snprintf(root + 2 * i, 3, "%02x", head.root[i]);
    }
    assert_int_equal(head.seq, EVENTS);
    assert_string_equal(root, ROOT);
    assert_true(log_born_loading(place->log));
}

static void every_byte_of_it_verifies(void **state)
{
    const struct place *place = *state;
    struct fault fault;
    assert_int_equal(log_verify(place->log, NULL, NULL, &fault), STATUS_OK);
}

static bool fold_one(void *arg, const struct log_record *record)
{
    struct event event;
    assert_int_equal(event_from_stored(record->stored, &event), STATUS_OK);
    assert_int_equal(event.seq, record->seq);
    ledger_fold(arg, &event);
    return true;
}

static void its_events_give_the_same_figures(void **state)
{
    const struct place *place = *state;
    struct fault fault;
    struct obligation_figures first;
    struct obligation_figures second;
    struct ledger *ledger = ledger_new();
    assert_int_equal(log_read(place->log, 1, UINT64_MAX, fold_one, ledger, &fault), STATUS_OK);
    const struct facts *facts = ledger_facts(ledger);
    uint32_t contract =
        aggregate_find(facts, KIND_contract, slice_text("北科转〔2024〕017号"), UINT64_MAX);
    assert_int_not_equal(contract, AGGREGATE_NONE);
    struct viewpoint year_end = viewpoint_now(facts, 20453); /* 2025-12-31 */
    obligation_evaluate(facts, obligation_find(facts, contract, 1, &year_end), &year_end, &first);
    assert_int_equal(first.paid, 4000000); /* as corrected */
    assert_int_equal(first.outstanding, 0);
    obligation_evaluate(facts, obligation_find(facts, contract, 2, &year_end), &year_end, &second);
    assert_int_equal(second.outstanding, 4000000);
    year_end.known_at = 51; /* before the correction it was the second that was paid */
    obligation_evaluate(facts, obligation_find(facts, contract, 2, &year_end), &year_end, &second);
    assert_int_equal(second.paid, 4000000);
    ledger_free(ledger);
}

static void its_private_part_is_there(void **state)
{
    const struct place *place = *state;
    uint8_t bytes[256];
    size_t len;
    assert_int_equal(log_private(place->log, 71, bytes, sizeof(bytes), &len), STATUS_OK);
    assert_true(len > PRIVATE_SALT_BYTES);
    assert_int_equal(log_private(place->log, 70, bytes, sizeof(bytes), &len), STATUS_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_opens_at_its_head_with_its_root),
        cmocka_unit_test(every_byte_of_it_verifies),
        cmocka_unit_test(its_events_give_the_same_figures),
        cmocka_unit_test(its_private_part_is_there),
    };
    return cmocka_run_group_tests(tests, open_copy, remove_copy);
}
