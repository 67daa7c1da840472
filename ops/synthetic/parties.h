#ifndef ACCRUE_OPS_SYNTHETIC_PARTIES_H
#define ACCRUE_OPS_SYNTHETIC_PARTIES_H

/* Sellers and buyers: about 120,000 and 300,000, created on first use.
 *
 *   R1  A party is (side, region, kind, number). Who sells is drawn by octaves of the pool, so
 *       that few sell much and many sell once (Zipf).
 *   R2  Its attributes are functions of what it is; they never change. */

#include "ops/synthetic/contracts.h"

struct party {
    enum side side;
    uint32_t region, kind, number;
    uint32_t index; /* among all parties */
};

struct parties {
    const struct registry *registry;
    uint32_t size[2][REGIONS][KINDS], base[2][REGIONS][KINDS];
    uint32_t count;
    bool *known;
};

void parties_build(struct parties *parties, const struct registry *registry);
void parties_free(struct parties *parties);
struct party party_of(const struct parties *parties, const struct contract *contract,
                      enum side side);

struct out;
void put_party_id(struct out *out, const struct party *party);
/* The members of party.registered's `data`. */
void put_party_data(struct out *out, const struct parties *parties, const struct party *party);

#endif
