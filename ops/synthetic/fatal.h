#ifndef ACCRUE_OPS_SYNTHETIC_FATAL_H
#define ACCRUE_OPS_SYNTHETIC_FATAL_H

/* CHECK: what the generator relies on. It stops with a message rather than write a registry
 * that is not the one that was asked for. */

#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            (void)fprintf(stderr, "accrue-registry: %s:%d: not so: %s\n", __FILE__, __LINE__,      \
                          #condition);                                                             \
            exit(EXIT_FAILURE);                                                                    \
        }                                                                                          \
    } while (0)

#endif
