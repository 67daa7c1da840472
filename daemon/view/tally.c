/* Cells by key and currency: see tally.h. */

#include "daemon/view/tally.h"

#include "daemon/base/check.h"
#include "daemon/view/label.h"

void tally_init(struct tally *tally, const struct query *query, struct scratch *scratch,
                const char *const *names)
{
    size_t columns = 0;
    while (names[columns] != NULL) {
        columns++;
    }
    INVARIANT(columns <= TALLY_COLUMNS_MAX);
    tally->query = query;
    tally->scratch = scratch;
    tally->names = names;
    index_table_init(&tally->index);
    column_init(&tally->cells, sizeof(struct tally_cell));
    column_init(&tally->totals, sizeof(struct tally_cell));
}

void tally_done(struct tally *tally)
{
    index_table_done(&tally->index);
    column_done(&tally->cells);
    column_done(&tally->totals);
}

static uint64_t hash_of_cell(const void *arg, uint64_t number)
{
    const struct tally *tally = arg;
    const struct tally_cell *cell = column_at(&tally->cells, number);
    return hash_bytes(cell->key, 0);
}

struct tally_cell *tally_cell(struct tally *tally, struct slice key, uint8_t currency,
                              uint32_t labelled)
{
    char text[TEXT_MAX + KEY_BYTES_MAX];
    INVARIANT(key.len + 8 <= sizeof(text));
    size_t len = key_currency(text, text_put(text, 0, key), currency);
    struct slice whole = slice_of(text, len);
    uint64_t hash = hash_bytes(whole, 0);
    uint64_t number;
    struct index_probe probe = index_probe_begin(&tally->index, hash);
    while (index_probe_next(&probe, &number)) {
        struct tally_cell *cell = column_at(&tally->cells, number);
        if (slice_equal(cell->key, whole)) {
            return cell;
        }
    }
    struct tally_cell *cell = column_push(&tally->cells);
    cell->key = scratch_copy(tally->scratch, whole);
    cell->currency = currency;
    cell->labelled = labelled;
    index_table_insert(&tally->index, hash, tally->cells.count - 1, hash_of_cell, tally);
    return cell;
}

static struct tally_cell *total_of(struct tally *tally, uint8_t currency)
{
    for (uint64_t i = 0; i < tally->totals.count; i++) {
        struct tally_cell *total = column_at(&tally->totals, i);
        if (total->currency == currency) {
            return total;
        }
    }
    struct tally_cell *total = column_push(&tally->totals);
    total->currency = currency;
    total->labelled = AGGREGATE_NONE;
    return total;
}

static bool add(int64_t *sum, int64_t part)
{
    return !__builtin_add_overflow(*sum, part, sum) && *sum <= WIRE_INT_MAX &&
           *sum >= -WIRE_INT_MAX;
}

enum status tally_add(struct tally *tally, struct tally_cell *cell, const int64_t *part,
                      struct fault *fault)
{
    struct tally_cell *total = total_of(tally, cell->currency);
    for (size_t i = 0; tally->names[i] != NULL; i++) {
        if (!add(&cell->of[i], part[i]) || !add(&total->of[i], part[i])) { /* T2 */
            return fault_set(fault, STATUS_E_RANGE, "total");
        }
    }
    return STATUS_OK;
}

static uint32_t write_columns(const struct tally *tally, const struct tally_cell *cell,
                              struct writer *out)
{
    uint32_t count = 0;
    for (; tally->names[count] != NULL; count++) {
        write_text(out, tally->names[count]);
        write_int(out, cell->of[count]);
    }
    write_text(out, "currency");
    write_text(out, currency_code(cell->currency));
    return count + 1;
}

struct writing {
    const struct tally *tally;
    tally_extra_fn *extra;
    void *arg;
};

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    const struct writing *writing = arg;
    const struct tally *tally = writing->tally;
    const struct tally_cell *cell = column_at(&tally->cells, row->payload);
    struct slice key = slice_of(cell->key.data, cell->key.len - 4);
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, key);
    write_text(out, "label");
    write_str(out, cell->labelled == AGGREGATE_NONE ? key : label_of(tally->query, cell->labelled));
    uint32_t pairs = 2 + write_columns(tally, cell, out);
    pairs += writing->extra == NULL ? 0 : writing->extra(writing->arg, cell, false, out);
    write_map_end(out, mark, pairs);
    return STATUS_OK;
}

/* The total whose currency code comes next after `last`, or NULL. */
static const struct tally_cell *next_total(const struct tally *tally, const char *last)
{
    const struct tally_cell *next = NULL;
    for (uint64_t i = 0; i < tally->totals.count; i++) {
        const struct tally_cell *total = column_at(&tally->totals, i);
        const char *code = currency_code(total->currency);
        if (strcmp(code, last) > 0 &&
            (next == NULL || strcmp(code, currency_code(next->currency)) < 0)) {
            next = total;
        }
    }
    return next;
}

enum status tally_write(struct tally *tally, tally_extra_fn *extra, void *arg, struct writer *out,
                        uint32_t *pairs, struct fault *fault)
{
    struct page page;
    struct writing writing = {.tally = tally, .extra = extra, .arg = arg};
    page_init(&page, tally->scratch, tally->query);
    for (uint64_t i = 0; i < tally->cells.count; i++) {
        const struct tally_cell *cell = column_at(&tally->cells, i);
        page_offer(&page, cell->key, i);
    }
    enum status status = page_write(&page, write_row, &writing, out, pairs, fault);
    if (status != STATUS_OK) {
        return status;
    }
    uint32_t count = 0;
    write_text(out, "total");
    size_t mark = write_array_begin(out);
    for (const struct tally_cell *total = next_total(tally, ""); total != NULL;
         total = next_total(tally, currency_code(total->currency))) {
        size_t row = write_map_begin(out);
        uint32_t columns = write_columns(tally, total, out);
        columns += extra == NULL ? 0 : extra(arg, total, true, out);
        write_map_end(out, row, columns);
        count++;
    }
    write_array_end(out, mark, count);
    *pairs += 1;
    return STATUS_OK;
}
