#ifndef ACCRUE_OPS_IMPORT_PROFILE_H
#define ACCRUE_OPS_IMPORT_PROFILE_H

/* A profile: how the columns of a sheet become events. An INI file that people read and change.
 *
 *   [profile]          title, unit
 *   [column NAME]      heading, kind, words, match, unit, required, unique, negative, zero, default
 *   [words NAME]       word = code
 *   [skip]             any name = EXPRESSION: a row where it says something is passed over
 *   [party NAME], [technology NAME], [contract NAME]
 *                      missing = create|fault|leave; FIELD = EXPRESSION
 *   [event TYPE]       agg, effective, FIELD.FIELD[0].FIELD = EXPRESSION; FIELD? = EXPRESSION
 *
 *   EXPRESSION  $NAME (a column, or what a party, technology or contract was found as), a JSON
 *               value, or text with ${NAME} in it; then any of ` when $NAME`, ` unless $NAME`.
 *               `*` as its text only asks the conditions.
 *
 *   Amounts are of the row's column `currency`, wherever that stands, without one of CNY.
 *
 *   P1  What names no column, no field of the vocabulary or no code of an enumeration is refused
 *       when the profile is read, with its line, not when a row first needs it.
 *   P2  The same key twice: the last one that says something holds.
 *   P3  `PREFIX? = EXPRESSION` leaves out everything below PREFIX in rows where it says nothing. */

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "ops/import/limits.h"
#include "ops/import/values.h"

enum column_type {
    TYPE_AS_TEXT,
    TYPE_AS_ID,     /* an aggregate's id: spaces go, `/` becomes `-` */
    TYPE_AS_AMOUNT, /* minor units of the row's `currency`, else of CNY */
    TYPE_AS_DATE,
    TYPE_AS_SHARE, /* ppm */
    TYPE_AS_INTEGER,
    TYPE_AS_YES_NO,
    TYPE_AS_WORD,   /* one of a set of words */
    TYPE_AS_REGION, /* six digits, or a word */
};

struct sheet_column {
    char name[PROFILE_NAME_BYTES];
    char *headings[PROFILE_HEADINGS_MAX]; /* as written; compared folded */
    size_t heading_count;
    enum column_type type;
    char words[PROFILE_NAME_BYTES]; /* a set, "" for none */
    bool contains;                  /* a word within the text is enough; the first of the set */
    bool required, unique;
    bool skip_negative; /* a row with a negative amount is passed over */
    bool zero_empty;    /* 0 is as if the cell were empty */
    enum scale scale;
    char *fallback; /* as if the cell held it, NULL */
};

struct word {
    char set[PROFILE_NAME_BYTES];
    char *text; /* as written */
    char *folded;
    char *code; /* "": as if the cell were empty */
};

struct expression {
    char *text; /* "*" asks the conditions alone */
    struct {
        char name[PROFILE_NAME_BYTES];
        bool unless;
    } conditions[4];
    size_t condition_count;
};

struct assignment {
    char *path;
    bool guard; /* P3 */
    struct expression value;
};

enum entity_type { ENTITY_PARTY, ENTITY_TECHNOLOGY, ENTITY_CONTRACT };
enum missing { MISSING_CREATE, MISSING_FAULT, MISSING_LEAVE };

/* Something that the log may hold already. */
struct entity {
    char name[PROFILE_NAME_BYTES];
    enum entity_type type;
    enum missing missing;
    size_t first, count; /* assignments: what it is found by and made with */
};

struct made_event {
    char type[TYPE_NAME_MAX];
    size_t first, count;
};

struct profile {
    char name[PROFILE_NAME_BYTES];
    char *title;
    struct sheet_column columns[PROFILE_COLUMNS_MAX];
    size_t column_count;
    struct word words[PROFILE_WORDS_MAX];
    size_t word_count;
    struct entity entities[PROFILE_ENTITIES_MAX];
    size_t entity_count;
    struct made_event events[PROFILE_EVENTS_MAX];
    size_t event_count;
    struct assignment assignments[PROFILE_FIELDS_MAX]; /* of entities, events and skips */
    size_t assignment_count;
    size_t skip_first, skip_count;
};

#define PROFILE_WHY_BYTES 256

/* By its text. NULL with the reason, and the line if it has one, in `why`. */
struct profile *profile_read(const char *name, const char *text, char why[PROFILE_WHY_BYTES]);
void profile_free(struct profile *profile);
/* Index; the count if there is none. */
size_t profile_column(const struct profile *profile, const char *name);
/* The text of a shipped profile, NULL if there is none of this name. */
const char *profile_shipped(const char *name);
/* Names of those that ship, by index; NULL behind the last. */
const char *profile_shipped_name(size_t index);

#endif
