/* What comes after registration: amounts that become final, revocations, payments, completion.
 *
 *   A1  Each kind of step has a fixed number of days after registration; what would fall on a
 *       weekend is recorded on the Monday. So a day's events are found from the contracts of a few
 *       earlier days, in the same order on every machine.
 *   A2  Nothing here changes a restated total: a changed registration gets the amount that counts,
 *       a revoked one leaves, a payment taken back is posted again. */

#include "ops/synthetic/events.h"

#include "ops/synthetic/fatal.h"
#include "ops/synthetic/mix.h"

#define REVOKED_AFTER 20
#define STATEMENT_EVERY 90
#define COMPLETED_AFTER 450
#define REVERSED_AFTER 10
#define ROYALTY_PPM 50000
#define BASE_OF_ROYALTY (1000000 / ROYALTY_PPM)

static uint32_t chance(const struct emitter *emitter, const struct contract *contract,
                       uint32_t lane, uint32_t part, uint32_t n)
{
    uint64_t lane_of_part = lane + part * 1024u; /* parts have lanes of their own */
    return draw_below(contract_draw(emitter->registry, contract, (uint32_t)lane_of_part), n);
}

/* ---- what is to be paid ---- */

uint32_t contract_parts(const struct emitter *emitter, const struct contract *contract,
                        int64_t fen[PARTS_AT_MOST])
{
    static const int64_t equal[PARTS_AT_MOST] = {1, 1, 1, 1};
    int64_t rest = contract->amount_fen;
    uint32_t count = 1;
    uint32_t entry = 0;
    switch ((enum pay_mode)contract->pay_mode) {
    case PAY_EQUITY:
    case PAY_PENDING:
        return 0;
    case PAY_LUMP:
    case PAY_CONDITIONAL:
    case PAY_DEFERRED:
        break;
    case PAY_INSTALMENT:
        count = 2 + chance(emitter, contract, DRAW_PARTS, 0, 3);
        break;
    case PAY_ROYALTY:
        count = 1 + chance(emitter, contract, DRAW_PARTS, 0, 4);
        break;
    case PAY_ENTRY_PLUS_ROYALTY:
        entry = 1;
        fen[0] = rest * 4 / 10;
        rest -= fen[0];
        count = 1 + chance(emitter, contract, DRAW_PARTS, 0, 3);
        break;
    }
    apportion(rest, equal, count, fen + entry);
    return entry + count;
}

static bool is_royalty(const struct contract *contract, uint32_t part)
{
    return contract->pay_mode == PAY_ROYALTY ||
           (contract->pay_mode == PAY_ENTRY_PLUS_ROYALTY && part > 0);
}

/* Days after registration on which a period's royalty is stated. */
static int32_t stated_after(const struct contract *contract, uint32_t part)
{
    int32_t period = (int32_t)part - (contract->pay_mode == PAY_ENTRY_PLUS_ROYALTY ? 1 : 0);
    return 120 + STATEMENT_EVERY * period;
}

static int32_t paid_after(const struct emitter *emitter, const struct contract *contract,
                          uint32_t part)
{
    if (is_royalty(contract, part)) {
        return stated_after(contract, part) + 30;
    }
    switch ((enum pay_mode)contract->pay_mode) {
    case PAY_LUMP:
        return chance(emitter, contract, DRAW_PAY, 0, 10) < 6 ? 30 : 120;
    case PAY_INSTALMENT:
        return 30 + 90 * (int32_t)part;
    case PAY_CONDITIONAL:
        return 210;
    case PAY_DEFERRED:
        return 300;
    case PAY_ROYALTY:
    case PAY_ENTRY_PLUS_ROYALTY:
    case PAY_EQUITY:
    case PAY_PENDING:
        break;
    }
    return 30;
}

/* A quarter of the payments come twenty days late. */
static int32_t due_after(const struct emitter *emitter, const struct contract *contract,
                         uint32_t part)
{
    bool late = chance(emitter, contract, DRAW_PAY, part + 1, 4) == 0;
    return paid_after(emitter, contract, part) - (late ? 20 : 0);
}

static bool is_reached(const struct emitter *emitter, const struct contract *contract)
{
    return chance(emitter, contract, DRAW_VERDICT, 0, 10) < 8;
}

/* Three in a hundred are never paid. */
static bool is_paid(const struct emitter *emitter, const struct contract *contract, uint32_t part)
{
    return chance(emitter, contract, DRAW_UNPAID, part, 100) >= 3 &&
           (contract->pay_mode != PAY_CONDITIONAL || is_reached(emitter, contract));
}

static bool is_reversed(const struct emitter *emitter, const struct contract *contract,
                        uint32_t part)
{
    return chance(emitter, contract, DRAW_REVERSED, part, 1000) == 0;
}

/* ---- terms ---- */

static void put_buyer_and_seller(struct emitter *emitter, const struct contract *contract,
                                 const char *before_buyer, const char *before_seller)
{
    struct party buyer = party_of(emitter->parties, contract, SIDE_BUYER);
    struct party seller = party_of(emitter->parties, contract, SIDE_SELLER);
    put(emitter->out, before_buyer);
    put_party_id(emitter->out, &buyer);
    put(emitter->out, before_seller);
    put_party_id(emitter->out, &seller);
    put(emitter->out, "\"");
}

static void put_obligation(struct emitter *emitter, const struct contract *contract, uint32_t part,
                           int64_t fen)
{
    static const char *const kinds[PAY_MODES] = {"lump", "instalment",  "royalty", "entry_fee",
                                                 "lump", "conditional", "lump",    "lump"};
    struct out *out = emitter->out;
    put(out, part > 0 ? ",{\"no\":" : "{\"no\":");
    put_number(out, part + 1);
    put(out, ",\"kind\":\"");
    put(out, kinds[contract->pay_mode]);
    put_buyer_and_seller(emitter, contract, "\",\"debtor\":\"", "\",\"creditor\":\"");
    put_member_fen(out, ",\"amount_fen\":", fen);
    if (contract->pay_mode == PAY_CONDITIONAL) {
        put(out, ",\"condition\":\"effect\"");
    }
    put_member_date(out, ",\"due\":{\"base\":\"date\",\"date\":",
                    contract->day + due_after(emitter, contract, part));
    put(out, "}}");
}

void put_terms(struct emitter *emitter, const struct contract *contract)
{
    struct out *out = emitter->out;
    int64_t fen[PARTS_AT_MOST];
    uint32_t parts = contract_parts(emitter, contract, fen);
    bool royalty =
        contract->pay_mode == PAY_ROYALTY || contract->pay_mode == PAY_ENTRY_PLUS_ROYALTY;
    bool firm = !royalty && contract->pay_mode != PAY_PENDING;
    put(out, firm ? ",\"total_basis\":\"fixed\"" : ",\"total_basis\":\"estimated\"");
    if (contract->pay_mode == PAY_CONDITIONAL) {
        put(out, ",\"effect\":{\"criterion\":\"达到约定指标\"}");
    }
    if (royalty) {
        put(out, ",\"royalty\":{\"base\":\"net_sales\",\"tiers\":[{\"rate_ppm\":");
        put_number(out, ROYALTY_PPM);
        put(out, "}],\"tier_scope\":\"lifetime\",\"period\":\"quarter\",\"report_days\":30,"
                 "\"pay_days\":30}");
    }
    /* One that is registered twice by mistake is owed once. */
    if (emitter->lean || contract->revoked || parts == 0 || contract->pay_mode == PAY_ROYALTY) {
        return;
    }
    put(out, ",\"obligations\":[");
    for (uint32_t part = 0; part < parts && !is_royalty(contract, part); part++) {
        put_obligation(emitter, contract, part, fen[part]);
    }
    put(out, "]");
}

/* ---- steps ---- */

/* Registered with nothing or an estimate: what it came to, after one of four spans. */
static void emit_change(struct emitter *emitter, const struct contract *contract, int32_t after)
{
    static const int32_t spans[] = {15, 60, 200, 430};
    struct out *out = emitter->out;
    if (contract->first_total == TOTAL_FINAL ||
        spans[chance(emitter, contract, DRAW_CHANGE, 0, 4)] != after) {
        return;
    }
    int64_t tech = contract_tech_fen(emitter->registry, contract);
    event_begin(emitter, contract, "contract.registration_changed", ".c", 0);
    put_member_fen(out, "\"total_fen\":", contract->amount_fen);
    put_member_fen(out, ",\"tech_fen\":", tech);
    put_member_fen(out, ",\"equipment_fen\":", contract->amount_fen - tech);
    out_line_end(out);
}

static void emit_revocation(struct emitter *emitter, const struct contract *contract, int32_t after)
{
    (void)after;
    if (contract->revoked) {
        event_begin(emitter, contract, "contract.registration_revoked", ".v", 0);
        put(emitter->out, "\"reason\":\"重复登记\"");
        out_line_end(emitter->out);
    }
}

static void put_payment_id(struct out *out, const struct contract *contract, uint32_t part)
{
    put_contract_id(out, contract);
    put(out, ".p");
    put_number(out, part + 1);
}

/* `letter`: p the first time, q when it is posted again. */
static void emit_payment(struct emitter *emitter, const struct contract *contract, uint32_t part,
                         int64_t fen, bool again)
{
    struct out *out = emitter->out;
    out_line_begin(out);
    put(out, "{\"id\":\"");
    put_contract_id(out, contract);
    put(out, again ? ".q" : ".p");
    put_number(out, part + 1);
    put(out, "\",\"type\":\"payment.received\",\"agg\":\"P");
    put_payment_id(out, contract, part);
    if (again) {
        put(out, "\",\"corrects\":\"");
        put_payment_id(out, contract, part);
    }
    put(out, "\",\"recorded\":");
    put_number(out, out_recorded(out));
    put_buyer_and_seller(emitter, contract, ",\"data\":{\"payer\":\"", "\",\"payee\":\"");
    put_member_fen(out, ",\"amount_fen\":", fen);
    put_member_date(out, ",\"currency\":\"CNY\",\"value_date\":",
                    contract->day + paid_after(emitter, contract, part));
    put(out, ",\"alloc\":[{\"owner\":\"");
    put_contract_id(out, contract);
    put(out, "\",\"no\":");
    put_number(out, part + 1);
    put_member_fen(out, ",\"amount_fen\":", fen);
    put(out, "}]");
    out_line_end(out);
}

static void emit_payments(struct emitter *emitter, const struct contract *contract, int32_t after)
{
    int64_t fen[PARTS_AT_MOST];
    uint32_t parts = contract_parts(emitter, contract, fen);
    for (uint32_t part = 0; part < parts; part++) {
        if (paid_after(emitter, contract, part) == after && is_paid(emitter, contract, part)) {
            emit_payment(emitter, contract, part, fen[part], false);
        }
    }
}

static void emit_reversals(struct emitter *emitter, const struct contract *contract, int32_t after)
{
    struct out *out = emitter->out;
    int64_t fen[PARTS_AT_MOST];
    uint32_t parts = contract_parts(emitter, contract, fen);
    for (uint32_t part = 0; part < parts; part++) {
        if (paid_after(emitter, contract, part) + REVERSED_AFTER != after ||
            !is_paid(emitter, contract, part) || !is_reversed(emitter, contract, part)) {
            continue;
        }
        out_line_begin(out);
        put(out, "{\"id\":\"");
        put_contract_id(out, contract);
        put(out, ".x");
        put_number(out, part + 1);
        put(out, "\",\"type\":\"event.reversed\",\"agg\":\"payment/P");
        put_payment_id(out, contract, part);
        put(out, "\",\"recorded\":");
        put_number(out, out_recorded(out));
        put(out, ",\"data\":{\"event_id\":\"");
        put_payment_id(out, contract, part);
        put(out, "\",\"reason\":\"误记\"");
        out_line_end(out);
        emit_payment(emitter, contract, part, fen[part], true);
    }
}

/* Use is reported for the ninety days before, and what it earns is stated. */
static void emit_statements(struct emitter *emitter, const struct contract *contract, int32_t after)
{
    struct out *out = emitter->out;
    int64_t fen[PARTS_AT_MOST];
    uint32_t parts = contract_parts(emitter, contract, fen);
    for (uint32_t part = 0; part < parts; part++) {
        if (!is_royalty(contract, part) || stated_after(contract, part) != after) {
            continue;
        }
        int32_t start = contract->day + after - STATEMENT_EVERY;
        int32_t end = contract->day + after - 1;
        event_begin(emitter, contract, "usage.reported", ".u", part + 1);
        put_member_date(out, "\"period_start\":", start);
        put_member_date(out, ",\"period_end\":", end);
        put_member_fen(out, ",\"base_fen\":", fen[part] * BASE_OF_ROYALTY);
        out_line_end(out);
        event_begin(emitter, contract, "royalty.stated", ".t", part + 1);
        put_member_date(out, "\"period\":{\"start\":", start);
        put_member_date(out, ",\"end\":", end);
        put_member_fen(out, "},\"base\":", fen[part] * BASE_OF_ROYALTY);
        put_member_fen(out, ",\"royalty_fen\":", fen[part]);
        put_member_fen(out, ",\"due_fen\":", fen[part]);
        put_member_date(out, ",\"due\":", contract->day + due_after(emitter, contract, part));
        out_line_end(out);
    }
}

static void emit_verdict(struct emitter *emitter, const struct contract *contract, int32_t after)
{
    if (contract->pay_mode != PAY_CONDITIONAL) {
        return;
    }
    event_begin(emitter, contract, "effect.evaluated", ".e", 0);
    put(emitter->out,
        is_reached(emitter, contract) ? "\"verdict\":\"reached\"" : "\"verdict\":\"not_reached\"");
    put(emitter->out, ",\"evaluator\":\"双方验收组\"");
    put_member_date(emitter->out, ",\"on\":", contract->day + after);
    out_line_end(emitter->out);
}

/* Seven in ten. */
static void emit_completion(struct emitter *emitter, const struct contract *contract, int32_t after)
{
    if (chance(emitter, contract, DRAW_COMPLETED, 0, 10) < 7) {
        event_begin(emitter, contract, "contract.completed", ".d", 0);
        put_member_date(emitter->out, "\"accepted_on\":", contract->day + after);
        out_line_end(emitter->out);
    }
}

/* ---- days ---- */

struct step {
    int32_t after;
    bool lean; /* in `lean`, too */
    void (*emit)(struct emitter *emitter, const struct contract *contract, int32_t after);
};

/* A1: every day on which something may be due; each function looks whether it is. */
static const struct step steps[] = {
    {15, true, emit_change},
    {REVOKED_AFTER, true, emit_revocation},
    {30, false, emit_payments},
    {40, false, emit_reversals},
    {60, true, emit_change},
    {120, false, emit_statements},
    {120, false, emit_verdict},
    {120, false, emit_payments},
    {130, false, emit_reversals},
    {150, false, emit_payments},
    {160, false, emit_reversals},
    {200, true, emit_change},
    {210, false, emit_statements},
    {210, false, emit_payments},
    {220, false, emit_reversals},
    {240, false, emit_payments},
    {250, false, emit_reversals},
    {300, false, emit_statements},
    {300, false, emit_payments},
    {310, false, emit_reversals},
    {330, false, emit_payments},
    {340, false, emit_reversals},
    {390, false, emit_statements},
    {420, false, emit_payments},
    {430, true, emit_change},
    {430, false, emit_reversals},
    {COMPLETED_AFTER, false, emit_completion},
};
#define STEPS (sizeof(steps) / sizeof(steps[0]))

static void emit_step(struct emitter *emitter, const struct step *step, int32_t day)
{
    const struct registry *registry = emitter->registry;
    int32_t registered = day - step->after;
    if (registered < registry->first_day || registered > registry->last_day) {
        return;
    }
    uint32_t at = (uint32_t)(registered - registry->first_day);
    for (uint32_t i = registry->day_start[at]; i < registry->day_start[at + 1]; i++) {
        const struct contract *contract = &registry->contracts[i];
        if (!contract->revoked || step->emit == emit_revocation) {
            step->emit(emitter, contract, step->after);
        }
    }
}

void emit_later(struct emitter *emitter, int32_t day)
{
    uint32_t of_week = weekday(day);
    if (of_week > 4) {
        return;
    }
    for (int32_t due = of_week == 0 ? day - 2 : day; due <= day; due++) {
        for (size_t s = 0; s < STEPS; s++) {
            if (steps[s].lean || !emitter->lean) {
                emit_step(emitter, &steps[s], due);
            }
        }
    }
}

int32_t later_last_day(const struct emitter *emitter)
{
    return emitter->registry->last_day + COMPLETED_AFTER + 2; /* and a weekend */
}
