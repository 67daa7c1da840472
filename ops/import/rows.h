#ifndef ACCRUE_OPS_IMPORT_ROWS_H
#define ACCRUE_OPS_IMPORT_ROWS_H

/* A row's values as the events that it makes.
 *
 *   E1  Ids of events are the key of the row and the number of the event, so the same row is the
 *       same events for ever, whatever file it stands in.
 *   E2  A row needs the events that make what it names and the log does not have; they go with it
 *       in its one atomic request. */

#include "ops/import/directory.h"
#include "ops/import/record.h"

/* Does the log have this contract? For numbers that the directory does not know. */
typedef bool contract_fn(void *arg, const char *id);

struct row_events {
    json_t *own;                         /* array of events */
    json_t *needs;                       /* array of places, "party/id", in the order of making */
    size_t makers[PROFILE_ENTITIES_MAX]; /* of each: the entity that it was made for */
};

/* False: the faults are told, and the directory is as it was. The caller owns the arrays in any
 * case. */
bool row_make(const struct records *records, struct directory *directory, contract_fn *has_contract,
              void *arg, const struct record *record, struct row_events *ret);
void row_free(struct row_events *row);

/* E1: of the profile's event at `index`, whether or not a guard leaves it out of this row. */
void row_event_id(const struct record *record, size_t index, char out[CONTENT_HEX_BYTES]);

/* Which column an event's field comes from: the index, or the count of columns. `index` counts
 * the row's own events, `path` is "data.sellers[0].party". */
size_t row_column_of(const struct profile *profile, size_t index, const char *path);
/* The same of the event that makes a place that the row needs. */
size_t row_column_of_need(const struct profile *profile, const struct row_events *row,
                          const char *place, const char *path);

#endif
