/* One thread plays all: a job runs as soon as it is asked for, the writer when nothing else
 * moves. */

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/small/harness.h"

static int64_t wall_us(void *arg)
{
    return ((struct harness *)arg)->wall;
}

static int64_t mono_us(void *arg)
{
    return ((struct harness *)arg)->mono;
}

static void fill_random(void *arg, void *out, size_t len)
{
    struct harness *harness = arg;
    for (size_t i = 0; i < len; i++) {
        harness->random = harness->random * UINT64_C(6364136223846793005) + 1442695040888963407;
        ((uint8_t *)out)[i] = (uint8_t)(harness->random >> 56);
    }
}

static bool hear(void *arg, struct peer *peer, struct slice bytes)
{
    struct harness *harness = arg;
    struct rpc_message message;
    (void)peer;
    harness->sent++;
    if (rpc_read(bytes, &message) != STATUS_OK) {
        abort();
    }
    if (message.kind == RPC_NOTIFICATION) {
        size_t len = strlen(harness->notes);
        memcpy(harness->notes + len, message.method.data, message.method.len);
        len += message.method.len;
        harness->notes[len++] = ' ';
        json_text(message.params, harness->notes + len, sizeof(harness->notes) - len - 1);
        len = strlen(harness->notes);
        memcpy(harness->notes + len, "\n", 2);
        return true;
    }
    struct slice text;
    if (value_text(message.error, &text)) {
        memcpy(harness->answer, text.data, text.len);
        harness->answer[text.len] = '\0';
    } else if (message.error.data[0] != 0xc0) {
        json_text(message.error, harness->answer, sizeof(harness->answer));
    } else {
        json_text(message.result, harness->answer, sizeof(harness->answer));
    }
    return true;
}

static void close_peer(void *arg, struct peer *peer)
{
    (void)arg;
    (void)peer;
}

static size_t unsent(void *arg, const struct peer *peer)
{
    (void)peer;
    return ((struct harness *)arg)->unsent;
}

static void start_job(void *arg, struct job *job)
{
    struct harness *harness = arg;
    harness->jobs[harness->job_count++] = job;
}

static void wake_writer(void *arg)
{
    ((struct harness *)arg)->wakes++;
}

static void wake_loop(void *arg)
{
    (void)arg;
}

static enum status spawn(void *arg, const char *const *argv, void *child_arg)
{
    (void)arg;
    (void)argv;
    (void)child_arg;
    return STATUS_UNAVAILABLE;
}

static void start(struct harness *harness)
{
    struct env env = {.arg = harness,
                      .wall_us = wall_us,
                      .mono_us = mono_us,
                      .random = fill_random,
                      .send = hear,
                      .close = close_peer,
                      .unsent = unsent,
                      .start_job = start_job,
                      .wake_writer = wake_writer,
                      .wake_loop = wake_loop,
                      .spawn = spawn};
    struct service_config config = {.data_dir = "small",
                                    .create = true,
                                    .init_load = harness->init_load,
                                    .snapshot_events = harness->snapshot_events,
                                    .release = "0.0.0"};
    struct fault fault;
    disk_use(&harness->disk);
    if (service_open(&config, &env, &harness->service, &fault) != STATUS_OK) {
        abort();
    }
    harness->peer = (struct peer){.identity = "uid:7"};
    service_peer_open(harness->service, &harness->peer);
}

void harness_start(struct harness *harness)
{
    *harness = (struct harness){.init_load = harness->init_load,
                                .snapshot_events = harness->snapshot_events,
                                .wall = INT64_C(1700000000000000),
                                .mono = 1000000,
                                .next_id = 1};
    disk_init(&harness->disk);
    start(harness);
}

static void end(struct harness *harness)
{
    service_peer_closed(harness->service, &harness->peer);
    harness_run(harness);
    service_close(harness->service);
}

void harness_stop(struct harness *harness)
{
    end(harness);
    disk_done(&harness->disk);
}

void harness_restart(struct harness *harness)
{
    end(harness);
    start(harness);
}

void harness_run(struct harness *harness)
{
    bool moved = true;
    while (moved) {
        moved = !harness->hold && service_write(harness->service);
        service_collect(harness->service);
        while (harness->job_count > 0) {
            struct job *job = harness->jobs[--harness->job_count];
            job->run(job);
            service_job_done(harness->service, job);
            moved = true;
        }
    }
}

enum status harness_post(struct harness *harness, uint32_t id, const char *method, const char *json)
{
    static uint8_t map[MIB], frame[MIB];
    struct writer params = writer_over(map, sizeof(map));
    struct writer out = writer_over(frame, sizeof(frame));
    json_write(json, &params);
    rpc_write_request(&out, id, method, writer_slice(&params));
    return service_message(harness->service, &harness->peer, writer_slice(&out));
}

void harness_tell(struct harness *harness, const char *method, const char *json)
{
    static uint8_t map[4096], frame[4096];
    struct writer params = writer_over(map, sizeof(map));
    struct writer out = writer_over(frame, sizeof(frame));
    write_array(&params, 1);
    json_write(json, &params);
    rpc_write_notification(&out, method, writer_slice(&params));
    if (service_message(harness->service, &harness->peer, writer_slice(&out)) != STATUS_OK) {
        abort();
    }
    harness_run(harness);
}

const char *harness_ask(struct harness *harness, const char *method, const char *json)
{
    harness->answer[0] = '\0';
    if (harness_post(harness, harness->next_id++, method, json) != STATUS_OK) {
        return "closed";
    }
    harness_run(harness);
    return harness->answer;
}

const char *harness_notes(struct harness *harness)
{
    static char notes[HARNESS_TEXT_BYTES];
    memcpy(notes, harness->notes, sizeof(notes));
    harness->notes[0] = '\0';
    return notes;
}
