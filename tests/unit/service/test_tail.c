/* tail, tail.credit, tail.stop and their notifications. */

#include "tests/unit/service/talk.h"

static uint32_t times(const char *text, const char *part)
{
    uint32_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static void a_tail_gives_what_is_there_and_what_comes(void **state)
{
    (void)state;
    (void)add("a", "1", "one");
    answers("tail", "{'from':3,'credit':10,'sub':5}", "{\"from\":3,\"head\":3,\"sub\":5}");
    const char *notes = harness_notes(&h);
    assert_non_null(strstr(notes, "tail.events [5,[{"));
    assert_non_null(strstr(notes, "\"id\":\"a\""));
    assert_non_null(strstr(notes, "],4]\ntail.live [5,3]"));
    (void)add("b", "1", "two");
    notes = harness_notes(&h);
    assert_int_equal(times(notes, "tail.events"), 1);
    assert_non_null(strstr(notes, "\"id\":\"b\""));
    assert_int_equal(times(notes, "tail.live"), 0);
}

static void without_credit_nothing_comes(void **state)
{
    (void)state;
    (void)add("a", "1", "one");
    (void)add("b", "1", "two");
    (void)harness_ask(&h, "tail", "{'from':3,'sub':1}");
    assert_string_equal(harness_notes(&h), "");
    answers("tail.credit", "{'sub':1,'n':1}", "{\"credit\":1}");
    const char *notes = harness_notes(&h);
    assert_int_equal(times(notes, "\"id\":"), 1);
    harness_tell(&h, "tail.credit", "{'sub':1,'n':5}"); /* as a notification, without answer */
    notes = harness_notes(&h);
    assert_int_equal(times(notes, "\"id\":"), 1);
    assert_non_null(strstr(notes, "\"id\":\"b\""));
}

static void filters_and_starting_points(void **state)
{
    (void)state;
    (void)add("a", "1", "one");
    answers("tail", "{'from':'head','credit':9}", "{\"from\":4,\"head\":3,\"sub\":1}");
    answers("tail", "{'from':'first','credit':9,'agg':'x/2'}", "{\"from\":1,\"head\":3,\"sub\":2}");
    (void)harness_notes(&h);
    (void)add("b", "2", "two");
    const char *notes = harness_notes(&h);
    assert_int_equal(times(notes, "tail.events"), 2);
    (void)add("c", "3", "three");
    notes = harness_notes(&h);
    assert_int_equal(times(notes, "tail.events [1"), 1);
    assert_int_equal(times(notes, "tail.events [2"), 0);
}

static void a_slow_peer_waits_in_the_log(void **state)
{
    (void)state;
    (void)harness_ask(&h, "tail", "{'from':3,'credit':10}");
    (void)harness_notes(&h);
    h.unsent = OUT_BYTES_PAUSE;
    (void)add("a", "1", "one");
    assert_string_equal(harness_notes(&h), "");
    h.unsent = 0;
    service_peer_drained(h.service, &h.peer);
    harness_run(&h);
    assert_int_equal(times(harness_notes(&h), "tail.events"), 1);
    h.unsent = OUT_BYTES_PAUSE;
    (void)add("b", "1", "two");
    h.unsent = 0;
    service_tick(h.service);
    harness_run(&h);
    assert_int_equal(times(harness_notes(&h), "tail.events"), 1);
}

static void stopping_says_where_it_stood(void **state)
{
    (void)state;
    (void)add("a", "1", "one");
    (void)harness_ask(&h, "tail", "{'from':1,'credit':2,'sub':9}");
    answers("tail.stop", "{'sub':9}", "{\"next\":3}");
    begins("tail.stop", "{'sub':9}", "NOT_FOUND field=sub");
    begins("tail.credit", "{'sub':9,'n':1}", "NOT_FOUND field=sub");
    assert_int_equal(h.peer.tails, 0);
}

static void parameters_are_checked(void **state)
{
    (void)state;
    begins("tail", "{'credit':100001}", "BAD_PARAMS field=credit");
    begins("tail", "{'from':'middle'}", "BAD_PARAMS field=from");
    begins("tail", "{'sub':-1}", "BAD_PARAMS field=sub");
    begins("tail", "{'limit':1}", "BAD_PARAMS field=limit");
    begins("tail.credit", "{'n':1}", "BAD_PARAMS field=sub");
    (void)harness_ask(&h, "tail", "{'sub':1}");
    begins("tail", "{'sub':1}", "BAD_PARAMS field=sub");
    begins("tail.credit", "{'sub':1}", "BAD_PARAMS field=n");
    begins("tail.credit", "{'sub':1,'n':0}", "BAD_PARAMS field=n");
    for (unsigned i = 1; i < TAILS_MAX; i++) {
        begins("tail", "{}", "{");
    }
    begins("tail", "{}", "OVERLOADED");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_tail_gives_what_is_there_and_what_comes),
        TEST(without_credit_nothing_comes),
        TEST(filters_and_starting_points),
        TEST(a_slow_peer_waits_in_the_log),
        TEST(stopping_says_where_it_stood),
        TEST(parameters_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
