/* A loop thread, a writer thread and two readers over the small daemon, for the thread
 * sanitizer: every append is answered, and every reader sees what was published. */

#include <pthread.h>
#include <stdio.h>

#include "tests/unit/service/talk.h"

#define APPENDS 3000u
#define INFLIGHT 64u

struct harness h;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool stop, wanted;
static struct job *queued[READER_JOBS_RUNNING], *finished[READER_JOBS_RUNNING];
static size_t queued_count, finished_count;

static void wake_writer(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&mutex);
    wanted = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

static void start_job(void *arg, struct job *job)
{
    (void)arg;
    pthread_mutex_lock(&mutex);
    queued[queued_count++] = job;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

static void *writer(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&mutex);
    while (!stop) {
        if (!wanted) {
            pthread_cond_wait(&changed, &mutex);
            continue;
        }
        wanted = false;
        pthread_mutex_unlock(&mutex);
        while (service_write(h.service)) {
        }
        pthread_mutex_lock(&mutex);
    }
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void *reader(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&mutex);
    while (!stop) {
        if (queued_count == 0) {
            pthread_cond_wait(&changed, &mutex);
            continue;
        }
        struct job *job = queued[--queued_count];
        pthread_mutex_unlock(&mutex);
        job->run(job);
        pthread_mutex_lock(&mutex);
        finished[finished_count++] = job;
    }
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void loop_turn(void)
{
    struct job *done[READER_JOBS_RUNNING];
    pthread_mutex_lock(&mutex);
    size_t count = finished_count;
    memcpy(done, finished, sizeof(done));
    finished_count = 0;
    pthread_mutex_unlock(&mutex);
    for (size_t i = 0; i < count; i++) {
        service_job_done(h.service, done[i]);
    }
    service_collect(h.service);
    if (service_inline_ok(h.service)) {
        (void)service_write(h.service);
    }
}

static void everything_is_answered(void **state)
{
    (void)state;
    pthread_t threads[3];
    harness_start(&h);
    h.service->env.wake_writer = wake_writer;
    h.service->env.start_job = start_job;
    pthread_create(&threads[0], NULL, writer, NULL);
    pthread_create(&threads[1], NULL, reader, NULL);
    pthread_create(&threads[2], NULL, reader, NULL);
    (void)harness_post(&h, 1, "tail", "{'from':1,'credit':100000}");
    for (uint32_t i = 0; i < APPENDS; i++) {
        char json[256];
        while (h.peer.inflight >= INFLIGHT) {
            loop_turn();
        }
        (void)snprintf(json, sizeof(json),
                       "{'events':[{'id':'e%u','type':'x.t.e','agg':'x/%u',"
                       "'data':{'text':'t'}}]}",
                       i % 2500, i % 2500 % 100); /* the last ones are retries */
        (void)harness_post(&h, 10 + 3 * i, "append", json);
        if (i % 4 == 0) {
            (void)harness_post(&h, 11 + 3 * i, "read", "{'agg':'x/7','reverse':true,'limit':3}");
        }
        if (i % 64 == 0) {
            (void)harness_post(&h, 12 + 3 * i, "get", "{'id':'e1'}");
            h.notes[0] = '\0';
        }
        loop_turn();
    }
    while (h.peer.inflight > 0 || readers_running(h.service) > 0) {
        loop_turn();
    }
    assert_int_equal(h.disk.count, 2500 + 2);
    pthread_mutex_lock(&mutex);
    stop = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
    }
    harness_stop(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(everything_is_answered)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
