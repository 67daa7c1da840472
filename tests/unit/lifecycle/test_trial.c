/* The trial: use first, pay later. AC-000 of the specification, and what silence means. */

#include "tests/unit/lifecycle/office.h"

#include <stdio.h>

#include "daemon/ledger/contract.h"
#include "daemon/ledger/obligation.h"

#define DUE(months)                                                                                \
    "'due':{'base':'convert','n':" months ",'unit':'m'},'kind':'instalment','debtor':'firm',"      \
    "'creditor':'univ','amount_fen':4000000"
#define THREE "[{'no':1," DUE("1") "},{'no':2," DUE("7") "},{'no':3," DUE("13") "}]"
#define CONVERT                                                                                    \
    "{'type':'trial.converted','agg':'C1','data':{'on':'%s','pay_mode':'instalment',"              \
    "'total_fen':%d,'obligations':" THREE "}}"

static void signed_2024(struct office *office, const char *more)
{
    enum status status = sign(office, "C1", more);
    accepted(office, status, __FILE__, __LINE__);
    ACCEPT(office, "{'type':'trial.started','agg':'C1','data':{'start':'2024-11-20',"
                   "'end':'2025-11-20'}}");
}

static struct obligation_figures figures_of(const struct office *office, uint32_t no,
                                            const char *as_of)
{
    const struct facts *facts = office->fixture.facts;
    struct viewpoint view = viewpoint_now(facts, day(as_of));
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    struct obligation_figures figures;
    uint32_t obligation =
        obligation_find(facts, aggregate_of(office, KIND_contract, "C1"), no, &now);
    assert_int_not_equal(obligation, OBLIGATION_NONE);
    obligation_evaluate(facts, obligation, &view, &figures);
    return figures;
}

static void converting_makes_the_debts(void **state)
{
    struct office *office = *state;
    signed_2024(office, "'sign_date':'2024-11-20','term_start':'2024-11-20'");
    assert_int_equal(state_of(office, MACHINE_CONTRACT, KIND_contract, "C1", "2025-11-20"),
                     CONTRACT_TRIAL);
    REFUSE(office, E_SUM_MISMATCH, "data.obligations", CONVERT, "2025-11-21", 11999999);
    ACCEPT(office, CONVERT, "2025-11-21", 12000000);
    assert_int_equal(state_of(office, MACHINE_CONTRACT, KIND_contract, "C1", "2025-11-20"),
                     CONTRACT_TRIAL);
    assert_int_equal(state_of(office, MACHINE_CONTRACT, KIND_contract, "C1", "2025-11-21"),
                     CONTRACT_ACTIVE);
    assert_false(figures_of(office, 1, "2025-11-20").visible);
    static const char *const dues[] = {"2025-12-22", "2026-06-22", "2026-12-21"};
    for (uint32_t no = 1; no <= 3; no++) {
        struct obligation_figures figures = figures_of(office, no, "2025-12-31");
        assert_int_equal(figures.outstanding, 4000000);
        assert_int_equal(figures.due, day(dues[no - 1]));
    }
    assert_int_equal(figures_of(office, 1, "2025-12-31").days_past_due, 9);
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    uint32_t contract = aggregate_of(office, KIND_contract, "C1");
    assert_int_equal(contract_total(office->fixture.facts, contract, &now), 12000000);
    assert_int_equal(
        contract_term(office->fixture.facts, contract, FIELD_pay_mode, &now, UINT8_MAX),
        PAY_MODE_instalment);
}

static void what_waits_for_the_conversion_opens(void **state)
{
    struct office *office = *state;
    signed_2024(office, "'sign_date':'2024-11-20','term_start':'2024-11-20','obligations':"
                        "[{'no':1,'kind':'conditional','debtor':'firm','creditor':'univ',"
                        "'amount_fen':500,'condition':'convert'}]");
    assert_int_equal(figures_of(office, 1, "2025-11-20").contingent, 500);
    REFUSE(office, E_SUM_MISMATCH, "data.obligations",
           "{'type':'trial.converted','agg':'C1','data':{'on':'2025-11-21','pay_mode':'mixed',"
           "'total_fen':100,'obligations':[{'no':2,'kind':'lump','debtor':'firm',"
           "'creditor':'univ','amount_fen':100}]}}");
    assert_string_equal(office->fault.detail, "sum=600 expected=100");
    REFUSE(office, E_EXISTS, "data.obligations[0].no",
           "{'type':'trial.converted','agg':'C1','data':{'on':'2025-11-21','pay_mode':'mixed',"
           "'obligations':[{'no':1,'kind':'lump','debtor':'firm','creditor':'univ',"
           "'amount_fen':100}]}}");
    ACCEPT(office, "{'type':'trial.converted','agg':'C1','data':{'on':'2025-11-21',"
                   "'pay_mode':'lump','into':'transfer'}}");
    assert_int_equal(figures_of(office, 1, "2025-11-20").contingent, 500);
    assert_int_equal(figures_of(office, 1, "2025-11-21").outstanding, 500);
    struct viewpoint now = viewpoint_now(office->fixture.facts, DAY_MAX);
    assert_int_equal(contract_term(office->fixture.facts, aggregate_of(office, KIND_contract, "C1"),
                                   FIELD_type, &now, CONTRACT_TYPE_license),
                     CONTRACT_TYPE_transfer);
}

static void declining_ends_what_was_conditional(void **state)
{
    struct office *office = *state;
    signed_2024(office, "'sign_date':'2024-11-20','term_start':'2024-11-20','obligations':"
                        "[{'no':1,'kind':'conditional','debtor':'firm','creditor':'univ',"
                        "'amount_fen':500,'condition':'effect','on_termination':'survive'}]");
    ACCEPT(office,
           "{'type':'trial.declined','agg':'C1','data':{'on':'2025-11-21','reason':'no use'}}");
    assert_int_equal(contract_state_of(office, "C1"), CONTRACT_DECL);
    struct obligation_figures figures = figures_of(office, 1, "2025-11-21");
    assert_int_equal(figures.contingent, 0);
    assert_int_equal(figures.extinguished, 500);
}

/* Footnote 3. */
static void silence_decides_what_was_agreed(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *silence;
        enum status convert, decline;
    } agreed[] = {
        {"pending", STATUS_OK, STATUS_OK},
        {"decline", STATUS_E_TRIAL_LAPSED, STATUS_E_TRIAL_LAPSED},
        {"convert", STATUS_OK, STATUS_E_TRIAL_LAPSED},
    };
    static const char start[] = "{'type':'trial.started','agg':'%s','data':{'start':'2026-02-01',"
                                "'end':'2026-06-30'}}";
    static const char convert[] = "{'type':'trial.converted','agg':'%s','data':{'on':'%s',"
                                  "'pay_mode':'free'}}";
    static const char decline[] = "{'type':'trial.declined','agg':'%s','data':{'on':'%s',"
                                  "'reason':'x'}}";
    for (size_t i = 0; i < 3; i++) {
        static const char *const names[3][3] = {
            {"A0", "A1", "A2"}, {"B0", "B1", "B2"}, {"D0", "D1", "D2"}};
        for (size_t n = 0; n < 3; n++) {
            char more[64];
            (void)snprintf(more, sizeof(more), "'trial':{'end':'2026-06-30','on_silence':'%s'}",
                           agreed[i].silence);
            SIGN(office, names[i][n], more);
            ACCEPT(office, start, names[i][n]);
        }
        /* On the last day both are free. */
        assert_int_equal(post(office, convert, names[i][0], "2026-06-30"), STATUS_OK);
        assert_int_equal(post(office, decline, names[i][1], "2026-07-01"), agreed[i].decline);
        if (agreed[i].decline != STATUS_OK) {
            assert_string_equal(office->fault.field, "data.on");
            assert_string_equal(office->fault.state, "contract TRIAL");
            assert_non_null(strstr(office->fault.detail, "trial_end=2026-06-30"));
            assert_non_null(strstr(office->fault.legal, "contract.terminated"));
        }
        assert_int_equal(post(office, convert, names[i][2], "2026-07-01"), agreed[i].convert);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(converting_makes_the_debts, office_open, office_close),
        cmocka_unit_test_setup_teardown(what_waits_for_the_conversion_opens, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(declining_ends_what_was_conditional, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(silence_decides_what_was_agreed, office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
