#ifndef ACCRUE_PROTO_FIELDS_CHECK_H
#define ACCRUE_PROTO_FIELDS_CHECK_H

/* Between the files of the check of an event's data; inside proto/ only. */

#include "proto/vocabulary.h"

/* Where a value stands, as a chain on the stack: a path is only written when there is a fault. */
struct place {
    const struct place *above; /* NULL: the data itself */
    struct slice key;          /* .data NULL: an item of a list */
    uint32_t index;
};

/* What a walk over the data is to find. */
#define WANT_PRESENCE 1u
#define WANT_VALUES 2u
#define WANT_ORDER 4u
#define WANT_ALL (WANT_PRESENCE | WANT_VALUES | WANT_ORDER)

struct check {
    const char *path; /* of the data itself */
    unsigned wants;
    struct fault *fault;
};

/* Say that the value at `place` breaks `code`. Returns `code`. */
enum status check_fail(const struct check *check, const struct place *place, enum status code);

/* A value that holds no other: `type` is the rule's, or its element's. */
enum status check_scalar(const struct check *check, const struct field_rule *rule,
                         enum value_type type, struct slice value, const struct place *place);

/* Keys and values of the user's: VALUE_MAP_FREE. */
enum status check_map_free(const struct check *check, struct slice value,
                           const struct place *place);

/* Any value at all, of a key x_…: only what must never be stored in clear is looked for. */
enum status check_foreign(const struct check *check, struct slice value, const struct place *place);

/* Dates of one map of which the second must not be before the first: start and end, from and to …
 * as fields_check() lists them. */
#define DATE_PAIRS 5u
struct date_order {
    unsigned dated[2]; /* bit i: first, second of pair i is there */
    int32_t days[DATE_PAIRS][2];
};
void date_order_note(struct date_order *order, enum field_id id, struct slice value);
/* The first pair in the wrong order, -1 if there is none. */
int date_order_broken(const struct date_order *order);

bool text_format_fits(enum text_format format, struct slice text);

struct slice field_name_slice(enum field_id id);

#endif
