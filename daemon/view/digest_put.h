#ifndef ACCRUE_DAEMON_VIEW_DIGEST_PUT_H
#define ACCRUE_DAEMON_VIEW_DIGEST_PUT_H

/* What the files digest_rows*.c write a row with: one file a group of nouns, one function a
 * table, each entered in the table of digest_rows.c. D1-D3 there hold for all of them. */

#include "daemon/view/digest.h"

typedef void digest_put_fn(const struct facts *facts, const void *row, struct writer *out);

/* Table, seq, valid and key; `fields` more values must follow. */
void put_head(const struct facts *facts, enum fact_table table, const struct fact *fact,
              uint32_t fields, struct writer *out);

/* Of the files digest_rows_*.c. */
digest_put_fn put_invoice;

void put_aggregate(const struct facts *facts, uint32_t aggregate, struct writer *out);
void put_obligation(const struct facts *facts, uint32_t obligation, struct writer *out);
void put_text(const struct facts *facts, text_ref text, struct writer *out);
void put_shares(const struct facts *facts, struct list_ref list, struct writer *out);
void put_tiers(const struct facts *facts, struct list_ref list, struct writer *out);
/* digest_rows_insurance.c, digest_rows_pool.c */
digest_put_fn put_claim, put_indemnity, put_pledge, put_encumbrance, put_pool_member,
    put_pool_patent, put_distribution;
/* What is absent is nil. */
void put_ints(const int64_t *values, size_t count, struct writer *out);

/* digest_rows_technology.c */
digest_put_fn put_merger, put_accreditation, put_right, put_entrustment, put_commercial,
    put_valuation, put_fee, put_open_license, put_venture, put_reward, put_equity;

#define PUT_INTS(out, ...)                                                                         \
    put_ints((const int64_t[]){__VA_ARGS__},                                                       \
             sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t), out)

/* ---- rows by group of nouns, for the table in digest_rows.c ---- */
digest_put_fn put_target, put_published, put_closing, put_flagged; /* digest_rows_target.c */

#endif
