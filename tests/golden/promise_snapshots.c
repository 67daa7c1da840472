/* A snapshot at any position, loaded and with what came after it folded, is the live ledger: every
 * row, head, index and total of it, and every digest (P8). */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "daemon/ledger/facts_snapshot.h"
#include "tests/golden/golden.h"
#include "tests/support/effort.h"
#include "tests/support/ledger_dump.h"

#define POSITIONS (SANITIZED ? 2u : 12u)
#define POSITIONS_OF_MANY 2u /* of a log of more events */
#define MANY 500u

static void fold(const struct ledger_fixture *fixture, struct ledger *ledger, uint64_t to)
{
    for (uint64_t seq = facts_seq(ledger_facts(ledger)) + 1; seq <= to; seq++) {
        struct event event;
        assert_int_equal(event_from_stored(fixture->log[seq - 1], &event), STATUS_OK);
        ledger_fold(ledger, &event);
    }
}

static uint8_t *give_all(const struct facts *facts, uint32_t column, uint64_t rows)
{
    uint8_t *bytes = malloc(rows * facts_column(column).row_bytes + 1);
    assert_non_null(bytes);
    facts_give(facts, column, 0, rows, bytes);
    return bytes;
}

/* In two pieces, as a file is read. */
static void copy_columns(const struct facts *from, const struct published *published,
                         struct facts *to)
{
    for (uint32_t column = 0; column < FACTS_COLUMNS; column++) {
        uint64_t rows = facts_column_rows(column, published);
        uint64_t first = rows / 3;
        uint8_t *bytes = give_all(from, column, rows);
        assert_true(facts_take(to, column, first, bytes));
        assert_true(
            facts_take(to, column, rows - first, bytes + first * facts_column(column).row_bytes));
        free(bytes);
    }
}

static void expect_same(const struct facts *one, const struct facts *other, uint64_t at)
{
    struct ledger_dump a = ledger_dump_of(one);
    struct ledger_dump b = ledger_dump_of(other);
    if (!ledger_dump_equal(&a, &b)) {
        fail_msg("the snapshot at %u is not the ledger", (unsigned)at);
    }
    ledger_dump_done(&a);
    ledger_dump_done(&b);
}

/* `ledger` stands at `at`; it goes on before it is asked for the rows, as the writer does. */
static void snapshot_at(const struct ledger_fixture *fixture, uint64_t at)
{
    struct ledger *writer = ledger_new();
    struct ledger *plain = ledger_new();
    struct ledger *loaded = ledger_new();
    fold(fixture, writer, at);
    struct published published = facts_publish(ledger_facts(writer));
    fold(fixture, writer, fixture->log_count);
    copy_columns(ledger_facts(writer), &published, ledger_facts(loaded));
    assert_true(facts_rebuild_indexes(ledger_facts(loaded)));
    assert_true(facts_rebuild_chains(ledger_facts(loaded), at));
    fold(fixture, plain, at);
    (void)facts_publish(ledger_facts(plain));
    expect_same(ledger_facts(plain), ledger_facts(loaded), at);
    fold(fixture, loaded, fixture->log_count);
    (void)facts_publish(ledger_facts(loaded));
    expect_same(fixture->facts, ledger_facts(loaded), at);
    ledger_free(writer);
    ledger_free(plain);
    ledger_free(loaded);
}

void golden_check_snapshots(const struct ledger_fixture *fixture)
{
    uint64_t positions = fixture->log_count < MANY ? POSITIONS : POSITIONS_OF_MANY;
    uint64_t step = fixture->log_count / positions + 1;
    for (uint64_t at = 1; at < fixture->log_count; at += step) {
        snapshot_at(fixture, at);
    }
    if (fixture->log_count > 0) {
        snapshot_at(fixture, fixture->log_count);
    }
}
