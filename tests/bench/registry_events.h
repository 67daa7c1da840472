#ifndef ACCRUE_TESTS_BENCH_REGISTRY_EVENTS_H
#define ACCRUE_TESTS_BENCH_REGISTRY_EVENTS_H

/* Events as a registry has them: a contract is signed, then registered. Written as a client
 * would write them, keys of the data in order. */

#include "proto/writer.h"

#define REGISTRY_SELLER "bench-seller"
#define REGISTRY_BUYER "bench-buyer"

/* Up to the key `data`; what follows must be one of the maps below. */
void registry_envelope(struct writer *out, const char *agg, const char *id, const char *type);

void registry_party(struct writer *out, const char *name); /* party.registered */
void registry_signed(struct writer *out);                  /* contract.signed, 2022-05-06 */
void registry_registered(struct writer *out, const char *number);

#endif
