#ifndef ACCRUE_OPS_CLI_FOLD_H
#define ACCRUE_OPS_CLI_FOLD_H

/* Text made equal where people write the same thing differently.
 *
 *   Z1  Characters alone are folded, never phrases, so that what is looked for and what it is
 *       looked for in come out alike wherever it stands in a text: traditional characters become
 *       simplified (OpenCC's table), full-width forms ASCII, brackets of all kinds ( and ), dashes
 *       -, letters small; spaces, quotation marks and middle dots go.
 *   Z2  A patent number is compared without ZL, CN, points and check digit: ZL 2021 1 0123456.7,
 *       CN202110123456.7 and 202110123456 are one.
 *
 * One thread. */

#include <stdbool.h>
#include <stddef.h>

#define FOLDED_MAX 1024

/* Cut where it does not fit; ended by a zero byte. */
void fold_text(const char *text, size_t len, char out[FOLDED_MAX]);
/* The same, which the caller frees; NULL: no memory. */
char *fold_copy(const char *text);
/* Of a folded text, in place. False: it is no number of a patent, and stays. */
bool fold_patent(char text[FOLDED_MAX]);
/* False: OpenCC's table could not be read, so scripts are not folded into one another. */
bool fold_knows_scripts(void);

#endif
