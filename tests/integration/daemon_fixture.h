#ifndef ACCRUE_TESTS_INTEGRATION_DAEMON_FIXTURE_H
#define ACCRUE_TESTS_INTEGRATION_DAEMON_FIXTURE_H

/* A real accrued in a directory of its own, and a client that speaks to it with proto/ alone.
 * Whatever goes wrong here fails the test. */

#include <sys/types.h>

#include "proto/cursor.h"
#include "proto/rpc.h"
#include "proto/shape.h"

#define PATIENCE_MS 20000 /* sanitizers and a busy machine included */

struct daemon {
    char dir[32];
    char data[64], socket[64], errors[64];
    char ready[512]; /* the line of --ready-fd */
    pid_t pid;       /* 0 = not running */
};

/* A directory and names in it; nothing runs yet. */
void daemon_make(struct daemon *daemon);
/* Start with --data (unless `data` is empty), --listen unix:…, and `more` (NULL-terminated, or
 * NULL). Waits until it is ready. `files` is its limit of descriptors, 0 = as ours. */
void daemon_start(struct daemon *daemon, const char *const *more, unsigned files);
/* The same, but it must end by itself: gives its status. */
int daemon_run(struct daemon *daemon, const char *const *arguments);
/* Send a signal, wait for the end; gives the exit status, or 128 and the signal. */
int daemon_stop(struct daemon *daemon, int number);
/* Wait for an end that comes by itself. */
int daemon_wait(struct daemon *daemon);
/* Does what it wrote on stderr contain `text`? */
bool daemon_said(const struct daemon *daemon, const char *text);
/* Stop it if it runs, and remove the directory. */
void daemon_remove(struct daemon *daemon);
/* Resident and anonymous; 0 under a sanitizer, whose own memory would drown it. */
size_t daemon_memory_kib(const struct daemon *daemon);

struct client {
    int fd;
    uint32_t next_id;
    struct framer framer;
    uint8_t *bytes;
    size_t len, size, used; /* `used`: of the message handed out last */
};

void client_open(struct client *client, const struct daemon *daemon);
void client_open_tcp(struct client *client, const struct daemon *daemon);
void client_close(struct client *client);

void client_send(struct client *client, struct slice bytes);
/* Without waiting: how many the kernel took, 0 if none. */
size_t client_try_send(struct client *client, struct slice bytes);
/* The next message; false at the end of the stream (or a reset). Its slices live until the next
 * call. Fails the test after `timeout_ms`. */
bool client_receive(struct client *client, struct rpc_message *ret_message, int timeout_ms);

/* Send a request; gives its id. `map` is the encoded parameter. */
uint32_t client_request(struct client *client, const char *method, struct slice map);
/* Request, then wait for its answer, skipping notifications. */
struct rpc_message client_call(struct client *client, const char *method, struct slice map);
/* The same, and it must not be an error; gives the result. */
struct slice client_result(struct client *client, const char *method, struct slice map);
int64_t number_in(struct slice map, const char *key);

/* {events: [{id, type: "x.test.note", agg, data: {n, fill}}, …]} of ids `prefix` and a number.
 * The bytes are the caller's buffer. */
struct slice notes(uint8_t *buffer, size_t size, const char *prefix, uint32_t first, uint32_t count,
                   size_t fill);

#endif
