#ifndef ACCRUE_ACCRUE_H
#define ACCRUE_ACCRUE_H

/* libaccrue: client library for the accrued daemon.
 *
 * The core does no I/O: give it the bytes that come from the daemon, send the bytes that it has
 * for the daemon, tell it the time, and it calls you back. accrue_sync.h puts blocking sockets
 * around it, accrue_uv.h a libuv loop.
 *
 * Units: amounts in fen, rates in ppm, days as text YYYY-MM-DD, times in microseconds UTC,
 * time-outs in milliseconds. Threads: an accrue_client belongs to one thread at a time; nothing
 * is shared between two of them. Memory: what a function returns is borrowed unless it says
 * that you own it. Every function that can fail returns 0 or a negative ACCRUE_ code. */

#include <stddef.h>
#include <stdint.h>

#include "accrue/status_list.h"

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ACCRUE_API __attribute__((visibility("default")))
#define ACCRUE_MUST_CHECK __attribute__((warn_unused_result))
#else
#define ACCRUE_API
#define ACCRUE_MUST_CHECK
#endif

enum accrue_status {
    ACCRUE_OK = 0,
#define X(name, number, english, chinese, advice) ACCRUE_##name = (number),
    STATUS_LIST(X)
#undef X
};

/* What a failure means for what you sent. */
enum accrue_class {
    ACCRUE_CLASS_OK,
    ACCRUE_CLASS_REJECTED,    /* certainly not stored; sending it again changes nothing */
    ACCRUE_CLASS_UNAVAILABLE, /* certainly not stored; may work later */
    ACCRUE_CLASS_UNKNOWN      /* may be stored: send the same ids again to find out */
};

ACCRUE_API enum accrue_class accrue_class_of(int code);
/* "E_SELF_DEAL"; never NULL. */
ACCRUE_API const char *accrue_code_name(int code);
/* Meaning and advice, English ("en") or Chinese ("zh"); never NULL. */
ACCRUE_API const char *accrue_code_text(int code, const char *language);
ACCRUE_API const char *accrue_code_advice(int code);

/* ---- values: encoded MessagePack, borrowed ---- */

typedef struct accrue_value {
    const uint8_t *data;
    size_t len;
} accrue_value;

enum accrue_kind {
    ACCRUE_NONE,
    ACCRUE_NIL,
    ACCRUE_BOOL,
    ACCRUE_INT,
    ACCRUE_TEXT,
    ACCRUE_BIN,
    ACCRUE_ARRAY,
    ACCRUE_MAP
};

ACCRUE_API enum accrue_kind accrue_value_kind(accrue_value value);
/* These give 1 and set *ret if the value is of that kind, else 0 and leave it. */
ACCRUE_API int accrue_value_int(accrue_value value, int64_t *ret);
ACCRUE_API int accrue_value_bool(accrue_value value, int *ret);
/* Not ended by a zero byte. */
ACCRUE_API int accrue_value_text(accrue_value value, const char **ret_text, size_t *ret_len);
ACCRUE_API int accrue_value_bin(accrue_value value, const uint8_t **ret_bytes, size_t *ret_len);
/* Number of elements or pairs; 0 for anything else. */
ACCRUE_API size_t accrue_value_count(accrue_value value);
ACCRUE_API int accrue_value_find(accrue_value map, const char *key, accrue_value *ret_value);
/* Walk an array or map: `key` stays empty for an array. Begin with *at = 0; 0 at the end. */
ACCRUE_API int accrue_value_next(accrue_value container, size_t *at, accrue_value *ret_key,
                                 accrue_value *ret_value);

/* ---- building what is sent ---- */

/* Errors latch: build without checking and look once, at accrue_build_done(). */
typedef struct accrue_builder accrue_builder;

/* NULL only when out of memory. You own it. */
ACCRUE_API accrue_builder *accrue_builder_new(void);
ACCRUE_API void accrue_builder_free(accrue_builder *builder);
/* Forget what was built and begin again. */
ACCRUE_API void accrue_builder_reset(accrue_builder *builder);
ACCRUE_API void accrue_build_map(accrue_builder *builder);
ACCRUE_API void accrue_build_array(accrue_builder *builder);
/* Ends the innermost open map or array. */
ACCRUE_API void accrue_build_end(accrue_builder *builder);
/* In a map, before each value. */
ACCRUE_API void accrue_build_key(accrue_builder *builder, const char *key);
ACCRUE_API void accrue_build_text(accrue_builder *builder, const char *text);
ACCRUE_API void accrue_build_text_len(accrue_builder *builder, const char *text, size_t len);
ACCRUE_API void accrue_build_int(accrue_builder *builder, int64_t value);
ACCRUE_API void accrue_build_bool(accrue_builder *builder, int value);
ACCRUE_API void accrue_build_nil(accrue_builder *builder);
ACCRUE_API void accrue_build_bin(accrue_builder *builder, const void *bytes, size_t len);
/* An already encoded value, whole: else ACCRUE_BAD_PARAMS. */
ACCRUE_API void accrue_build_value(accrue_builder *builder, accrue_value value);
/* The one whole value built; borrowed until the next call on the builder.
 *   ACCRUE_NOMEM · ACCRUE_TOO_LARGE  over 4 MiB or 16 levels · ACCRUE_BAD_PARAMS  an end is
 * missing, a key stands where a value should, or not exactly one value was built */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_build_done(accrue_builder *builder,
                                                   accrue_value *ret_value);

/* A new time-ordered event id (UUID version 7, RFC 9562) of 36 characters and a zero. The same
 * id must go with every retry of the same event.
 *   ACCRUE_IO  no random bytes from the system */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_event_id(char out[37]);

/* ---- the client without I/O ---- */

typedef struct accrue_client accrue_client;

typedef struct accrue_error {
    int code;                  /* ACCRUE_… */
    enum accrue_class outcome; /* what it means for what was sent */
    const char *message;       /* whole, in the language of the options */
    const char *field;         /* "data.obligations[1].amount_fen" or "" */
    const char *state;         /* the state that forbids it, or "" */
    int64_t index;             /* event of the request, or -1 */
    accrue_value legal;        /* array of what would be legal; empty if not told */
} accrue_error;

/* Exactly once for every accepted request, from feed, tick, disconnected or free. `error` is NULL
 * when it succeeded; both are borrowed for the call. */
typedef void (*accrue_reply_fn)(void *arg, const accrue_error *error, accrue_value result);
/* tail.events, tail.live, tail.end, job.progress: `params` is the array of the notification. */
typedef void (*accrue_notify_fn)(void *arg, const char *method, size_t method_len,
                                 accrue_value params);

typedef struct accrue_options {
    const char *name;     /* shown in the daemon's status; NULL = "libaccrue" */
    const char *language; /* of messages: "en" (NULL) or "zh" */
    accrue_notify_fn on_notify;
    void *arg;
} accrue_options;

/* `options` may be NULL. You own *ret_client. ACCRUE_NOMEM. */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_client_new(const accrue_options *options,
                                                   accrue_client **ret_client);
/* Accepts NULL. Requests still unanswered get their callback first: ACCRUE_UNKNOWN_OUTCOME for an
 * append that was sent, else ACCRUE_UNAVAILABLE. */
ACCRUE_API void accrue_client_free(accrue_client *client);

/* The transport is up, for the first time or again: greets the daemon and sends again, unchanged,
 * every unanswered request that may be repeated. An append may: its ids make it so (P3). */
ACCRUE_API void accrue_client_connected(accrue_client *client);
/* The transport is down. Requests that may not be repeated (tail, rebuild, verify, load.end) fail
 * with ACCRUE_UNAVAILABLE, load.end with ACCRUE_UNKNOWN_OUTCOME; the rest wait for their deadline.
 */
ACCRUE_API void accrue_client_disconnected(accrue_client *client);

/* Ask for `method` with one map of parameters (empty value: none). Copies both. `timeout_ms` from
 * `now_ms` of the last tick, 0 = for ever; when it passes, the callback says
 * ACCRUE_UNKNOWN_OUTCOME for an append that was sent, else ACCRUE_UNAVAILABLE.
 *   ACCRUE_NOMEM · ACCRUE_TOO_LARGE  a message over 4 MiB or 16 levels · ACCRUE_BAD_PARAMS  not one
 * encoded value · ACCRUE_OVERLOADED  1,024 or 64 MiB in flight · ACCRUE_CORRUPT  the log was
 * restored · ACCRUE_UNAVAILABLE  the client is being freed */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_client_request(accrue_client *client, const char *method,
                                                       accrue_value params, uint32_t timeout_ms,
                                                       accrue_reply_fn on_reply, void *arg);

/* Bytes to send, borrowed until the next call; then say how many went out. */
ACCRUE_API size_t accrue_client_pending(const accrue_client *client, const void **ret_bytes);
ACCRUE_API void accrue_client_sent(accrue_client *client, size_t count);
/* Bytes from the daemon, in any split. ACCRUE_BAD_REQUEST, ACCRUE_TOO_LARGE, ACCRUE_NOMEM: the
 * connection is beyond repair, close it and say so. */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_client_feed(accrue_client *client, const void *bytes,
                                                    size_t len);
/* Monotonic time; ends what is overdue. Gives the next deadline, or UINT64_MAX. */
ACCRUE_API uint64_t accrue_client_tick(accrue_client *client, uint64_t now_ms);
ACCRUE_API uint32_t accrue_client_unanswered(const accrue_client *client);

/* The highest seq that any answer of this log has shown, and the log's id ("" before the first
 * hello). A daemon that greets with a lower head was restored from an old backup: nothing is sent
 * to it and requests fail with ACCRUE_CORRUPT, until accrue_client_accept_restored(). Of an append
 * that an earlier connection carried the error's class is then ACCRUE_CLASS_UNKNOWN. */
ACCRUE_API uint64_t accrue_client_highest_seq(const accrue_client *client, const char **ret_log);
ACCRUE_API void accrue_client_remember(accrue_client *client, const char *log, uint64_t seq);
ACCRUE_API void accrue_client_accept_restored(accrue_client *client);

#ifdef __cplusplus
}
#endif

#endif
