/* Introductions: see introductions.h.
 *
 *   N1  The value and the day are those of the signed contract where it is known, else those of
 *       the event that closed the introduction. */

#include "daemon/view/introductions.h"

#include <stdlib.h>

#include "daemon/view/label.h"

const struct match_row *match_closed(const struct facts *facts, uint32_t match,
                                     const struct viewpoint *view)
{
    uint32_t at;
    const struct match_row *row = facts_first(facts, FACT_MATCH, match, view, &at);
    while (row != NULL && row->outcome == UINT8_MAX) {
        row = facts_next(facts, FACT_MATCH, view, &at);
    }
    return row;
}

static void look_at_contract(const struct query *query, struct introduction *introduction)
{
    const struct match_row *closed = introduction->closed;
    introduction->facilitated = 0;
    introduction->days = DAY_NONE;
    introduction->currency = (uint8_t)currency_index(slice_text("CNY"));
    if (closed == NULL || closed->outcome != MATCH_OUTCOME_signed) {
        return;
    }
    int32_t signed_on = closed->fact.valid;
    int64_t amount = closed->amount_fen;
    if (closed->contract != AGGREGATE_NONE) {
        const struct contract_row *row = contract_at(query->facts, closed->contract, &query->view);
        if (row != NULL && !row->drafted) {
            signed_on = row->sign_date;
            amount = amount == AMOUNT_UNKNOWN ? row->total_fen : amount;
            introduction->currency = row->currency;
            introduction->contract = row;
        }
    }
    introduction->days = signed_on - introduction->introduced->fact.valid;
    introduction->facilitated = amount == AMOUNT_UNKNOWN ? 0 : amount;
}

bool introduction_read(const struct query *query, uint64_t index,
                       struct introduction *ret_introduction)
{
    const struct match_row *row = facts_row(query->facts, FACT_MATCH, index);
    if (row->outcome != UINT8_MAX || !fact_counts(&row->fact, &query->view)) {
        return false;
    }
    *ret_introduction = (struct introduction){
        .introduced = row, .closed = match_closed(query->facts, row->fact.key, &query->view)};
    look_at_contract(query, ret_introduction);
    return true;
}

static int compare_numbers(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a;
    int64_t second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

int64_t median_tenths(int64_t *numbers, uint64_t count)
{
    qsort(numbers, count, sizeof(numbers[0]), compare_numbers);
    return 5 * (numbers[(count - 1) / 2] + numbers[count / 2]);
}
