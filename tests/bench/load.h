#ifndef ACCRUE_TESTS_BENCH_LOAD_H
#define ACCRUE_TESTS_BENCH_LOAD_H

/* One load, two protocols: what bench_load.c asks of each. */

#include "proto/shape.h"

struct load_connection {
    int fd;
    uint8_t *bytes; /* all messages, one after the other */
    size_t size;
    size_t *offsets; /* where each begins; one more at the end */
    uint64_t *started;
    size_t count, sent, stamped, answered;
    uint8_t rest[8192]; /* an answer's beginning, kept until its end has come */
    size_t rest_len;
    size_t lines;
};

struct protocol {
    size_t message_bytes_max;
    /* Once, before the clock starts: what the events refer to. May be NULL. */
    void (*prepare)(int fd);
    /* Message `at` of a connection; gives its length. */
    size_t (*encode)(uint8_t *out, size_t size, size_t connection, size_t at);
    /* Whole answers in what came; ends the process on an error answer. */
    size_t (*answers)(struct load_connection *connection, struct slice bytes);
};

extern const struct protocol accrue_protocol, redis_protocol;

struct load {
    const struct protocol *protocol;
    size_t connections, inflight, events, done;
    struct load_connection *each;
    uint32_t *latency; /* microseconds */
};

#endif
