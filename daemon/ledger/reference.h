#ifndef ACCRUE_DAEMON_LEDGER_REFERENCE_H
#define ACCRUE_DAEMON_LEDGER_REFERENCE_H

/* What a body names: parties with shares, lists of ids, ids that may be left out. The decide_
 * functions check and touch; the _fold functions read the same fields again, when all of them
 * are known to exist. */

#include "daemon/ledger/decide.h"
#include "proto/cursor.h"

/* The aggregate, touched; AGGREGATE_NONE if it does not exist. */
uint32_t reference_touch(struct deciding *deciding, enum aggregate_kind kind, struct slice id);
/* As decide_reference(); an absent field is no fault and gives AGGREGATE_NONE. */
enum status decide_reference_maybe(struct deciding *deciding, enum aggregate_kind kind,
                                   enum field_id field, uint32_t *ret_aggregate);
/* Every id of a list (an encoded array, or empty); `path` is the field's. */
enum status decide_references(struct deciding *deciding, enum aggregate_kind kind,
                              struct slice list, const char *path);

/* {party, share_ppm} maps of a field, one after the other. */
struct share {
    struct slice party;
    int64_t ppm;
};
struct cursor shares_of(const struct fields *fields, enum field_id field, uint32_t *ret_left);
bool share_next(struct cursor *in, uint32_t *left, struct share *ret);
enum status decide_share_parties(struct deciding *deciding, enum field_id field);
/* STATUS_E_SUM_MISMATCH unless they sum to 1,000,000 (ruling 5). */
enum status decide_share_sum(struct deciding *deciding, enum field_id field);

struct list_ref shares_fold(struct folding *folding, enum field_id field);
struct list_ref references_fold(struct folding *folding, enum aggregate_kind kind,
                                enum field_id field);
uint32_t reference_fold(struct folding *folding, enum aggregate_kind kind, enum field_id field);

#endif
