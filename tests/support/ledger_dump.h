#ifndef ACCRUE_TESTS_SUPPORT_LEDGER_DUMP_H
#define ACCRUE_TESTS_SUPPORT_LEDGER_DUMP_H

/* Everything that a ledger's facts hold, as bytes: two dumps are equal iff the tables, chains,
 * counts, names and texts are. What only readers see (published heads) is left out, so that a
 * refused request can be compared with none. */

#include "daemon/ledger/ledger.h"

struct ledger_dump {
    uint8_t *data;
    size_t len, room;
};

struct ledger_dump ledger_dump_of(const struct facts *facts);
void ledger_dump_done(struct ledger_dump *dump);
bool ledger_dump_equal(const struct ledger_dump *a, const struct ledger_dump *b);

#endif
