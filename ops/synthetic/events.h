#ifndef ACCRUE_OPS_SYNTHETIC_EVENTS_H
#define ACCRUE_OPS_SYNTHETIC_EVENTS_H

/* The events of a contract.
 *
 *   V1  In the order in which a registration office learns of them: parties and technology when
 *       they are first used, signing and registration on the day of registration, the rest later.
 *   V2  `lean` has no obligations and no payments: what it owes is not known, and nothing is shown
 *       as owed. Everything else is the same.
 *   V3  A transfer or licence has a technology of its own, so that no two licences conflict. */

#include "ops/synthetic/out.h"
#include "ops/synthetic/parties.h"

struct emitter {
    const struct registry *registry;
    struct parties *parties;
    struct out *out;
    bool lean;
};

/* ---- events.c ---- */

/* Everything that is recorded on the day of registration. */
void emit_registration(struct emitter *emitter, const struct contract *contract);
/* Up to `"data":{`; out_line_end ends it. The id is the contract's, a letter and, not 0, a number.
 */
void event_begin(struct emitter *emitter, const struct contract *contract, const char *type,
                 const char *letter, uint32_t number);
void put_contract_id(struct out *out, const struct contract *contract);
void put_member_date(struct out *out, const char *member, int32_t day);
void put_member_fen(struct out *out, const char *member, int64_t fen);

/* ---- later.c ---- */

#define PARTS_AT_MOST 4u

/* What is to be paid, in parts that sum to the contract's amount; 0 where nothing is. */
uint32_t contract_parts(const struct emitter *emitter, const struct contract *contract,
                        int64_t fen[PARTS_AT_MOST]);
/* `,"obligations":[…]` and the terms that go with the way of paying. */
void put_terms(struct emitter *emitter, const struct contract *contract);
/* Everything that is recorded on this day about contracts registered before it. */
void emit_later(struct emitter *emitter, int32_t day);
/* The last day on which anything is. */
int32_t later_last_day(const struct emitter *emitter);

#endif
