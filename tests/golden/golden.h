#ifndef ACCRUE_TESTS_GOLDEN_GOLDEN_H
#define ACCRUE_TESTS_GOLDEN_GOLDEN_H

#include "daemon/view/query.h"
#include "tests/support/ledger_fixture.h"

#define GOLDEN_EVENTS_MANY 20000u /* a log that is not looked at from its middle */
#define GOLDEN_TODAY 20773        /* 2026-11-16; a question says as_of where it matters */

/* The answer to one question {projection, as_of?, known_at?, params?, explain?, limit?, after?} as
 * JSON; the caller owns it. Fails the test if the question is refused, unless `ret_code`. */
json_t *golden_ask(const struct ledger_fixture *fixture, const json_t *question,
                   const char **ret_code);

/* The same as bytes, in `room`. Fails the test if the question is refused. */
struct slice golden_answer(const struct ledger_fixture *fixture, const json_t *question,
                           uint8_t *room, size_t size);

/* Fails the test where `actual` is not at least `expected`: of a map the keys given, of an array
 * with `key`s the rows with these keys, anything else equal. */
void golden_compare(const char *where, const json_t *expected, const json_t *actual);

/* Every promise that holds for any log: identities, digests of prefixes and rebuilds, known now
 * = live, sums of the rows = total. */
void golden_check_promises(const struct ledger_fixture *fixture);
/* Some of them, by themselves: snapshots of the facts; answers and digests. */
void golden_check_snapshots(const struct ledger_fixture *fixture);
void golden_check_answers(const struct ledger_fixture *fixture);

#endif
