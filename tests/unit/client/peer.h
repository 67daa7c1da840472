#ifndef ACCRUE_TESTS_UNIT_CLIENT_PEER_H
#define ACCRUE_TESTS_UNIT_CLIENT_PEER_H

/* The other end of a client without I/O: reads what it wants to send and writes scripted
 * answers. Everything is an assertion; nothing can fail quietly. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "accrue/accrue.h"
#include "proto/rpc.h"
#include "proto/writer.h"

#define PEER_MESSAGES_MAX 2048

/* What a request's callback saw. */
struct seen {
    int calls;
    int code;
    enum accrue_class outcome;
    char message[256], field[64], state[64];
    int64_t index;
    size_t legal;
    int64_t value; /* an integer result */
};
void seen_reply(void *arg, const accrue_error *error, accrue_value result);

/* What the client has sent since the last look: whole messages, in order. */
struct sent {
    uint8_t *bytes;
    size_t len;
    int count;
    struct {
        uint32_t id;
        char method[40];
        size_t at, len; /* in `bytes` */
    } messages[PEER_MESSAGES_MAX];
};
void sent_take(accrue_client *client, struct sent *sent);
void sent_done(struct sent *sent);

accrue_client *peer_client(void);
/* Ask with params {} unless `params` is not empty. */
void ask(accrue_client *client, const char *method, accrue_value params, uint32_t timeout_ms,
         struct seen *seen);
/* Connect and answer the greeting: `log` at `head`. */
void greet(accrue_client *client, const char *log, int64_t head);
/* Only the answer to a greeting that was read already. */
void answer_greeting(accrue_client *client, uint32_t id, const char *log, int64_t head);
void answer_int(accrue_client *client, uint32_t id, int64_t value);
/* {last: seq} */
void answer_last(accrue_client *client, uint32_t id, int64_t seq);
void answer_text_error(accrue_client *client, uint32_t id, const char *text);
void feed(accrue_client *client, const struct writer *message);

#endif
