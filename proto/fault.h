#ifndef ACCRUE_PROTO_FAULT_H
#define ACCRUE_PROTO_FAULT_H

/* Why something was refused, as values: what a person reads is rendered from it
 * in one place and in their language (fault_render).
 *
 *   F1  Every text in a fault is valid UTF-8 without control characters and ends with a zero
 *       byte, whatever a client put into a key: others' bytes become `?`, and what is too long
 *       is cut between two characters. */

#include "proto/bytes.h"
#include "proto/status.h"

#define FAULT_NO_INDEX UINT32_MAX

struct fault {
    enum status code;
    uint32_t index;   /* event of the request, from 0, or FAULT_NO_INDEX */
    char field[160];  /* `data.obligations[1].amount_fen`, or "" */
    char state[48];   /* the state that forbids it, `contract TRIAL`, or "" */
    char legal[320];  /* what would be legal there, comma separated, or "" */
    char detail[320]; /* language-neutral key=value pairs: `outstanding=200 given=250` */
};

/* Make `fault` say `code` and nothing else yet. `field` may be NULL. */
void fault_begin(struct fault *fault, enum status code, const char *field);

/* The same. Returns `code`, so that a check reads
 * `return fault_set(fault, STATUS_E_RANGE, "data.amount_fen");`; here, so that compiler and
 * analyser know in every caller that it is what comes back. */
static inline enum status fault_set(struct fault *fault, enum status code, const char *field)
{
    fault_begin(fault, code, field);
    return code;
}

/* Extend `field` by a key (`.key`, or `key` if it is empty yet) or a position (`[3]`). */
void fault_field_key(struct fault *fault, struct slice key);
void fault_field_index(struct fault *fault, uint32_t index);

/* Add to `detail`, separated by a space; cut at its end. */
void fault_detail(struct fault *fault, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Set `state` (`machine`, a space, `name`). */
void fault_state(struct fault *fault, const char *machine, const char *name);

/* Add one thing that would be legal, cut at the end of `legal`. */
void fault_legal(struct fault *fault, const char *what);

enum language { LANGUAGE_EN, LANGUAGE_ZH };

/* `CODE index=3 field=data.x: text (detail; state …; legal: …)` into `out`, always ended by
 * a zero byte; gives the length without it. */
size_t fault_render(const struct fault *fault, enum language language, char *out, size_t size);

/* Only `text (detail)` of it: the message beside code, field, state and legal. */
size_t fault_message(const struct fault *fault, enum language language, char *out, size_t size);

#endif
