#ifndef ACCRUE_PROTO_EVENT_H
#define ACCRUE_PROTO_EVENT_H

/* An event: what a client sends, what the log keeps, and the way between them.
 *
 *   E1  `body` is canonical; what it says is what the client said, less `expect` and
 *       `private`, plus `private_hash` = SHA-256(salt || canonical private).
 *   E2  The stored form is a canonical map {body, effects, stamp, touches}; the leaf is
 *       SHA-256(0x00 || stored form). Final since format 1 (COMPATIBILITY.md).
 *   E3  Every slice of a struct event points into the bytes that it was read from.
 *
 * Body keys: actor agg cause corr corrects data docs effective id private_hash type ver, each
 * only if sent, but type, agg, id, data and ver always (ver 1 is written out). */

#include "proto/vocabulary.h"
#include "proto/writer.h"

struct event {
    /* ---- body ---- */
    struct slice body;               /* E1 */
    struct slice id, type_name, agg; /* agg without a `kind/` prefix */
    struct slice data, docs, actor, corr, cause, corrects, private_hash;
    const struct event_type *type; /* NULL for x.* */
    enum type_id type_id;
    enum aggregate_kind kind;
    uint16_t version;
    bool has_effective;
    int32_t effective_sent; /* if has_effective */

    /* ---- sent beside the body ---- */
    struct slice private_data; /* canonical; empty if none */
    int64_t expect;            /* agg_seq before this event, -1 = not given */
    int64_t recorded_sent;     /* load only; -1 = not given */

    /* ---- stamp ---- */
    uint64_t seq;
    uint64_t agg_seq;
    int64_t recorded; /* microseconds UTC */
    struct slice by;
    uint64_t flags; /* WARNING_BIT */
    uint32_t rules;

    struct slice effects; /* canonical array, see daemon/ledger/effects.h */
    struct slice touches; /* canonical array of [account, n] */
};

/* Take one event as sent: `wire` is one shape-checked value. The canonical body goes to `out`,
 * the canonical private part behind it; `ret_event` points there. Checks envelope and data
 * against the vocabulary, in the order of ruling 3.
 *
 *   STATUS_BAD_PARAMS      not a map, or an unknown envelope key
 *   STATUS_E_UNKNOWN_TYPE  also a type that this release does not decide, and system.*
 *   STATUS_E_MISSING_FIELD STATUS_E_BAD_FIELD STATUS_E_RANGE STATUS_E_DATE_ORDER
 *   STATUS_E_PERSONAL_ID
 *   STATUS_TOO_LARGE       more than EVENT_BYTES_MAX, or `out` is full
 *
 * `origin` is 0 for a client's append; EVENT_SYSTEM allows what is reserved to the daemon (types
 * system.*, ids that begin with `_`), EVENT_LOAD the key `recorded`. Empty values are not
 * guessed at, but nil counts as not sent: some clients cannot leave a key out. private_hash is
 * not yet in the body: the salt is the sequencer's; event_seal() puts it in. On a refusal `out`
 * is as it was, except for `full`, and `ret_event` is untouched. */
#define EVENT_SYSTEM 1u
#define EVENT_LOAD 2u
enum status event_from_wire(struct slice wire, unsigned origin, struct writer *out,
                            struct event *ret_event, struct fault *fault);

/* Rewrite the body of an event that has private data with `private_hash`. */
enum status event_seal(struct event *event, const uint8_t private_hash[HASH_BYTES],
                       struct writer *out);

/* Read a stored form. The bytes come from our own log, after its checksum; still every step is
 * bounded. STATUS_CORRUPT if they are not a stored form. */
enum status event_from_stored(struct slice stored, struct event *ret_event);

/* Write the stored form. STATUS_TOO_LARGE over EVENT_BYTES_MAX. */
enum status event_to_stored(const struct event *event, struct writer *out);

/* The day from which the event holds: its type's business date, else what was sent, else the
 * recorded day in Asia/Shanghai. */
int32_t event_effective(const struct event *event, const struct fields *fields);

/* Civil day in Asia/Shanghai (UTC+8, no daylight saving) of microseconds UTC. */
int32_t shanghai_day(int64_t microseconds);

/* The event as answered on the wire (design 5): one map with body keys, stamp keys, effective,
 * flags as names, effects, touches and hash. */
void event_write_answer(const struct event *event, const uint8_t hash[HASH_BYTES],
                        struct writer *out);

#endif
