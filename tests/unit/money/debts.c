/* See debts.h. */

#include "tests/unit/money/debts.h"

#include "daemon/ledger/due.h"

static uint32_t make(struct debts *debts, enum aggregate_kind kind, const char *id)
{
    return aggregate_make(debts->facts, kind, slice_text(id), 1);
}

void debts_open(struct debts *debts)
{
    debts->facts = facts_new();
    debts->seq = 0;
    debts->contract = make(debts, KIND_contract, "c");
    debts->debtor = make(debts, KIND_party, "debtor");
    debts->creditor = make(debts, KIND_party, "creditor");
    debts->payments[0] = make(debts, KIND_payment, "p0");
    debts->payments[1] = make(debts, KIND_payment, "p1");
    debts->payments[2] = make(debts, KIND_payment, "p2");
}

void debts_close(struct debts *debts)
{
    facts_free(debts->facts);
}

int32_t debts_day(const char *text)
{
    int32_t day;
    assert_true(date_parse(slice_text(text), &day));
    return day;
}

void debts_event(struct debts *debts)
{
    const struct aggregate_row *contract = aggregate_at(debts->facts, debts->contract);
    struct event_row row = {.aggregate = debts->contract,
                            .prev_seq = contract->last_seq,
                            .agg_seq = contract->agg_seq + 1};
    facts_event(debts->facts, ++debts->seq, &row);
}

void debts_contract(struct debts *debts, int32_t daily_ppm, bool principal_first)
{
    debts_event(debts);
    struct contract_row *row = facts_add(debts->facts, FACT_CONTRACT, debts->seq,
                                         debts_day("2026-01-01"), debts->contract);
    row->sign_date = debts_day("2026-01-01");
    row->term_start = row->sign_date;
    row->term_end = DAY_NONE;
    row->trial_end = DAY_NONE;
    row->late_daily_ppm = daily_ppm;
    row->late_annual_ppm = -1;
    row->late_lpr_ppm = -1;
    row->late_cap_ppm = -1;
    row->late_day_count = UINT8_MAX;
    row->late_alloc = principal_first ? LATE_ALLOC_principal_first : UINT8_MAX;
    row->round = UINT8_MAX;
}

struct terms_row debts_terms(const struct debts *debts, int64_t amount, const char *due)
{
    struct terms_row terms = {.amount_fen = amount,
                              .debtor = debts->debtor,
                              .creditor = debts->creditor,
                              .due = {.base = DUE_NO_TERM, .date = DAY_NONE},
                              .accrual_from = DAY_NONE,
                              .accrual_to = DAY_NONE,
                              .kind = OBLIGATION_KIND_lump,
                              .condition = CONDITION_NONE,
                              .on_termination = UINT8_MAX,
                              .of = OBLIGATION_NONE};
    if (due[0] != '\0') {
        terms.due.base = DUE_BASE_date;
        terms.due.unit = DUE_UNIT_d;
        terms.due.roll = DUE_ROLL_following;
        terms.due.date = debts_day(due);
    }
    return terms;
}

uint32_t debts_add(struct debts *debts, const char *valid, const struct terms_row *terms)
{
    uint32_t no = obligation_highest_no(debts->facts, debts->contract) + 1;
    debts_event(debts);
    return obligation_add(debts->facts, debts->seq, debts_day(valid), debts->contract, no, terms);
}

void debts_move(struct debts *debts, uint32_t obligation, enum move_kind kind, int64_t amount,
                const char *valid, uint32_t aux)
{
    struct move_row *row =
        facts_add(debts->facts, FACT_MOVE, debts->seq, debts_day(valid), obligation);
    row->kind = (uint8_t)kind;
    row->amount = amount;
    row->aux = aux;
}

struct obligation_figures debts_figures(const struct debts *debts, uint32_t obligation,
                                        const char *as_of)
{
    struct obligation_figures figures;
    struct viewpoint view = viewpoint_now(debts->facts, debts_day(as_of));
    obligation_evaluate(debts->facts, obligation, &view, &figures);
    debts_check(&figures);
    return figures;
}

void debts_check(const struct obligation_figures *figures)
{
    assert_int_equal(figures->scheduled, figures->contingent + figures->extinguished +
                                             figures->waived + figures->written_off +
                                             figures->set_off + figures->paid +
                                             figures->outstanding);
    assert_true(figures->contingent >= 0);
    assert_true(figures->extinguished >= 0);
    assert_true(figures->waived >= 0);
    assert_true(figures->written_off >= 0);
    assert_true(figures->set_off >= 0);
    assert_true(figures->paid >= 0);
    assert_true(figures->outstanding >= 0);
    assert_true(figures->excess >= 0);
    assert_true(figures->interest_due >= 0);
    assert_true(figures->interest_paid >= 0);
    assert_in_range(figures->disputed, 0, figures->outstanding);
}
