#ifndef ACCRUE_OPS_CLI_FEED_H
#define ACCRUE_OPS_CLI_FEED_H

/* Requests under way, several at once, whose answers are told in the order of asking.
 *
 *   F1  Each line that was read is told exactly once, in the order of the lines, also one that
 *       never became a request.
 *   F2  After the first refusal nothing more is sent, unless --keep-going; what is under way is
 *       waited for, so that no line is left without a result. */

#include "ops/cli/cli.h"

#define FEED_MAX 256

struct feed;

struct slot {
    struct feed *feed;
    json_t *events; /* as sent; NULL: the line was none, or they were encoded already */
    bool batch, answered;
    uint64_t line;
    int code;
    json_t *answer; /* {code, message, …} of a refusal; the result, if the feed tells it */
};

typedef void slot_fn(struct feed *feed, const struct slot *slot);

struct feed {
    const struct cli *cli;
    const char *method;
    bool dry, keep_going;
    bool counts_only;  /* results are counted and not kept */
    unsigned inflight; /* at most */
    slot_fn *tell;
    void *arg;

    struct slot slots[FEED_MAX];
    unsigned first, count;
    uint64_t stored, dups, refused; /* events, events, requests */
    uint64_t first_seq, last_seq;
    bool stopped;
    int worst; /* exit code of the first refusal */
};

/* Each gives false once the run is to end. `events` is taken over. */
bool feed_send(struct feed *feed, json_t *events, bool batch, uint64_t line);
/* The same with an encoded array, which is copied. */
bool feed_send_encoded(struct feed *feed, accrue_value events, uint64_t line);
bool feed_refuse(struct feed *feed, int code, const char *detail, uint64_t line);
/* Wait for what is under way and tell it. */
void feed_finish(struct feed *feed);

#endif
