/* royalty.audited: the licensee's books were inspected (Civil Code art 846).
 *
 *   A1  An audit corrects the base of what is stated: of whole statements, at least one, within one
 *       contract year; where tiers begin anew with every period, of one. What was not stated yet is
 *       stated, not audited.
 *   A2  What it finds is the change of the whole, later statements, caps and minimum included (Y7
 *       of royalty_compute.c, C3 of royalty_credits.c). It is compared with `shortfall_fen`, if
 *       that is given.
 *   A3  More is owed at once, by the same parties as a royalty; less is a restitution without a due
 *       date, whatever of the royalty has been paid: they may be set off. */

#include <stdlib.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/due.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/royalty_inner.h"

static struct royalty_span audit_period(const struct fields *fields)
{
    struct fields period;
    struct royalty_span span = {DAY_MIN, DAY_MAX, field_int(fields, FIELD_corrected_base, 0)};
    if (fields_parse(fields->at[FIELD_period], &period)) {
        span.start = field_date(&period, FIELD_start, DAY_MIN);
        span.end = field_date(&period, FIELD_end, DAY_MAX);
    }
    return span;
}

/* What is stated within the period: sum of the bases and number; audits change sums only. */
static int64_t stated_base(const struct facts *facts, uint32_t contract,
                           const struct royalty_span *span, const struct viewpoint *view,
                           uint32_t *ret_count)
{
    int64_t base = 0;
    uint32_t at;
    const struct statement_row *row = facts_first(facts, FACT_STATEMENT, contract, view, &at);
    *ret_count = 0;
    for (; row != NULL; row = facts_next(facts, FACT_STATEMENT, view, &at)) {
        if (row->period_start >= span->start && row->period_end <= span->end) {
            base += row->base_fen;
            *ret_count += row->audited ? 0 : 1;
        }
    }
    return base;
}

static enum status bad_period(struct deciding *deciding, const char *why)
{
    (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.period");
    fault_detail(deciding->fault, "%s", why);
    return STATUS_E_BAD_FIELD;
}

/* A1 */
static enum status check_period(struct deciding *deciding, const struct royalty_span *span)
{
    const struct facts *facts = deciding->facts;
    uint32_t at;
    uint32_t count;
    const struct statement_row *row =
        facts_first(facts, FACT_STATEMENT, deciding->aggregate, &deciding->now, &at);
    for (; row != NULL; row = facts_next(facts, FACT_STATEMENT, &deciding->now, &at)) {
        bool meets = row->period_start <= span->end && span->start <= row->period_end;
        bool inside = row->period_start >= span->start && row->period_end <= span->end;
        if (meets && !inside) {
            return period_overlaps(deciding, "data.period", row->period_start, row->period_end);
        }
    }
    (void)stated_base(facts, deciding->aggregate, span, &deciding->now, &count);
    if (count == 0) {
        (void)fault_set(deciding->fault, STATUS_E_ILLEGAL_STATE, "data.period");
        fault_state(deciding->fault, "royalty", "not stated");
        fault_legal(deciding->fault, "royalty.stated");
        return STATUS_E_ILLEGAL_STATE;
    }
    int32_t start = contract_term_start(facts, deciding->aggregate, &deciding->now);
    if (royalty_year(start, span->start) != royalty_year(start, span->end)) {
        return bad_period(deciding, "more than one contract year");
    }
    struct viewpoint then = deciding->now;
    then.as_of = span->end;
    const struct royalty_row *terms = royalty_terms_at(facts, deciding->aggregate, &then);
    bool by_period = terms != NULL && terms->tier_scope == TIER_SCOPE_period;
    return by_period && count > 1 ? bad_period(deciding, "tier_scope=period: one statement")
                                  : STATUS_OK;
}

static enum status decide_audited(struct deciding *deciding)
{
    const struct fields *fields = deciding->fields;
    struct royalty_span audit = audit_period(fields);
    struct royalty_figures figures;
    uint32_t count;
    uint8_t next;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, TYPE_royalty_audited, &next);
    if (status == STATUS_OK) {
        status = check_period(deciding, &audit);
    }
    if (status != STATUS_OK) {
        return status;
    }
    audit.base -= stated_base(deciding->facts, deciding->aggregate, &audit, &deciding->now, &count);
    royalty_audit(deciding->facts, deciding->aggregate, &audit, &deciding->now, &figures);
    int64_t credits = royalty_audit_credits(deciding, figures.terms, audit.end, figures.royalty);
    int64_t due = figures.royalty - credits; /* A2 */
    if (field_present(fields, FIELD_shortfall_fen)) {
        status = royalty_mismatch(deciding, "data.shortfall_fen", due,
                                  field_int(fields, FIELD_shortfall_fen, 0));
    }
    if (status != STATUS_OK) {
        return status;
    }
    effect_valid(deciding,
                 contract_valid_from(deciding->facts, deciding->aggregate, &deciding->now));
    effect_audit(deciding, audit.base, figures.royalty, credits);
    if (due != 0) {
        struct royalty_debt debt = {
            .kind = due > 0 ? OBLIGATION_KIND_royalty : OBLIGATION_KIND_restitution,
            .amount = due > 0 ? due : -due,
            .due = due > 0 ? deciding->effective : DAY_NONE,
            .accrual_to = DAY_NONE,
            .back = due < 0,
        };
        royalty_owe(deciding, &debt,
                    obligation_highest_no(deciding->facts, deciding->aggregate) + 1);
    }
    return STATUS_OK;
}

const struct handler audit_handlers[] = {
    {TYPE_royalty_audited, decide_audited, NULL},
    {TYPE_NONE, NULL, NULL},
};
