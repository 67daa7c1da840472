/* Numbers that are stored in every log: this list only ever grows. A line that must change
 * here is a log that can no longer be read. */

#include "tests/unit/vocabulary/support.h"

#include <stdlib.h>

static const struct pin {
    const char *name;
    int number;
} kinds[] = {
    {"party", 1},    {"technology", 2}, {"need", 3},       {"match", 4},  {"contract", 5},
    {"payment", 6},  {"policy", 7},     {"claim", 8},      {"pool", 9},   {"pledge", 10},
    {"venture", 11}, {"target", 12},    {"statistic", 13}, {"rates", 14}, {"calendar", 15},
    {"period", 16},  {"x", 17},         {"system", 18},
};

static const struct pin types[] = {
    {"party.registered", 1},
    {"party.updated", 2},
    {"party.merged", 3},
    {"party.accredited", 4},
    {"party.accreditation_ended", 5},
    {"technology.published", 6},
    {"technology.granted", 7},
    {"technology.transferred", 8},
    {"technology.lapsed", 9},
    {"technology.restored", 10},
    {"technology.invalidated", 11},
    {"technology.valued", 12},
    {"technology.rights_granted", 13},
    {"technology.separately_managed", 14},
    {"technology.entrusted", 15},
    {"technology.entrustment_ended", 16},
    {"technology.commercialized", 17},
    {"technology.updated", 18},
    {"technology.fee_paid", 19},
    {"open_license.declared", 20},
    {"open_license.withdrawn", 21},
    {"open_license.accepted", 22},
    {"need.published", 23},
    {"need.closed", 24},
    {"match.introduced", 25},
    {"match.closed", 26},
    {"commission.agreed", 27},
    {"contract.drafted", 28},
    {"contract.signed", 29},
    {"contract.took_effect", 30},
    {"contract.amended", 31},
    {"contract.novated", 32},
    {"contract.suspended", 33},
    {"contract.resumed", 34},
    {"contract.completed", 35},
    {"contract.terminated", 36},
    {"contract.voided", 37},
    {"contract.registration_applied", 38},
    {"contract.registered", 39},
    {"contract.registration_rejected", 40},
    {"contract.registration_changed", 41},
    {"contract.registration_revoked", 42},
    {"contract.filed", 43},
    {"trial.started", 44},
    {"trial.extended", 45},
    {"trial.converted", 46},
    {"trial.declined", 47},
    {"milestone.reached", 48},
    {"milestone.missed", 49},
    {"effect.evaluated", 50},
    {"usage.reported", 51},
    {"royalty.stated", 52},
    {"royalty.audited", 53},
    {"obligation.scheduled", 54},
    {"obligation.rescheduled", 55},
    {"obligation.disputed", 56},
    {"obligation.dispute_resolved", 57},
    {"obligation.waived", 58},
    {"obligation.demanded", 59},
    {"obligation.acknowledged", 60},
    {"obligation.set_off", 61},
    {"obligation.assigned", 62},
    {"obligation.written_off", 63},
    {"interest.assessed", 64},
    {"payment.received", 65},
    {"payment.applied", 66},
    {"payment.unapplied", 67},
    {"payment.returned", 68},
    {"payment.refunded", 69},
    {"policy.bound", 70},
    {"policy.endorsed", 71},
    {"policy.cancelled", 72},
    {"claim.filed", 73},
    {"claim.determined", 74},
    {"claim.adjusted", 75},
    {"claim.rejected", 76},
    {"claim.paid", 77},
    {"claim.recovered", 78},
    {"pool.formed", 79},
    {"pool.member_admitted", 80},
    {"pool.member_left", 81},
    {"pool.patent_admitted", 82},
    {"pool.patent_removed", 83},
    {"pool.rule_set", 84},
    {"pool.distributed", 85},
    {"pledge.registered", 86},
    {"pledge.changed", 87},
    {"pledge.loan_repaid", 88},
    {"pledge.enforced", 89},
    {"pledge.released", 90},
    {"reward.paid", 91},
    {"equity.issued", 92},
    {"venture.founded", 93},
    {"target.set", 94},
    {"target.revised", 95},
    {"statistic.published", 96},
    {"rate.published", 97},
    {"calendar.day_marked", 98},
    {"period.closed", 99},
    {"note.added", 100},
    {"event.reversed", 101},
    {"invoice.issued", 102},
    {"invoice.cancelled", 103},
    {"system.started", 104},
    {"system.rules_adopted", 105},
    {"system.load_ended", 106},
};

static void a_kind_keeps_its_number(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        assert_int_equal(kind_by_name(slice_text(kinds[i].name)), kinds[i].number);
        assert_string_equal(kind_name((enum aggregate_kind)kinds[i].number), kinds[i].name);
    }
    assert_string_equal(kind_name((enum aggregate_kind)(sizeof(kinds) / sizeof(kinds[0]) + 1)), "");
}

static void a_type_keeps_its_number(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        const struct event_type *type = event_type_by_name(slice_text(types[i].name));
        assert_non_null(type);
        assert_int_equal(type->id, types[i].number);
        assert_ptr_equal(event_type_by_id((enum type_id)types[i].number), type);
    }
    assert_int_equal(event_type_count(), sizeof(types) / sizeof(types[0]));
}

/* The text of a NULL-ended list, `a b c`. */
static void assert_names(const char *const *names, const char *expected)
{
    char text[1024] = "";
    size_t used = 0;
    for (size_t i = 0; names[i]; i++) {
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", i ? " " : "", names[i]);
    }
    assert_string_equal(text, expected);
}

static void an_enumeration_keeps_its_order(void **state)
{
    (void)state;
    assert_names(party_kind_names, "gov institute university medical inst_other assoc "
                                   "ent_domestic ent_hmt ent_foreign ind_business natural "
                                   "overseas_org");
    assert_names(party_size_names, "large medium small micro");
    assert_names(technology_field_names, "electronics aerospace adv_manufacturing bio_medical "
                                         "new_materials new_energy environment nuclear agriculture "
                                         "transport urban_social");
    assert_names(ip_kind_names, "none know_how invention utility_model design software "
                                "ic_layout plant_variety bio_medicine patent_application "
                                "other");
    assert_names(program_names, "national ministry province city_county none");
    assert_names(pay_mode_names, "free lump instalment deferred conditional milestone royalty "
                                 "entry_plus_royalty equity pending mixed other");
    assert_names(pay_form_names, "once instalment royalty other");
    assert_names(contract_type_names, "development transfer license consulting service");
    assert_names(contract_subtype_names,
                 "commissioned cooperative patent patent_application know_how "
                 "other_ip general training intermediary");
    assert_names(grant_kind_names, "exclusive sole ordinary cross open pool");
    assert_names(effective_rule_names, "immediate approval payment");
    assert_names(total_basis_names, "fixed estimated undetermined");
    assert_names(origin_names, "direct match open pool listing auction");
    assert_names(rounding_names, "half_up half_even down");
    assert_names(on_invalid_names, "stop survive");
    assert_names(obligation_kind_names, "lump instalment entry_fee milestone conditional royalty "
                                        "min_royalty deposit expense penalty interest commission "
                                        "premium distribution restitution purchase_price");
    assert_names(condition_names, "none effect milestone convert first_sale");
    assert_names(on_termination_names, "survive extinguish prorate");
    assert_names(due_base_names, "date sign effective term_end delivery acceptance milestone "
                                 "evaluation trial_end convert period_end statement");
    assert_names(due_unit_names, "d m y");
    assert_names(due_roll_names, "following none");
    assert_names(royalty_base_names, "units gross_sales net_sales new_output profit");
    assert_names(royalty_period_names, "month quarter half year");
    assert_names(tier_scope_names, "contract_year period lifetime");
    assert_names(day_count_names, "act365 act360");
    assert_names(late_alloc_names, "interest_first principal_first");
    assert_names(on_silence_names, "pending convert decline");
    assert_names(trial_into_names, "license transfer");
    assert_names(termination_basis_names, "agreed breach force_majeure failure tech_public");
    assert_names(novation_role_names, "seller buyer");
    assert_names(filing_action_names, "effective changed cancelled");
    assert_names(verdict_names, "reached not_reached partial");
    assert_names(evaluation_basis_names, "tested agreed adjudged deemed_159");
    assert_names(dispute_outcome_names, "upheld reduced cancelled");
    assert_names(refund_source_names, "credit obligation");
    assert_names(lapse_reason_names, "fee expiry abandon");
    assert_names(invalidity_scope_names, "whole part");
    assert_names(valuation_kind_names, "valuation evaluation");
    assert_names(right_kind_names, "ownership long_use");
    assert_names(conversion_mode_names, "self transfer license cooperate equity other");
    assert_names(conversion_status_names, "started done");
    assert_names(fee_mode_names, "fixed royalty entry_plus_royalty free");
    assert_names(match_outcome_names, "signed framework failed");
    assert_names(commission_basis_names, "total received fixed");
    assert_names(policy_product_names,
                 "impl_failure performance comprehensive infringement overseas "
                 "enforcement");
    assert_names(recognised_by_names, "ip_authority insurer");
    assert_names(claim_verdict_names, "cannot_implement conversion_failed implementable");
    assert_names(pool_basis_names, "patent_days fixed_shares");
    assert_names(reward_form_names, "cash equity");
    assert_names(invoice_kind_names, "special ordinary other");
    assert_names(comparator_names, "gt ge lt le");
    assert_names(day_kind_names, "holiday workday");
}

/* What facts keep. */
static void a_currency_keeps_its_index(void **state)
{
    static const char *const first[] = {"CNY", "USD", "EUR", "JPY", "HKD", "GBP", "CHF"};
    (void)state;
    for (int i = 0; i < 7; i++) {
        assert_int_equal(currency_index(slice_text(first[i])), i);
        assert_string_equal(currency_code(i), first[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kind_keeps_its_number),
        cmocka_unit_test(a_type_keeps_its_number),
        cmocka_unit_test(an_enumeration_keeps_its_order),
        cmocka_unit_test(a_currency_keeps_its_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
