/* append: parameters, idempotency, atomicity, dry runs, deadlines, what a failed disk does. */

#include "tests/unit/service/talk.h"

#define EVENT(id, agg, text)                                                                       \
    "{'id':'" id "','type':'x.t.e','agg':'x/" agg "','data':{'text':'" text "'}}"
#define APPEND(events) "{'events':[" events "]}"

static void an_event_gets_the_next_position(void **state)
{
    (void)state;
    answers("append", APPEND(EVENT("a", "1", "one")),
            "{\"first\":3,\"last\":3,\"results\":[{\"agg_seq\":1,\"dup\":false,\"flags\":[],"
            "\"hash\":<bytes>,\"seq\":3}]}");
    answers("append", APPEND(EVENT("b", "1", "two")), "\"agg_seq\":2,");
}

static void parameters_are_checked(void **state)
{
    (void)state;
    begins("append", "{}", "BAD_PARAMS field=events");
    begins("append", "{'events':[]}", "BAD_PARAMS field=events");
    begins("append", "{'events':7}", "BAD_PARAMS field=events");
    begins("append", "{'events':[7]}", "BAD_PARAMS index=0");
    begins("append", "{'event':[]}", "BAD_PARAMS field=event:");
    begins("append", "{'events':[{}],'dry':1}", "BAD_PARAMS field=dry");
    begins("append", "{'events':[{}],'min_seq':-1}", "BAD_PARAMS field=min_seq");
    begins("append", "{'events':[{}],'_deadline_ms':'x'}", "BAD_PARAMS field=_deadline_ms");
    begins("append", "{'events':[{}],'_other':1}", "BAD_PARAMS field=_other");
    begins("append", "{'events':[{}]}", "E_MISSING_FIELD index=0");
    answers("append", "{'_trace':'00-1','_client':'t','events':[" EVENT("a", "1", "one") "]}",
            "\"seq\":3");
}

static void the_same_content_again_is_a_dup(void **state)
{
    (void)state;
    answers("append", APPEND(EVENT("a", "1", "one")), "\"dup\":false");
    answers("append", APPEND(EVENT("a", "1", "one")),
            "\"first\":3,\"last\":3,\"results\":[{\"agg_seq\":1,\"dup\":true");
    harness_restart(&h);
    answers("append", APPEND(EVENT("a", "1", "one")), "\"dup\":true");
    begins("append", APPEND(EVENT("a", "1", "other")), "E_ID_REUSED index=0 field=id");
    answers("append", APPEND(EVENT("b", "1", "one")), "\"seq\":5"); /* behind a start */
}

static void dups_and_new_events_mix(void **state)
{
    (void)state;
    (void)add("a", "1", "one");
    answers("append",
            APPEND(EVENT("b", "1", "two") "," EVENT("a", "1", "one") "," EVENT("b", "1", "two")),
            "\"first\":3,\"last\":4,\"results\":[{\"agg_seq\":2,\"dup\":false");
    answers("append", APPEND(EVENT("b", "1", "two") "," EVENT("b", "1", "2")),
            "E_ID_REUSED index=1");
    assert_int_equal(h.disk.count, 4);
}

static void a_dup_is_not_compared_with_expect(void **state)
{
    (void)state;
    const char *first = "{'events':[{'id':'a','type':'x.t.e','agg':'x/1','expect':0,"
                        "'data':{'text':'t'}}]}";
    answers("append", first, "\"dup\":false");
    answers("append", first, "\"dup\":true");
    begins("append",
           "{'events':[{'id':'b','type':'x.t.e','agg':'x/1','expect':0,'data':{'text':'t'}}]}",
           "E_VERSION_CONFLICT index=0 field=expect");
}

static void a_refused_request_leaves_no_trace(void **state)
{
    (void)state;
    begins("append",
           "{'events':[" EVENT("a", "1", "one") ",{'id':'n','type':'note.added',"
                                                "'agg':'party/none','data':{'text':'t'}}]}",
           "E_UNKNOWN_AGGREGATE index=1");
    assert_int_equal(h.disk.count, 2);
    answers("append", APPEND(EVENT("a", "1", "other")), "\"agg_seq\":1,\"dup\":false");
}

static void private_data_is_compared_and_not_shown(void **state)
{
    (void)state;
#define WITH(value)                                                                                \
    "{'events':[{'id':'a','type':'x.t.e','agg':'x/1','data':{'text':'t'},"                         \
    "'private':{'phone':'" value "'}}]}"
    answers("append", WITH("1"), "\"dup\":false");
    answers("append", WITH("1"), "\"dup\":true");
    begins("append", WITH("2"), "E_ID_REUSED");
    begins("append", APPEND(EVENT("a", "1", "t")), "E_ID_REUSED");
    harness_restart(&h);
    answers("append", WITH("1"), "\"dup\":true");
    assert_null(strstr(harness_ask(&h, "get", "{'id':'a'}"), "phone"));
}

static void a_dry_run_says_what_would_be(void **state)
{
    (void)state;
    answers("append", "{'dry':true,'events':[" EVENT("a", "1", "one") "]}",
            "{\"dry\":true,\"figures\":[],\"figures_cut\":false,\"first\":3,\"last\":3,\"results\":"
            "[{\"agg_seq\":1,\"dup\":false,"
            "\"effects\":[],\"flags\":[],\"seq\":3}]}");
    assert_int_equal(h.disk.count, 2);
    answers("append", APPEND(EVENT("a", "1", "other")), "\"seq\":3");
    begins("append", "{'dry':true,'events':[" EVENT("a", "1", "one") "]}", "E_ID_REUSED");
}

static void an_expired_request_is_not_stored(void **state)
{
    (void)state;
    h.hold = true;
    (void)harness_ask(&h, "append", "{'_deadline_ms':1,'events':[" EVENT("late", "1", "one") "]}");
    h.mono += 5000;
    h.hold = false;
    harness_run(&h);
    assert_non_null(strstr(h.answer, "DEADLINE_EXCEEDED"));
    assert_int_equal(h.disk.count, 2);
    answers("append", "{'_deadline_ms':1000,'events':[" EVENT("late", "1", "one") "]}",
            "\"dup\":false");
    h.hold = true; /* what is stored is a dup, not "not stored" */
    (void)harness_ask(&h, "append", "{'_deadline_ms':1,'events':[" EVENT("late", "1", "one") "]}");
    h.mono += 5000;
    h.hold = false;
    harness_run(&h);
    assert_non_null(strstr(h.answer, "\"dup\":true"));
}

static void a_full_disk_still_knows_what_it_has(void **state)
{
    (void)state;
    (void)add("a", "1", "one");
    h.disk.no_room = STATUS_DISK_FULL;
    begins("append", APPEND(EVENT("b", "1", "two")), "DISK_FULL");
    answers("append", APPEND(EVENT("a", "1", "one")), "\"dup\":true");
    h.disk.no_room = STATUS_OK;
    answers("append", APPEND(EVENT("b", "1", "two")), "\"seq\":4");
}

static void after_a_failed_commit_nothing_is_acked(void **state)
{
    (void)state;
    (void)add("a", "1", "one");
    h.disk.next = DISK_ERROR_LOST;
    begins("append", APPEND(EVENT("b", "1", "two")), "UNKNOWN_OUTCOME");
    assert_int_equal(service_exit_code(h.service), 74);
    begins("append", APPEND(EVENT("c", "1", "two")), "READ_ONLY");
    answers("status", "{}", "\"state\":\"poisoned\"");
    answers("read", "{'from':3}", "\"at\":3,");
    begins("get", "{'id':'b'}", "NOT_FOUND");
    harness_restart(&h);
    answers("append", APPEND(EVENT("b", "1", "two")), "\"dup\":false");
}

static void a_clock_that_jumped_stops_writing(void **state)
{
    (void)state;
    (void)add("a", "1", "one");
    h.wall += INT64_C(2) * 3600 * 1000000;
    begins("append", APPEND(EVENT("b", "1", "two")), "READ_ONLY");
    answers("append", APPEND(EVENT("a", "1", "one")), "\"dup\":true");
    answers("status", "{}", "\"state\":\"clock\"");
    harness_restart(&h); /* within 400 days of the last event: to be believed */
    answers("append", APPEND(EVENT("b", "1", "two")), "\"dup\":false");
    h.wall -= INT64_C(3) * 3600 * 1000000;
    harness_restart(&h);
    begins("append", APPEND(EVENT("c", "1", "two")), "READ_ONLY");
}

static void min_seq_past_the_head_is_unavailable(void **state)
{
    (void)state;
    begins("append", "{'min_seq':9,'events':[" EVENT("a", "1", "one") "]}", "UNAVAILABLE");
    answers("append", "{'min_seq':2,'events':[" EVENT("a", "1", "one") "]}", "\"seq\":3");
}

static void answers_come_after_the_writer(void **state)
{
    (void)state;
    uint32_t sent = h.sent;
    h.hold = true;
    (void)add("a", "1", "one");
    assert_int_equal(h.sent, sent);
    assert_true(service_inline_ok(h.service));
    assert_true(service_write(h.service));
    assert_int_equal(h.sent, sent);
    service_collect(h.service);
    assert_int_equal(h.sent, sent + 1);
}

static void a_draining_daemon_takes_nothing_new(void **state)
{
    (void)state;
    h.hold = true;
    (void)add("a", "1", "one");
    assert_false(service_drain(h.service));
    begins("append", APPEND(EVENT("b", "1", "two")), "UNAVAILABLE");
    h.hold = false;
    harness_run(&h);
    assert_true(service_drain(h.service));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_event_gets_the_next_position),        TEST(parameters_are_checked),
        TEST(the_same_content_again_is_a_dup),        TEST(dups_and_new_events_mix),
        TEST(a_dup_is_not_compared_with_expect),      TEST(a_refused_request_leaves_no_trace),
        TEST(private_data_is_compared_and_not_shown), TEST(a_dry_run_says_what_would_be),
        TEST(an_expired_request_is_not_stored),       TEST(a_full_disk_still_knows_what_it_has),
        TEST(after_a_failed_commit_nothing_is_acked), TEST(a_clock_that_jumped_stops_writing),
        TEST(min_seq_past_the_head_is_unavailable),   TEST(answers_come_after_the_writer),
        TEST(a_draining_daemon_takes_nothing_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
