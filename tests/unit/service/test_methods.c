/* hello, ping, status, query, explain, and the door itself. */

#include "tests/unit/service/talk.h"

static void hello_is_optional_and_tells(void **state)
{
    (void)state;
    answers("hello", "{}", "\"identity\":\"uid:7\"");
    answers("hello", "{'proto':1,'client':'t'}", "\"proto\":1,\"release\":\"0.0.0\"");
    answers("hello", "{}", "\"features\":[\"append\",");
    begins("hello", "{'proto':2}", "NOPROTO field=proto");
    begins("hello", "{'errors':'xml'}", "BAD_PARAMS field=errors");
    begins("hello", "{'lang':'fr'}", "BAD_PARAMS field=lang");
    begins("hello", "{'token':'secret'}", "UNAUTHENTICATED");
    begins("hello", "{'proto':'one'}", "BAD_PARAMS field=proto");
}

static void errors_come_as_text_or_map_in_either_language(void **state)
{
    (void)state;
    begins("get", "{'seq':99}", "NOT_FOUND field=seq: there is no such thing");
    answers("hello", "{'lang':'zh'}", "{");
    answers("get", "{'seq':99}", "未找到");
    answers("hello", "{'errors':'map','lang':'en'}", "{");
    answers("get", "{'seq':99}", "\"code\":\"NOT_FOUND\"");
    answers("hello", "{'errors':'string'}", "{");
    begins("get", "{'seq':99}", "NOT_FOUND");
}

static void ping_and_status(void **state)
{
    (void)state;
    answers("ping", "{}", "{\"time\":1700000000000000}");
    begins("ping", "{'x':1}", "BAD_PARAMS field=x");
    answers("status", "{}", "\"state\":\"ready\"");
    answers("status", "{}",
            "\"projections\":[{\"at\":2,\"help_en\":\"events\",\"help_zh\":\"事件\",\"name\":"
            "\"events\"}]");
    answers("status", "{}", "\"stages\":{\"wait\":{\"count\":");
    begins("status", "{'x':1}", "BAD_PARAMS field=x");
}

static void unknown_methods(void **state)
{
    (void)state;
    begins("nonsense", "{}", "UNKNOWN_METHOD");
    begins("backup", "{}", "UNKNOWN_METHOD");
    begins("proof.inclusion", "{}", "UNKNOWN_METHOD");
}

static void questions(void **state)
{
    (void)state;
    answers("query", "{'projection':'events'}", "{\"at\":2,\"rows\":[{\"count\":2}]}");
    begins("query", "{}", "BAD_PARAMS field=projection");
    begins("query", "{'projection':'none'}", "NOT_FOUND field=projection");
    begins("query", "{'projection':'events','limit':0}", "BAD_PARAMS field=limit");
    begins("query", "{'projection':'events','params':[]}", "BAD_PARAMS field=params");
    begins("query", "{'projection':'events','after':1}", "BAD_PARAMS field=after");
    begins("query", "{'projection':'events','key':'k'}", "BAD_PARAMS field=key");
    begins("query", "{'projection':'events','min_seq':3}", "UNAVAILABLE field=min_seq");
    begins("explain", "{'projection':'events'}", "BAD_PARAMS field=key");
    answers("explain", "{'projection':'events','key':'k'}", "\"at\":2");
}

static void an_id_in_flight_ends_the_connection(void **state)
{
    (void)state;
    h.hold = true;
    const char *json = "{'events':[{'id':'a','type':'x.t.e','agg':'x/1','data':{'text':'t'}}]}";
    assert_int_equal(harness_post(&h, 500, "append", json), STATUS_OK);
    assert_int_equal(harness_post(&h, 501, "append", json), STATUS_OK);
    assert_int_equal(harness_post(&h, 500, "ping", "{}"), STATUS_BAD_REQUEST);
    h.hold = false;
    harness_run(&h);
    assert_int_equal(h.peer.inflight, 0);
    assert_int_equal(harness_post(&h, 500, "ping", "{}"), STATUS_OK);
}

static void what_is_no_message_ends_the_connection(void **state)
{
    (void)state;
    static const uint8_t answer[] = {0x94, 0x01, 0x01, 0xc0, 0xc0};
    static const uint8_t number[] = {0x07};
    assert_int_equal(service_message(h.service, &h.peer, slice_of(answer, sizeof(answer))),
                     STATUS_BAD_REQUEST);
    assert_int_equal(service_message(h.service, &h.peer, slice_of(number, sizeof(number))),
                     STATUS_BAD_REQUEST);
}

static void the_bounds_of_a_connection(void **state)
{
    (void)state;
    h.hold = true;
    for (uint32_t i = 0; i < INFLIGHT_REQUESTS_MAX; i++) {
        assert_true(service_may_read(h.service, &h.peer));
        (void)harness_post(&h, 1000 + i, "append",
                           "{'events':[{'id':'a','type':'x.t.e','agg':'x/1',"
                           "'data':{'text':'t'}}]}");
    }
    assert_false(service_may_read(h.service, &h.peer));
    begins("ping", "{}", "OVERLOADED");
    h.hold = false;
    harness_run(&h);
    assert_true(service_may_read(h.service, &h.peer));
    assert_int_equal(h.disk.count, 3); /* all but one were dups of the group's own */
    h.unsent = OUT_BYTES_PAUSE;
    assert_false(service_may_read(h.service, &h.peer));
}

static void the_bound_of_readers(void **state)
{
    (void)state;
    uint32_t sent = h.sent;
    for (uint32_t i = 0; i < READER_JOBS_RUNNING + READER_JOBS_WAITING; i++) {
        (void)harness_post(&h, 2000 + i, "get", "{'seq':1}"); /* two run, the rest wait */
    }
    assert_int_equal(h.sent, sent);
    (void)harness_post(&h, 5000, "get", "{'seq':1}");
    assert_non_null(strstr(h.answer, "OVERLOADED"));
    harness_run(&h);
    assert_int_equal(h.sent, sent + 1 + READER_JOBS_RUNNING + READER_JOBS_WAITING);
}

static void a_question_may_expire_while_it_waits(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < READER_JOBS_RUNNING; i++) {
        (void)harness_post(&h, 2000 + i, "get", "{'seq':1}");
    }
    (void)harness_post(&h, 3000, "get", "{'seq':1,'_deadline_ms':1}");
    h.mono += 2000;
    h.job_count -= 1;
    struct job *job = h.jobs[h.job_count];
    job->run(job);
    service_job_done(h.service, job);
    assert_non_null(strstr(h.answer, "DEADLINE_EXCEEDED"));
}

static void who_reads_late_is_answered_as_he_reads(void **state)
{
    (void)state;
    h.unsent = OUT_BYTES_PAUSE;
    uint32_t sent = h.sent;
    for (uint32_t i = 0; i < READER_JOBS_WAITING; i++) {
        (void)harness_post(&h, 2000 + i, "get", "{'seq':1}");
    }
    assert_int_equal(h.job_count, 0);
    (void)harness_post(&h, 5000, "get", "{'seq':2}"); /* the queue is full of held back calls */
    assert_non_null(strstr(h.answer, "OVERLOADED"));
    assert_int_equal(h.sent, sent + 1);
    h.unsent = 0;
    service_peer_drained(h.service, &h.peer);
    harness_run(&h);
    assert_int_equal(h.sent, sent + READER_JOBS_WAITING + 1);
    assert_int_equal(h.peer.inflight, 0);
}

static void quantiles(void **state)
{
    (void)state;
    static struct latency latency;
    for (int64_t us = 0; us < 1000; us++) {
        latency_add(&latency, us);
    }
    uint64_t half = latency_quantile(&latency, 500);
    assert_true(half >= 500 && half <= 640);
    assert_int_equal(latency_quantile(&latency, 1000), 999);
    latency_add(&latency, INT64_MAX);
    latency_add(&latency, -5);
    assert_int_equal(latency.count, 1002);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(hello_is_optional_and_tells),
        TEST(errors_come_as_text_or_map_in_either_language),
        TEST(ping_and_status),
        TEST(unknown_methods),
        TEST(questions),
        TEST(an_id_in_flight_ends_the_connection),
        TEST(what_is_no_message_ends_the_connection),
        TEST(the_bounds_of_a_connection),
        TEST(the_bound_of_readers),
        TEST(a_question_may_expire_while_it_waits),
        TEST(who_reads_late_is_answered_as_he_reads),
        TEST(quantiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
