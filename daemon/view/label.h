#ifndef ACCRUE_DAEMON_VIEW_LABEL_H
#define ACCRUE_DAEMON_VIEW_LABEL_H

/* Keys and labels of rows: what a program takes up again, and what a person reads. */

#include "daemon/ledger/states.h"
#include "daemon/view/query.h"

#define KEY_BYTES_MAX 192u /* kind/id/no and a currency */

/* Put a part behind the `len` bytes of a text; gives the new length. */
size_t text_put(char *out, size_t len, struct slice part);

/* The plain id. */
size_t key_id(const struct facts *facts, uint32_t aggregate, char *out);
/* The plain id of a contract, kind/id of anything else (ruling 41). */
size_t key_owner(const struct facts *facts, uint32_t owner, char *out);
/* owner/no */
size_t key_obligation(const struct facts *facts, uint32_t owner, uint32_t no, char *out);
/* The row's sort key: a space and the currency are added. */
size_t key_currency(char *out, size_t len, uint8_t currency);

/* A party's name, the title of a contract or technology at the viewpoint, else the id. */
struct slice label_of(const struct query *query, uint32_t aggregate);

/* The contract's row at the viewpoint (signed before drafted), or NULL. */
const struct contract_row *contract_at(const struct facts *facts, uint32_t contract,
                                       const struct viewpoint *view);

/* A day as text, or nil for DAY_NONE. An amount, or nil for AMOUNT_UNKNOWN. */
void write_day(struct writer *out, int32_t day);
void write_amount(struct writer *out, int64_t amount);
/* names[index], or nil outside the list. */
void write_name(struct writer *out, const char *const *names, unsigned index);
/* An aggregate's id, or nil for AGGREGATE_NONE. */
void write_id(struct writer *out, const struct facts *facts, uint32_t aggregate);

#endif
