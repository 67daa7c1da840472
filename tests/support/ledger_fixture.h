#ifndef ACCRUE_TESTS_SUPPORT_LEDGER_FIXTURE_H
#define ACCRUE_TESTS_SUPPORT_LEDGER_FIXTURE_H

/* A ledger that takes events written in JSON, as the daemon would take them: shape, decide,
 * stored form, fold, publish. What it accepted can be read again as stored forms.
 *
 * An event may say `recorded`: a day (then 09:00 in Asia/Shanghai) or a time in RFC 3339 ending
 * in Z. Without, it is recorded one second after the one before. */

#include <jansson.h>

#include "daemon/ledger/ledger.h"

struct ledger_fixture {
    struct ledger *ledger;
    struct facts *facts;
    struct published published;
    int64_t recorded; /* of the last event */
    uint8_t *wire, *body, *effects, *stored;
    struct slice *log; /* stored forms, by seq - 1 */
    size_t log_count, log_room;
};

void ledger_fixture_init(struct ledger_fixture *fixture);
void ledger_fixture_done(struct ledger_fixture *fixture);

/* Append one event; refused: the status, and nothing has changed. */
enum status ledger_fixture_append(struct ledger_fixture *fixture, const json_t *event,
                                  struct fault *fault);

/* The same for an event as it comes over the wire, recorded one second after the one before. */
enum status ledger_fixture_append_wire(struct ledger_fixture *fixture, struct slice wire,
                                       struct fault *fault);

/* Append an array of events as one request: all of them, or none and all is undone. */
enum status ledger_fixture_batch(struct ledger_fixture *fixture, const json_t *events,
                                 struct fault *fault);

/* `recorded` as microseconds; fails the test if it is not a time. */
int64_t fixture_time(const char *text);

/* A JSON value as msgpack. Integers only. */
void json_write(const json_t *value, struct writer *out);
/* One msgpack value as JSON; the caller owns it. Fails the test on what JSON cannot hold. */
json_t *json_read(struct slice value);

#endif
