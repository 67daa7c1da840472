#ifndef ACCRUE_ACCRUE_SYNC_H
#define ACCRUE_ACCRUE_SYNC_H

/* Blocking calls on one connection, for programs without a loop. A lost connection is made again
 * within the call's time-out and unanswered appends are sent again under the same ids.
 *
 * An accrue_connection belongs to one thread at a time. Time-outs in milliseconds, 0 = 30 s; of
 * accrue_tail_next(), accrue_wait() and accrue_poll() 0 = only what has come already. */

#include "accrue/accrue.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct accrue_connection accrue_connection;

/* Connect to `url`: "unix:/run/accrued.sock", a plain path, or "tcp:127.0.0.1:7911" (numeric
 * addresses only); NULL takes ACCRUE_URL from the environment, else the default socket. You own
 * *ret_connection, also on failure if it is not NULL: it holds the error.
 *   ACCRUE_BAD_PARAMS  not a URL · ACCRUE_UNAVAILABLE  nobody answers there · ACCRUE_NOMEM */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_open(const char *url, const accrue_options *options,
                                             uint32_t timeout_ms,
                                             accrue_connection **ret_connection);
ACCRUE_API void accrue_close(accrue_connection *connection);

/* One request, one answer. *ret_result is borrowed until the next call on the connection.
 * Negative: accrue_last_error() tells more. */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_call(accrue_connection *connection, const char *method,
                                             accrue_value params, uint32_t timeout_ms,
                                             accrue_value *ret_result);
/* Append one event (a map) or an array of 1 to 1,000 as one atomic request. Every event needs an
 * `id`. Durable when it returns 0. */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_append(accrue_connection *connection, accrue_value events,
                                               uint32_t timeout_ms, accrue_value *ret_result);

/* Follow the log from `from` on, by `params` (a map of tail's parameters but from, credit and
 * sub; may be empty). Credit is given back by itself, and after a lost connection the tail goes
 * on behind the last event that accrue_tail_next() gave. One tail a connection. */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_tail(accrue_connection *connection, uint64_t from,
                                             accrue_value params, uint32_t timeout_ms);
/* The next event, borrowed until the next call. ACCRUE_INCOMPLETE: none within the time-out (the
 * tail has seen everything up to now if *ret_live is 1, which may be NULL). */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_tail_next(accrue_connection *connection,
                                                  uint32_t timeout_ms, accrue_value *ret_event,
                                                  int *ret_live);

/* Notifications other than the tail's, such as job.progress, while a call waits. */
ACCRUE_API void accrue_on_notify(accrue_connection *connection, accrue_notify_fn on_notify,
                                 void *arg);
/* Wait for notifications. ACCRUE_INCOMPLETE when the time is over. */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_wait(accrue_connection *connection, uint32_t timeout_ms);

/* Write and read once, waiting at most `timeout_ms` for something to happen: for requests that
 * were asked for with accrue_client_request() on the connection's client. */
ACCRUE_API ACCRUE_MUST_CHECK int accrue_poll(accrue_connection *connection, uint32_t timeout_ms);

/* Of the last call that failed; never NULL, borrowed until the next call. */
ACCRUE_API const accrue_error *accrue_last_error(const accrue_connection *connection);
ACCRUE_API accrue_client *accrue_connection_client(accrue_connection *connection);

#ifdef __cplusplus
}
#endif

#endif
