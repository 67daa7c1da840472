#ifndef TESTS_UNIT_STORE_PLACE_H
#define TESTS_UNIT_STORE_PLACE_H

/* A directory for one test, and the log in it. */

#include "daemon/store/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PLACE_SEED 20260101u

struct place {
    char root[64]; /* goes away with the test */
    char log[96];  /* root/log */
    struct log_options options;
    struct fault fault;
};

/* Under $TMPDIR or /tmp. `options` begin as {create, ephemeral, small zero steps}. */
void place_make(struct place *place);
void place_remove(struct place *place);
/* `root`/log/`name` in a buffer of the place's own that the next call reuses. */
const char *place_file(const char *name, struct place *place);

/* Open as `options` say, expecting `expected`; NULL if that is not OK. */
struct log *place_open(struct place *place, enum status expected);
/* Open, append groups 0..groups-1 of the story, close. */
void place_fill(struct place *place, unsigned groups);

/* Run `body` in a child process: its exit status, or 1000 + the signal that ended it. */
int place_child(int (*body)(void *arg), void *arg);

/* Read and write whole small files. */
size_t place_read(const char *path, char *text, size_t size);
void place_write(const char *path, const void *bytes, size_t len);

#endif
