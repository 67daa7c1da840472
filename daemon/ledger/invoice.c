/* Invoices of a contract. They move no money and change no debt (part 10): what is kept is which
 * there are, and that a number is used once.
 *
 *   I1  A number belongs to its issuer, whatever the contract; a cancelled one stays used
 *       (ruling 39). A reversed invoice gives its number back.
 *   I2  An invoice names obligations of its contract, or none. */

#include <stdio.h>

#include "daemon/base/check.h"
#include "daemon/ledger/contract.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/obligation.h"

#define CANCELLED 255
#define NAME_MAX_BYTES (AGGREGATE_ID_MAX + 1 + TEXT_MAX)

/* issuer/number: an id has no slash. */
static struct slice name_of(const struct fields *fields, uint8_t room[NAME_MAX_BYTES])
{
    struct slice issuer = field_text(fields, FIELD_issuer);
    struct slice number = field_text(fields, FIELD_invoice_no);
    INVARIANT(issuer.len + 1 + number.len <= NAME_MAX_BYTES);
    memcpy(room, issuer.data, issuer.len);
    room[issuer.len] = '/';
    memcpy(room + issuer.len + 1, number.data, number.len);
    return slice_of(room, issuer.len + 1 + number.len);
}

/* The latest live row of the number, NULL if it is free. */
static const struct invoice_row *find(const struct deciding *deciding)
{
    uint8_t room[NAME_MAX_BYTES];
    const struct facts *facts = deciding->facts;
    uint32_t name = name_find(facts, NAME_INVOICE, name_of(deciding->fields, room));
    uint32_t at = name == UINT32_MAX ? NO_ROW : name_at(facts, name)->head;
    while (at != NO_ROW) {
        const struct invoice_row *row = facts_row(facts, FACT_INVOICE, at - 1);
        if (fact_counts(&row->fact, &deciding->now)) {
            return row;
        }
        at = row->prev_number;
    }
    return NULL;
}

static enum status refuse_number(struct deciding *deciding, enum status code,
                                 const struct invoice_row *row)
{
    (void)fault_set(deciding->fault, code, "data.invoice_no");
    fault_state(deciding->fault, "invoice",
                row == NULL              ? "NONE"
                : row->kind == CANCELLED ? "CANCELLED"
                                         : "ISSUED");
    if (row != NULL) {
        struct slice contract = aggregate_id(deciding->facts, row->contract);
        fault_detail(deciding->fault, "contract=%.*s", (int)contract.len,
                     (const char *)contract.data);
    }
    fault_legal(deciding->fault, "invoice.issued");
    return code;
}

/* The state table, and the issuer. */
static enum status check_issuer(struct deciding *deciding)
{
    uint8_t next;
    uint32_t issuer;
    enum status status =
        contract_state_check(deciding, deciding->aggregate, deciding->event->type_id, &next);
    if (status == STATUS_OK) {
        effect_valid(deciding,
                     contract_valid_from(deciding->facts, deciding->aggregate, &deciding->now));
        status = decide_reference(deciding, KIND_party, FIELD_issuer, &issuer);
    }
    return status;
}

/* ---- invoice.issued ---- */

/* I2 */
static enum status check_obligations(struct deciding *deciding)
{
    struct slice list = deciding->fields->at[FIELD_obligations];
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    (void)(list.len > 0 && cursor_array(&in, &count));
    for (uint32_t i = 0; i < count; i++) {
        int64_t no = 0;
        (void)cursor_int(&in, &no);
        if (obligation_find(deciding->facts, deciding->aggregate, (uint32_t)no, &deciding->now) ==
            OBLIGATION_NONE) {
            (void)fault_set(deciding->fault, STATUS_E_UNKNOWN_AGGREGATE, "data.obligations");
            fault_field_index(deciding->fault, i);
            fault_detail(deciding->fault, "no=%u", (unsigned)no);
            return STATUS_E_UNKNOWN_AGGREGATE;
        }
    }
    return STATUS_OK;
}

static enum status decide_issued(struct deciding *deciding)
{
    int64_t amount = field_int(deciding->fields, FIELD_amount_fen, 0);
    int64_t tax = field_int(deciding->fields, FIELD_tax_fen, 0);
    enum status status = check_issuer(deciding);
    if (status == STATUS_OK) {
        status = check_obligations(deciding);
    }
    if (status != STATUS_OK) {
        return status;
    }
    const struct invoice_row *used = find(deciding);
    if (used != NULL) {
        return refuse_number(deciding, STATUS_E_EXISTS, used); /* I1 */
    }
    if (tax > amount) {
        (void)fault_set(deciding->fault, STATUS_E_AMOUNT_EXCEEDS, "data.tax_fen");
        fault_detail(deciding->fault, "amount=%lld given=%lld", (long long)amount, (long long)tax);
        return STATUS_E_AMOUNT_EXCEEDS;
    }
    return STATUS_OK;
}

static struct list_ref obligations_fold(struct folding *folding)
{
    struct list_ref numbers = shares_begin(folding->facts);
    struct slice list = folding->fields->at[FIELD_obligations];
    struct cursor in = cursor_over(list);
    uint32_t count = 0;
    (void)(list.len > 0 && cursor_array(&in, &count));
    for (uint32_t i = 0; i < count; i++) {
        int64_t no = 0;
        (void)cursor_int(&in, &no);
        shares_add(folding->facts, &numbers, folding->aggregate, (int32_t)no);
    }
    return numbers;
}

static struct invoice_row *fold_row(struct folding *folding)
{
    uint8_t room[NAME_MAX_BYTES];
    struct facts *facts = folding->facts;
    uint32_t issuer = reference_fold(folding, KIND_party, FIELD_issuer);
    uint32_t number = name_make(facts, NAME_INVOICE, name_of(folding->fields, room));
    struct invoice_row *row = facts_add(facts, FACT_INVOICE, folding->seq, folding->valid, issuer);
    row->contract = folding->aggregate;
    row->amount_fen = field_int(folding->fields, FIELD_amount_fen, AMOUNT_UNKNOWN);
    row->tax_fen = field_int(folding->fields, FIELD_tax_fen, AMOUNT_UNKNOWN);
    row->number = number;
    row->prev_number = name_at(facts, number)->head;
    row->kind = CANCELLED;
    name_at(facts, number)->head = (uint32_t)facts_count(facts, FACT_INVOICE);
    return row;
}

static void fold_issued(struct folding *folding)
{
    struct list_ref obligations = obligations_fold(folding);
    struct invoice_row *row = fold_row(folding);
    row->obligations = obligations;
    row->kind = (uint8_t)field_enum(folding->fields, FIELD_kind, invoice_kind_names, 0);
}

/* ---- invoice.cancelled ---- */

static enum status decide_cancelled(struct deciding *deciding)
{
    enum status status = check_issuer(deciding);
    if (status != STATUS_OK) {
        return status;
    }
    const struct invoice_row *row = find(deciding);
    if (row == NULL || row->contract != deciding->aggregate) {
        return refuse_number(deciding, STATUS_E_UNKNOWN_AGGREGATE, row);
    }
    if (row->kind == CANCELLED) {
        return refuse_number(deciding, STATUS_E_CLOSED, row);
    }
    effect_valid(deciding, row->fact.valid);
    return STATUS_OK;
}

static void fold_cancelled(struct folding *folding)
{
    (void)fold_row(folding);
}

const struct handler invoice_handlers[] = {
    {TYPE_invoice_issued, decide_issued, fold_issued},
    {TYPE_invoice_cancelled, decide_cancelled, fold_cancelled},
    {TYPE_NONE, NULL, NULL},
};
