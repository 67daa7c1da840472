#ifndef ACCRUE_OPS_IMPORT_RECORD_INNER_H
#define ACCRUE_OPS_IMPORT_RECORD_INNER_H

/* What record.c and key.c share. */

#include "ops/import/record.h"

#define CELL_NUMBER_BYTES 32

/* A number or day of a spreadsheet where a text is wanted is what it shows: 2024017, 2024-03-05.
 * False: a number of 16 digits or more, of which the spreadsheet has kept 15. */
bool cell_as_text(const struct cell *cell, bool since_1904, char room[CELL_NUMBER_BYTES],
                  const char **ret_text);
/* What is then wrong, and what would be accepted. */
const char *text_lost_digits(const struct records *records);
const char *text_enter_again(const struct records *records);

/* R3: of the events' types, so that a sheet of contracts and one of payments share no keys.
 * False: there is none, and that is told. */
bool record_key(struct records *records, struct record *record);

#endif
