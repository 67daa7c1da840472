#ifndef ACCRUE_PROTO_VOCABULARY_ENUMS_H
#define ACCRUE_PROTO_VOCABULARY_ENUMS_H

/* The closed enumerations of the vocabulary. Each has a list, a C enum and, declared in
 * vocabulary.h, a table of names: obligation_kind gives OBLIGATION_KIND_LIST,
 * `enum obligation_kind { OBLIGATION_KIND_lump, … }` and obligation_kind_names[].
 * Facts may keep the number: append only. */

/* clang-format off */

#define PARTY_KIND_LIST(X) \
    X(gov) X(institute) X(university) X(medical) X(inst_other) X(assoc) X(ent_domestic) \
    X(ent_hmt) X(ent_foreign) X(ind_business) X(natural) X(overseas_org)
#define PARTY_SIZE_LIST(X) \
    X(large) X(medium) X(small) X(micro)
#define TECHNOLOGY_FIELD_LIST(X) \
    X(electronics) X(aerospace) X(adv_manufacturing) X(bio_medical) X(new_materials) \
    X(new_energy) X(environment) X(nuclear) X(agriculture) X(transport) X(urban_social)
#define IP_KIND_LIST(X) \
    X(none) X(know_how) X(invention) X(utility_model) X(design) X(software) X(ic_layout) \
    X(plant_variety) X(bio_medicine) X(patent_application) X(other)
#define PROGRAM_LIST(X) \
    X(national) X(ministry) X(province) X(city_county) X(none)
#define PAY_MODE_LIST(X) \
    X(free) X(lump) X(instalment) X(deferred) X(conditional) X(milestone) X(royalty) \
    X(entry_plus_royalty) X(equity) X(pending) X(mixed) X(other)
#define PAY_FORM_LIST(X) \
    X(once) X(instalment) X(royalty) X(other)
#define CONTRACT_TYPE_LIST(X) \
    X(development) X(transfer) X(license) X(consulting) X(service)
#define CONTRACT_SUBTYPE_LIST(X) \
    X(commissioned) X(cooperative) X(patent) X(patent_application) X(know_how) X(other_ip) \
    X(general) X(training) X(intermediary)
#define GRANT_KIND_LIST(X) \
    X(exclusive) X(sole) X(ordinary) X(cross) X(open) X(pool)
#define EFFECTIVE_RULE_LIST(X) \
    X(immediate) X(approval) X(payment)
#define TOTAL_BASIS_LIST(X) \
    X(fixed) X(estimated) X(undetermined)
#define ORIGIN_LIST(X) \
    X(direct) X(match) X(open) X(pool) X(listing) X(auction)
#define ROUNDING_LIST(X) \
    X(half_up) X(half_even) X(down)
#define ON_INVALID_LIST(X) \
    X(stop) X(survive)
#define OBLIGATION_KIND_LIST(X) \
    X(lump) X(instalment) X(entry_fee) X(milestone) X(conditional) X(royalty) X(min_royalty) \
    X(deposit) X(expense) X(penalty) X(interest) X(commission) X(premium) X(distribution) \
    X(restitution) X(purchase_price)
#define CONDITION_LIST(X) \
    X(none) X(effect) X(milestone) X(convert) X(first_sale)
#define ON_TERMINATION_LIST(X) \
    X(survive) X(extinguish) X(prorate)
#define DUE_BASE_LIST(X) \
    X(date) X(sign) X(effective) X(term_end) X(delivery) X(acceptance) X(milestone) \
    X(evaluation) X(trial_end) X(convert) X(period_end) X(statement)
#define DUE_UNIT_LIST(X) \
    X(d) X(m) X(y)
#define DUE_ROLL_LIST(X) \
    X(following) X(none)
#define ROYALTY_BASE_LIST(X) \
    X(units) X(gross_sales) X(net_sales) X(new_output) X(profit)
#define ROYALTY_PERIOD_LIST(X) \
    X(month) X(quarter) X(half) X(year)
#define TIER_SCOPE_LIST(X) \
    X(contract_year) X(period) X(lifetime)
#define DAY_COUNT_LIST(X) \
    X(act365) X(act360)
#define LATE_ALLOC_LIST(X) \
    X(interest_first) X(principal_first)
#define ON_SILENCE_LIST(X) \
    X(pending) X(convert) X(decline)
#define TRIAL_INTO_LIST(X) \
    X(license) X(transfer)
#define TERMINATION_BASIS_LIST(X) \
    X(agreed) X(breach) X(force_majeure) X(failure) X(tech_public)
#define NOVATION_ROLE_LIST(X) \
    X(seller) X(buyer)
#define FILING_ACTION_LIST(X) \
    X(effective) X(changed) X(cancelled)
#define VERDICT_LIST(X) \
    X(reached) X(not_reached) X(partial)
#define EVALUATION_BASIS_LIST(X) \
    X(tested) X(agreed) X(adjudged) X(deemed_159)
#define DISPUTE_OUTCOME_LIST(X) \
    X(upheld) X(reduced) X(cancelled)
#define REFUND_SOURCE_LIST(X) \
    X(credit) X(obligation)
#define LAPSE_REASON_LIST(X) \
    X(fee) X(expiry) X(abandon)
#define INVALIDITY_SCOPE_LIST(X) \
    X(whole) X(part)
#define VALUATION_KIND_LIST(X) \
    X(valuation) X(evaluation)
#define RIGHT_KIND_LIST(X) \
    X(ownership) X(long_use)
#define CONVERSION_MODE_LIST(X) \
    X(self) X(transfer) X(license) X(cooperate) X(equity) X(other)
#define CONVERSION_STATUS_LIST(X) \
    X(started) X(done)
#define FEE_MODE_LIST(X) \
    X(fixed) X(royalty) X(entry_plus_royalty) X(free)
#define MATCH_OUTCOME_LIST(X) \
    X(signed) X(framework) X(failed)
#define COMMISSION_BASIS_LIST(X) \
    X(total) X(received) X(fixed)
#define POLICY_PRODUCT_LIST(X) \
    X(impl_failure) X(performance) X(comprehensive) X(infringement) X(overseas) \
    X(enforcement)
#define RECOGNISED_BY_LIST(X) \
    X(ip_authority) X(insurer)
#define CLAIM_VERDICT_LIST(X) \
    X(cannot_implement) X(conversion_failed) X(implementable)
#define POOL_BASIS_LIST(X) \
    X(patent_days) X(fixed_shares)
#define REWARD_FORM_LIST(X) \
    X(cash) X(equity)
#define INVOICE_KIND_LIST(X) \
    X(special) X(ordinary) X(other)
#define COMPARATOR_LIST(X) \
    X(gt) X(ge) X(lt) X(le)
#define DAY_KIND_LIST(X) \
    X(holiday) X(workday)

/* X(enumeration, its list) */
#define ENUM_LIST(X) \
    X(party_kind, PARTY_KIND_LIST) \
    X(party_size, PARTY_SIZE_LIST) \
    X(technology_field, TECHNOLOGY_FIELD_LIST) \
    X(ip_kind, IP_KIND_LIST) \
    X(program, PROGRAM_LIST) \
    X(pay_mode, PAY_MODE_LIST) \
    X(pay_form, PAY_FORM_LIST) \
    X(contract_type, CONTRACT_TYPE_LIST) \
    X(contract_subtype, CONTRACT_SUBTYPE_LIST) \
    X(grant_kind, GRANT_KIND_LIST) \
    X(effective_rule, EFFECTIVE_RULE_LIST) \
    X(total_basis, TOTAL_BASIS_LIST) \
    X(origin, ORIGIN_LIST) \
    X(rounding, ROUNDING_LIST) \
    X(on_invalid, ON_INVALID_LIST) \
    X(obligation_kind, OBLIGATION_KIND_LIST) \
    X(condition, CONDITION_LIST) \
    X(on_termination, ON_TERMINATION_LIST) \
    X(due_base, DUE_BASE_LIST) \
    X(due_unit, DUE_UNIT_LIST) \
    X(due_roll, DUE_ROLL_LIST) \
    X(royalty_base, ROYALTY_BASE_LIST) \
    X(royalty_period, ROYALTY_PERIOD_LIST) \
    X(tier_scope, TIER_SCOPE_LIST) \
    X(day_count, DAY_COUNT_LIST) \
    X(late_alloc, LATE_ALLOC_LIST) \
    X(on_silence, ON_SILENCE_LIST) \
    X(trial_into, TRIAL_INTO_LIST) \
    X(termination_basis, TERMINATION_BASIS_LIST) \
    X(novation_role, NOVATION_ROLE_LIST) \
    X(filing_action, FILING_ACTION_LIST) \
    X(verdict, VERDICT_LIST) \
    X(evaluation_basis, EVALUATION_BASIS_LIST) \
    X(dispute_outcome, DISPUTE_OUTCOME_LIST) \
    X(refund_source, REFUND_SOURCE_LIST) \
    X(lapse_reason, LAPSE_REASON_LIST) \
    X(invalidity_scope, INVALIDITY_SCOPE_LIST) \
    X(valuation_kind, VALUATION_KIND_LIST) \
    X(right_kind, RIGHT_KIND_LIST) \
    X(conversion_mode, CONVERSION_MODE_LIST) \
    X(conversion_status, CONVERSION_STATUS_LIST) \
    X(fee_mode, FEE_MODE_LIST) \
    X(match_outcome, MATCH_OUTCOME_LIST) \
    X(commission_basis, COMMISSION_BASIS_LIST) \
    X(policy_product, POLICY_PRODUCT_LIST) \
    X(recognised_by, RECOGNISED_BY_LIST) \
    X(claim_verdict, CLAIM_VERDICT_LIST) \
    X(pool_basis, POOL_BASIS_LIST) \
    X(reward_form, REWARD_FORM_LIST) \
    X(invoice_kind, INVOICE_KIND_LIST) \
    X(comparator, COMPARATOR_LIST) \
    X(day_kind, DAY_KIND_LIST)

#define ENUM_NAMES_LIST(X) \
    X(party_kind) X(party_size) X(technology_field) X(ip_kind) X(program) X(pay_mode) \
    X(pay_form) X(contract_type) X(contract_subtype) X(grant_kind) X(effective_rule) \
    X(total_basis) X(origin) X(rounding) X(on_invalid) X(obligation_kind) X(condition) \
    X(on_termination) X(due_base) X(due_unit) X(due_roll) X(royalty_base) X(royalty_period) \
    X(tier_scope) X(day_count) X(late_alloc) X(on_silence) X(trial_into) X(termination_basis) \
    X(novation_role) X(filing_action) X(verdict) X(evaluation_basis) X(dispute_outcome) \
    X(refund_source) X(lapse_reason) X(invalidity_scope) X(valuation_kind) X(right_kind) \
    X(conversion_mode) X(conversion_status) X(fee_mode) X(match_outcome) X(commission_basis) \
    X(policy_product) X(recognised_by) X(claim_verdict) X(pool_basis) X(reward_form) \
    X(invoice_kind) X(comparator) X(day_kind)
/* clang-format on */

#define X(name) PARTY_KIND_##name,
enum party_kind { PARTY_KIND_LIST(X) };
#undef X
#define X(name) PARTY_SIZE_##name,
enum party_size { PARTY_SIZE_LIST(X) };
#undef X
#define X(name) TECHNOLOGY_FIELD_##name,
enum technology_field { TECHNOLOGY_FIELD_LIST(X) };
#undef X
#define X(name) IP_KIND_##name,
enum ip_kind { IP_KIND_LIST(X) };
#undef X
#define X(name) PROGRAM_##name,
enum program { PROGRAM_LIST(X) };
#undef X
#define X(name) PAY_MODE_##name,
enum pay_mode { PAY_MODE_LIST(X) };
#undef X
#define X(name) PAY_FORM_##name,
enum pay_form { PAY_FORM_LIST(X) };
#undef X
#define X(name) CONTRACT_TYPE_##name,
enum contract_type { CONTRACT_TYPE_LIST(X) };
#undef X
#define X(name) CONTRACT_SUBTYPE_##name,
enum contract_subtype { CONTRACT_SUBTYPE_LIST(X) };
#undef X
#define X(name) GRANT_KIND_##name,
enum grant_kind { GRANT_KIND_LIST(X) };
#undef X
#define X(name) EFFECTIVE_RULE_##name,
enum effective_rule { EFFECTIVE_RULE_LIST(X) };
#undef X
#define X(name) TOTAL_BASIS_##name,
enum total_basis { TOTAL_BASIS_LIST(X) };
#undef X
#define X(name) ORIGIN_##name,
enum origin { ORIGIN_LIST(X) };
#undef X
#define X(name) ROUNDING_##name,
enum rounding { ROUNDING_LIST(X) };
#undef X
#define X(name) ON_INVALID_##name,
enum on_invalid { ON_INVALID_LIST(X) };
#undef X
#define X(name) OBLIGATION_KIND_##name,
enum obligation_kind { OBLIGATION_KIND_LIST(X) };
#undef X
#define X(name) CONDITION_##name,
enum condition { CONDITION_LIST(X) };
#undef X
#define X(name) ON_TERMINATION_##name,
enum on_termination { ON_TERMINATION_LIST(X) };
#undef X
#define X(name) DUE_BASE_##name,
enum due_base { DUE_BASE_LIST(X) };
#undef X
#define X(name) DUE_UNIT_##name,
enum due_unit { DUE_UNIT_LIST(X) };
#undef X
#define X(name) DUE_ROLL_##name,
enum due_roll { DUE_ROLL_LIST(X) };
#undef X
#define X(name) ROYALTY_BASE_##name,
enum royalty_base { ROYALTY_BASE_LIST(X) };
#undef X
#define X(name) ROYALTY_PERIOD_##name,
enum royalty_period { ROYALTY_PERIOD_LIST(X) };
#undef X
#define X(name) TIER_SCOPE_##name,
enum tier_scope { TIER_SCOPE_LIST(X) };
#undef X
#define X(name) DAY_COUNT_##name,
enum day_count { DAY_COUNT_LIST(X) };
#undef X
#define X(name) LATE_ALLOC_##name,
enum late_alloc { LATE_ALLOC_LIST(X) };
#undef X
#define X(name) ON_SILENCE_##name,
enum on_silence { ON_SILENCE_LIST(X) };
#undef X
#define X(name) TRIAL_INTO_##name,
enum trial_into { TRIAL_INTO_LIST(X) };
#undef X
#define X(name) TERMINATION_BASIS_##name,
enum termination_basis { TERMINATION_BASIS_LIST(X) };
#undef X
#define X(name) NOVATION_ROLE_##name,
enum novation_role { NOVATION_ROLE_LIST(X) };
#undef X
#define X(name) FILING_ACTION_##name,
enum filing_action { FILING_ACTION_LIST(X) };
#undef X
#define X(name) VERDICT_##name,
enum verdict { VERDICT_LIST(X) };
#undef X
#define X(name) EVALUATION_BASIS_##name,
enum evaluation_basis { EVALUATION_BASIS_LIST(X) };
#undef X
#define X(name) DISPUTE_OUTCOME_##name,
enum dispute_outcome { DISPUTE_OUTCOME_LIST(X) };
#undef X
#define X(name) REFUND_SOURCE_##name,
enum refund_source { REFUND_SOURCE_LIST(X) };
#undef X
#define X(name) LAPSE_REASON_##name,
enum lapse_reason { LAPSE_REASON_LIST(X) };
#undef X
#define X(name) INVALIDITY_SCOPE_##name,
enum invalidity_scope { INVALIDITY_SCOPE_LIST(X) };
#undef X
#define X(name) VALUATION_KIND_##name,
enum valuation_kind { VALUATION_KIND_LIST(X) };
#undef X
#define X(name) RIGHT_KIND_##name,
enum right_kind { RIGHT_KIND_LIST(X) };
#undef X
#define X(name) CONVERSION_MODE_##name,
enum conversion_mode { CONVERSION_MODE_LIST(X) };
#undef X
#define X(name) CONVERSION_STATUS_##name,
enum conversion_status { CONVERSION_STATUS_LIST(X) };
#undef X
#define X(name) FEE_MODE_##name,
enum fee_mode { FEE_MODE_LIST(X) };
#undef X
#define X(name) MATCH_OUTCOME_##name,
enum match_outcome { MATCH_OUTCOME_LIST(X) };
#undef X
#define X(name) COMMISSION_BASIS_##name,
enum commission_basis { COMMISSION_BASIS_LIST(X) };
#undef X
#define X(name) POLICY_PRODUCT_##name,
enum policy_product { POLICY_PRODUCT_LIST(X) };
#undef X
#define X(name) RECOGNISED_BY_##name,
enum recognised_by { RECOGNISED_BY_LIST(X) };
#undef X
#define X(name) CLAIM_VERDICT_##name,
enum claim_verdict { CLAIM_VERDICT_LIST(X) };
#undef X
#define X(name) POOL_BASIS_##name,
enum pool_basis { POOL_BASIS_LIST(X) };
#undef X
#define X(name) REWARD_FORM_##name,
enum reward_form { REWARD_FORM_LIST(X) };
#undef X
#define X(name) INVOICE_KIND_##name,
enum invoice_kind { INVOICE_KIND_LIST(X) };
#undef X
#define X(name) COMPARATOR_##name,
enum comparator { COMPARATOR_LIST(X) };
#undef X
#define X(name) DAY_KIND_##name,
enum day_kind { DAY_KIND_LIST(X) };
#undef X

#endif
