#ifndef ACCRUE_TESTS_SUPPORT_SMALL_HARNESS_H
#define ACCRUE_TESTS_SUPPORT_SMALL_HARNESS_H

/* The small daemon in one thread, asked in JSON with single quotes and answering in JSON without
 * spaces, so that a test reads as a conversation:
 *
 *   harness_ask(&h, "append", "{'events':[{'id':'a', …}]}")  gives  {"first":3,…}
 *
 * or, of an error, `CODE field: text` as a client sees it. */

#include "daemon/service/service_inner.h"
#include "tests/support/small/model_log.h"

#define HARNESS_TEXT_BYTES (64 * KIB)

struct harness {
    struct disk disk;
    struct service *service;
    struct peer peer;
    struct job *jobs[READER_JOBS_RUNNING + 1];
    size_t job_count;
    int64_t wall, mono;
    uint64_t random;
    uint32_t next_id, wakes;
    size_t unsent;
    uint64_t snapshot_events;
    bool init_load, hold;            /* hold: the writer does not run by itself */
    uint32_t sent;                   /* messages so far */
    char answer[HARNESS_TEXT_BYTES]; /* of the last request */
    char notes[HARNESS_TEXT_BYTES];  /* notifications since harness_notes() */
};

void harness_start(struct harness *harness);
void harness_stop(struct harness *harness);
/* The same disk, a new daemon. */
void harness_restart(struct harness *harness);

const char *harness_ask(struct harness *harness, const char *method, const char *json);
/* Without waiting for the answer; gives what service_message() gave. */
enum status harness_post(struct harness *harness, uint32_t id, const char *method,
                         const char *json);
void harness_tell(struct harness *harness, const char *method, const char *json);
/* Writer, answers, jobs, until nothing moves. */
void harness_run(struct harness *harness);
/* What was notified; begins anew. */
const char *harness_notes(struct harness *harness);

/* JSON to msgpack and back. */
void json_write(const char *json, struct writer *out);
void json_text(struct slice value, char *out, size_t size);

#endif
