/* Introductions: see introductions.h. */

#include "daemon/view/introductions.h"

#include <stdlib.h>

#include "daemon/ledger/money.h"
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

static int64_t median_tenths(int64_t *numbers, uint64_t count)
{
    qsort(numbers, count, sizeof(numbers[0]), compare_numbers);
    return 5 * (numbers[(count - 1) / 2] + numbers[count / 2]);
}

/* ---- added up ---- */

_Static_assert(sizeof((const char *[]){INTRODUCTION_NAMES}) ==
                   INTRODUCTION_COLUMNS * sizeof(const char *),
               "every column has a name");

/* Chained by cell. */
struct signature {
    int64_t days;
    uint32_t next; /* + 1 */
    uint8_t currency;
};

void introduction_days_init(struct introduction_days *days, struct scratch *scratch, unsigned first)
{
    *days = (struct introduction_days){.scratch = scratch, .first = first};
    column_init(&days->days, sizeof(struct signature));
}

void introduction_days_done(struct introduction_days *days)
{
    column_done(&days->days);
}

enum status introduction_add(struct introduction_days *days, struct tally *tally,
                             struct tally_cell *cell, const struct introduction *introduction,
                             struct fault *fault)
{
    const struct match_row *closed = introduction->closed;
    int64_t columns[TALLY_COLUMNS_MAX] = {0};
    int64_t *part = columns + days->first;
    part[INTRODUCED] = 1;
    part[INTRODUCTION_OPEN] = closed == NULL;
    if (closed != NULL) {
        bool framework = closed->outcome == MATCH_OUTCOME_framework;
        part[INTRODUCTION_CLOSED] = 1;
        part[INTRODUCTION_SIGNED] = closed->outcome == MATCH_OUTCOME_signed;
        part[INTRODUCTION_FRAMEWORK] = framework;
        part[INTRODUCTION_FAILED] = closed->outcome == MATCH_OUTCOME_failed;
        part[FACILITATED] = introduction->facilitated;
        part[FRAMEWORK_AMOUNT] =
            framework && closed->amount_fen != AMOUNT_UNKNOWN ? closed->amount_fen : 0;
    }
    if (introduction->days != DAY_NONE) {
        struct signature *signature = column_push(&days->days);
        signature->days = introduction->days;
        signature->next = cell->tag;
        signature->currency = introduction->currency;
        cell->tag = (uint32_t)days->days.count;
    }
    return tally_add(tally, cell, columns, fault);
}

uint32_t introduction_rates(void *arg, const struct tally_cell *cell, bool total,
                            struct writer *out)
{
    struct introduction_days *all = arg;
    const int64_t *of = cell->of + all->first;
    uint64_t count = 0;
    if (all->room == NULL) {
        all->room = scratch_take(all->scratch, (all->days.count + 1) * sizeof(int64_t));
    }
    uint64_t at = total ? all->days.count : cell->tag;
    while (at != 0) {
        const struct signature *one = column_at(&all->days, at - 1);
        if (one->currency == cell->currency) {
            all->room[count++] = one->days;
        }
        at = total ? at - 1 : one->next;
    }
    write_text(out, "sign_rate_permille");
    if (of[INTRODUCTION_CLOSED] > 0) {
        write_int(out, divide_rounded((int128)1000 * of[INTRODUCTION_SIGNED],
                                      of[INTRODUCTION_CLOSED], ROUND_HALF_AWAY));
    } else {
        write_nil(out);
    }
    write_text(out, "median_days_tenths");
    if (count > 0) {
        write_int(out, median_tenths(all->room, count));
    } else {
        write_nil(out);
    }
    return 2;
}
