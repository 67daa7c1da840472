/* rebuild, verify, job.status, job.cancel, in a job and in a child. */

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
    say(""); /* late or odd lines do nothing */
    say("nonsense");
    say("progress x y");
}

static void cancelling_and_the_bound(void **state)
{
    (void)state;
    h.service->env.spawn = pretend_spawn;
    answers("verify", "{}", "{\"job\":1}");
    answers("job.cancel", "{'job':1}", "{\"job\":1}");
    answers("job.status", "{'job':1}", "\"state\":\"cancelled\"");
    answers("verify", "{}", "{\"job\":2}"); /* the first child still runs */
    begins("verify", "{}", "OVERLOADED");
    assert_int_equal(spawned, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_rebuild_equals_live),   TEST(parameters_are_checked),   TEST(a_child_tells_its_way),
        TEST(a_child_may_fail_or_die), TEST(cancelling_and_the_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
