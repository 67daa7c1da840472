#ifndef ACCRUE_CLIENT_INNER_H
#define ACCRUE_CLIENT_INNER_H

/* What the files of libaccrue share. Nothing here is exported. */

#include "accrue/accrue.h"
#include "proto/fault.h"
#include "proto/shape.h"

#define REQUESTS_MAX INFLIGHT_REQUESTS_MAX
#define LOG_ID_MAX 64u

/* A byte buffer that grows to a bound. */
struct buffer {
    uint8_t *data;
    size_t start, len, size; /* content is data[start .. start + len) */
};

int buffer_add(struct buffer *buffer, const void *bytes, size_t len, size_t max);
void buffer_take(struct buffer *buffer, size_t count);
void buffer_done(struct buffer *buffer);

enum repeat {
    REPEAT_ANY,   /* asking twice is asking once: reads, and appends by their ids */
    REPEAT_NEVER, /* needs this connection: fails when it is lost */
};

/* A request that has no answer yet. */
struct request {
    struct request *next; /* in the order of asking */
    uint32_t id;
    enum repeat repeat;
    bool append; /* changes the log: an unknown outcome is possible */
    bool dry;
    bool sent;            /* on any connection */
    uint32_t connection;  /* the last one that carried it */
    uint64_t deadline_ms; /* UINT64_MAX = none */
    accrue_reply_fn on_reply;
    void *arg;
    size_t len;
    uint8_t message[]; /* encoded, as it is sent and sent again */
};

struct accrue_client {
    accrue_notify_fn on_notify;
    void *arg;
    char name[64];
    enum language language;
    bool connected, greeted, restored, closing;
    uint32_t connection; /* counts changes of the transport's state */
    uint32_t next_id, hello_id;
    uint64_t now_ms;
    struct request *first, **last;
    uint32_t count;
    size_t bytes; /* of all requests in the list */
    struct buffer in, out;
    struct framer framer;
    uint64_t highest_seq;
    char log_id[LOG_ID_MAX + 1];
};

/* End the request with this `arg` as if its deadline had passed. */
void client_give_up(accrue_client *client, const void *arg);

/* The error of an answer, as a string or a map; texts are copied into `store`. */
struct error_text {
    char message[ERROR_TEXT_MAX];
    char field[192];
    char state[64];
};
void error_read(struct slice encoded, enum language language, struct error_text *store,
                accrue_error *ret_error);
void error_make(int code, const char *detail, enum language language, struct error_text *store,
                accrue_error *ret_error);

#endif
