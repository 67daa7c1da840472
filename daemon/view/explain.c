/* The events behind a figure: see explain.h.
 *
 *   X2  What changed without an event of the object (a rate, a mark of the calendar) is one
 *       last line without type, so that X1 holds to the fen. */

#include "daemon/view/explain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "daemon/ledger/obligation.h"
#include "daemon/view/label.h"
#include "daemon/view/page.h"

void explanation_init(struct explanation *explanation, const struct query *query)
{
    explanation->query = query;
    scratch_init(&explanation->scratch);
    column_init(&explanation->lines, sizeof(struct explanation_line));
    column_init(&explanation->steps, sizeof(uint64_t));
}

void explanation_done(struct explanation *explanation)
{
    column_done(&explanation->lines);
    column_done(&explanation->steps);
    scratch_done(&explanation->scratch);
}

void explanation_add(struct explanation *explanation, const struct explanation_line *line)
{
    struct explanation_line *added = column_push(&explanation->lines);
    *added = *line;
}

void steps_begin(struct explanation *explanation)
{
    column_truncate(&explanation->steps, 0);
}

static void note(struct explanation *explanation, uint64_t seq)
{
    if (seq <= explanation->query->view.known_at) {
        uint64_t *step = column_push(&explanation->steps);
        *step = seq;
    }
}

void steps_note(struct explanation *explanation, const struct fact *fact)
{
    if (fact->valid > explanation->query->view.as_of) {
        return; /* X3 */
    }
    note(explanation, fact->seq);
    note(explanation, atomic_load_explicit(&fact->reversed_by, memory_order_relaxed));
}

static int compare_seqs(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a;
    uint64_t second = *(const uint64_t *)b;
    return (first > second) - (first < second);
}

uint64_t steps_sort(struct explanation *explanation)
{
    uint64_t count = explanation->steps.count;
    uint64_t kept = 0;
    if (count == 0) {
        return 0;
    }
    uint64_t *sorted = scratch_take(&explanation->scratch, count * sizeof(uint64_t));
    for (uint64_t i = 0; i < count; i++) {
        sorted[i] = step_at(explanation, i);
    }
    qsort(sorted, count, sizeof(sorted[0]), compare_seqs);
    for (uint64_t i = 0; i < count; i++) {
        if (i == 0 || sorted[i] != sorted[i - 1]) {
            uint64_t *step = column_at(&explanation->steps, kept++);
            *step = sorted[i];
        }
    }
    column_truncate(&explanation->steps, kept);
    return kept;
}

uint64_t step_at(const struct explanation *explanation, uint64_t i)
{
    const uint64_t *step = column_at(&explanation->steps, i);
    return *step;
}

/* ---- obligations ---- */

static const char *move_what(enum move_kind kind)
{
    static const char *const names[] = {
        [MOVE_OPEN] = "opened",
        [MOVE_EXTINGUISH] = "extinguished",
        [MOVE_PAY] = "paid",
        [MOVE_UNPAY] = "unpaid",
        [MOVE_WAIVE] = "waived",
        [MOVE_WRITE_OFF] = "written_off",
        [MOVE_SET_OFF] = "set_off",
        [MOVE_DISPUTE] = "disputed",
        [MOVE_UNDISPUTE] = "dispute_resolved",
        [MOVE_DUE] = "due_changed",
        [MOVE_ACKNOWLEDGE] = "acknowledged",
        [MOVE_DEMAND] = "demanded",
        [MOVE_ASSIGN] = "assigned",
        [MOVE_REOPEN] = "reopened",
        [MOVE_REFUND] = "refunded",
    };
    return names[kind];
}

/* What event `seq` did to the obligation. */
static const char *obligation_what(const struct facts *facts,
                                   const struct obligation_row *obligation, uint32_t index,
                                   uint64_t seq)
{
    if (obligation->fact.seq == seq) {
        return "scheduled";
    }
    uint32_t at = facts_head(facts, FACT_MOVE, index, true);
    while (at != NO_ROW) {
        const struct move_row *move = facts_row(facts, FACT_MOVE, at - 1);
        if (move->fact.seq == seq) {
            return move_what((enum move_kind)move->kind);
        }
        at = move->fact.prev;
    }
    at = facts_head(facts, FACT_TERMS, index, true);
    while (at != NO_ROW) {
        const struct fact *terms = facts_row(facts, FACT_TERMS, at - 1);
        if (terms->seq == seq) {
            return "amended";
        }
        at = terms->prev;
    }
    return "reversed";
}

void steps_note_chain(struct explanation *explanation, enum fact_table table, uint32_t key)
{
    const struct facts *facts = explanation->query->facts;
    uint32_t at = facts_head(facts, table, key, true);
    while (at != NO_ROW) {
        const struct fact *fact = facts_row(facts, table, at - 1);
        steps_note(explanation, fact);
        at = fact->prev;
    }
}

/* ---- any figure ---- */

/* "received" of payment.received. */
static const char *event_what(const struct facts *facts, uint64_t seq)
{
    const struct event_type *type = event_type_by_id((enum type_id)event_row_at(facts, seq)->type);
    const char *dot = type == NULL ? NULL : strchr(type->name, '.');
    return dot == NULL ? "changed" : dot + 1;
}

void explain_events(struct explanation *explanation, const struct explanation_line *like)
{
    struct explanation_line line = *like;
    uint64_t count = steps_sort(explanation);
    for (uint64_t i = 0; i < count; i++) {
        line.seq = step_at(explanation, i);
        line.what = event_what(explanation->query->facts, line.seq);
        explanation_add(explanation, &line);
    }
}

void explain_measured(struct explanation *explanation, const struct explanation_line *like,
                      explain_measure_fn *measure, void *arg)
{
    const struct query *query = explanation->query;
    struct explanation_line line = *like;
    int64_t whole = measure(arg, &query->view);
    int64_t before = 0;
    uint64_t count = steps_sort(explanation);
    for (uint64_t i = 0; i < count; i++) {
        struct viewpoint then = query->view;
        then.known_at = step_at(explanation, i);
        int64_t after = measure(arg, &then);
        line.seq = then.known_at;
        line.amount = after - before; /* X1 */
        line.what = event_what(query->facts, line.seq);
        before = after;
        explanation_add(explanation, &line);
    }
    if (before != whole) { /* X2 */
        line.seq = query->view.known_at;
        line.amount = whole - before;
        line.what = "";
        explanation_add(explanation, &line);
    }
}

/* ---- figures of obligations ---- */

static int64_t outstanding(void *arg, const struct obligation_figures *figures)
{
    (void)arg;
    return figures->outstanding;
}

void explain_obligation(struct explanation *explanation, uint32_t obligation)
{
    explain_obligation_by(explanation, obligation, outstanding, NULL);
}

struct of_obligation {
    const struct facts *facts;
    explain_figure_fn *figure;
    void *arg;
    uint32_t obligation;
};

static int64_t measure_obligation(void *arg, const struct viewpoint *then)
{
    const struct of_obligation *of = arg;
    struct obligation_figures figures;
    obligation_evaluate(of->facts, of->obligation, then, &figures);
    return of->figure(of->arg, &figures);
}

void explain_obligation_by(struct explanation *explanation, uint32_t obligation,
                           explain_figure_fn *figure, void *arg)
{
    const struct query *query = explanation->query;
    const struct facts *facts = query->facts;
    const struct obligation_row *row = facts_row(facts, FACT_OBLIGATION, obligation);
    struct of_obligation of = {facts, figure, arg, obligation};
    struct obligation_figures figures;
    obligation_evaluate(facts, obligation, &query->view, &figures);
    if (!figures.visible) {
        return;
    }
    struct explanation_line like = {
        .owner = row->fact.key, .no = row->no, .currency = figures.terms->currency};
    steps_begin(explanation);
    steps_note(explanation, &row->fact);
    steps_note_chain(explanation, FACT_TERMS, obligation);
    steps_note_chain(explanation, FACT_MOVE, obligation);
    uint64_t from = explanation->lines.count;
    explain_measured(explanation, &like, measure_obligation, &of);
    for (uint64_t i = from; i < explanation->lines.count; i++) {
        struct explanation_line *line = column_at(&explanation->lines, i);
        if (line->what[0] != '\0') {
            line->what = obligation_what(facts, row, obligation, line->seq);
        }
    }
}

/* ---- writing ---- */

static enum status write_line(void *arg, const struct page_row *row, struct writer *out,
                              struct fault *fault)
{
    struct explanation *explanation = arg;
    const struct facts *facts = explanation->query->facts;
    const struct explanation_line *line = column_at(&explanation->lines, row->payload);
    const struct event_row *event = event_row_at(facts, line->seq);
    const struct event_type *type =
        line->what[0] == 0 ? NULL : event_type_by_id((enum type_id)event->type);
    char text[KEY_BYTES_MAX];
    (void)fault;
    size_t mark = write_map_begin(out);
    write_text(out, "seq");
    write_uint(out, line->seq);
    write_text(out, "type");
    if (type != NULL) {
        write_text(out, type->name);
    } else {
        write_nil(out);
    }
    write_text(out, "agg");
    write_str(out, slice_of(text, key_owner(facts, event->aggregate, text)));
    write_text(out, "effective");
    write_day(out, event->effective);
    write_text(out, "obligation");
    if (line->no > 0) {
        write_str(out, slice_of(text, key_obligation(facts, line->owner, line->no, text)));
    } else {
        write_nil(out);
    }
    write_text(out, "currency");
    write_text(out, currency_code(line->currency));
    write_text(out, "amount");
    write_amount(out, line->amount);
    write_text(out, "what");
    write_text(out, line->what);
    if (line->of_days) {
        write_text(out, "from");
        write_day(out, line->from);
        write_text(out, "to");
        write_day(out, line->to);
    }
    write_map_end(out, mark, line->of_days ? 10 : 8);
    return STATUS_OK;
}

/* The sum of the lines of each currency, by code. */
static void write_sums(const struct explanation *explanation, struct writer *out)
{
    const char *last = "";
    uint32_t count = 0;
    write_text(out, "total");
    size_t mark = write_array_begin(out);
    for (;;) {
        const char *next = NULL;
        int64_t sum = 0;
        for (uint64_t i = 0; i < explanation->lines.count; i++) {
            const struct explanation_line *line = column_at(&explanation->lines, i);
            const char *code = currency_code(line->currency);
            if (line->amount == AMOUNT_UNKNOWN || strcmp(code, last) <= 0) {
                continue;
            }
            if (next == NULL || strcmp(code, next) < 0) {
                next = code;
                sum = 0;
            }
            sum += strcmp(code, next) == 0 ? line->amount : 0;
        }
        if (next == NULL) {
            break;
        }
        write_map(out, 2);
        write_text(out, "amount");
        write_int(out, sum);
        write_text(out, "currency");
        write_text(out, next);
        last = next;
        count++;
    }
    write_array_end(out, mark, count);
}

enum status explanation_write(struct explanation *explanation, struct writer *out, uint32_t *pairs,
                              struct fault *fault)
{
    struct page page;
    page_init(&page, &explanation->scratch, explanation->query);
    for (uint64_t i = 0; i < explanation->lines.count; i++) {
        const struct explanation_line *line = column_at(&explanation->lines, i);
        char key[48];
        int len = snprintf(key, sizeof(key), "%020" PRIu64 "/%010" PRIu64, line->seq, i);
        page_offer(&page, slice_of(key, (size_t)len), i);
    }
    enum status status = page_write(&page, write_line, explanation, out, pairs, fault);
    if (status == STATUS_OK) {
        write_sums(explanation, out);
        *pairs += 1;
    }
    return status;
}
