/* Lists of open debts by payer; see owing.h.
 *
 *   D4  What an obligation amounts to now rests on its own terms and moves, on rows of its owner
 *       (contract, amendments, states, conditions, trial, statements, interest that was assessed),
 *       and on rates and days off; owing_note_row() knows these tables and no others.
 *   D5  Entries stay in order of their obligations. What closes leaves a gap, and gaps are closed
 * up when they are half of a list. */

#include "daemon/ledger/owing.h"

#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/base/index_table.h"
#include "daemon/ledger/facts_inner.h"
#include "daemon/ledger/obligation.h"

struct owing_list {
    uint32_t payer;
    bool made;
    uint64_t world;
    struct owing_entry *entries;
    size_t count, room, gaps;
    uint32_t *noted;
    size_t noted_count, noted_room;
};

struct owing {
    struct index_table index; /* of lists, by payer */
    struct column lists;      /* struct owing_list */
    uint64_t world;           /* grows with every change of a rate or day off */
    struct owing_list fresh;  /* of the payer asked for last that has no list */
};

struct owing *owing_new(void)
{
    struct owing *owing = calloc(1, sizeof(*owing));
    INVARIANT(owing != NULL);
    index_table_init(&owing->index);
    column_init(&owing->lists, sizeof(struct owing_list));
    return owing;
}

static void list_clear(struct owing_list *list)
{
    free(list->entries);
    free(list->noted);
    *list = (struct owing_list){.payer = list->payer};
}

void owing_free(struct owing *owing)
{
    for (uint64_t i = 0; i < owing->lists.count; i++) {
        list_clear(column_at(&owing->lists, i));
    }
    list_clear(&owing->fresh);
    index_table_done(&owing->index);
    column_done(&owing->lists);
    free(owing);
}

static uint64_t payer_hash(uint32_t payer)
{
    return hash_bytes(slice_of(&payer, sizeof(payer)), 0);
}

static uint64_t list_hash(const void *arg, uint64_t number)
{
    const struct owing *owing = arg;
    const struct owing_list *list = column_at(&owing->lists, number);
    return payer_hash(list->payer);
}

static struct owing_list *list_of(const struct owing *owing, uint32_t payer)
{
    uint64_t number;
    struct index_probe probe = index_probe_begin(&owing->index, payer_hash(payer));
    while (index_probe_next(&probe, &number)) {
        struct owing_list *list = column_at(&owing->lists, number);
        if (list->payer == payer) {
            return list;
        }
    }
    return NULL;
}

/* ---- noting ---- */

static void note(struct owing_list *list, uint32_t obligation)
{
    if (list->noted_count > 0 && list->noted[list->noted_count - 1] == obligation) {
        return;
    }
    if (list->noted_count == OWING_NOTED_MAX) {
        list_clear(list); /* D3 */
        return;
    }
    if (list->noted_count == list->noted_room) {
        list->noted_room = list->noted_room == 0 ? 16 : list->noted_room * 2;
        list->noted = realloc(list->noted, list->noted_room * sizeof(*list->noted));
        INVARIANT(list->noted != NULL);
    }
    list->noted[list->noted_count++] = obligation;
}

/* For every debtor that it has had, visible or not. */
static void note_obligation(struct facts *facts, uint32_t obligation)
{
    uint32_t at = facts_head(facts, FACT_TERMS, obligation, false);
    while (at != NO_ROW) {
        const struct terms_row *terms = facts_row(facts, FACT_TERMS, at - 1);
        struct owing_list *list = list_of(facts->owing, terms->debtor);
        if (list != NULL && list->made) {
            note(list, obligation);
        }
        at = terms->fact.prev;
    }
}

static void note_owner(struct facts *facts, uint32_t owner)
{
    uint32_t at = facts_head(facts, FACT_OBLIGATION, owner, false);
    while (at != NO_ROW) {
        const struct fact *row = facts_row(facts, FACT_OBLIGATION, at - 1);
        note_obligation(facts, at - 1);
        at = row->prev;
    }
}

void owing_note_terms(struct facts *facts, const struct terms_row *row)
{
    if (facts->owing->lists.count == 0) {
        return;
    }
    note_obligation(facts, row->fact.key);
    if (row->kind == OBLIGATION_KIND_interest) { /* what it was assessed on */
        const struct fact *of = facts_row(facts, FACT_OBLIGATION, row->fact.key);
        note_owner(facts, of->key);
    }
}

static bool has_obligations(enum fact_table table)
{
    return table == FACT_CONTRACT || table == FACT_ATTRIBUTE || table == FACT_STATE ||
           table == FACT_CONDITION || table == FACT_TRIAL || table == FACT_STATEMENT;
}

void owing_note_row(struct facts *facts, enum fact_table table, const struct fact *row)
{
    if (facts->owing->lists.count == 0) {
        return;
    }
    if (table == FACT_MOVE) {
        note_obligation(facts, row->key);
    } else if (table == FACT_TERMS) {
        owing_note_terms(facts, (const struct terms_row *)(const void *)row);
    } else if (table == FACT_DAY || table == FACT_RATE) {
        facts->owing->world++;
    } else if (has_obligations(table)) {
        note_owner(facts, row->key);
    }
}

/* ---- asking ---- */

/* The entry of an obligation as it stands; `open` false where it is none of the payer's. */
static struct owing_entry entry_now(const struct facts *facts, uint32_t payer, uint32_t obligation)
{
    struct owing_entry entry = {.obligation = obligation, .due = DAY_NONE};
    if (obligation >= facts_count(facts, FACT_OBLIGATION)) {
        return entry; /* taken back since */
    }
    struct obligation_figures figures;
    struct viewpoint now = viewpoint_now(facts, DAY_MAX);
    obligation_evaluate(facts, obligation, &now, &figures);
    if (figures.visible && figures.state == OBLIGATION_OPEN && figures.terms->debtor == payer) {
        entry.open = true;
        entry.creditor = figures.terms->creditor;
        entry.currency = figures.terms->currency;
        entry.due = figures.due;
    }
    return entry;
}

/* Place of an obligation in the list: that of its entry, or where it would stand. */
static size_t place_of(const struct owing_list *list, uint32_t obligation)
{
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->entries[middle].obligation < obligation) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void put_entry(struct owing_list *list, struct owing_entry entry)
{
    size_t place = place_of(list, entry.obligation);
    bool there = place < list->count && list->entries[place].obligation == entry.obligation;
    if (there) {
        list->gaps += list->entries[place].open && !entry.open;
        list->gaps -= !list->entries[place].open && entry.open;
        list->entries[place] = entry;
        return;
    }
    if (!entry.open) {
        return;
    }
    if (list->count == list->room) {
        list->room = list->room == 0 ? 16 : list->room * 2;
        list->entries = realloc(list->entries, list->room * sizeof(*list->entries));
        INVARIANT(list->entries != NULL);
    }
    memmove(list->entries + place + 1, list->entries + place,
            (list->count - place) * sizeof(*list->entries));
    list->entries[place] = entry;
    list->count++;
}

static void close_gaps(struct owing_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->entries[i].open) {
            list->entries[kept++] = list->entries[i];
        }
    }
    list->count = kept;
    list->gaps = 0;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* What was noted is looked at again, each once. */
static void catch_up(const struct facts *facts, struct owing_list *list)
{
    if (list->noted_count > 1) {
        qsort(list->noted, list->noted_count, sizeof(*list->noted), by_number);
    }
    for (size_t i = 0; i < list->noted_count; i++) {
        if (i == 0 || list->noted[i] != list->noted[i - 1]) {
            put_entry(list, entry_now(facts, list->payer, list->noted[i]));
        }
    }
    list->noted_count = 0;
    if (list->gaps * 2 > list->count) {
        close_gaps(list);
    }
}

/* Note all that the payer was ever to owe; gives how many rows of terms say so. */
static size_t note_all(const struct facts *facts, struct owing_list *list)
{
    size_t rows = 0;
    uint32_t at = aggregate_at(facts, list->payer)->debt_head;
    while (at != NO_ROW) {
        const struct terms_row *terms = facts_row(facts, FACT_TERMS, at - 1);
        if (list->noted_count == OWING_NOTED_MAX) {
            catch_up(facts, list);
        }
        note(list, terms->fact.key);
        rows++;
        at = terms->prev_debtor;
    }
    return rows;
}

static void keep(struct owing *owing, const struct owing_list *made)
{
    uint32_t payer = made->payer;
    struct owing_list *list = list_of(owing, payer);
    if (list == NULL) {
        list = column_push(&owing->lists);
        list->payer = payer;
        index_table_insert(&owing->index, payer_hash(payer), owing->lists.count - 1, list_hash,
                           owing);
    }
    list_clear(list);
    *list = *made;
    list->made = true;
    list->world = owing->world;
}

const struct owing_entry *owing_open(const struct facts *facts, uint32_t payer, size_t *ret_count)
{
    struct owing *owing = facts->owing;
    struct owing_list *list = list_of(owing, payer);
    if (list == NULL || !list->made || list->world != owing->world) {
        list = &owing->fresh;
        list_clear(list);
        list->payer = payer;
        size_t rows = note_all(facts, list);
        catch_up(facts, list);
        if (rows >= OWING_LISTED_FROM) {
            keep(owing, list);
            owing->fresh = (struct owing_list){.payer = payer};
            list = list_of(owing, payer);
        }
    } else {
        catch_up(facts, list);
    }
    *ret_count = list->count;
    return list->entries;
}
