/* The scrub: when it begins, and what becomes of what it finds. */

#include "daemon/service/worker.h"
#include "tests/unit/service/talk.h"

#define DAY_US INT64_C(86400000000)

static void *child;
static uint32_t spawned;

static enum status pretend_spawn(void *arg, const char *const *argv, void *child_arg)
{
    (void)arg;
    assert_string_equal(argv[1], "scrub");
    assert_string_equal(argv[3], "small");
    assert_null(argv[4]);
    child = child_arg;
    spawned++;
    return STATUS_OK;
}

static enum status no_spawn(void *arg, const char *const *argv, void *child_arg)
{
    (void)arg;
    (void)argv;
    (void)child_arg;
    spawned++;
    return STATUS_UNAVAILABLE;
}

static void begin(void)
{
    spawned = 0;
    h.service->env.spawn = pretend_spawn;
    h.service->scrub.due_us = h.mono + 1000000;
}

static void pass(int64_t us)
{
    h.mono += us;
    service_tick(h.service);
}

static void ends(const char *line, int status)
{
    if (line != NULL) {
        service_child_line(h.service, child, slice_text(line));
    }
    service_child_exit(h.service, child, status);
}

static void it_begins_once_a_day(void **state)
{
    (void)state;
    begin();
    answers("status", "{}", "\"scrub\":{\"detail\":\"\",\"on\":true,\"result\":\"\",");
    pass(900000);
    assert_int_equal(spawned, 0);
    pass(100000);
    assert_int_equal(spawned, 1);
    answers("status", "{}", "\"running\":true,\"seq\":0,\"time\":0}");
    pass(2 * DAY_US); /* one at a time, however long it takes */
    assert_int_equal(spawned, 1);
    ends("result OK events=1", 0);
    answers("status", "{}", "\"result\":\"OK\",\"running\":false,\"seq\":1,");
    answers("status", "{}", "\"state\":\"ready\"");
    pass(0);
    assert_int_equal(spawned, 2);
    ends("result OK events=1", 0);
    pass(DAY_US - 1);
    assert_int_equal(spawned, 2);
    pass(1);
    assert_int_equal(spawned, 3);
    ends("result OK events=1", 0);
    assert_int_equal(service_exit_code(h.service), 0);
}

static void what_it_finds_is_told_and_latched(void **state)
{
    (void)state;
    begin();
    pass(1000000);
    ends("result CORRUPT seqs=3..9", 1);
    answers("status", "{}",
            "\"scrub\":{\"detail\":\"seqs=3..9\",\"on\":true,\"result\":\"CORRUPT\"");
    answers("status", "{}", "\"state\":\"corrupt\"");
    assert_int_equal(service_exit_code(h.service), 75);
    assert_non_null(strstr(add("a", "1", "one"), "\"seq\":")); /* nothing is poisoned */
    pass(DAY_US);
    ends(NULL, 139); /* it tripped */
    answers("status", "{}", "\"detail\":\"worker_status=139\",\"on\":true,\"result\":\"CORRUPT\"");
}

static void one_that_does_not_end_says_nothing(void **state)
{
    (void)state;
    begin();
    pass(1000000);
    ends(NULL, 137);
    answers("status", "{}", "\"result\":\"\",\"running\":false,\"seq\":0,\"time\":0}");
    h.service->env.spawn = no_spawn;
    pass(DAY_US);
    answers("status", "{}", "\"result\":\"\",\"running\":false");
    assert_int_equal(spawned, 2);
    pass(DAY_US / 2);
    assert_int_equal(spawned, 2);
    assert_int_equal(service_exit_code(h.service), 0);
}

static void it_is_no_job(void **state)
{
    (void)state;
    begin();
    pass(1000000);
    service_child_line(h.service, child, slice_text("progress 1 2"));
    assert_null(strstr(harness_notes(&h), "job.progress"));
    begins("job.status", "{'job':1}", "NOT_FOUND");
    ends("result OK events=1", 0);
}

static void none_where_none_is_wanted(void **state)
{
    (void)state;
    begin();
    h.service->scrub.due_us = 0;
    pass(3 * DAY_US);
    answers("status", "{}", "\"on\":false");
    h.service->scrub.due_us = 1;
    (void)service_drain(h.service);
    pass(1);
    assert_int_equal(spawned, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_begins_once_a_day),
        TEST(what_it_finds_is_told_and_latched),
        TEST(one_that_does_not_end_says_nothing),
        TEST(it_is_no_job),
        TEST(none_where_none_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
