#ifndef ACCRUE_PROTO_EVENT_BODY_H
#define ACCRUE_PROTO_EVENT_BODY_H

/* The keys of an event's envelope, shared by the way in (event_envelope.c, event_wire.c) and the
 * way back (event_stored.c). Inside proto/ only. */

#include "proto/cursor.h"
#include "proto/event.h"

/* In the order of their bytes. expect, private and recorded are sent but not in the body,
 * private_hash is in the body but not sent. */
#define ENVELOPE_LIST(X)                                                                           \
    X(actor)                                                                                       \
    X(agg)                                                                                         \
    X(cause)                                                                                       \
    X(corr)                                                                                        \
    X(corrects)                                                                                    \
    X(data)                                                                                        \
    X(docs)                                                                                        \
    X(effective)                                                                                   \
    X(expect)                                                                                      \
    X(id)                                                                                          \
    X(private)                                                                                     \
    X(private_hash)                                                                                \
    X(recorded)                                                                                    \
    X(type)                                                                                        \
    X(ver)

enum envelope_key {
#define X(name) KEY_##name,
    ENVELOPE_LIST(X)
#undef X
        KEY_COUNT
};

/* The values as they are encoded; .data NULL: not there, or nil. */
struct envelope {
    struct slice at[KEY_COUNT];
};

const char *envelope_key_name(enum envelope_key key);

/* KEY_COUNT if there is none of this name. */
enum envelope_key envelope_key_of(struct slice name);

/* What the envelope says beside the body. */
struct envelope_facts {
    const struct event_type *type; /* NULL for x.* */
    int64_t expect, recorded;      /* -1: not sent */
};

/* The values of an event as sent. STATUS_BAD_PARAMS: not a map, or a key that is not for this
 * origin; STATUS_E_BAD_FIELD: a key twice. */
enum status envelope_read(struct slice wire, unsigned origin, struct envelope *ret,
                          struct fault *fault);

/* Everything that can be said about an envelope without its data. */
enum status envelope_check(const struct envelope *envelope, unsigned origin,
                           struct envelope_facts *ret, struct fault *fault);

/* `kind/id`, or an id alone: of the type's kind, of a contract where the type (or NULL, x.*)
 * serves several. False if the prefix is no kind, or another than the type's. */
bool event_split_agg(const struct event_type *type, struct slice text,
                     enum aggregate_kind *ret_kind, struct slice *ret_id);

/* Set the body fields of `event` from a canonical body. False if it is not one. */
bool event_read_body(struct slice body, struct event *event);
/* The same for a body with something behind it, in one walk over both. */
bool event_take_body(struct cursor *in, struct event *event);

/* The names of the set bits as an array, in the order of their bytes. */
void event_write_flags(struct writer *out, uint64_t flags);

#endif
