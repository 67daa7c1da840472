/* Keys and labels of rows. A label is what the viewpoint knows: a renamed party carries its
 * old name in an answer about last year. */

#include "daemon/view/label.h"

#include <stdio.h>

#include "daemon/base/check.h"

size_t text_put(char *out, size_t len, struct slice part)
{
    INVARIANT(part.len <= TEXT_MAX);
    if (part.len > 0) {
        memcpy(out + len, part.data, part.len);
    }
    return len + part.len;
}

size_t key_id(const struct facts *facts, uint32_t aggregate, char *out)
{
    if (aggregate == AGGREGATE_NONE) {
        return 0;
    }
    struct slice id = aggregate_id(facts, aggregate);
    INVARIANT(id.len <= AGGREGATE_ID_MAX);
    memcpy(out, id.data, id.len);
    return id.len;
}

size_t key_owner(const struct facts *facts, uint32_t owner, char *out)
{
    size_t len = 0;
    if (owner == AGGREGATE_NONE) {
        return 0;
    }
    enum aggregate_kind kind = aggregate_at(facts, owner)->kind;
    if (kind != KIND_contract) {
        struct slice name = slice_text(kind_name(kind));
        memcpy(out, name.data, name.len);
        out[name.len] = '/';
        len = name.len + 1;
    }
    return len + key_id(facts, owner, out + len);
}

size_t key_obligation(const struct facts *facts, uint32_t owner, uint32_t no, char *out)
{
    size_t len = key_owner(facts, owner, out);
    return len + (size_t)snprintf(out + len, 12, "/%u", no);
}

size_t key_currency(char *out, size_t len, uint8_t currency)
{
    const char *code = currency_code(currency);
    out[len] = ' ';
    memcpy(out + len + 1, code, 3);
    return len + 4;
}

const struct contract_row *contract_at(const struct facts *facts, uint32_t contract,
                                       const struct viewpoint *view)
{
    uint32_t at;
    const struct contract_row *best = NULL;
    const struct contract_row *row = facts_first(facts, FACT_CONTRACT, contract, view, &at);
    for (; row != NULL; row = facts_next(facts, FACT_CONTRACT, view, &at)) {
        if (best == NULL || (best->drafted && !row->drafted)) {
            best = row;
        }
    }
    return best;
}

static struct slice attribute_text(const struct query *query, uint32_t aggregate,
                                   enum field_id field)
{
    int64_t value;
    if (!attribute_at(query->facts, aggregate, field, &query->view, &value)) {
        return slice_of("", 0);
    }
    return text_of(query->facts, (text_ref)value);
}

struct slice label_of(const struct query *query, uint32_t aggregate)
{
    struct slice label = slice_of("", 0);
    if (aggregate == AGGREGATE_NONE) {
        return label;
    }
    enum aggregate_kind kind = aggregate_at(query->facts, aggregate)->kind;
    if (kind == KIND_party) {
        label = attribute_text(query, aggregate, FIELD_name);
    } else if (kind == KIND_technology || kind == KIND_contract) {
        label = attribute_text(query, aggregate, FIELD_title);
    }
    if (label.len == 0 && kind == KIND_contract) {
        const struct contract_row *row = contract_at(query->facts, aggregate, &query->view);
        if (row != NULL) {
            label = text_of(query->facts, row->title);
        }
    }
    return label.len > 0 ? label : aggregate_id(query->facts, aggregate);
}

void write_day(struct writer *out, int32_t day)
{
    char text[11];
    if (day == DAY_NONE) {
        write_nil(out);
        return;
    }
    date_format(day, text);
    write_text(out, text);
}

void write_amount(struct writer *out, int64_t amount)
{
    if (amount == AMOUNT_UNKNOWN) {
        write_nil(out);
    } else {
        write_int(out, amount);
    }
}

void write_name(struct writer *out, const char *const *names, unsigned index)
{
    for (unsigned i = 0; names[i] != NULL; i++) {
        if (i == index) {
            write_text(out, names[i]);
            return;
        }
    }
    write_nil(out);
}

void write_id(struct writer *out, const struct facts *facts, uint32_t aggregate)
{
    if (aggregate == AGGREGATE_NONE) {
        write_nil(out);
    } else {
        write_str(out, aggregate_id(facts, aggregate));
    }
}
