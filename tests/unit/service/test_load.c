/* load and load.end: a log that is born loading. */

#include "tests/unit/service/talk.h"

#define LOAD(id, recorded)                                                                         \
    "{'events':[{'id':'" id                                                                        \
    "','type':'x.t.e','agg':'x/1','data':{'text':'t'},'recorded':" recorded "}]}"
#define LOADING(name) cmocka_unit_test_setup_teardown(name, setup_loading, teardown)

static void recorded_times_are_taken_over(void **state)
{
    (void)state;
    answers("load", LOAD("a", "1600000000000000"), "\"seq\":3");
    answers("load", LOAD("b", "1600000000000000"), "\"seq\":4");
    answers("get", "{'seq':3}", "\"recorded\":1600000000000000");
    answers("get", "{'seq':4}", "\"recorded\":1600000000000001"); /* strictly rising */
    answers("load", LOAD("a", "1600000000000000"), "\"dup\":true");
    begins("load", LOAD("c", "1500000000000000"), "E_DATE_ORDER index=0 field=recorded");
    begins("load", LOAD("c", "1800000000000000"), "E_RANGE index=0 field=recorded");
    begins("load", "{'events':[{'id':'d','type':'x.t.e','agg':'x/1','data':{'text':'t'}}]}",
           "E_MISSING_FIELD index=0 field=recorded");
}

static void appending_waits_for_the_end(void **state)
{
    (void)state;
    assert_non_null(strstr(add("a", "1", "t"), "READ_ONLY"));
    answers("hello", "{}", "\"loading\":true");
    answers("status", "{}", "\"state\":\"loading\"");
    answers("load", LOAD("a", "1600000000000000"), "\"seq\":3");
    answers("load.end", "{}", "{\"seq\":4}");
    begins("load", LOAD("b", "1600000000000001"), "READ_ONLY");
    begins("load.end", "{}", "READ_ONLY");
    answers("get", "{'seq':4}", "\"type\":\"system.load_ended\"");
    answers("get", "{'seq':4}", "\"recorded\":1700000000000000");
    assert_non_null(strstr(add("c", "1", "t"), "\"seq\":5"));
    harness_restart(&h);
    assert_non_null(strstr(add("d", "1", "t"), "\"seq\":7"));
}

static void own_events_do_not_move_the_time_while_loading(void **state)
{
    (void)state;
    answers("get", "{'seq':1}", "\"recorded\":1,");
    answers("load", LOAD("a", "1600000000000000"), "\"seq\":3");
    harness_restart(&h);
    answers("get", "{'seq':4}", "\"recorded\":1600000000000001");
    answers("load", LOAD("b", "1600000000000005"), "\"seq\":5");
}

static void an_ordinary_log_takes_no_load(void **state)
{
    (void)state;
    begins("load", LOAD("a", "1600000000000000"), "READ_ONLY");
    begins("load.end", "{}", "READ_ONLY");
    begins("load.end", "{'x':1}", "BAD_PARAMS field=x");
    begins("append", LOAD("a", "1600000000000000"), "BAD_PARAMS index=0 field=recorded");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOADING(recorded_times_are_taken_over),
        LOADING(appending_waits_for_the_end),
        LOADING(own_events_do_not_move_the_time_while_loading),
        TEST(an_ordinary_log_takes_no_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
