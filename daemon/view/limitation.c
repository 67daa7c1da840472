/* Limitation: see limitation.h.
 *
 *   L1  Three years from the due date, begun anew by a demand, an acknowledgement or a payment.
 *   L2  A demand after the last day restarts nothing; a debtor who acknowledges or pays after it
 *       has given the defence up (art 192).
 *   L3  A payment whose lines were all taken back is none. Of several restarts the one that leads
 *       furthest counts, in the order of their days. */

#include "daemon/view/limitation.h"

#include "daemon/ledger/calendar.h"
#include "daemon/ledger/payment.h"

/* The first restart after `after` that has an effect while limitation ends on `last`. */
static int32_t next_restart(const struct query *query, uint32_t obligation, int32_t after,
                            int32_t last)
{
    int32_t next = DAY_NONE;
    uint32_t at;
    const struct move_row *row =
        facts_first(query->facts, FACT_MOVE, obligation, &query->view, &at);
    for (; row != NULL; row = facts_next(query->facts, FACT_MOVE, &query->view, &at)) {
        int32_t day = row->kind == MOVE_DEMAND ? (int32_t)row->amount : row->fact.valid;
        bool restarts = row->kind == MOVE_ACKNOWLEDGE || (row->kind == MOVE_DEMAND && day <= last);
        if (row->kind == MOVE_PAY) {
            restarts = payment_on(query->facts, row->aux, obligation, &query->view) > 0; /* L3 */
        }
        if (restarts && day > after && (next == DAY_NONE || day < next)) {
            next = day;
        }
    }
    return next;
}

int32_t limitation_day(const struct query *query, uint32_t obligation,
                       const struct obligation_figures *figures)
{
    if (figures->due == DAY_NONE || figures->outstanding + figures->written_off == 0) {
        return DAY_NONE;
    }
    int32_t from = figures->due;
    int32_t last = add_months(from, LIMITATION_MONTHS);
    int32_t next = next_restart(query, obligation, from, last);
    while (next != DAY_NONE) {
        from = next;
        last = add_months(from, LIMITATION_MONTHS);
        next = next_restart(query, obligation, from, last);
    }
    return last;
}
