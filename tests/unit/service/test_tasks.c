/* rebuild, verify, job.status, job.cancel, in a job and in a child. */

#include "daemon/service/worker.h"
#include "tests/unit/service/talk.h"

static void *child;
static uint32_t spawned;

static enum status pretend_spawn(void *arg, const char *const *argv, void *child_arg)
{
    (void)arg;
    assert_string_equal(argv[0], "--worker");
    child = child_arg;
    spawned++;
    return STATUS_OK;
}

static void *ended;

static void pretend_end(void *arg, void *child_arg)
{
    (void)arg;
    ended = child_arg;
}

static void say(const char *line)
{
    service_child_line(h.service, child, slice_text(line));
}

static void a_rebuild_equals_live(void **state)
{
    (void)state;
    (void)add("a", "1", "one");
    answers("rebuild", "{'projection':'events'}", "{\"job\":1}");
    answers("job.status", "{'job':1}", "\"state\":\"done\"");
    answers("job.status", "{'job':1}", "\"equal\":true}},\"equal\":true}");
    assert_non_null(strstr(harness_notes(&h), "job.progress [1,3,3,\"events\"]"));
    answers("rebuild", "{'to':2}", "{\"job\":2}");
    answers("job.status", "{'job':2}", "\"equal\":true");
    answers("verify", "{}", "{\"job\":3}");
    answers("job.status", "{'job':3}", "\"kind\":\"verify\",\"state\":\"done\"");
}

static void parameters_are_checked(void **state)
{
    (void)state;
    begins("rebuild", "{'projection':'none'}", "NOT_FOUND field=projection");
    begins("rebuild", "{'to':99}", "BAD_PARAMS field=to");
    begins("verify", "{'x':1}", "BAD_PARAMS field=x");
    begins("job.status", "{}", "BAD_PARAMS field=job");
    begins("job.status", "{'job':7}", "NOT_FOUND field=job");
    begins("job.cancel", "{'job':7}", "NOT_FOUND field=job");
}

static void a_child_tells_its_way(void **state)
{
    (void)state;
    h.service->env.spawn = pretend_spawn;
    answers("verify", "{}", "{\"job\":1}");
    say("progress 1 2");
    answers("job.status", "{'job':1}", "\"done\":1,");
    assert_non_null(strstr(harness_notes(&h), "job.progress [1,1,2,\"events\"]"));
    say("result OK events=2");
    service_child_exit(h.service, child, 0);
    answers("job.status", "{'job':1}", "\"state\":\"done\"");

    answers("rebuild", "{'projection':'events'}", "{\"job\":2}");
    say("digest events 00000000000000000000000000000000000000000000000000000000000000ff");
    say("result OK events=2");
    service_child_exit(h.service, child, 0);
    harness_run(&h);
    answers("job.status", "{'job':2}", "\"equal\":false"); /* not what the facts say */
}

static void a_child_may_fail_or_die(void **state)
{
    (void)state;
    h.service->env.spawn = pretend_spawn;
    (void)harness_ask(&h, "verify", "{}");
    say("result CORRUPT seq=7");
    service_child_exit(h.service, child, 1);
    answers("job.status", "{'job':1}", "\"code\":\"CORRUPT\",\"detail\":\"seq=7\"");
    assert_int_equal(service_exit_code(h.service), 75);
    (void)harness_ask(&h, "verify", "{}");
    service_child_exit(h.service, child, 139);
    answers("job.status", "{'job':2}", "\"state\":\"failed\"");
    h.service->corrupt = false;
    (void)harness_ask(&h, "verify", "{}");
    service_child_exit(h.service, child, 137); /* killed by somebody: no word about the log */
    answers("job.status", "{'job':3}", "\"code\":\"UNAVAILABLE\",\"detail\":\"worker_status=137\"");
    assert_int_equal(service_exit_code(h.service), 0);
    say(""); /* late or odd lines do nothing */
    say("nonsense");
    say("progress x y");
}

static void cancelling_and_the_bound(void **state)
{
    (void)state;
    h.service->env.spawn = pretend_spawn;
    h.service->env.end_child = pretend_end;
    answers("verify", "{}", "{\"job\":1}");
    void *first = child;
    ended = NULL;
    answers("job.cancel", "{'job':1}", "{\"job\":1}");
    assert_ptr_equal(ended, first);
    answers("job.status", "{'job':1}", "\"state\":\"cancelled\"");
    (void)harness_notes(&h);
    say("progress 1 2"); /* it was on its way */
    say("result OK events=2");
    assert_null(strstr(harness_notes(&h), "job.progress"));
    answers("job.status", "{'job':1}", "\"done\":0,");
    answers("verify", "{}", "{\"job\":2}"); /* the first child still runs */
    begins("verify", "{}", "OVERLOADED");
    service_child_exit(h.service, first, 143);
    answers("job.status", "{'job':1}", "\"state\":\"cancelled\"");
    answers("verify", "{}", "{\"job\":3}");
    assert_int_equal(service_exit_code(h.service), 0);
}

static void progress_is_told_now_and_then(void **state)
{
    struct progress_pace pace = {0};
    uint32_t told = 0;
    (void)state;
    /* A hundred seconds, 10,000 steps of 10 ms: a hundredth of the whole takes a second. */
    for (uint64_t step = 1; step <= 10000; step++) {
        told += progress_due(&pace, step, 10000, (int64_t)step * 10000);
    }
    assert_int_equal(told, 100);
    /* 50 ms, 10,000 steps of 5 us, then a pause. */
    pace = (struct progress_pace){0};
    told = 0;
    for (uint64_t step = 1; step < 10000; step++) {
        told += progress_due(&pace, step, 10000, (int64_t)step * 5);
    }
    assert_int_equal(told, 1);
    assert_true(progress_due(&pace, 10000, 10000, 100005));
    assert_false(progress_due(&pace, 10000, 10000, 900000)); /* nothing new */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_rebuild_equals_live),    TEST(parameters_are_checked),
        TEST(a_child_tells_its_way),    TEST(a_child_may_fail_or_die),
        TEST(cancelling_and_the_bound), TEST(progress_is_told_now_and_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
