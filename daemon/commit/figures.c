/* Figures before and after a dry run.
 *
 *   F1  Before is known_at the seq in front of the request, after is everything folded; both are
 *       read with the functions that decide and answer, so that a preview cannot say otherwise
 *       than the projections will.
 *   F2  Every object is looked at once, in the order in which the events touched it. */

#include "daemon/commit/figures.h"

#include <stdio.h>

#include "daemon/base/check.h"
#include "daemon/ledger/obligation.h"
#include "daemon/ledger/payment.h"
#include "daemon/ledger/registration.h"
#include "daemon/ledger/states.h"

#define KEY_BYTES (AGGREGATE_KIND_MAX + 1 + AGGREGATE_ID_MAX + 12)
#define VALUES_MAX 11u

struct figures {
    const struct facts *facts;
    struct viewpoint before, after;
    struct writer *out;
    uint32_t rows, looked;
    bool cut;
};

struct values {
    bool there;
    uint32_t count;
    const char *name[VALUES_MAX];
    int64_t value[VALUES_MAX]; /* AMOUNT_UNKNOWN: nil */
    int32_t due;               /* of an obligation; DAY_NONE: nil */
    bool has_due;
};

static void put(struct values *values, const char *name, int64_t value)
{
    INVARIANT(values->count < VALUES_MAX);
    values->name[values->count] = name;
    values->value[values->count++] = value;
}

static bool equal(const struct values *a, const struct values *b)
{
    bool same = a->there == b->there && a->count == b->count && a->due == b->due;
    for (uint32_t i = 0; same && i < a->count; i++) {
        same = a->value[i] == b->value[i];
    }
    return same;
}

static void write_values(const struct values *values, struct writer *out)
{
    if (!values->there) {
        write_nil(out);
        return;
    }
    write_map(out, values->count + (values->has_due ? 1 : 0));
    for (uint32_t i = 0; i < values->count; i++) {
        write_text(out, values->name[i]);
        if (values->value[i] == AMOUNT_UNKNOWN) {
            write_nil(out);
        } else {
            write_int(out, values->value[i]);
        }
    }
    if (values->has_due) {
        char day[11];
        write_text(out, "due");
        if (values->due == DAY_NONE) {
            write_nil(out);
        } else {
            date_format(values->due, day);
            write_text(out, day);
        }
    }
}

static void write_row(struct figures *figures, const char *what, const char *key, uint8_t currency,
                      const struct values *before, const struct values *after)
{
    struct writer *out = figures->out;
    if (equal(before, after)) {
        return;
    }
    figures->rows++;
    write_map(out, 5);
    write_text(out, "after");
    write_values(after, out);
    write_text(out, "before");
    write_values(before, out);
    write_text(out, "currency");
    write_text(out, currency_code(currency));
    write_text(out, "key");
    write_text(out, key);
    write_text(out, "what");
    write_text(out, what);
}

/* ---- the objects ---- */

static uint8_t obligation_values(const struct figures *figures, uint32_t obligation,
                                 const struct viewpoint *view, struct values *ret)
{
    struct obligation_figures found;
    const struct obligation_row *row = facts_row(figures->facts, FACT_OBLIGATION, obligation);
    *ret = (struct values){.due = DAY_NONE, .has_due = true};
    if (!fact_counts(&row->fact, view)) {
        return 0;
    }
    obligation_evaluate(figures->facts, obligation, view, &found);
    if (!found.visible) {
        return 0;
    }
    ret->there = true;
    put(ret, "contingent", found.contingent);
    put(ret, "disputed", found.disputed);
    put(ret, "extinguished", found.extinguished);
    put(ret, "interest_due", found.interest_due);
    put(ret, "outstanding", found.outstanding);
    put(ret, "paid", found.paid);
    put(ret, "scheduled", found.scheduled);
    put(ret, "set_off", found.set_off);
    put(ret, "waived", found.waived);
    put(ret, "written_off", found.written_off);
    ret->due = found.due != DAY_NONE ? found.due : found.due_scheduled;
    return found.terms->currency;
}

static void look_at_obligations(struct figures *figures, uint32_t owner)
{
    uint32_t at = facts_head(figures->facts, FACT_OBLIGATION, owner, false);
    while (at != NO_ROW) {
        char key[KEY_BYTES];
        struct values before;
        struct values after;
        const struct obligation_row *row = facts_row(figures->facts, FACT_OBLIGATION, at - 1);
        if (figures->looked++ >= FIGURES_MAX) {
            figures->cut = true;
            return;
        }
        uint8_t was = obligation_values(figures, at - 1, &figures->before, &before);
        uint8_t is = obligation_values(figures, at - 1, &figures->after, &after);
        size_t len = aggregate_text(figures->facts, owner, key, sizeof(key));
        (void)snprintf(key + len, sizeof(key) - len, "/%u", (unsigned)row->no);
        write_row(figures, "obligation", key, after.there ? is : was, &before, &after);
        at = row->fact.prev;
    }
}

static void look_at_credit(struct figures *figures, uint32_t payment)
{
    char key[KEY_BYTES];
    const struct viewpoint *views[2] = {&figures->before, &figures->after};
    struct values values[2] = {{.due = DAY_NONE}, {.due = DAY_NONE}};
    uint8_t currency = 0;
    for (int i = 0; i < 2; i++) {
        uint32_t at;
        const struct credit_row *row =
            facts_first(figures->facts, FACT_CREDIT, payment, views[i], &at);
        values[i].there = row != NULL;
        if (row != NULL) {
            currency = row->currency;
            put(&values[i], "unapplied_credit", payment_credit(figures->facts, payment, views[i]));
        }
    }
    (void)aggregate_text(figures->facts, payment, key, sizeof(key));
    write_row(figures, "credit", key, currency, &values[0], &values[1]);
}

static void look_at_registration(struct figures *figures, uint32_t contract)
{
    char key[KEY_BYTES];
    const struct viewpoint *views[2] = {&figures->before, &figures->after};
    struct values values[2] = {{.due = DAY_NONE}, {.due = DAY_NONE}};
    uint32_t at;
    const struct contract_row *row =
        facts_first(figures->facts, FACT_CONTRACT, contract, &figures->after, &at);
    for (int i = 0; i < 2; i++) {
        values[i].there =
            state_at(figures->facts, MACHINE_REGISTRATION, contract, views[i]) == REGISTRATION_REG;
        if (values[i].there) {
            struct registered_figures found =
                registration_figures(figures->facts, contract, views[i]);
            put(&values[i], "tech_fen", found.tech_fen);
            put(&values[i], "total_fen", found.total_fen);
        }
    }
    (void)aggregate_text(figures->facts, contract, key, sizeof(key));
    write_row(figures, "registered", key, row != NULL ? row->currency : 0, &values[0], &values[1]);
}

static void look_at(struct figures *figures, uint32_t aggregate)
{
    enum aggregate_kind kind = aggregate_at(figures->facts, aggregate)->kind;
    if (kind == KIND_payment) {
        look_at_credit(figures, aggregate);
    } else if (kind == KIND_contract) {
        look_at_registration(figures, aggregate);
    }
    look_at_obligations(figures, aggregate);
}

static bool seen_before(const struct facts *facts, uint64_t first, uint64_t touch)
{
    uint32_t aggregate = touch_at(facts, (uint32_t)touch)->aggregate;
    for (uint64_t i = first; i < touch; i++) {
        if (touch_at(facts, (uint32_t)i)->aggregate == aggregate) {
            return true;
        }
    }
    return false;
}

void figures_write(const struct facts *facts, const struct facts_mark *mark, int32_t as_of,
                   struct writer *out, bool *ret_cut)
{
    struct figures figures = {.facts = facts, .out = out};
    uint64_t end = facts_mark(facts).touches;
    figures.after = viewpoint_now(facts, as_of);
    figures.before = figures.after;
    figures.before.known_at = mark->events; /* F1 */
    size_t begun = write_array_begin(out);
    for (uint64_t i = mark->touches; i < end && !figures.cut; i++) {
        if (!seen_before(facts, mark->touches, i)) { /* F2 */
            figures.cut = figures.looked++ >= FIGURES_MAX;
            look_at(&figures, touch_at(facts, (uint32_t)i)->aggregate);
        }
    }
    write_array_end(out, begun, figures.rows);
    *ret_cut = figures.cut;
}
