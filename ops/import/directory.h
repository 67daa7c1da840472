#ifndef ACCRUE_OPS_IMPORT_DIRECTORY_H
#define ACCRUE_OPS_IMPORT_DIRECTORY_H

/* What the log holds already, by the names that sheets use for it.
 *
 *   N1  It learns from events, in the order of the log. A party goes by its unified social credit
 *       code, its names and aliases; a technology by its patent number and title; a contract by
 *       its id and its printed number. A merged party goes by what survived.
 *   N2  The code decides before the name. A name that two have finds neither: the row is a fault
 *       that names both. A name whose party has another code is another party's.
 *   N3  What is not found is made once, with an id from its code, number or name, and keeps the
 *       event that makes it until the log has it.
 *   N4  What was made can be forgotten, the last first: what is refused is not known. What the log
 *       taught stays. */

#include <jansson.h>
#include <stdbool.h>

#include "ops/import/profile.h"

/* What an entry held before something was made (N4). */
struct lesson {
    json_t *table; /* borrowed */
    char *key;
    json_t *before; /* NULL: it was not there */
};

struct directory {
    json_t *keys;   /* "party name 甲公司": id, or an array of several */
    json_t *codes;  /* id of a party: its credit code */
    json_t *merged; /* id of a party: what it became */
    json_t *fresh;  /* "party/id": the event that makes it */

    struct lesson *lessons;
    size_t lesson_count, lesson_room;
    bool making;
};

enum found { FOUND_ONE, FOUND_NONE, FOUND_SEVERAL };

void directory_begin(struct directory *directory);
void directory_end(struct directory *directory);
/* An event of the log, in order; types that say nothing here are passed over. */
void directory_learn(struct directory *directory, const json_t *event);
/* `fields`: those of the creating event, or contract_no. FOUND_ONE: *ret_id is an id;
 * FOUND_SEVERAL: an array of them. Borrowed. */
enum found directory_find(const struct directory *directory, enum entity_type type,
                          const json_t *fields, const json_t **ret_id);
/* N3: gives its id, borrowed, under which it is found from now on; NULL if `fields` has no name. */
const char *directory_make(struct directory *directory, enum entity_type type,
                           const json_t *fields);
/* N4: how much was made up to now; and forget what was made since, 0: all of it. */
size_t directory_mark(const struct directory *directory);
void directory_forget(struct directory *directory, size_t mark);
/* The event that makes it, if the log has none; NULL. `place`: "party/id". */
json_t *directory_fresh(const struct directory *directory, const char *place);
const char *entity_kind(enum entity_type type); /* "party" */

#endif
