#ifndef ACCRUE_TESTS_MODEL_COMMIT_CHANCE_H
#define ACCRUE_TESTS_MODEL_COMMIT_CHANCE_H

/* Random numbers of a seed, and the seed of a run: ACCRUE_SEED repeats one. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/effort.h"

struct chance {
    uint64_t state;
};

static inline uint32_t pick(struct chance *chance, uint32_t below)
{
    uint64_t z = chance->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % below);
}

/* Runs `run` for `seeds` seeds (tests/support/effort.h), or for the one of the environment; prints
 * the seed of a failure. */
static inline void for_seeds(uint64_t seeds, void (*run)(struct chance *chance))
{
    const char *given = getenv("ACCRUE_SEED");
    uint64_t from = given != NULL ? strtoull(given, NULL, 10) : 1;
    for (uint64_t seed = from; seed < from + (given != NULL ? 1 : seeds); seed++) {
        struct chance chance = {.state = seed};
        print_message("seed %llu\r", (unsigned long long)seed); /* stays when run() fails */
        run(&chance);
    }
}

#endif
