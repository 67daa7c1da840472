/* Dependants of an event: later live events that would not stand without it.
 *
 *   D1  (a) who refers to an object that it made; (b) who moved a state on from where it had put
 *       it, or whose decision needed that state; (c) who used an amount that it made available.
 *   D2  An object's referents are its touches: every event touches what it names. Reversals are no
 *       referents, else nothing that was once corrected could be corrected again.
 *   D3  What needed a state is asked of the table: the event would have been refused in the state
 *       before.
 *   D4  In doubt it is a dependant: to refuse a reversal costs a client one more step, to allow a
 *       wrong one leaves an amount without its ground.
 *   D5  At most REVERSAL_FACTS_MAX facts are looked at; beyond that the reversal is refused.
 *
 * One function per table of facts, those of a group of nouns in dependants_*.c; a table that has
 * none makes nothing that others stand on. */

#include "daemon/ledger/dependants_inner.h"

#include "daemon/ledger/contract.h"
#include "daemon/ledger/obligation.h"

/* ---- aggregates: who touches them later ---- */

static bool needs_contract_beyond(const struct event_row *event, uint8_t before)
{
    return contract_state_allows((enum type_id)event->type, before) != STATUS_OK;
}

/* Every later toucher of a new object; of an old one those that `before` would have refused. */
static void add_touchers(struct search *search, uint32_t aggregate, bool made, uint8_t before)
{
    uint32_t at = aggregate_at(search->facts, aggregate)->touch_head;
    while (at != NO_ROW && look(search)) {
        const struct touch_row *touch = touch_at(search->facts, at - 1);
        if (touch->seq <= search->target) {
            return;
        }
        if (made || needs_contract_beyond(event_row_at(search->facts, touch->seq), before)) {
            add(search, touch->seq);
        }
        at = touch->prev;
    }
}

/* State of the machine before the target moved it: the newest older visible row. */
static uint8_t state_before(const struct search *search, const struct state_row *moved)
{
    uint32_t at = moved->fact.prev;
    while (at != NO_ROW) {
        const struct state_row *row = facts_row(search->facts, FACT_STATE, at - 1);
        if (row->machine == moved->machine && row->fact.seq < search->target &&
            fact_counts(&row->fact, &search->deciding->now)) {
            return row->state;
        }
        at = row->fact.prev;
    }
    return STATE_NONE;
}

/* Later moves of the same machine (b). */
static void add_later_moves(struct search *search, const struct state_row *moved)
{
    uint32_t at = facts_head(search->facts, FACT_STATE, moved->fact.key, false);
    while (at != NO_ROW && look(search)) {
        const struct state_row *row = facts_row(search->facts, FACT_STATE, at - 1);
        if (row->fact.seq <= search->target) {
            return;
        }
        if (row->machine == moved->machine) {
            add(search, row->fact.seq);
        }
        at = row->fact.prev;
    }
}

static void add_later_statements(struct search *search, uint32_t contract, int32_t from)
{
    uint32_t at = facts_head(search->facts, FACT_STATEMENT, contract, false);
    while (at != NO_ROW && look(search)) {
        const struct statement_row *row = facts_row(search->facts, FACT_STATEMENT, at - 1);
        if (row->fact.seq <= search->target) {
            return;
        }
        if (row->period_end >= from) {
            add(search, row->fact.seq);
        }
        at = row->fact.prev;
    }
}

/* A voided contract gives back what was paid (contract_voided.c): who changes that later takes the
 * ground away from it. */
static void add_voidance(struct search *search, uint32_t owner)
{
    uint32_t at = facts_head(search->facts, FACT_STATE, owner, false);
    while (at != NO_ROW && look(search)) {
        const struct state_row *row = facts_row(search->facts, FACT_STATE, at - 1);
        if (row->fact.seq <= search->target) {
            return;
        }
        if (row->machine == MACHINE_CONTRACT && row->state == CONTRACT_VOID) {
            add(search, row->fact.seq);
        }
        at = row->fact.prev;
    }
}

static void add_later_rows(struct search *search, enum fact_table table, uint32_t key)
{
    uint32_t at = facts_head(search->facts, table, key, false);
    while (at != NO_ROW && look(search)) {
        const struct fact *row = facts_row(search->facts, table, at - 1);
        if (row->seq <= search->target) {
            return;
        }
        add(search, row->seq);
        at = row->prev;
    }
}

/* Whoever named the parties of this row: later novations, statements, registrations, and
 * commissions whose payers are the parties. A draft names none. */
static void of_contract(struct search *search, const struct fact *fact)
{
    const struct contract_row *row = (const struct contract_row *)fact;
    static const enum fact_table tables[] = {FACT_CONTRACT, FACT_STATEMENT, FACT_REGISTRATION,
                                             FACT_COMMISSION};
    for (size_t t = 0; !row->drafted && t < sizeof(tables) / sizeof(tables[0]); t++) {
        add_later_rows(search, tables[t], fact->key);
    }
}

/* A later step of the trial needed the end that was moved; the other steps are states. */
static void of_trial(struct search *search, const struct fact *fact)
{
    const struct trial_row *row = (const struct trial_row *)fact;
    if (row->action == TRIAL_EXTENDED) {
        add_later_rows(search, FACT_TRIAL, fact->key);
    }
}

static void of_state(struct search *search, const struct fact *fact)
{
    const struct state_row *moved = (const struct state_row *)fact;
    if (moved->machine == MACHINE_REFERENCE) {
        return; /* every event of it makes it again */
    }
    uint8_t before = state_before(search, moved);
    enum aggregate_kind kind = aggregate_at(search->facts, moved->fact.key)->kind;
    bool made = before == STATE_NONE && moved->machine == (uint8_t)machine_of_kind(kind);
    if (moved->machine == MACHINE_OPEN_LICENSE || (moved->machine == MACHINE_TECHNOLOGY && !made)) {
        add_technology_users(search, moved);
    }
    if (made || moved->machine == MACHINE_CONTRACT) {
        add_touchers(search, moved->fact.key, made, before);
    }
    if (!made) {
        add_later_moves(search, moved);
    }
    if (moved->machine == MACHINE_CONTRACT && before == CONTRACT_TRIAL) {
        add_later_statements(search, moved->fact.key, DAY_NONE); /* in a trial nothing is earned */
    }
    if (moved->machine == MACHINE_REGISTRATION) {
        add_later_rows(search, FACT_REGISTRATION, moved->fact.key); /* ruling 33 */
    }
}

/* ---- obligations: what happened to them later ---- */

static bool is_legal_while_contingent(uint8_t kind)
{
    return kind == MOVE_ACKNOWLEDGE || kind == MOVE_DUE || kind == MOVE_ASSIGN;
}

static bool uses_amount(uint8_t kind)
{
    return kind == MOVE_PAY || kind == MOVE_WAIVE || kind == MOVE_WRITE_OFF ||
           kind == MOVE_SET_OFF || kind == MOVE_EXTINGUISH || kind == MOVE_ASSIGN ||
           kind == MOVE_DISPUTE || kind == MOVE_REFUND;
}

/* Did a later move stand on an earlier one of this kind? 0: on the obligation itself. */
static bool stands_on(uint8_t earlier, uint8_t later)
{
    switch ((enum move_kind)earlier) {
    case MOVE_OPEN:
        return !is_legal_while_contingent(later);
    case MOVE_UNPAY:
    case MOVE_REFUND:
    case MOVE_REOPEN:
        return uses_amount(later); /* what was given back was used again */
    case MOVE_DISPUTE:
        return later == MOVE_UNDISPUTE;
    case MOVE_UNDISPUTE:
        return later == MOVE_DISPUTE || later == MOVE_PAY;
    case MOVE_PAY:
        return later == MOVE_REFUND;
    case MOVE_DUE:
    case MOVE_DEMAND:
        return later == MOVE_WRITE_OFF || later == MOVE_SET_OFF; /* it had to be due */
    case MOVE_EXTINGUISH:
        return later == MOVE_REOPEN;
    case MOVE_WRITE_OFF:
    case MOVE_WAIVE:
    case MOVE_SET_OFF:
    case MOVE_ACKNOWLEDGE:
    case MOVE_ASSIGN:
        return false;
    }
    return true;
}

static void add_later_obligation_moves(struct search *search, uint32_t obligation, uint8_t earlier)
{
    uint32_t at = facts_head(search->facts, FACT_MOVE, obligation, false);
    while (at != NO_ROW && look(search)) {
        const struct move_row *row = facts_row(search->facts, FACT_MOVE, at - 1);
        if (row->fact.seq <= search->target) {
            return;
        }
        if (stands_on(earlier, row->kind)) {
            add(search, row->fact.seq);
        }
        at = row->fact.prev;
    }
}

/* Was the obligation closed before the target? Then all that happened to it later needed that it
 * was not, a demand and a new due date too. */
static bool was_closed(const struct search *search, uint32_t obligation)
{
    struct obligation_figures figures;
    struct viewpoint before = search->deciding->now;
    before.known_at = search->target - 1;
    obligation_evaluate(search->facts, obligation, &before, &figures);
    return figures.visible && figures.state != OBLIGATION_OPEN &&
           figures.state != OBLIGATION_CONTINGENT && figures.state != OBLIGATION_WRITTEN_OFF;
}

static void of_move(struct search *search, const struct fact *fact)
{
    const struct move_row *row = (const struct move_row *)fact;
    const struct obligation_row *of = facts_row(search->facts, FACT_OBLIGATION, row->fact.key);
    bool settles = row->kind == MOVE_PAY || row->kind == MOVE_UNPAY || row->kind == MOVE_REFUND ||
                   row->kind == MOVE_SET_OFF;
    bool reopens = row->kind == MOVE_UNPAY || row->kind == MOVE_REFUND || row->kind == MOVE_REOPEN;
    bool needed = reopens && was_closed(search, row->fact.key);
    add_later_obligation_moves(search, row->fact.key, needed ? 0 : row->kind);
    if (settles && aggregate_at(search->facts, of->fact.key)->kind == KIND_contract) {
        add_voidance(search, of->fact.key);
    }
}

/* Invoices that name the obligation: they touched its contract. */
static void add_invoices(struct search *search, uint32_t owner, uint32_t no)
{
    uint32_t at = aggregate_at(search->facts, owner)->touch_head;
    while (at != NO_ROW && look(search)) {
        const struct touch_row *touch = touch_at(search->facts, at - 1);
        uint64_t first;
        if (touch->seq <= search->target) {
            return;
        }
        uint64_t count = facts_of_event(search->facts, FACT_INVOICE, touch->seq, &first);
        const struct invoice_row *row =
            count == 0 ? NULL : facts_row(search->facts, FACT_INVOICE, first);
        for (uint32_t i = 0; row != NULL && i < row->obligations.count; i++) {
            if (share_at(search->facts, row->obligations, i)->ppm == (int32_t)no) {
                add(search, touch->seq);
            }
        }
        at = touch->prev;
    }
}

static void of_invoice(struct search *search, const struct fact *fact)
{
    const struct invoice_row *row = (const struct invoice_row *)fact;
    uint32_t at = name_at(search->facts, row->number)->head;
    while (at != NO_ROW && look(search)) {
        const struct invoice_row *later = facts_row(search->facts, FACT_INVOICE, at - 1);
        add(search, later->fact.seq);
        at = later->prev_number;
    }
}

/* New or changed terms: everything later that happened to the obligation, other terms too, and
 * interest assessed on it; of a new one invoices, too. */
static void of_terms(struct search *search, const struct fact *fact)
{
    uint32_t obligation = fact->key;
    const struct obligation_row *row = facts_row(search->facts, FACT_OBLIGATION, obligation);
    add_later_obligation_moves(search, obligation, 0);
    if (row->fact.seq == search->target &&
        aggregate_at(search->facts, row->fact.key)->kind == KIND_contract) {
        add_invoices(search, row->fact.key, row->no);
    }
    uint32_t at = facts_head(search->facts, FACT_TERMS, obligation, false);
    while (at != NO_ROW && look(search)) {
        const struct terms_row *terms = facts_row(search->facts, FACT_TERMS, at - 1);
        add(search, terms->fact.seq);
        at = terms->fact.prev;
    }
    at = facts_head(search->facts, FACT_OBLIGATION, row->fact.key, false);
    while (at != NO_ROW && look(search)) {
        const struct obligation_row *other = facts_row(search->facts, FACT_OBLIGATION, at - 1);
        if (other->fact.seq <= search->target) {
            return;
        }
        uint32_t terms_at = facts_head(search->facts, FACT_TERMS, at - 1, false);
        const struct terms_row *terms = facts_row(search->facts, FACT_TERMS, terms_at - 1);
        if (terms->of == obligation) {
            add(search, other->fact.seq);
        }
        at = other->fact.prev;
    }
}

/* A milestone, delivery or verdict that a due date hangs on: what needed that it had passed. */
static void of_condition(struct search *search, const struct fact *fact)
{
    uint32_t at = facts_head(search->facts, FACT_OBLIGATION, fact->key, false);
    while (at != NO_ROW && look(search)) {
        const struct obligation_row *row = facts_row(search->facts, FACT_OBLIGATION, at - 1);
        const struct terms_row *terms = facts_row(search->facts, FACT_TERMS, row->head_terms - 1);
        if (terms->due.base != DUE_BASE_date) {
            add_later_obligation_moves(search, at - 1, MOVE_DUE);
        }
        at = row->fact.prev;
    }
}

/* ---- money: what became of the credit later ---- */

static bool credit_stands_on(uint8_t earlier, uint8_t later)
{
    if (earlier == CREDIT_UNAPPLIED) {
        return later == CREDIT_APPLIED || later == CREDIT_REFUNDED || later == CREDIT_RETURNED;
    }
    return earlier == CREDIT_APPLIED && (later == CREDIT_UNAPPLIED || later == CREDIT_RETURNED);
}

static void of_credit(struct search *search, const struct fact *fact)
{
    const struct credit_row *row = (const struct credit_row *)fact;
    uint32_t at = facts_head(search->facts, FACT_CREDIT, fact->key, false);
    while (at != NO_ROW && look(search)) {
        const struct credit_row *later = facts_row(search->facts, FACT_CREDIT, at - 1);
        if (later->fact.seq <= search->target) {
            return;
        }
        if (credit_stands_on(row->kind, later->kind)) {
            add(search, later->fact.seq);
        }
        at = later->fact.prev;
    }
}

/* ---- royalties: a statement rests on the terms, reports and statements before it ---- */

static void of_usage(struct search *search, const struct fact *fact)
{
    const struct usage_row *row = (const struct usage_row *)fact;
    add_later_statements(search, fact->key, row->period_start);
}

static void of_statement(struct search *search, const struct fact *fact)
{
    add_later_statements(search, fact->key, DAY_NONE); /* of earlier periods, too: Y7 */
}

static void of_royalty(struct search *search, const struct fact *fact)
{
    add_later_statements(search, fact->key, DAY_NONE);
}

/* ---- shares: who passed on what the target had given ---- */

static void of_owner(struct search *search, const struct fact *fact)
{
    const struct owner_row *row = (const struct owner_row *)fact;
    uint32_t at = facts_head(search->facts, FACT_OWNER, fact->key, false);
    while (row->delta_ppm > 0 && at != NO_ROW && look(search)) {
        const struct owner_row *later = facts_row(search->facts, FACT_OWNER, at - 1);
        if (later->fact.seq <= search->target) {
            return;
        }
        if (later->party == row->party && later->delta_ppm < 0) {
            add(search, later->fact.seq);
        }
        at = later->fact.prev;
    }
}

/* ---- all tables ---- */

static dependants_fn *const searches[FACT_TABLES] = {
    [FACT_STATE] = of_state,
    [FACT_TERMS] = of_terms,
    [FACT_MOVE] = of_move,
    [FACT_CREDIT] = of_credit,
    [FACT_USAGE] = of_usage,
    [FACT_OWNER] = of_owner,
    [FACT_STATEMENT] = of_statement,
    [FACT_ROYALTY] = of_royalty,
    [FACT_CONDITION] = of_condition,
    [FACT_CONTRACT] = of_contract,
    [FACT_TRIAL] = of_trial,
    [FACT_INVOICE] = of_invoice,
    [FACT_POLICY] = of_policy,
    [FACT_PLEDGE] = of_pledge,
    [FACT_POOL_MEMBER] = of_pool_member,
    [FACT_POOL_PATENT] = of_pool_patent,
    [FACT_MERGER] = of_merger,
    [FACT_ACCREDITATION] = of_accreditation,
    [FACT_ENTRUSTMENT] = of_entrustment,
};

static void sort_once(struct dependants *found)
{
    uint64_t *seqs = found->seqs;
    uint32_t kept = 0;
    for (uint32_t gap = found->count / 2; gap > 0; gap /= 2) {
        for (uint32_t i = gap; i < found->count; i++) {
            uint64_t seq = seqs[i];
            uint32_t at = i;
            for (; at >= gap && seqs[at - gap] > seq; at -= gap) {
                seqs[at] = seqs[at - gap];
            }
            seqs[at] = seq;
        }
    }
    for (uint32_t i = 0; i < found->count; i++) {
        if (kept == 0 || seqs[kept - 1] != seqs[i]) {
            seqs[kept++] = seqs[i];
        }
    }
    found->count = kept;
}

void dependants_of(const struct deciding *deciding, uint64_t target, struct dependants *ret)
{
    struct search search = {
        .deciding = deciding, .facts = deciding->facts, .target = target, .found = ret};
    ret->count = 0;
    ret->looked = 0;
    ret->full = false;
    for (int t = 0; t < FACT_TABLES; t++) {
        uint64_t first;
        enum fact_table table = (enum fact_table)t;
        uint64_t count = facts_of_event(deciding->facts, table, target, &first);
        for (uint64_t i = 0; searches[t] != NULL && i < count && !ret->full; i++) {
            searches[t](&search, facts_row(deciding->facts, table, first + i));
        }
    }
    sort_once(ret);
}
