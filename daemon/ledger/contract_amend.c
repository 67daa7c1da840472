/* contract.amended: terms change by agreement (Civil Code art 543), from its day on.
 *
 *   A1  A change that says nothing is none (art 544): the vocabulary refuses an empty map.
 *   A2  What is settled stays: an obligation that is not contingent or open is E_OBL_CLOSED, and
 *       none is replaced by less than what is settled of it (ruling 35).
 *   A3  Where the total is fixed and obligations are given, Σ added + (new - old) replaced - rest
 *       cancelled = delta_total_fen (ruling 5); an amount that is null leaves nothing to compare.
 *   A4  Changed terms are attributes; obligations get new terms; a cancelled rest is
 *       extinguished by an effect. */

#include <stdio.h>

#include "daemon/ledger/attributes.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/royalty.h"

/* ---- deciding ---- */

/* What the changes to obligations come to. */
struct balance {
    int64_t sum;
    bool known, given;
};

static struct slice list_in(const struct fields *fields, const char *name)
{
    struct slice list;
    struct slice map = fields->at[FIELD_obligations];
    return map.len > 0 && map_find(map, name, &list) ? list : slice_of(NULL, 0);
}

/* The obligation, if it may still change (A2). */
static enum status find_open(struct deciding *deciding, uint32_t no, const char *path,
                             uint32_t *ret_obligation, struct obligation_figures *figures)
{
    *ret_obligation = obligation_find(deciding->facts, deciding->aggregate, no, &deciding->now);
    if (*ret_obligation == OBLIGATION_NONE) {
        (void)fault_set(deciding->fault, STATUS_E_UNKNOWN_AGGREGATE, path);
        fault_detail(deciding->fault, "no=%u", (unsigned)no);
        return STATUS_E_UNKNOWN_AGGREGATE;
    }
    obligation_evaluate(deciding->facts, *ret_obligation, &deciding->now, figures);
    if (figures->state == OBLIGATION_CONTINGENT || figures->state == OBLIGATION_OPEN) {
        return STATUS_OK;
    }
    (void)fault_set(deciding->fault, STATUS_E_OBL_CLOSED, path);
    fault_state(deciding->fault, "obligation", obligation_state_name(figures->state));
    fault_legal(deciding->fault, "obligation.scheduled");
    return STATUS_E_OBL_CLOSED;
}

static enum status cancel(struct deciding *deciding, struct balance *balance)
{
    struct slice list = list_in(deciding->fields, "cancel");
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (list.len == 0 || !cursor_array(&in, &count)) {
        return STATUS_OK;
    }
    balance->given = balance->given || count > 0;
    for (uint32_t i = 0; i < count; i++) {
        char path[64];
        int64_t no = 0;
        uint32_t obligation;
        struct obligation_figures figures;
        (void)cursor_int(&in, &no);
        (void)snprintf(path, sizeof(path), "data.obligations.cancel[%u]", (unsigned)i);
        enum status status = find_open(deciding, (uint32_t)no, path, &obligation, &figures);
        if (status != STATUS_OK) {
            return status;
        }
        int64_t rest = figures.contingent + figures.outstanding;
        balance->sum -= rest;
        balance->known = balance->known && figures.terms->amount_fen != AMOUNT_UNKNOWN;
        effect_move(deciding, MOVE_EXTINGUISH, obligation, rest, deciding->valid, 0);
    }
    return STATUS_OK;
}

static enum status replace_one(struct deciding *deciding, struct slice term, const char *path,
                               struct balance *balance)
{
    struct terms_row terms;
    struct obligation_figures figures;
    uint32_t no;
    uint32_t obligation;
    const struct contract_row *row =
        contract_row_at(deciding->facts, deciding->aggregate, &deciding->now);
    enum status status =
        obligation_terms_read(deciding, deciding->facts, term, path, row->currency, &terms, &no);
    if (status == STATUS_OK) {
        status = find_open(deciding, no, path, &obligation, &figures);
    }
    if (status != STATUS_OK) {
        return status;
    }
    int64_t settled = figures.scheduled - figures.contingent - figures.outstanding;
    bool known = terms.amount_fen != AMOUNT_UNKNOWN;
    if (known && terms.amount_fen < settled) {
        (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, path);
        fault_field_key(deciding->fault, slice_text("amount_fen"));
        fault_detail(deciding->fault, "settled=%lld given=%lld", (long long)settled,
                     (long long)terms.amount_fen);
        return STATUS_E_AMOUNT_EXCEEDS;
    }
    balance->known = balance->known && known && figures.terms->amount_fen != AMOUNT_UNKNOWN;
    balance->sum += known ? terms.amount_fen - figures.scheduled : 0;
    return STATUS_OK;
}

static enum status replace(struct deciding *deciding, struct balance *balance)
{
    struct slice list = list_in(deciding->fields, "replace");
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    if (list.len == 0 || !cursor_array(&in, &count)) {
        return STATUS_OK;
    }
    balance->given = balance->given || count > 0;
    for (uint32_t i = 0; i < count; i++) {
        char path[64];
        struct slice term = {0};
        (void)cursor_value(&in, &term);
        (void)snprintf(path, sizeof(path), "data.obligations.replace[%u]", (unsigned)i);
        enum status status = replace_one(deciding, term, path, balance);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

/* No obligation is cancelled or replaced twice in one amendment. */
static enum status check_once(struct deciding *deciding)
{
    uint32_t seen[LIST_ITEMS_MAX * 2];
    uint32_t count = 0;
    struct slice lists[] = {list_in(deciding->fields, "cancel"),
                            list_in(deciding->fields, "replace")};
    for (size_t l = 0; l < 2; l++) {
        struct cursor in = cursor_over(lists[l]);
        uint32_t items = 0;
        (void)(lists[l].len > 0 && cursor_array(&in, &items));
        for (uint32_t i = 0; i < items && count < LIST_ITEMS_MAX * 2; i++) {
            struct slice value = {0};
            int64_t no = 0;
            (void)cursor_value(&in, &value);
            struct slice key = value;
            bool read = l == 0 || map_find(value, "no", &key);
            read = read && value_int(key, &no);
            for (uint32_t s = 0; read && s < count; s++) {
                if (seen[s] == (uint32_t)no) {
                    (void)fault_set(deciding->fault, STATUS_E_BAD_FIELD, "data.obligations");
                    fault_detail(deciding->fault, "no=%lld twice", (long long)no);
                    return STATUS_E_BAD_FIELD;
                }
            }
            seen[count++] = (uint32_t)no;
        }
    }
    return STATUS_OK;
}

static enum status check_changes(struct deciding *deciding)
{
    WRITTEN_FIRST struct fields changes; /* by fields_parse() */
    struct slice id = {0};
    uint32_t found;
    if (!fields_parse(deciding->fields->at[FIELD_changes], &changes)) {
        return STATUS_OK;
    }
    enum status status = royalty_check(deciding, changes.at[FIELD_royalty], "data.changes.royalty");
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_party, changes.at[FIELD_guarantors],
                                   "data.changes.guarantors");
    }
    if (status == STATUS_OK && field_present(&changes, FIELD_operator)) {
        id = field_text(&changes, FIELD_operator);
        status = decide_reference_id(deciding, KIND_party, id, "data.changes.operator", &found);
    }
    if (status == STATUS_OK && field_present(&changes, FIELD_parent)) {
        id = field_text(&changes, FIELD_parent);
        status = decide_reference_id(deciding, KIND_contract, id, "data.changes.parent", &found);
    }
    if (status == STATUS_OK) {
        status = decide_references(deciding, KIND_technology, changes.at[FIELD_technologies],
                                   "data.changes.technologies");
    }
    return status;
}

/* The term as it would then be must still end after it starts. */
static enum status check_dates(struct deciding *deciding)
{
    WRITTEN_FIRST struct fields changes; /* by fields_parse() */
    const struct facts *facts = deciding->facts;
    const struct viewpoint *now = &deciding->now;
    const struct contract_row *row = contract_row_at(facts, deciding->aggregate, now);
    if (!fields_parse(deciding->fields->at[FIELD_changes], &changes)) {
        return STATUS_OK;
    }
    int64_t start =
        contract_term(facts, deciding->aggregate, FIELD_term_start, now, row->term_start);
    int64_t end = contract_term(facts, deciding->aggregate, FIELD_term_end, now, row->term_end);
    start = field_date(&changes, FIELD_term_start, (int32_t)start);
    end = field_date(&changes, FIELD_term_end, (int32_t)end);
    return end == DAY_NONE || end >= start
               ? STATUS_OK
               : fault_set(deciding->fault, STATUS_E_DATE_ORDER, "data.changes.term_end");
}

/* The new total: as said, else the old one and the delta; AMOUNT_UNKNOWN if neither is known. */
static int64_t new_total(const struct facts *facts, uint32_t contract, const struct viewpoint *now,
                         const struct fields *fields)
{
    WRITTEN_FIRST struct fields changes; /* by fields_parse() */
    if (fields_parse(fields->at[FIELD_changes], &changes) &&
        field_present(&changes, FIELD_total_fen)) {
        return field_int(&changes, FIELD_total_fen, 0);
    }
    int64_t total = contract_total(facts, contract, now);
    return total == AMOUNT_UNKNOWN ? AMOUNT_UNKNOWN
                                   : total + field_int(fields, FIELD_delta_total_fen, 0);
}

static enum status check_total(struct deciding *deciding, const struct balance *balance)
{
    const struct facts *facts = deciding->facts;
    const struct fields *fields = deciding->fields;
    int64_t delta = field_int(fields, FIELD_delta_total_fen, 0);
    int64_t old = contract_total(facts, deciding->aggregate, &deciding->now);
    int64_t total = new_total(facts, deciding->aggregate, &deciding->now, fields);
    if (total != AMOUNT_UNKNOWN && (total < 0 || total > AMOUNT_FEN_MAX)) {
        (void)fault_set(deciding->fault, STATUS_E_RANGE, "data.delta_total_fen");
        fault_detail(deciding->fault, "total=%lld", (long long)total);
        return STATUS_E_RANGE;
    }
    bool said = field_present(fields, FIELD_delta_total_fen);
    if (said && old != AMOUNT_UNKNOWN && total != old + delta) {
        return sum_mismatch(deciding, "data.delta_total_fen", old + delta, total);
    }
    if (!said && old != AMOUNT_UNKNOWN && total != AMOUNT_UNKNOWN) {
        delta = total - old;
    }
    const struct contract_row *row = contract_row_at(facts, deciding->aggregate, &deciding->now);
    int64_t basis = contract_term(facts, deciding->aggregate, FIELD_total_basis, &deciding->now,
                                  row->total_basis);
    if (basis != TOTAL_BASIS_fixed || !balance->given || !balance->known) {
        return STATUS_OK; /* A3 */
    }
    return balance->sum == delta ? STATUS_OK
                                 : sum_mismatch(deciding, "data.obligations", balance->sum, delta);
}

enum status contract_decide_amended(struct deciding *deciding)
{
    struct balance balance = {.known = true};
    struct term_list added;
    uint8_t next;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, deciding->event->type_id, &next);
    if (status != STATUS_OK) {
        return status;
    }
    const struct contract_row *row =
        contract_row_at(deciding->facts, deciding->aggregate, &deciding->now);
    effect_valid(deciding,
                 contract_valid_from(deciding->facts, deciding->aggregate, &deciding->now));
    status = check_once(deciding);
    if (status == STATUS_OK) {
        status = check_dates(deciding);
    }
    if (status == STATUS_OK) {
        status = check_changes(deciding);
    }
    if (status == STATUS_OK) {
        status = term_list_check(deciding, list_in(deciding->fields, "add"), "data.obligations.add",
                                 row->currency, &added);
    }
    if (status == STATUS_OK) {
        balance.sum = added.sum;
        balance.known = added.known;
        balance.given = added.count > 0;
        status = cancel(deciding, &balance);
    }
    if (status == STATUS_OK) {
        status = replace(deciding, &balance);
    }
    return status == STATUS_OK ? check_total(deciding, &balance) : status;
}

/* ---- folding ---- */

static void fold_replaced(struct folding *folding, uint8_t currency, const struct viewpoint *now)
{
    struct slice list = list_in(folding->fields, "replace");
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    (void)(list.len > 0 && cursor_array(&in, &count));
    for (uint32_t i = 0; i < count; i++) {
        struct slice term = {0};
        struct terms_row terms;
        uint32_t no;
        if (cursor_value(&in, &term) && obligation_terms_read(NULL, folding->facts, term, "",
                                                              currency, &terms, &no) == STATUS_OK) {
            uint32_t obligation = obligation_find(folding->facts, folding->aggregate, no, now);
            obligation_terms_add(folding->facts, folding->seq, folding->valid, obligation, &terms);
        }
    }
}

void contract_fold_amended(struct folding *folding)
{
    static const enum field_id apart[] = {FIELD_royalty, FIELD_total_fen, FIELD_COUNT};
    struct facts *facts = folding->facts;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    WRITTEN_FIRST struct fields changes; /* by fields_parse() */
    int64_t old = contract_total(facts, folding->aggregate, &now);
    int64_t new = new_total(facts, folding->aggregate, &now, folding->fields);
    uint8_t currency = contract_row_at(facts, folding->aggregate, &now)->currency;
    if (fields_parse(folding->fields->at[FIELD_changes], &changes)) {
        const struct value_shape *shape =
            shape_rule(&folding->event->type->data, FIELD_changes)->shape;
        attributes_fold(folding, shape, &changes, apart);
        royalty_fold(folding, changes.at[FIELD_royalty]);
    }
    if (new != old) {
        attribute_fold(folding, FIELD_total_fen, new);
    }
    fold_replaced(folding, currency, &now);
    term_list_fold(folding, list_in(folding->fields, "add"), currency);
}
