#ifndef ACCRUE_OPS_IMPORT_DECIMAL_H
#define ACCRUE_OPS_IMPORT_DECIMAL_H

/* A decimal number as text has it: digits and a power of ten. V1 and V2 of values.h. */

#include <stdbool.h>
#include <stdint.h>

#define DECIMAL_DIGITS 38 /* more do not fit 128 bits */
#define DOUBLE_DIGITS 15  /* what a double keeps of a decimal number */

__extension__ typedef unsigned __int128 decimal_digits;

struct decimal {
    decimal_digits digits;
    int power; /* of ten, that the digits are multiplied with */
};

/* Unsigned: 12000.50, .5, 12,000.50, 12 000.50 (groups of three), 1.2E4 (`exponents`). *text is
 * moved behind it. False: no number stands there, or one of too many digits. */
bool decimal_read(const char **text, bool exponents, struct decimal *ret);
/* V2: at most 15 significant digits, half away from zero. */
void decimal_round_double(struct decimal *number);
enum decimal_fit { DECIMAL_FITS, DECIMAL_HAS_FRACTION, DECIMAL_TOO_LARGE };
/* number × 10^power as an integer up to `max`. */
enum decimal_fit decimal_scaled(struct decimal number, int power, int64_t max, int64_t *ret);

#endif
