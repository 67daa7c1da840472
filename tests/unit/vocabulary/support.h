#ifndef TESTS_UNIT_VOCABULARY_SUPPORT_H
#define TESTS_UNIT_VOCABULARY_SUPPORT_H

/* For the tests of the vocabulary: data written as JSON, checked as a daemon would. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h> /* needs those above */

#include "proto/vocabulary.h"

#include <stdio.h>

/* The canonical form of a JSON text, good until the next call. Fails the test if there is
 * none. A single quote stands for a double one. */
struct slice canonical_json(const char *json);

/* fields_check() of a type's data. */
enum status check_data(const char *type, const char *json, struct fault *fault);

/* Passes. */
void assert_fits(const char *type, const char *json);

/* Is refused with this code and path. */
void assert_refused(const char *type, const char *json, enum status code, const char *field);

#endif
