/* Where questions stand: dates, seqs and times, and which of them are open. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "daemon/view/query.h"
#include "daemon/view/viewpoint.h"
#include "proto/writer.h"
#include "tests/support/ledger_fixture.h"

#define TODAY 20454 /* 2026-01-01 */

static struct ledger_fixture fixture;

/* Three events: 2025-06-01 01:00 UTC, half an hour before midnight of 2025-06-30 in Shanghai, and
 * half an hour after it. */
static int three_events(void **state)
{
    static const char *const times[] = {"2025-06-01T01:00:00Z", "2025-06-30T15:30:00Z",
                                        "2025-06-30T16:30:00Z"};
    (void)state;
    ledger_fixture_init(&fixture);
    for (int i = 0; i < 3; i++) {
        struct fault fault;
        char id[4] = {'P', (char)('0' + i), 0};
        json_t *event = json_pack("{sssssss{ssss}}", "type", "party.registered", "agg", id,
                                  "recorded", times[i], "data", "name", id, "kind", "natural");
        assert_int_equal(ledger_fixture_append(&fixture, event, &fault), STATUS_OK);
        json_decref(event);
    }
    return 0;
}

static int done(void **state)
{
    (void)state;
    ledger_fixture_done(&fixture);
    return 0;
}

static struct slice text(const char *value, uint8_t *room)
{
    struct writer out = writer_over(room, 64);
    if (value == NULL) {
        return slice_of("", 0);
    }
    write_text(&out, value);
    return writer_slice(&out);
}

static enum status read(const char *as_of, const char *known_at, struct viewpoint *view, bool *open,
                        struct fault *fault)
{
    uint8_t room[2][64];
    struct query query = {.facts = fixture.facts};
    enum status status = viewpoint_read(&query, &fixture.published, text(as_of, room[0]),
                                        text(known_at, room[1]), TODAY, fault);
    *view = query.view;
    *open = query.known_at_open;
    return status;
}

static void nothing_said_means_today_and_the_head(void **state)
{
    struct viewpoint view;
    struct fault fault;
    bool open = true;
    (void)state;
    assert_int_equal(read(NULL, NULL, &view, &open, &fault), STATUS_OK);
    assert_int_equal(view.as_of, TODAY);
    assert_int_equal(view.known_at, 3);
    assert_false(open);
    assert_false(view.writer);
}

static void known_at_takes_seqs_times_and_dates(void **state)
{
    static const struct {
        const char *known_at;
        uint64_t seq;
        bool open;
    } cases[] = {
        {"0", 0, false},
        {"2", 2, false},
        {"3", 3, false},
        {"4", 3, true},
        {"2025-05-31", 0, false},
        {"2025-06-01", 1, false},
        {"2025-06-30", 2, false}, /* the day ends at 16:00 UTC */
        {"2025-07-01", 3, true},
        {"2025-06-01T00:59:59.999999Z", 0, false},
        {"2025-06-01T01:00:00Z", 1, false},
        {"2025-06-01T09:00:00+08:00", 1, false},
        {"2025-06-01T08:59:59+08:00", 0, false},
        {"2025-05-31T21:00:00-04:00", 1, false},
        {"2025-06-30T16:29:59.9999999Z", 2, false},
        {"2025-06-30T16:30:00Z", 3, false},
        {"2025-06-30T16:30:00.000001z", 3, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct viewpoint view;
        struct fault fault;
        bool open;
        assert_int_equal(read("2025-12-31", cases[i].known_at, &view, &open, &fault), STATUS_OK);
        assert_int_equal(view.known_at, cases[i].seq);
        assert_int_equal(open, cases[i].open);
    }
}

static void what_is_no_time_is_refused_by_name(void **state)
{
    static const char *const bad[] = {
        "",
        "yesterday",
        "-1",
        "2025-02-29",
        "2025-06-01T",
        "2025-06-01T01:00Z",
        "2025-06-01 01:00:00Z",
        "2025-06-01T24:00:00Z",
        "2025-06-01T01:60:00Z",
        "2025-06-01T01:00:00",
        "2025-06-01T01:00:00.Z",
        "2025-06-01T01:00:00+8",
        "2025-06-01T01:00:00+08:60",
        "9999999999999999999",
    };
    struct viewpoint view;
    struct fault fault;
    bool open;
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(read(NULL, bad[i], &view, &open, &fault), STATUS_BAD_PARAMS);
        assert_string_equal(fault.field, "known_at");
    }
    assert_int_equal(read("2025-13-01", NULL, &view, &open, &fault), STATUS_BAD_PARAMS);
    assert_string_equal(fault.field, "as_of");
}

static void bisection_finds_every_place(void **state)
{
    (void)state;
    assert_int_equal(seq_recorded_by(fixture.facts, 0, INT64_MAX), 0);
    assert_int_equal(seq_recorded_by(fixture.facts, 3, INT64_MIN), 0);
    for (uint64_t seq = 1; seq <= 3; seq++) {
        int64_t recorded = event_row_at(fixture.facts, seq)->recorded;
        assert_int_equal(seq_recorded_by(fixture.facts, 3, recorded - 1), seq - 1);
        assert_int_equal(seq_recorded_by(fixture.facts, 3, recorded), seq);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_said_means_today_and_the_head),
        cmocka_unit_test(known_at_takes_seqs_times_and_dates),
        cmocka_unit_test(what_is_no_time_is_refused_by_name),
        cmocka_unit_test(bisection_finds_every_place),
    };
    return cmocka_run_group_tests(tests, three_events, done);
}
