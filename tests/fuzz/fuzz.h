#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

/* What a fuzz target defines. libFuzzer calls it with invented inputs, replay_main.c with
 * the committed ones. It returns 0; it reports a broken property by abort(). */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A property that holds for every input, also in builds where assert() does nothing. */
#define FUZZ_EXPECT(cond) ((cond) ? (void)0 : abort())

#endif
