#ifndef ACCRUE_CLIENT_SYNC_H
#define ACCRUE_CLIENT_SYNC_H

/* Shared by sync.c and sync_tail.c. */

#include "accrue/accrue_sync.h"
#include "client/src/inner.h"

struct accrue_connection {
    accrue_client *client;
    int socket; /* -1: not connected */
    bool was_up, notified;
    unsigned lost;     /* connections lost so far */
    unsigned failures; /* losts and failed attempts since the last answer */
    uint64_t retry_at_ms;
    char url[256];
    uint8_t *chunk;
    struct buffer result, legal;
    struct error_text text;
    accrue_error error;
    accrue_notify_fn on_notify;
    void *notify_arg;

    /* the one tail */
    bool tailing, live;
    uint64_t tail_next;   /* first seq not yet given to the caller's tail */
    uint64_t owed;        /* events taken since credit was last given back */
    bool asked;           /* the daemon was asked for it and said yes */
    unsigned tail_lost;   /* `lost` when the tail was asked for */
    int tail_end;         /* code of tail.end, 0 = running */
    uint8_t *tail_params; /* encoded map of the caller's */
    size_t tail_params_len;
    struct buffer events; /* encoded events not yet taken */
};

struct sync_call {
    accrue_connection *connection;
    bool done;
    int status;
};

uint64_t sync_now_ms(void);
uint64_t sync_deadline(uint32_t timeout_ms);
int sync_fail(accrue_connection *connection, int code, const char *detail);
void sync_keep_error(accrue_connection *connection, const accrue_error *error);
/* Connect if needed, write and read once, at most until the deadline. */
int sync_turn(accrue_connection *connection, uint64_t deadline);
/* Was this notification the tail's? */
bool sync_tail_notify(accrue_connection *connection, const char *method, size_t method_len,
                      accrue_value params);

#endif
