/* One process appends, others read the same log. */

#include "tests/crash/story.h"
#include "tests/unit/store/place.h"

#include <sys/wait.h>
#include <unistd.h>

struct other {
    struct place place;
    int to_us[2], to_it[2];
    bool told;
};

static pid_t start(struct other *other, int (*body)(struct other *other))
{
    assert_int_equal(pipe(other->to_us), 0);
    assert_int_equal(pipe(other->to_it), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)alarm(20);
        other->place.options.read_only = true;
        _exit(body(other));
    }
    return pid;
}

static int end(struct other *other, pid_t pid)
{
    int how = 0;
    assert_int_equal(waitpid(pid, &how, 0), pid);
    for (int i = 0; i < 2; i++) {
        (void)close(other->to_us[i]);
        (void)close(other->to_it[i]);
    }
    assert_true(WIFEXITED(how));
    return WEXITSTATUS(how);
}

static void append(struct log *log, uint64_t from, uint64_t to)
{
    for (uint64_t k = from; k < to; k++) {
        assert_int_equal(story_append(log, PLACE_SEED, k), STATUS_OK);
    }
}

/* Halfway it waits until more has been appended. */
static bool wait_once(void *arg, uint64_t done, uint64_t total)
{
    struct other *other = arg;
    char byte = 0;
    (void)done;
    (void)total;
    if (!other->told) {
        other->told = true;
        return write(other->to_us[1], "x", 1) == 1 && read(other->to_it[0], &byte, 1) == 1;
    }
    return true;
}

static int verify(struct other *other)
{
    struct log *log;
    struct fault *fault = &other->place.fault;
    if (log_open(other->place.log, &other->place.options, &log, fault) != STATUS_OK) {
        return 100;
    }
    enum status status = log_verify(log, wait_once, other, fault);
    log_close(log);
    return (int)status;
}

/* Once it said CORRUPT: what came meanwhile had private parts, behind the head that it knew. */
static void a_log_that_grows_with_private_parts_verifies(void **state)
{
    (void)state;
    struct other other = {.told = false};
    char byte;
    place_make(&other.place);
    struct log *log = place_open(&other.place, STATUS_OK);
    append(log, 0, 10);
    pid_t pid = start(&other, verify);
    assert_int_equal(read(other.to_us[0], &byte, 1), 1);
    append(log, 10, 30);
    assert_int_equal(write(other.to_it[1], "x", 1), 1);
    assert_int_equal(end(&other, pid), STATUS_OK);
    log_close(log);
    place_remove(&other.place);
}

static bool die(void *arg, const struct log_record *record)
{
    (void)arg;
    (void)record;
    _exit(0);
}

static int die_reading(struct other *other)
{
    struct log *log;
    struct fault *fault = &other->place.fault;
    if (log_open(other->place.log, &other->place.options, &log, fault) != STATUS_OK) {
        return 100;
    }
    (void)log_read(log, 1, 1, die, other, fault);
    return 101;
}

static void a_reader_that_died_pins_nothing(void **state)
{
    (void)state;
    struct other other = {.told = false};
    place_make(&other.place);
    struct log *log = place_open(&other.place, STATUS_OK);
    append(log, 0, 10);
    assert_int_equal(log_reap_readers(log), 0);
    assert_int_equal(end(&other, start(&other, die_reading)), 0);
    assert_true(log_reap_readers(log) >= 1);
    assert_int_equal(log_reap_readers(log), 0);
    append(log, 10, 20);
    assert_true(story_holds(log, PLACE_SEED));
    log_close(log);
    place_remove(&other.place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_log_that_grows_with_private_parts_verifies),
        cmocka_unit_test(a_reader_that_died_pins_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
