/* One row an obligation: the list behind `outstanding`, settled ones included (ruling 41).
 *
 *   T1  The rows' amounts sum to the answer of `outstanding` for the same filter, but for
 *       unapplied credit, which belongs to payments and not to obligations.
 *   T2  Two passes: keys and totals over all, then the figures of the page's rows once more. */

#include "daemon/view/explain_items.h"
#include "daemon/view/label.h"
#include "daemon/view/limitation.h"
#include "daemon/view/page.h"
#include "daemon/view/params.h"
#include "daemon/view/projections.h"

const char *const open_items_parameters[] = {"debtor", "creditor", "contract",
                                             "kind",   "buckets",  NULL};

struct listing {
    const struct query *query;
    struct scratch scratch;
    struct item_filter filter;
    struct overlay overlay;
    struct page page;
    struct amounts totals[UINT8_MAX];
    bool seen[UINT8_MAX];
};

static enum status add_item(void *arg, const struct item *item, struct fault *fault)
{
    struct listing *listing = arg;
    uint8_t currency = item->figures.terms->currency;
    char key[KEY_BYTES_MAX];
    enum status status = amounts_check(&item->amounts, fault);
    if (status != STATUS_OK) {
        return status;
    }
    size_t len = key_obligation(listing->query->facts, item->owner, item->no, key);
    page_offer(&listing->page, slice_of(key, len), item->obligation);
    listing->seen[currency] = true;
    return amounts_add(&listing->totals[currency], &item->amounts, fault);
}

static const char *waits_for(const struct item *item)
{
    if (item->figures.contingent == 0) {
        return NULL;
    }
    unsigned condition = item->figures.terms->condition;
    return condition <= CONDITION_FIRST_SALE ? condition_names[condition] : NULL;
}

static uint32_t write_due(const struct listing *listing, const struct item *item,
                          struct writer *out)
{
    const struct obligation_figures *figures = &item->figures;
    const struct terms_row *terms = figures->terms;
    bool owed = figures->outstanding > 0;
    int32_t due = figures->due != DAY_NONE ? figures->due : figures->due_scheduled;
    write_text(out, "due");
    write_day(out, due);
    write_text(out, "days_past_due");
    if (owed && figures->due != DAY_NONE) {
        write_int(out, figures->days_past_due);
    } else {
        write_nil(out);
    }
    write_text(out, "bucket");
    if (!owed) {
        write_nil(out);
    } else if (item->bucket < 0) {
        write_text(out, "not_due");
    } else {
        char name[32];
        bucket_name(&listing->filter.buckets, (uint32_t)item->bucket, name);
        write_text(out, name);
    }
    write_text(out, "condition");
    write_name(out, condition_names, terms->condition);
    write_text(out, "waits_for");
    const char *waits = waits_for(item);
    if (waits == NULL) {
        write_nil(out);
    } else if (terms->condition == CONDITION_MILESTONE) {
        char text[TEXT_MAX + 16];
        size_t len = text_put(text, 0, slice_text("milestone:"));
        len = text_put(text, len, text_of(listing->query->facts, terms->milestone));
        write_str(out, slice_of(text, len));
    } else {
        write_text(out, waits);
    }
    return 5;
}

static uint32_t write_parties(const struct listing *listing, const struct item *item,
                              struct writer *out)
{
    const struct query *query = listing->query;
    const struct terms_row *terms = item->figures.terms;
    const struct contract_row *contract = NULL;
    if (aggregate_at(query->facts, item->owner)->kind == KIND_contract) {
        contract = contract_at(query->facts, item->owner, &query->view);
    }
    write_text(out, "contract_no");
    if (contract != NULL && contract->contract_no != 0) {
        write_str(out, text_of(query->facts, contract->contract_no));
    } else {
        write_nil(out);
    }
    write_text(out, "title");
    write_str(out, label_of(query, item->owner));
    write_text(out, "debtor");
    write_id(out, query->facts, terms->debtor);
    write_text(out, "debtor_label");
    write_str(out, label_of(query, terms->debtor));
    write_text(out, "creditor");
    write_id(out, query->facts, terms->creditor);
    write_text(out, "creditor_label");
    write_str(out, label_of(query, terms->creditor));
    return 6;
}

static enum status write_row(void *arg, const struct page_row *row, struct writer *out,
                             struct fault *fault)
{
    struct listing *listing = arg;
    const struct query *query = listing->query;
    struct item item;
    char owner[KEY_BYTES_MAX];
    if (!item_read(query, &listing->filter, &listing->overlay, (uint32_t)row->payload, &item)) {
        return fault_set(fault, STATUS_INTERNAL, NULL);
    }
    size_t mark = write_map_begin(out);
    write_text(out, "key");
    write_str(out, row->key);
    write_text(out, "label");
    write_str(out, label_of(query, item.owner));
    write_text(out, "contract");
    write_str(out, slice_of(owner, key_owner(query->facts, item.owner, owner)));
    write_text(out, "no");
    write_uint(out, item.no);
    write_text(out, "kind");
    write_name(out, obligation_kind_names, item.figures.terms->kind);
    write_text(out, "state");
    write_text(out, obligation_state_name(item.figures.state));
    write_text(out, "currency");
    write_text(out, currency_code(item.figures.terms->currency));
    uint32_t pairs = 7;
    pairs += write_parties(listing, &item, out);
    pairs += write_due(listing, &item, out);
    pairs += amounts_write(&item.amounts, &listing->filter.buckets, out);
    write_text(out, "interest_due");
    write_int(out, item.figures.interest_due);
    write_text(out, "interest_paid");
    write_int(out, item.figures.interest_paid);
    write_text(out, "limitation");
    write_day(out, limitation_day(query, item.obligation, &item.figures));
    write_map_end(out, mark, pairs + 3);
    return STATUS_OK;
}

static enum status write_totals(const struct listing *listing, struct writer *out, uint32_t *pairs,
                                struct fault *fault)
{
    const char *last = "";
    uint32_t count = 0;
    enum status status = STATUS_OK;
    write_text(out, "total");
    size_t mark = write_array_begin(out);
    while (status == STATUS_OK) {
        int next = -1;
        for (int c = 0; c < (int)UINT8_MAX; c++) {
            if (listing->seen[c] && strcmp(currency_code(c), last) > 0 &&
                (next < 0 || strcmp(currency_code(c), currency_code(next)) < 0)) {
                next = c;
            }
        }
        if (next < 0) {
            break;
        }
        last = currency_code(next);
        status = amounts_check(&listing->totals[next], fault);
        size_t row = write_map_begin(out);
        write_text(out, "currency");
        write_text(out, last);
        write_map_end(out, row,
                      1 + amounts_write(&listing->totals[next], &listing->filter.buckets, out));
        count++;
    }
    write_array_end(out, mark, count);
    *pairs += 1;
    return status;
}

enum status open_items_query(const struct query *query, struct writer *out, uint32_t *pairs,
                             struct fault *fault)
{
    struct scratch scratch;
    scratch_init(&scratch);
    struct listing *listing = scratch_take(&scratch, sizeof(*listing));
    enum status status = params_check(query, open_items_parameters, fault);
    if (status == STATUS_OK) {
        status = item_filter_read(query, &listing->filter, fault);
    }
    if (status != STATUS_OK) {
        scratch_done(&scratch);
        return status;
    }
    listing->query = query;
    page_init(&listing->page, &scratch, query);
    overlay_init(&listing->overlay, query, &scratch);
    status = items_visit(query, &listing->filter, &listing->overlay, add_item, listing, fault);
    if (status == STATUS_OK) {
        status = page_write(&listing->page, write_row, listing, out, pairs, fault);
    }
    if (status == STATUS_OK) {
        status = write_totals(listing, out, pairs, fault);
    }
    overlay_done(&listing->overlay);
    scratch_done(&scratch);
    return status;
}

static void explain_item(struct explaining *explaining, const struct item *item)
{
    char key[KEY_BYTES_MAX];
    size_t len = key_obligation(explaining->query->facts, item->owner, item->no, key);
    if (slice_equal(slice_of(key, len), explaining->key)) {
        explain_obligation(&explaining->explanation, item->obligation);
    }
}

enum status open_items_explain(const struct query *query, struct slice key, struct writer *out,
                               uint32_t *pairs, struct fault *fault)
{
    struct item_filter filter;
    const struct item_explainer explainer = {&filter, explain_item, NULL};
    enum status status = params_check(query, open_items_parameters, fault);
    if (status == STATUS_OK) {
        status = item_filter_read(query, &filter, fault);
    }
    return status == STATUS_OK ? explain_items(query, key, &explainer, out, pairs, fault) : status;
}
