/* sim [--seed N] [--seeds N] [--from N] [--steps N] [--plant NAME]
 *
 * Runs worlds. A failure prints its seed and ends with status 1; `--seed N` shows it again, with
 * the hash of its trace. With --plant the daemon does one thing wrong on purpose, and it is a
 * failure not to notice. */

#include <stdio.h>
#include <stdlib.h>

#include "daemon/base/check.h"
#include "daemon/base/diag.h"
#include "tests/sim/sim.h"

#define STEPS 400u

static struct world world;

static void tell_seed(void)
{
    (void)fprintf(stderr, "sim: seed %llu\n", (unsigned long long)world.seed);
}

static uint64_t number(const char *text)
{
    char *end;
    uint64_t value = strtoull(text, &end, 10);
    if (*end != '\0') {
        (void)fprintf(stderr, "sim: not a number: %s\n", text);
        exit(2);
    }
    return value;
}

static bool run_twice(uint64_t seed, uint32_t steps)
{
    bool good = world_run(&world, seed, steps);
    uint64_t trace = world.trace;
    bool again = world_run(&world, seed, steps);
    if (good != again || trace != world.trace) {
        (void)fprintf(stderr, "sim: seed %llu gives two traces\n", (unsigned long long)seed);
        return false;
    }
    return good;
}

int main(int argc, char **argv)
{
    uint64_t from = 1, seeds = 1000, acks = 0, restarts = 0, steps = 0, snapshots = 0;
    uint32_t length = STEPS;
    bool one = false;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--seed") == 0) {
            from = number(argv[i + 1]);
            seeds = 1;
            one = true;
        } else if (strcmp(argv[i], "--seeds") == 0) {
            seeds = number(argv[i + 1]);
        } else if (strcmp(argv[i], "--from") == 0) {
            from = number(argv[i + 1]);
        } else if (strcmp(argv[i], "--steps") == 0) {
            length = (uint32_t)number(argv[i + 1]);
        } else if (strcmp(argv[i], "--plant") == 0) {
            planted = argv[i + 1];
        }
    }
    check_set_hook(tell_seed);
    diag_set_level(one ? DIAG_INFO : DIAG_ERROR); /* snapshots that fail are daily bread here */
    for (uint64_t seed = from; seed < from + seeds; seed++) {
        bool good =
            one || seed % 64 == 0 ? run_twice(seed, length) : world_run(&world, seed, length);
        acks += world.acks;
        restarts += world.restarts;
        snapshots += world.snapshots_used;
        steps += world.steps;
        if (!good) {
            (void)fprintf(planted ? stdout : stderr, "sim: seed %llu, step %llu: %s\n",
                          (unsigned long long)seed, (unsigned long long)world.steps, world.failure);
            return planted != NULL ? 0 : 1;
        }
    }
    (void)printf("%llu seeds, %llu steps, %llu acks, %llu starts (%llu with a snapshot), "
                 "trace %016llx\n",
                 (unsigned long long)seeds, (unsigned long long)steps, (unsigned long long)acks,
                 (unsigned long long)restarts, (unsigned long long)snapshots,
                 (unsigned long long)world.trace);
    if (planted != NULL) {
        (void)fprintf(stderr, "sim: %s went unnoticed\n", planted);
        return 1;
    }
    return 0;
}
