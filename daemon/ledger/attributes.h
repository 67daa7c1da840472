#ifndef ACCRUE_DAEMON_LEDGER_ATTRIBUTES_H
#define ACCRUE_DAEMON_LEDGER_ATTRIBUTES_H

/* Fields of a body as attributes of its aggregate, by the rules of the vocabulary: no noun lists
 * its own fields twice. */

#include "daemon/ledger/decide.h"

/* One row for every present field of `shape` but those in `except` (ended by FIELD_COUNT, may
 * be NULL), valid from folding->valid. */
void attributes_fold(struct folding *folding, const struct value_shape *shape,
                     const struct fields *fields, const enum field_id *except);
/* Only the fields in `only`. */
void attributes_fold_only(struct folding *folding, const struct value_shape *shape,
                          const struct fields *fields, const enum field_id *only);
/* One row with a number. */
void attribute_fold(struct folding *folding, enum field_id field, int64_t value);
/* The rule of a field in a shape. NULL if it has none. */
const struct field_rule *shape_rule(const struct value_shape *shape, enum field_id field);

#endif
