#ifndef ACCRUE_DAEMON_NET_WHEEL_H
#define ACCRUE_DAEMON_NET_WHEEL_H

/* Deadlines of thousands of connections with one timer.
 *
 *   W1  An entry is in at most one slot, that of the earliest time it was armed for. Arming it
 *       for later does nothing, so what moves with every message (idle times) costs a compare;
 *       who is woken early looks at its own times and arms again.
 *   W2  An entry fires at most WHEEL_STEP_MS after its time, never before it. */

#include <stdbool.h>

#include "daemon/base/list.h"

#define WHEEL_STEP_MS 250u
#define WHEEL_SLOTS 4096u /* 17 minutes: longer than any deadline */

struct wheel_entry {
    struct list_node link;
    uint64_t at_ms; /* 0 = not armed */
};

struct wheel {
    uint64_t turned_ms; /* slots up to here were emptied */
    struct list_node slots[WHEEL_SLOTS];
};

void wheel_init(struct wheel *wheel, uint64_t now_ms);
void wheel_entry_init(struct wheel_entry *entry);
void wheel_arm(struct wheel *wheel, struct wheel_entry *entry, uint64_t at_ms);
void wheel_disarm(struct wheel_entry *entry);
/* Take the entries whose time has come, one a call; NULL when there is none left. */
struct wheel_entry *wheel_due(struct wheel *wheel, uint64_t now_ms);

#endif
