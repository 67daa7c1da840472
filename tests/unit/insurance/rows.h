#ifndef ACCRUE_TESTS_UNIT_INSURANCE_ROWS_H
#define ACCRUE_TESTS_UNIT_INSURANCE_ROWS_H

#include "daemon/ledger/facts.h"

/* All rows that count now, as the digest writes them, without their seq: what a reversal and a
 * second posting have to give back. */
struct rows {
    uint8_t *data;
    size_t len;
};

struct rows rows_now(const struct facts *facts);
void rows_done(struct rows *rows);
bool rows_equal(const struct rows *a, const struct rows *b);

#endif
