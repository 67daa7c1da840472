/* R3 of request.h: an append in steady state allocates nothing, from the frame to the answer.
 *
 * What is left out: columns of facts and of ids grow by a segment, the table of ids by a new one,
 * each time their size doubles; and the model log copies what it stores, two blocks an event. */

#include "tests/unit/service/talk.h"

#include <stdio.h>

/* NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the names that the
 * linker's --wrap asks for. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static uint64_t calls;

void *__wrap_malloc(size_t size)
{
    calls++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    calls++;
    return __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    calls++;
    return __real_realloc(old, size);
}
/* NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming) */

struct harness h;

#define APPENDS 10000u

static struct slice frame_of(uint32_t i, uint8_t *bytes, size_t size)
{
    char json[256];
    uint8_t map[512];
    struct writer params = writer_over(map, sizeof(map));
    struct writer out = writer_over(bytes, size);
    (void)snprintf(json, sizeof(json),
                   "{'events':[{'id':'e%u','type':'x.t.e','agg':'x/%u','data':{'text':'t'}}]}", i,
                   i % 100);
    json_write(json, &params);
    rpc_write_request(&out, i, "append", writer_slice(&params));
    return writer_slice(&out);
}

static void run(uint32_t from, uint32_t count)
{
    uint8_t bytes[1024];
    for (uint32_t i = from; i < from + count; i++) {
        struct slice frame = frame_of(i, bytes, sizeof(bytes));
        if (service_message(h.service, &h.peer, frame) != STATUS_OK) {
            fail();
        }
        if (i % 16 == 15) {
            (void)service_write(h.service);
            service_collect(h.service);
        }
    }
    (void)service_write(h.service);
    service_collect(h.service);
}

static void appends_allocate_nothing(void **state)
{
    (void)state;
    harness_start(&h);
    h.disk.trusting = true;
    run(0, 2 * APPENDS);
    uint64_t events = h.disk.count;
    uint64_t before = calls;
    run(2 * APPENDS, APPENDS);
    uint64_t used = calls - before;
    uint64_t copies = 2 * (h.disk.count - events); /* the model log's */
    print_message("%u appends: %llu allocations\n", APPENDS, (unsigned long long)(used - copies));
    assert_int_equal(h.disk.count - events, APPENDS);
    assert_true(used - copies <= 16); /* a few doublings, whatever the number of appends */
    before = calls;
    run(0, APPENDS); /* retries: nothing grows, so nothing at all */
    assert_int_equal(calls - before, 0);
    harness_stop(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(appends_allocate_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
