/* Dependants of events of parties and technologies: see dependants.c for D1-D5. */

#include "daemon/ledger/dependants_inner.h"

/* Does this type need that a right is in force, or an offer open? */
static bool needs_technology(uint16_t type, uint8_t machine)
{
    if (machine == MACHINE_OPEN_LICENSE) {
        return type == TYPE_open_license_accepted;
    }
    return type == TYPE_open_license_declared || type == TYPE_open_license_accepted ||
           type == TYPE_technology_invalidated;
}

void add_technology_users(struct search *search, const struct state_row *moved)
{
    uint32_t at = aggregate_at(search->facts, moved->fact.key)->touch_head;
    while (at != NO_ROW && look(search)) {
        const struct touch_row *touch = touch_at(search->facts, at - 1);
        const struct event_row *event = event_row_at(search->facts, touch->seq);
        if (touch->seq <= search->target) {
            return;
        }
        if (event->aggregate == moved->fact.key && needs_technology(event->type, moved->machine)) {
            add(search, touch->seq);
        }
        at = touch->prev;
    }
}

/* ---- pairs that open and close: later steps of the same pair ---- */

void of_accreditation(struct search *search, const struct fact *fact)
{
    const struct accreditation_row *row = (const struct accreditation_row *)fact;
    struct slice kind = text_of(search->facts, row->kind);
    uint32_t at = facts_head(search->facts, FACT_ACCREDITATION, fact->key, false);
    while (at != NO_ROW && look(search)) {
        const struct accreditation_row *later =
            facts_row(search->facts, FACT_ACCREDITATION, at - 1);
        if (later->fact.seq <= search->target) {
            return;
        }
        if (slice_equal(text_of(search->facts, later->kind), kind)) {
            add(search, later->fact.seq);
        }
        at = later->fact.prev;
    }
}

/* An end without a scope ends all of an operator's, so every later step of his stands on it. */
void of_entrustment(struct search *search, const struct fact *fact)
{
    const struct entrustment_row *row = (const struct entrustment_row *)fact;
    uint32_t at = facts_head(search->facts, FACT_ENTRUSTMENT, fact->key, false);
    while (at != NO_ROW && look(search)) {
        const struct entrustment_row *later = facts_row(search->facts, FACT_ENTRUSTMENT, at - 1);
        if (later->fact.seq <= search->target) {
            return;
        }
        if (later->operator_party == row->operator_party) {
            add(search, later->fact.seq);
        }
        at = later->fact.prev;
    }
}

/* ---- merged parties: what took the two for one ---- */

static bool touches(const struct search *search, uint64_t seq, uint32_t aggregate)
{
    uint64_t first;
    uint64_t count = touches_of_event(search->facts, seq, &first);
    for (uint64_t i = 0; i < count; i++) {
        if (touch_at(search->facts, (uint32_t)(first + i))->aggregate == aggregate) {
            return true;
        }
    }
    return false;
}

/* Later events that have to do with both (D4); those that name one of them stand without it. */
void of_merger(struct search *search, const struct fact *fact)
{
    const struct merger_row *row = (const struct merger_row *)fact;
    uint32_t at = aggregate_at(search->facts, fact->key)->touch_head;
    while (at != NO_ROW && look(search)) {
        const struct touch_row *touch = touch_at(search->facts, at - 1);
        if (touch->seq <= search->target) {
            return;
        }
        if (touches(search, touch->seq, row->survivor)) {
            add(search, touch->seq);
        }
        at = touch->prev;
    }
}
