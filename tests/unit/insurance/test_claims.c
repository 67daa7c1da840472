/* Claims: every event against every state, and what each of them names. */

#include "tests/unit/insurance/words.h"

#include "daemon/ledger/claim.h"

/* AC-000-4: sum 100,000.00, deductible 5,000.00, cover 80 %, loss 80,000.00. */
static void file_claim(struct office *office, const char *product)
{
    ACCEPT(office, POLICY, "P1", product, 10000000LL, DEDUCTIBLE);
    ACCEPT(office, FILE_CLAIM, "K1", "2026-03-01", "P1", 8000000LL, "2026-02-01");
}

static uint8_t claim_state_of(const struct office *office)
{
    return state_of(office, MACHINE_CLAIM, KIND_claim, "K1", "2199-12-31");
}

/* ---- the table ---- */

enum stage {
    NOTHING,
    FILED,
    DETERMINED,
    REFUTED, /* determined as implementable */
    ADJUSTED,
    ADVANCED, /* adjusted without a verdict, after sixty days */
    PART_PAID,
    PAID,
    CLOSED,
    STAGES
};

static void bring_claim(struct office *office, enum stage stage)
{
    if (stage == NOTHING) {
        return;
    }
    file_claim(office, "impl_failure");
    if (stage == REFUTED) {
        ACCEPT(office, DETERMINE, "K1", "implementable", "2026-03-10");
    } else if (stage != FILED && stage != ADVANCED) {
        ACCEPT(office, DETERMINE, "K1", "cannot_implement", "2026-03-10");
    }
    if (stage >= ADJUSTED) {
        ACCEPT(office, ADJUST, "K1", "2026-05-01", 4000000LL);
    }
    if (stage >= PART_PAID) {
        ACCEPT(office, PAY_CLAIM, "K1", stage == PART_PAID ? 1000000LL : 4000000LL, "2026-05-05",
               "");
    }
    if (stage == CLOSED) {
        ACCEPT(office, RECOVER, "K1", "2026-06-01", 4000000LL);
    }
}

#define NUL                                                                                        \
    {                                                                                              \
        STATUS_E_UNKNOWN_AGGREGATE, CLAIM_NONE                                                     \
    }
#define ILL                                                                                        \
    {                                                                                              \
        STATUS_E_ILLEGAL_STATE, CLAIM_NONE                                                         \
    }
#define END                                                                                        \
    {                                                                                              \
        STATUS_E_CLOSED, CLAIM_NONE                                                                \
    }
#define UND                                                                                        \
    {                                                                                              \
        STATUS_E_NO_DETERMINATION, CLAIM_NONE                                                      \
    }
#define EXI                                                                                        \
    {                                                                                              \
        STATUS_E_EXISTS, CLAIM_NONE                                                                \
    }
#define TO(state)                                                                                  \
    {                                                                                              \
        STATUS_OK, CLAIM_##state                                                                   \
    }

struct cell {
    enum status status;
    uint8_t next;
};

/* clang-format off */
static const struct cell table[6][STAGES] = {
    /* nothing, filed, determined, refuted, adjusted, advanced, part paid, paid, closed */
    {TO(FILED), EXI, EXI, EXI, EXI, EXI, EXI, EXI, EXI},
    {NUL, TO(DETERMINED), ILL, ILL, ILL, TO(ADJUSTED), ILL, ILL, END},
    {NUL, UND, TO(ADJUSTED), ILL, TO(ADJUSTED), TO(ADJUSTED), TO(PAID), TO(PAID), END},
    {NUL, TO(CLOSED), TO(CLOSED), TO(CLOSED), ILL, ILL, ILL, ILL, END},
    {NUL, ILL, ILL, ILL, TO(PAID), TO(PAID), TO(PAID), {STATUS_E_AMOUNT_EXCEEDS, 0}, END},
    {NUL, ILL, ILL, ILL, ILL, ILL, TO(PAID), TO(PAID), END},
};
/* clang-format on */

static enum status act(struct office *office, int row, enum stage stage)
{
    switch (row) {
    case 0:
        if (stage == NOTHING) {
            ACCEPT(office, POLICY, "P1", "impl_failure", 10000000LL, DEDUCTIBLE);
        }
        return post(office, FILE_CLAIM, "K1", "2026-06-10", "P1", 1LL, "2026-02-01");
    case 1:
        return post(office, DETERMINE, "K1", "conversion_failed", "2026-06-10");
    case 2: /* before sixty days have gone by where nothing else happened */
        return post(office, ADJUST, "K1", stage == FILED ? "2026-04-29" : "2026-06-10", 4000000LL);
    case 3:
        return post(office, REJECT, "K1", "2026-06-10", "2026-06-11");
    case 4:
        return post(office, PAY_CLAIM, "K1", 1LL, "2026-06-10", "");
    default:
        return post(office, RECOVER, "K1", "2026-06-10", 1LL);
    }
}

static void every_event_meets_every_state(void **state)
{
    (void)state;
    for (int row = 0; row < 6; row++) {
        for (int stage = 0; stage < STAGES; stage++) {
            void *opened = NULL;
            assert_int_equal(office_open(&opened), 0);
            struct office *office = opened;
            bring_claim(office, (enum stage)stage);
            uint8_t before = stage == NOTHING ? CLAIM_NONE : claim_state_of(office);
            const struct cell *cell = &table[row][stage];
            enum status status = act(office, row, (enum stage)stage);
            if (status != cell->status) {
                fail_msg("row %d, stage %d: %s and not %s", row, stage, status_name(status),
                         status_name(cell->status));
            }
            uint8_t next = cell->status == STATUS_OK ? cell->next : before;
            if (stage != NOTHING || status == STATUS_OK) {
                assert_int_equal(claim_state_of(office), next);
            }
            assert_int_equal(office_close(&opened), 0);
        }
    }
}

/* ---- filing ---- */

static void a_claim_is_made_within_the_cover(void **state)
{
    struct office *office = *state;
    ACCEPT(office, POLICY, "P1", "impl_failure", 10000000LL, DEDUCTIBLE);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.policy", FILE_CLAIM, "K1", "2026-03-01", "P9", 1LL,
           "2026-02-01");
    REFUSE(office, E_COVER_INACTIVE, "data.event_date", FILE_CLAIM, "K1", "2026-03-01", "P1", 1LL,
           "2025-12-31");
    assert_string_equal(office->fault.state, "policy BOUND");
    assert_string_equal(office->fault.detail, "from=2026-01-01 to=2026-12-31 given=2025-12-31");
    REFUSE(office, E_COVER_INACTIVE, "data.event_date", FILE_CLAIM, "K1", "2026-12-01", "P1", 1LL,
           "2027-01-01");
    REFUSE(office, E_BAD_FIELD, "data.claim_id",
           "{'type':'claim.filed','agg':'K1','data':{'claim_id':'K2','policy':'P1','loss_fen':1,"
           "'event_date':'2026-02-01'}}");
    ACCEPT(office, "{'type':'claim.filed','agg':'K1','data':{'claim_id':'K1','policy':'P1',"
                   "'loss_fen':1,'event_date':'2026-12-31'}}");
    ACCEPT(office, FILE_CLAIM, "K2", "2026-03-01", "P1", 1LL, "2026-01-01");
    /* the terms of the day of the event */
    ACCEPT(office, ENDORSE, "P1", "2026-06-01", "'to':'2026-06-30'");
    REFUSE(office, E_COVER_INACTIVE, "data.event_date", FILE_CLAIM, "K3", "2026-08-01", "P1", 1LL,
           "2026-07-01");
}

/* ---- what an event names ---- */

static void an_event_of_a_claim_names_parties(void **state)
{
    struct office *office = *state;
    file_claim(office, "impl_failure");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.by",
           "{'type':'claim.determined','agg':'K1','data':{'by':'nobody','recognised_by':'insurer',"
           "'verdict':'implementable','on':'2026-03-10'}}");
    ACCEPT(office, DETERMINE, "K1", "cannot_implement", "2026-03-10");
    ACCEPT(office, ADJUST, "K1", "2026-03-20", 6000000LL);
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.payee",
           "{'type':'claim.paid','agg':'K1','data':{'amount_fen':1,'payee':'nobody',"
           "'on':'2026-03-21'}}");
    ACCEPT(office, PAY_CLAIM, "K1", 6000000LL, "2026-03-21", "");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.from",
           "{'type':'claim.recovered','agg':'K1','effective':'2026-04-01','data':{'amount_fen':1,"
           "'from':'nobody'}}");
}

/* AC-000-4 */
static void a_failure_is_determined_before_it_is_paid(void **state)
{
    struct office *office = *state;
    file_claim(office, "impl_failure");
    REFUSE(office, E_NO_DETERMINATION, "agg", ADJUST, "K1", "2026-03-10", 6000000LL);
    assert_string_equal(office->fault.state, "claim FILED");
    assert_string_equal(office->fault.legal, "claim.determined, claim.rejected");
    assert_string_equal(office->fault.detail, "advance_from=2026-04-30");
    REFUSE(office, E_ILLEGAL_STATE, "agg", PAY_CLAIM, "K1", 1LL, "2026-03-10", "");
    ACCEPT(office, DETERMINE, "K1", "cannot_implement", "2026-03-10");
    REFUSE(office, E_OVER_COVER, "data.approved_fen", ADJUST, "K1", "2026-03-20", 6000001LL);
    assert_string_equal(office->fault.detail, "limit=6000000 given=6000001");
    ACCEPT(office, ADJUST, "K1", "2026-03-20", 6000000LL);
    assert_int_equal(claim_state_of(office), CLAIM_ADJUSTED);
}

static void what_works_can_only_be_rejected(void **state)
{
    struct office *office = *state;
    file_claim(office, "impl_failure");
    ACCEPT(office, DETERMINE, "K1", "implementable", "2026-03-10");
    REFUSE(office, E_ILLEGAL_STATE, "agg", ADJUST, "K1", "2026-03-20", 1LL);
    assert_string_equal(office->fault.state, "claim DETERMINED");
    assert_string_equal(office->fault.legal, "claim.rejected, note.added");
    assert_string_equal(office->fault.detail, "verdict=implementable");
    ACCEPT(office, REJECT, "K1", "2026-03-20", "2026-03-21");
    REFUSE(office, E_CLOSED, "agg", ADJUST, "K1", "2026-03-22", 1LL);
    assert_string_equal(office->fault.state, "claim CLOSED");
    assert_string_equal(office->fault.legal, "note.added");
}

static void other_products_need_no_verdict(void **state)
{
    struct office *office = *state;
    file_claim(office, "infringement");
    ACCEPT(office, ADJUST, "K1", "2026-03-02", 6000000LL);
    REFUSE(office, E_ILLEGAL_STATE, "agg", DETERMINE, "K1", "cannot_implement", "2026-03-10");
    assert_string_equal(office->fault.legal, "claim.adjusted, claim.paid, note.added");
}

/* Insurance Law art 25: the part that can be determined is paid first. */
static void an_advance_comes_before_the_verdict(void **state)
{
    struct office *office = *state;
    file_claim(office, "impl_failure");
    REFUSE(office, E_NO_DETERMINATION, "agg", ADJUST, "K1", "2026-04-29", 1000000LL);
    ACCEPT(office, ADJUST, "K1", "2026-04-30", 1000000LL);
    ACCEPT(office, PAY_CLAIM, "K1", 1000000LL, "2026-05-01", "");
    ACCEPT(office, DETERMINE, "K1", "cannot_implement", "2026-05-10");
    ACCEPT(office, ADJUST, "K1", "2026-05-11", 6000000LL);
    ACCEPT(office, PAY_CLAIM, "K1", 5000000LL, "2026-05-12", "");
}

static void a_late_verdict_stops_an_advance(void **state)
{
    struct office *office = *state;
    file_claim(office, "impl_failure");
    ACCEPT(office, ADJUST, "K1", "2026-04-30", 1000000LL);
    ACCEPT(office, DETERMINE, "K1", "implementable", "2026-05-10");
    REFUSE(office, E_ILLEGAL_STATE, "agg", PAY_CLAIM, "K1", 1LL, "2026-05-11", "");
    assert_string_equal(office->fault.legal, "claim.rejected, note.added");
    ACCEPT(office, REJECT, "K1", "2026-05-12", "2026-05-12");
    assert_int_equal(claim_state_of(office), CLAIM_CLOSED);
}

/* A step holds no earlier than the one before it. */
static void steps_go_forward_in_time(void **state)
{
    struct office *office = *state;
    file_claim(office, "impl_failure");
    ACCEPT(office, DETERMINE, "K1", "cannot_implement", "2026-02-10");
    assert_int_equal(state_of(office, MACHINE_CLAIM, KIND_claim, "K1", "2026-02-28"), CLAIM_NONE);
    assert_int_equal(state_of(office, MACHINE_CLAIM, KIND_claim, "K1", "2026-03-01"),
                     CLAIM_DETERMINED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_meets_every_state),
        TEST(a_claim_is_made_within_the_cover),
        TEST(an_event_of_a_claim_names_parties),
        TEST(a_failure_is_determined_before_it_is_paid),
        TEST(what_works_can_only_be_rejected),
        TEST(other_products_need_no_verdict),
        TEST(an_advance_comes_before_the_verdict),
        TEST(a_late_verdict_stops_an_advance),
        TEST(steps_go_forward_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
