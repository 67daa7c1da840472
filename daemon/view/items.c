/* One obligation as a line of amounts: see items.h.
 *
 *   I2  Days past due count from the rolled due date; due today is not due yet. What is
 *       disputed leaves its bucket; what has no due date never enters one (ruling 10).
 *   I3  Obligations are read in the order of their numbers, which is that of memory. */

#include "daemon/view/items.h"

#include <stdio.h>

#include "daemon/ledger/merger.h"
#include "daemon/ledger/money.h"
#include "daemon/view/params.h"

static enum status read_buckets(const struct query *query, struct buckets *ret_buckets,
                                struct fault *fault)
{
    struct param_list list;
    enum status status = param_list(query, "buckets", &list, fault);
    if (status != STATUS_OK) {
        return status;
    }
    if (!list.given) {
        *ret_buckets = (struct buckets){.count = 3, .bound = {30, 60, 90}};
        return STATUS_OK;
    }
    bool good = list.count > 0 && list.count <= BUCKET_BOUNDS_MAX;
    int64_t before = 0;
    for (uint32_t i = 0; good && i < list.count; i++) {
        good = list.number[i] > before && list.number[i] <= 100000;
        before = list.number[i];
        ret_buckets->bound[i] = (int32_t)before;
    }
    ret_buckets->count = list.count;
    return good ? STATUS_OK : param_fault(fault, STATUS_BAD_PARAMS, "buckets");
}

enum status item_filter_read(const struct query *query, struct item_filter *ret_filter,
                             struct fault *fault)
{
    enum status status = read_buckets(query, &ret_filter->buckets, fault);
    if (status == STATUS_OK) {
        status = param_aggregate(query, "debtor", KIND_party, &ret_filter->debtor, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "creditor", KIND_party, &ret_filter->creditor, fault);
    }
    if (status == STATUS_OK) {
        status = param_aggregate(query, "contract", KIND_NONE, &ret_filter->owner, fault);
    }
    if (status == STATUS_OK) {
        status = param_enum(query, "kind", obligation_kind_names, -1, &ret_filter->kind, fault);
    }
    if (status == STATUS_OK) {
        const struct facts *facts = query->facts;
        ret_filter->debtor = party_survivor(facts, ret_filter->debtor, &query->view);
        ret_filter->creditor = party_survivor(facts, ret_filter->creditor, &query->view);
    }
    return status;
}

/* -1: not due. */
static int bucket_of(const struct buckets *buckets, const struct obligation_figures *figures)
{
    if (figures->due == DAY_NONE || figures->days_past_due <= 0) { /* I2 */
        return -1;
    }
    for (uint32_t i = 0; i < buckets->count; i++) {
        if (figures->days_past_due <= buckets->bound[i]) {
            return (int)i;
        }
    }
    return (int)buckets->count;
}

static void fill_amounts(struct item *item, int64_t insured)
{
    const struct obligation_figures *figures = &item->figures;
    int64_t *of = item->amounts.of;
    memset(&item->amounts, 0, sizeof(item->amounts));
    of[AMOUNT_SCHEDULED] = figures->scheduled;
    of[AMOUNT_CONTINGENT] = figures->contingent;
    of[AMOUNT_DISPUTED] = figures->disputed;
    of[AMOUNT_OUTSTANDING] = figures->outstanding;
    of[AMOUNT_PAID] = figures->paid;
    of[AMOUNT_WAIVED] = figures->waived;
    of[AMOUNT_WRITTEN_OFF] = figures->written_off;
    of[AMOUNT_SET_OFF] = figures->set_off;
    of[AMOUNT_EXTINGUISHED] = figures->extinguished;
    of[AMOUNT_INSURED] = insured;
    of[AMOUNT_UNAPPLIED_CREDIT] = figures->excess;
    int64_t aged = figures->outstanding - figures->disputed;
    of[item->bucket < 0 ? AMOUNT_NOT_DUE : AMOUNT_BUCKET + item->bucket] = aged;
}

/* Whatever id he goes by: `asked` is a survivor. */
static bool is_party(const struct query *query, uint32_t party, uint32_t asked)
{
    return party_survivor(query->facts, party, &query->view) == asked;
}

/* Could the obligation have these parties at this viewpoint? Cheaper than its figures. */
static bool may_concern(const struct query *query, const struct item_filter *filter,
                        uint32_t obligation)
{
    uint32_t at;
    if (filter->debtor == AGGREGATE_NONE && filter->creditor == AGGREGATE_NONE) {
        return true;
    }
    const struct terms_row *terms =
        facts_first(query->facts, FACT_TERMS, obligation, &query->view, &at);
    for (; terms != NULL; terms = facts_next(query->facts, FACT_TERMS, &query->view, &at)) {
        if ((filter->debtor == AGGREGATE_NONE || is_party(query, terms->debtor, filter->debtor)) &&
            (filter->creditor == AGGREGATE_NONE ||
             is_party(query, terms->creditor, filter->creditor))) {
            return true;
        }
    }
    return false;
}

bool item_read(const struct query *query, const struct item_filter *filter,
               const struct overlay *overlay, uint32_t obligation, struct item *ret_item)
{
    struct obligation_figures *figures = &ret_item->figures;
    const struct obligation_row *row = facts_row(query->facts, FACT_OBLIGATION, obligation);
    if (!fact_counts(&row->fact, &query->view) ||
        (filter->owner != AGGREGATE_NONE && row->fact.key != filter->owner) ||
        !may_concern(query, filter, obligation)) {
        return false;
    }
    obligation_evaluate(query->facts, obligation, &query->view, figures);
    if (!figures->visible ||
        (filter->debtor != AGGREGATE_NONE &&
         !is_party(query, figures->terms->debtor, filter->debtor)) ||
        (filter->creditor != AGGREGATE_NONE &&
         !is_party(query, figures->terms->creditor, filter->creditor)) ||
        (filter->kind >= 0 && figures->terms->kind != filter->kind)) {
        return false;
    }
    ret_item->obligation = obligation;
    ret_item->owner = row->fact.key;
    ret_item->no = row->no;
    ret_item->bucket = bucket_of(&filter->buckets, figures);
    fill_amounts(ret_item, overlay_insured(overlay, obligation));
    return true;
}

enum status items_visit(const struct query *query, const struct item_filter *filter,
                        const struct overlay *overlay, item_visit_fn *visit, void *arg,
                        struct fault *fault)
{
    struct item item;
    enum status status = STATUS_OK;
    if (filter->owner != AGGREGATE_NONE) {
        uint32_t at = facts_head(query->facts, FACT_OBLIGATION, filter->owner, true);
        while (at != NO_ROW && status == STATUS_OK) {
            const struct fact *fact = facts_row(query->facts, FACT_OBLIGATION, at - 1);
            if (item_read(query, filter, overlay, at - 1, &item)) {
                status = visit(arg, &item, fault);
            }
            at = fact->prev;
        }
        return status;
    }
    uint64_t count = query->view.published.rows[FACT_OBLIGATION];
    for (uint64_t i = 0; i < count && status == STATUS_OK; i++) { /* I3 */
        if (item_read(query, filter, overlay, (uint32_t)i, &item)) {
            status = visit(arg, &item, fault);
        }
    }
    return status;
}

enum status amounts_add(struct amounts *sum, const struct amounts *part, struct fault *fault)
{
    for (int i = 0; i < AMOUNT_COUNT; i++) {
        if (__builtin_add_overflow(sum->of[i], part->of[i], &sum->of[i]) ||
            sum->of[i] > WIRE_INT_MAX) {
            return fault_set(fault, STATUS_E_RANGE, "total");
        }
    }
    return STATUS_OK;
}

enum status amounts_check(const struct amounts *amounts, struct fault *fault)
{
    const int64_t *of = amounts->of;
    int128 aged = (int128)of[AMOUNT_NOT_DUE] + of[AMOUNT_DISPUTED];
    int128 whole = (int128)of[AMOUNT_CONTINGENT] + of[AMOUNT_EXTINGUISHED] + of[AMOUNT_WAIVED] +
                   of[AMOUNT_WRITTEN_OFF] + of[AMOUNT_SET_OFF] + of[AMOUNT_PAID] +
                   of[AMOUNT_OUTSTANDING];
    bool good = true;
    for (int i = 0; i < AMOUNT_COUNT; i++) {
        good = good && of[i] >= 0;
        if (i >= AMOUNT_BUCKET && i < AMOUNT_DISPUTED) {
            aged += of[i];
        }
    }
    if (good && aged == of[AMOUNT_OUTSTANDING] && whole == of[AMOUNT_SCHEDULED]) {
        return STATUS_OK;
    }
    fault_set(fault, STATUS_INTERNAL, NULL);
    fault_detail(fault, "scheduled=%lld parts=%lld outstanding=%lld aged=%lld",
                 (long long)of[AMOUNT_SCHEDULED], (long long)whole,
                 (long long)of[AMOUNT_OUTSTANDING], (long long)aged);
    return STATUS_INTERNAL;
}

void bucket_name(const struct buckets *buckets, uint32_t bucket, char out[32])
{
    int from = bucket == 0 ? 1 : buckets->bound[bucket - 1] + 1;
    if (bucket < buckets->count) {
        snprintf(out, 32, "d%d_%d", from, buckets->bound[bucket]);
    } else {
        snprintf(out, 32, "d%d_plus", buckets->bound[bucket - 1]);
    }
}

static void write_amount_pair(struct writer *out, const char *name, int64_t amount)
{
    write_text(out, name);
    write_int(out, amount);
}

uint32_t amounts_write(const struct amounts *amounts, const struct buckets *buckets,
                       struct writer *out)
{
    static const struct {
        const char *name;
        enum amount amount;
    } columns[] = {
        {"disputed", AMOUNT_DISPUTED},
        {"outstanding", AMOUNT_OUTSTANDING},
        {"paid", AMOUNT_PAID},
        {"waived", AMOUNT_WAIVED},
        {"written_off", AMOUNT_WRITTEN_OFF},
        {"set_off", AMOUNT_SET_OFF},
        {"extinguished", AMOUNT_EXTINGUISHED},
        {"insured", AMOUNT_INSURED},
        {"unapplied_credit", AMOUNT_UNAPPLIED_CREDIT},
    };
    uint32_t count = sizeof(columns) / sizeof(columns[0]);
    write_amount_pair(out, "scheduled", amounts->of[AMOUNT_SCHEDULED]);
    write_amount_pair(out, "contingent", amounts->of[AMOUNT_CONTINGENT]);
    write_amount_pair(out, "not_due", amounts->of[AMOUNT_NOT_DUE]);
    for (uint32_t i = 0; i <= buckets->count; i++) {
        char name[32];
        bucket_name(buckets, i, name);
        write_amount_pair(out, name, amounts->of[AMOUNT_BUCKET + (int)i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        write_amount_pair(out, columns[i].name, amounts->of[columns[i].amount]);
    }
    return 3 + buckets->count + 1 + count;
}
