/* Invoices: a number once with its issuer, whatever became of it. */

#include "tests/unit/lifecycle/office.h"

static const char issue[] =
    "{'type':'invoice.issued','agg':'%s','id':'i-%s','effective':'2026-03-02','data':{"
    "'invoice_no':'%s','issuer':'%s','kind':'special','amount_fen':1060,'tax_fen':60%s}}";
static const char cancel[] =
    "{'type':'invoice.cancelled','agg':'%s','id':'c-%s','effective':'2026-03-03','data':{"
    "'invoice_no':'%s','issuer':'univ','reason':'x'}}";
static const char reverse[] =
    "{'type':'event.reversed','agg':'C1','data':{'event_id':'%s','reason':'x'}}";

static void a_number_is_used_once_with_its_issuer(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    SIGN(office, "C2", "");
    ACCEPT(office, issue, "C1", "1", "044001", "univ", "");
    REFUSE(office, E_EXISTS, "data.invoice_no", issue, "C2", "2", "044001", "univ", "");
    assert_string_equal(office->fault.state, "invoice ISSUED");
    assert_string_equal(office->fault.detail, "contract=C1");
    ACCEPT(office, issue, "C2", "3", "044001", "inst", "");
    ACCEPT(office, cancel, "C1", "1", "044001");
    REFUSE(office, E_EXISTS, "data.invoice_no", issue, "C1", "4", "044001", "univ", "");
    assert_string_equal(office->fault.state, "invoice CANCELLED");
    REFUSE(office, E_CLOSED, "data.invoice_no", cancel, "C1", "2", "044001");
}

static void what_there_is_not_is_not_cancelled(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    SIGN(office, "C2", "");
    ACCEPT(office, issue, "C1", "1", "044001", "univ", "");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.invoice_no", cancel, "C1", "1", "044002");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.invoice_no", cancel, "C2", "2", "044001");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.issuer", issue, "C1", "2", "044003", "nobody", "");
}

static void its_parts_fit(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1",
         "'obligations':[{'no':1,'kind':'lump','debtor':'firm','creditor':'univ',"
         "'amount_fen':70}]");
    REFUSE(office, E_UNKNOWN_AGGREGATE, "data.obligations[1]", issue, "C1", "1", "1", "univ",
           ",'obligations':[1,2]");
    REFUSE(office, E_AMOUNT_EXCEEDS, "data.tax_fen",
           "{'type':'invoice.issued','agg':'C1','data':{'invoice_no':'1','issuer':'univ',"
           "'kind':'other','amount_fen':5,'tax_fen':6}}");
}

static void reversed_the_number_is_free(void **state)
{
    struct office *office = *state;
    SIGN(office, "C1", "");
    ACCEPT(office, "{'type':'obligation.scheduled','agg':'C1','id':'ob','effective':'2026-02-01',"
                   "'data':{'no':7,'kind':'lump','debtor':'firm','creditor':'univ',"
                   "'amount_fen':1060}}");
    ACCEPT(office, issue, "C1", "1", "044001", "univ", ",'obligations':[7]");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", reverse, "ob");
    ACCEPT(office, cancel, "C1", "1", "044001");
    REFUSE(office, E_HAS_DEPENDENTS, "data.event_id", reverse, "i-1");
    ACCEPT(office, reverse, "c-1");
    ACCEPT(office, cancel, "C1", "2", "044001");
    ACCEPT(office, reverse, "c-2");
    ACCEPT(office, reverse, "i-1");
    ACCEPT(office, issue, "C1", "2", "044001", "univ", "");
    ACCEPT(office, reverse, "ob");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_number_is_used_once_with_its_issuer, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(what_there_is_not_is_not_cancelled, office_open,
                                        office_close),
        cmocka_unit_test_setup_teardown(its_parts_fit, office_open, office_close),
        cmocka_unit_test_setup_teardown(reversed_the_number_is_free, office_open, office_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
