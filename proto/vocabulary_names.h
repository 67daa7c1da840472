#ifndef ACCRUE_PROTO_VOCABULARY_NAMES_H
#define ACCRUE_PROTO_VOCABULARY_NAMES_H

/* The words of the vocabulary as X lists: field names, aggregate kinds and types of event here,
 * closed enumerations in vocabulary_enums.h.
 *
 *   N1  Fields and types are in the order of their names' bytes (V2). Numbers of kinds and types
 *       are stored in every log: append only, a new one takes the next free number.
 *   N2  A field's enum value is its place in the list. It is stored nowhere.
 *   N3  Fields are listed by first letter, so that the compiler knows where each letter begins
 *       and looking one up needs no generated table and no start-up code. */

#include "proto/vocabulary_enums.h"

/* clang-format off */
#define FIELD_LIST_a(X) \
    X(accepted_on) X(accrual_from) X(accrual_to) X(action) X(add) X(admin) X(admin_fee_fen) \
    X(admin_fee_ppm) X(agency) X(agreed) X(aliases) X(alloc) X(amend_no) X(amount_fen) \
    X(annual_ppm) X(applicant) X(appraiser) X(approved_fen) X(ask_fen) X(ask_mode) X(at)
#define FIELD_LIST_b(X) \
    X(bank_ref) X(base) X(base_fen) X(baseline) X(basis) X(basis_note) X(beneficiary) X(book) \
    X(bounty) X(broker) X(budget_fen) X(buyer) X(buyers) X(by) X(bytes)
#define FIELD_LIST_c(X) \
    X(cancel) X(cap_fen) X(cap_life_fen) X(cap_ppm_of_principal) X(cap_year_fen) X(changed) \
    X(changes) X(claim_id) X(company) X(comparator) X(condition) X(contract) X(contract_id) \
    X(contract_no) X(contracts) X(corrected_base) X(country) X(cover_ppm) X(creditor) \
    X(credits_fen) X(criterion) X(currency)
#define FIELD_LIST_d(X) \
    X(daily_ppm) X(date) X(day) X(day_count) X(debtor) X(decimals) X(decision_date) \
    X(deductible_fen) X(deductions) X(delta_total_fen) X(department) X(docs) X(due) \
    X(due_fen)
#define FIELD_LIST_e(X) \
    X(eff_date) X(effect) X(effective_rule) X(end) X(entry_creditable) X(equipment_fen) \
    X(est_fen) X(evaluator) X(event_date) X(event_id) X(evidence) X(exclusive) X(expiry)
#define FIELD_LIST_f(X) \
    X(fee_mode) X(fee_schedule) X(field) X(filed) X(filing_no) X(filter) X(final) \
    X(fixed_fen) X(for) X(form) X(founders) X(from)
#define FIELD_LIST_g(X) \
    X(grade) X(grant) X(granted) X(gross_fen) X(guarantors)
#define FIELD_LIST_h(X) \
    X(hi_tech) X(holder) X(holders)
#define FIELD_LIST_i(X) \
    X(id) X(insured) X(insurer) X(into) X(inventors) X(invoice_no) X(ip_kind) X(issuer)
#define FIELD_LIST_k(X) \
    X(keep_interest) X(kind)
#define FIELD_LIST_l(X) \
    X(late) X(legal_code) X(licensee) X(lines) X(loan_date) X(loan_fen) X(loss_fen) \
    X(lpr_x_ppm)
#define FIELD_LIST_m(X) \
    X(match) X(method) X(metric) X(milestone) X(milestones) X(min_year_fen) X(mode)
#define FIELD_LIST_n(X) \
    X(n) X(name) X(need) X(net_income_fen) X(new_creditor) X(new_due) X(new_end) X(no) \
    X(notice) X(notice_date)
#define FIELD_LIST_o(X) \
    X(obligations) X(of) X(on) X(on_invalid) X(on_silence) X(on_termination) X(operator) \
    X(origin) X(origin_ref) X(other) X(outcome) X(owner) X(owners)
#define FIELD_LIST_p(X) \
    X(parent) X(parties) X(party) X(party_id) X(patent_no) X(pay_days) X(pay_form) \
    X(pay_mode) X(payee) X(payer) X(payer_text) X(payers) X(per_unit_fen) X(period) \
    X(period_end) X(period_start) X(persons) X(pledge_no) X(pledgee) X(pledgee_consent) \
    X(pledgor) X(policy) X(premium_fen) X(proceeds_fen) X(product) X(program) X(project)
#define FIELD_LIST_r(X) \
    X(rate_ppm) X(reason) X(recognised_by) X(reduce_fen) X(refs) X(refund_fen) X(refused) \
    X(reg_date) X(reg_no) X(region) X(release) X(reopen) X(replace) X(report_days) \
    X(report_no) X(reserve_fen) X(revenue_share_ppm) X(right) X(role) X(roll) X(round) \
    X(royalty) X(royalty_fen) X(rules) X(ruling)
#define FIELD_LIST_s(X) \
    X(scope) X(seller) X(sellers) X(sha256) X(share_ppm) X(shares) X(shortfall_fen) \
    X(sign_date) X(size) X(sme_tech) X(source) X(staff_no) X(start) X(status) X(stop_use_by) \
    X(subrogates) X(subsidy_fen) X(subtype) X(sum_fen) X(survivor)
#define FIELD_LIST_t(X) \
    X(tags) X(target_id) X(tax_fen) X(tech_fen) X(technologies) X(technology) X(term_end) \
    X(term_start) X(terms) X(territory) X(text) X(tier_scope) X(tiers) X(title) X(to) \
    X(total_basis) X(total_fen) X(trial) X(trl) X(type)
#define FIELD_LIST_u(X) \
    X(unit) X(units) X(upto) X(upto_fen) X(uscc)
#define FIELD_LIST_v(X) \
    X(valuation_fen) X(value) X(value_date) X(value_ppm) X(verdict)
#define FIELD_LIST_w(X) \
    X(weight_ppm)
#define FIELD_LIST_y(X) \
    X(year) X(year_rates_ppm) X(years)
#define FIELD_LIST_z(X) \
    X(zone)
/* No field begins with these yet. */
#define FIELD_LIST_j(X)
#define FIELD_LIST_q(X)
#define FIELD_LIST_x(X)

#define FIELD_LIST(X) \
    FIELD_LIST_a(X) FIELD_LIST_b(X) FIELD_LIST_c(X) FIELD_LIST_d(X) FIELD_LIST_e(X) \
    FIELD_LIST_f(X) FIELD_LIST_g(X) FIELD_LIST_h(X) FIELD_LIST_i(X) FIELD_LIST_j(X) \
    FIELD_LIST_k(X) FIELD_LIST_l(X) FIELD_LIST_m(X) FIELD_LIST_n(X) FIELD_LIST_o(X) \
    FIELD_LIST_p(X) FIELD_LIST_q(X) FIELD_LIST_r(X) FIELD_LIST_s(X) FIELD_LIST_t(X) \
    FIELD_LIST_u(X) FIELD_LIST_v(X) FIELD_LIST_w(X) FIELD_LIST_x(X) FIELD_LIST_y(X) \
    FIELD_LIST_z(X)

/* X(name, number) */
#define KIND_LIST(X) \
    X(party, 1) X(technology, 2) X(need, 3) X(match, 4) X(contract, 5) X(payment, 6) \
    X(policy, 7) X(claim, 8) X(pool, 9) X(pledge, 10) X(venture, 11) X(target, 12) \
    X(statistic, 13) X(rates, 14) X(calendar, 15) X(period, 16) X(x, 17) X(system, 18)

/* X(group, verb, number) */
#define TYPE_LIST(X) \
    X(calendar, day_marked, 98) \
    X(claim, adjusted, 75) \
    X(claim, determined, 74) \
    X(claim, filed, 73) \
    X(claim, paid, 77) \
    X(claim, recovered, 78) \
    X(claim, rejected, 76) \
    X(commission, agreed, 27) \
    X(contract, amended, 31) \
    X(contract, completed, 35) \
    X(contract, drafted, 28) \
    X(contract, filed, 43) \
    X(contract, novated, 32) \
    X(contract, registered, 39) \
    X(contract, registration_applied, 38) \
    X(contract, registration_changed, 41) \
    X(contract, registration_rejected, 40) \
    X(contract, registration_revoked, 42) \
    X(contract, resumed, 34) \
    X(contract, signed, 29) \
    X(contract, suspended, 33) \
    X(contract, terminated, 36) \
    X(contract, took_effect, 30) \
    X(contract, voided, 37) \
    X(effect, evaluated, 50) \
    X(equity, issued, 92) \
    X(event, reversed, 101) \
    X(interest, assessed, 64) \
    X(invoice, cancelled, 103) \
    X(invoice, issued, 102) \
    X(match, closed, 26) \
    X(match, introduced, 25) \
    X(milestone, missed, 49) \
    X(milestone, reached, 48) \
    X(need, closed, 24) \
    X(need, published, 23) \
    X(note, added, 100) \
    X(obligation, acknowledged, 60) \
    X(obligation, assigned, 62) \
    X(obligation, demanded, 59) \
    X(obligation, dispute_resolved, 57) \
    X(obligation, disputed, 56) \
    X(obligation, rescheduled, 55) \
    X(obligation, scheduled, 54) \
    X(obligation, set_off, 61) \
    X(obligation, waived, 58) \
    X(obligation, written_off, 63) \
    X(open_license, accepted, 22) \
    X(open_license, declared, 20) \
    X(open_license, withdrawn, 21) \
    X(party, accreditation_ended, 5) \
    X(party, accredited, 4) \
    X(party, merged, 3) \
    X(party, registered, 1) \
    X(party, updated, 2) \
    X(payment, applied, 66) \
    X(payment, received, 65) \
    X(payment, refunded, 69) \
    X(payment, returned, 68) \
    X(payment, unapplied, 67) \
    X(period, closed, 99) \
    X(pledge, changed, 87) \
    X(pledge, enforced, 89) \
    X(pledge, loan_repaid, 88) \
    X(pledge, registered, 86) \
    X(pledge, released, 90) \
    X(policy, bound, 70) \
    X(policy, cancelled, 72) \
    X(policy, endorsed, 71) \
    X(pool, distributed, 85) \
    X(pool, formed, 79) \
    X(pool, member_admitted, 80) \
    X(pool, member_left, 81) \
    X(pool, patent_admitted, 82) \
    X(pool, patent_removed, 83) \
    X(pool, rule_set, 84) \
    X(rate, published, 97) \
    X(reward, paid, 91) \
    X(royalty, audited, 53) \
    X(royalty, stated, 52) \
    X(statistic, published, 96) \
    X(system, load_ended, 106) \
    X(system, rules_adopted, 105) \
    X(system, started, 104) \
    X(target, revised, 95) \
    X(target, set, 94) \
    X(technology, commercialized, 17) \
    X(technology, entrusted, 15) \
    X(technology, entrustment_ended, 16) \
    X(technology, fee_paid, 19) \
    X(technology, granted, 7) \
    X(technology, invalidated, 11) \
    X(technology, lapsed, 9) \
    X(technology, published, 6) \
    X(technology, restored, 10) \
    X(technology, rights_granted, 13) \
    X(technology, separately_managed, 14) \
    X(technology, transferred, 8) \
    X(technology, updated, 18) \
    X(technology, valued, 12) \
    X(trial, converted, 46) \
    X(trial, declined, 47) \
    X(trial, extended, 45) \
    X(trial, started, 44) \
    X(usage, reported, 51) \
    X(venture, founded, 93)
/* clang-format on */

#endif
