/* A hashed wheel: the slot of a time is its number of steps modulo WHEEL_SLOTS. Deadlines are
 * shorter than a whole turn, so what lies in a slot when the wheel gets there is due. */

#include "daemon/net/wheel.h"

#include "daemon/base/check.h"

static struct list_node *slot_of(struct wheel *wheel, uint64_t at_ms)
{
    return &wheel->slots[at_ms / WHEEL_STEP_MS % WHEEL_SLOTS];
}

void wheel_init(struct wheel *wheel, uint64_t now_ms)
{
    wheel->turned_ms = now_ms - now_ms % WHEEL_STEP_MS;
    for (size_t i = 0; i < WHEEL_SLOTS; i++) {
        list_init(&wheel->slots[i]);
    }
}

void wheel_entry_init(struct wheel_entry *entry)
{
    list_init(&entry->link);
    entry->at_ms = 0;
}

void wheel_arm(struct wheel *wheel, struct wheel_entry *entry, uint64_t at_ms)
{
    if (entry->at_ms != 0 && entry->at_ms <= at_ms) {
        return; /* W1 */
    }
    wheel_disarm(entry);
    at_ms = at_ms > wheel->turned_ms ? at_ms : wheel->turned_ms;
    INVARIANT(at_ms - wheel->turned_ms < (uint64_t)WHEEL_STEP_MS * (WHEEL_SLOTS - 1));
    entry->at_ms = at_ms;
    list_push_back(slot_of(wheel, at_ms), &entry->link);
}

void wheel_disarm(struct wheel_entry *entry)
{
    if (entry->at_ms != 0) {
        list_remove(&entry->link);
        entry->at_ms = 0;
    }
}

struct wheel_entry *wheel_due(struct wheel *wheel, uint64_t now_ms)
{
    while (wheel->turned_ms + WHEEL_STEP_MS <= now_ms) { /* W2: whole steps only */
        struct list_node *node = list_pop_front(slot_of(wheel, wheel->turned_ms));
        if (node != NULL) {
            struct wheel_entry *entry = LIST_ELEMENT(node, struct wheel_entry, link);
            entry->at_ms = 0;
            return entry;
        }
        wheel->turned_ms += WHEEL_STEP_MS;
    }
    return NULL;
}
