#ifndef ACCRUE_OPS_CLI_NEW_H
#define ACCRUE_OPS_CLI_NEW_H

/* new: one event, asked for field by field.
 *
 *   Q1  Questions go to standard error and only if standard input is a terminal; answers are lines
 *       of it. What is piped in is read exactly as what is typed.
 *   Q2  Required fields are asked for, the others offered: a line names one, an empty one ends; an
 *       empty answer leaves it out.
 *   Q3  An answer that is none is refused and asked for again, and so is one whose field the
 *       daemon's trial run names. Nothing is posted before the effects were shown.
 *   Q4  Where an id of a party, contract or technology is asked for, its name or number will do, as
 *       `find` finds it; ids come first. Not with --print, which asks no daemon. Where the answer
 *       is none or several's, whoever types is asked again; a pipe ends there, since its next line
 *       answers the next question. */

#include "ops/cli/cli.h"
#include "proto/limits.h"
#include "proto/vocabulary.h"

#define ANSWER_BYTES 4096
#define CURRENCY_BYTES 4 /* ISO 4217 */

struct asking {
    const struct cli *cli;
    const struct event_type *type;
    json_t *event;
    bool terminal, ended;             /* ended: the input is over, or ^C */
    int failed;                       /* exit code of an error that ended it, reported */
    char currency[CURRENCY_BYTES];    /* of amounts that are read */
    char owner[AGGREGATE_ID_MAX * 2]; /* kind/id that it is of; "": of none */
};

/* A line without its end and spaces around it; false at the end of the input. */
bool answer_read(struct asking *asking, char out[ANSWER_BYTES]);
void question_print(const struct asking *asking, const char *text, bool required);
/* Something to know before an answer, on a terminal. */
void note_print(const struct asking *asking, const char *text);
/* Another id of the aggregate; false: the input ended. */
bool agg_ask_again(struct asking *asking);

/* ---- value.c ---- */

/* The answer as a value of the field, the caller's; NULL with what would be accepted printed, or
 * asking->failed set. Amounts are in asking->currency. */
json_t *value_read(struct asking *asking, const struct field_rule *rule, enum value_type type,
                   const char *text);
/* "date, 2024-03-05 …": what kind of answer is wanted. */
void value_kind(const struct asking *asking, const struct field_rule *rule, enum value_type type,
                char *out, size_t size);

/* ---- fields.c ---- */

/* Every field of the shape into `data` (Q2). False: the input ended. */
bool fields_ask(struct asking *asking, const struct value_shape *shape, json_t *data,
                const char *path);
/* Is it asked for, with what is known so far? */
bool field_required(const struct field_rule *rule, const json_t *data);
/* One field anew, replacing what `data` has. A currency is asking->currency from then on. */
bool field_ask(struct asking *asking, const struct field_rule *rule, json_t *data, const char *path,
               bool required);

/* ---- reference.c ---- */

/* Q4: the id that `answer` is or stands for goes into `out`; of KIND_NONE, `kind/id`, where plain
 * is a contract. `field` is what messages call it. False: asked for again, or asking->failed set.
 */
bool reference_read(struct asking *asking, enum aggregate_kind kind, const char *field,
                    const char *answer, char out[ANSWER_BYTES]);

/* "party: id, name or number". */
void reference_kind(const struct asking *asking, enum aggregate_kind kind, char *out, size_t size);

/* ---- currency.c ---- */

/* asking->currency, once the aggregate is known. False: the input ended, or asking->failed. */
bool currency_find(struct asking *asking);
/* The same after an answer that may have changed it: amounts that were read in `before` ("": none
 * were) are asked for again. */
bool currency_again(struct asking *asking, const char *before);

#endif
