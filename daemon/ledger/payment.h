#ifndef ACCRUE_DAEMON_LEDGER_PAYMENT_H
#define ACCRUE_DAEMON_LEDGER_PAYMENT_H

/* Money that arrived, and what it is put on. */

#include "daemon/ledger/obligation_states.h"

/* One line: so much of the payment on one obligation. */
struct line {
    uint32_t obligation;
    int64_t amount;
    int32_t day; /* from when it holds */
};

struct lines {
    struct line *at;
    uint32_t count;
    int64_t sum;
};

void lines_done(struct lines *lines);

/* What is known of a payment now. */
struct payment {
    uint32_t payer, payee; /* AGGREGATE_NONE: not identified */
    uint8_t currency;
    int32_t value_date;
    int64_t amount, credit;
    bool refunded;
};
/* False if nothing live says that it was received. */
bool payment_now(const struct facts *facts, uint32_t payment, const struct viewpoint *view,
                 struct payment *ret_payment);
/* Its unapplied credit at the viewpoint. */
int64_t payment_credit(const struct facts *facts, uint32_t payment, const struct viewpoint *view);
/* The first day, `day` or later, from which its credit is never below `amount`; `amount` is at most
 * the credit now. What goes back to credit later cannot be used earlier. */
int32_t payment_credit_from(const struct facts *facts, uint32_t payment,
                            const struct viewpoint *view, int64_t amount, int32_t day);
/* What it has on an obligation, lines taken back deducted. */
int64_t payment_on(const struct facts *facts, uint32_t payment, uint32_t obligation,
                   const struct viewpoint *view);

/* Did the whole of the event's payment go back? */
bool payment_is_returned(const struct deciding *deciding);

/* One map of data.alloc: the obligation that it names, its figures and the amount; the owner's
 * state is checked, nothing else. `path` is set to the path of `no`. */
#define LINE_PATH_MAX 64
enum status lines_find(struct deciding *deciding, struct slice map, uint32_t index,
                       char path[LINE_PATH_MAX], struct line *ret_line,
                       struct obligation_figures *ret_figures);
/* `code`, for a key of that map. */
enum status lines_refuse(struct deciding *deciding, enum status code, uint32_t index,
                         const char *key);

/* Read and check data.alloc: owner, obligation, currency, state, amounts (ruling 7). */
enum status lines_read(struct deciding *deciding, uint8_t currency, int32_t day,
                       struct lines *ret_lines);

/* The daemon's own choice (ruling 2; Civil Code arts 560-561): obligations of `payer` to `payee`
 * that are due by `day`, the less secured first, then the heavier, then the earlier due; those
 * alike share pro rata. Uses at most `amount`. */
void lines_appropriate(struct deciding *deciding, uint32_t payer, uint32_t payee, uint8_t currency,
                       int64_t amount, int32_t day, struct lines *ret_lines);

/* Effects of lines of the event's own payment. */
void lines_effects(struct deciding *deciding, const struct lines *lines);

#endif
