/* Sums by currency; see totals.h. */

#include "daemon/ledger/totals.h"

#include "daemon/base/check.h"
#include "daemon/ledger/decide.h"
#include "daemon/ledger/facts_inner.h"

static uint8_t contract_currency(const struct facts *facts, uint32_t contract)
{
    uint32_t at = facts_head(facts, FACT_CONTRACT, contract, false);
    const struct contract_row *row = at == NO_ROW ? NULL : facts_row(facts, FACT_CONTRACT, at - 1);
    return row == NULL ? 0 : row->currency;
}

void totals_count(struct totals *totals, const struct facts *facts, enum fact_table table,
                  const struct fact *row, int sign)
{
    enum total_kind kind;
    int64_t amount;
    uint8_t currency;
    if (table == FACT_TERMS) {
        const struct terms_row *terms = (const struct terms_row *)(const void *)row;
        kind = TOTAL_OWED;
        amount = terms->substituted ? AMOUNT_UNKNOWN : terms->amount_fen; /* no new claim */
        currency = terms->currency;
    } else if (table == FACT_CREDIT) {
        const struct credit_row *credit = (const struct credit_row *)(const void *)row;
        kind = TOTAL_RECEIVED;
        amount = credit->kind == CREDIT_RECEIVED ? credit->amount : 0;
        currency = credit->currency;
    } else if (table == FACT_REGISTRATION) {
        const struct registration_row *registration =
            (const struct registration_row *)(const void *)row;
        kind = TOTAL_REGISTERED;
        amount = registration->total_fen;
        currency = contract_currency(facts, row->key);
    } else {
        return;
    }
    if (amount != AMOUNT_UNKNOWN) {
        INVARIANT(currency < CURRENCIES);
        totals->of[kind][currency] += sign * amount;
    }
}

void totals_add(struct facts *facts, enum fact_table table, const struct fact *row)
{
    totals_count(&facts->totals, facts, table, row, 1);
}

void totals_expect(struct deciding *deciding, enum total_kind kind, uint8_t currency,
                   int64_t amount)
{
    if (amount == AMOUNT_UNKNOWN) {
        return;
    }
    deciding->added[kind] += amount; /* 1,024 amounts of 9e15 at most: within int64 */
    deciding->added_currency[kind] = currency;
}

enum status totals_check(struct deciding *deciding)
{
    static const char *const names[TOTAL_KINDS] = {"owed", "received", "registered"};
    for (unsigned kind = 0; kind < TOTAL_KINDS; kind++) {
        uint8_t currency = deciding->added_currency[kind];
        int64_t total = deciding->facts->totals.of[kind][currency];
        if (deciding->added[kind] > AMOUNT_FEN_MAX - total) {
            (void)fault_set(deciding->fault, STATUS_E_RANGE, "data");
            fault_detail(deciding->fault, "%s=%lld currency=%s added=%lld max=%lld", names[kind],
                         (long long)total, currency_code(currency),
                         (long long)deciding->added[kind], (long long)AMOUNT_FEN_MAX);
            return STATUS_E_RANGE;
        }
    }
    return STATUS_OK;
}
