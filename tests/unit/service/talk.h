#ifndef ACCRUE_TESTS_UNIT_SERVICE_TALK_H
#define ACCRUE_TESTS_UNIT_SERVICE_TALK_H

/* What the tests of this folder share: a daemon, and short ways to speak with it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/small/harness.h"

extern struct harness h;

int setup(void **state);
int setup_loading(void **state);
int teardown(void **state);

/* The answer has `part` in it, or begins with it. */
void answers(const char *method, const char *json, const char *part);
void begins(const char *method, const char *json, const char *start);
/* append {'id':ID,'type':'x.t.e','agg':'x/AGG','data':{'text':TEXT}} */
const char *add(const char *id, const char *agg, const char *text);

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
