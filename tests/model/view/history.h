#ifndef ACCRUE_TESTS_MODEL_VIEW_HISTORY_H
#define ACCRUE_TESTS_MODEL_VIEW_HISTORY_H

/* Random histories of a few contracts and of everything around them.
 *
 *   H1  An event is drawn from the seed alone, never from what was accepted: two histories may be
 *       drawn first and put in any order afterwards.
 *   H2  Histories of different worlds share no party, technology, contract, payment, number or
 *       event id: each begins with the world's letter, or ends with its number. What all worlds
 *       share (calendar, rates, periods) is drawn only where there is one world.
 *   H3  The opening must be accepted; of the rest anything may be refused, and is no event.
 *
 * The kinds of events are lines of history.json, in which `$` and a letter stand for something
 * drawn: $w the world, $C a contract, $u its currency, $n an obligation's number, $a an amount, $b
 * half of it, $A another amount, $c a small one, $d a day before the recorded one, $f a day after
 * $d, $p a party, $k 0 to 2, $m 0 to 7, $i the serial, $j an earlier serial, $s 14 digits, $x and
 * $y first and last day of a period. A text that is one letter of a number is that number. */

#include <jansson.h>

#include "tests/model/commit/chance.h"

#define HISTORY_DAY_FIRST 20270 /* 2025-07-01 */

struct history {
    struct chance chance;
    char world;       /* 'a' to 'z' */
    bool alone;       /* one world: events say `recorded`, some days after each other */
    unsigned serial;  /* of the next event */
    int32_t recorded; /* day of the next event */
};

void history_init(struct history *history, uint64_t seed, char world, bool alone);

/* Number `i` of the opening, NULL after the last one; the caller owns it. */
json_t *history_opening(struct history *history, size_t i);
/* The next event and the number of its kind, below history_kinds(); the caller owns it. */
json_t *history_draw(struct history *history, size_t *ret_kind);

size_t history_kinds(void);
const char *history_kind_name(size_t kind);

#endif
