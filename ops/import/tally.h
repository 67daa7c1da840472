#ifndef ACCRUE_OPS_IMPORT_TALLY_H
#define ACCRUE_OPS_IMPORT_TALLY_H

/* Numbers by text, where the texts are too many to keep: 12 bytes each. A text is its 64-bit hash;
 * of a million texts two are the same with a chance of 1 in 30 million. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tally {
    uint64_t *hashes; /* 0: free */
    uint32_t *values;
    size_t count, room;
};

/* The number kept for the text, 0 at first; NULL if memory is short. Valid until the next call. */
uint32_t *tally_at(struct tally *tally, const char *text);
void tally_free(struct tally *tally); /* leaves it empty */

#endif
