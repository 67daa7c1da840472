/* Numbers that prove themselves: resident identity numbers (GB 11643) and unified social credit
 * codes (GB 32100).
 *
 *   I1  A resident identity number is 17 digits and a check character, in no longer run of
 *       digits, with a day of birth that exists. A bank's reference or an account number is
 *       not one merely because it is long.
 *   I2  A search reads every 17th byte of a text, and more only around a digit. */

#include "proto/vocabulary.h"

#define RESIDENT_DIGITS 17u

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

/* ISO 7064 MOD 11-2 over 17 digits. */
static bool resident_check_fits(const uint8_t *at)
{
    static const uint8_t weights[RESIDENT_DIGITS] = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                     3, 7, 9,  10, 5, 8, 4, 2};
    static const char checks[] = "10X98765432";
    unsigned sum = 0;
    for (size_t i = 0; i < RESIDENT_DIGITS; i++) {
        sum += weights[i] * (unsigned)(at[i] - '0');
    }
    uint8_t check = at[RESIDENT_DIGITS] == 'x' ? 'X' : at[RESIDENT_DIGITS];
    return check == (uint8_t)checks[sum % 11];
}

static bool resident_birth_exists(const uint8_t *at)
{
    char date[10] = {[4] = '-', [7] = '-'};
    memcpy(date, at + 6, 4);
    memcpy(date + 5, at + 10, 2);
    memcpy(date + 8, at + 12, 2);
    int32_t day;
    return date_parse(slice_of(date, sizeof(date)), &day);
}

bool personal_id_found(struct slice text)
{
    size_t at = RESIDENT_DIGITS - 1;
    while (at < text.len) {
        if (!is_digit(text.data[at])) {
            at += RESIDENT_DIGITS; /* I2 */
            continue;
        }
        size_t start = at;
        size_t end = at + 1;
        while (start > 0 && is_digit(text.data[start - 1])) {
            start--;
        }
        while (end < text.len && is_digit(text.data[end])) {
            end++;
        }
        bool with_x = end - start == RESIDENT_DIGITS && end < text.len &&
                      (text.data[end] == 'X' || text.data[end] == 'x') &&
                      (end + 1 == text.len || !is_digit(text.data[end + 1]));
        if ((with_x || end - start == RESIDENT_DIGITS + 1) &&
            resident_birth_exists(text.data + start) && resident_check_fits(text.data + start)) {
            return true;
        }
        at = end + RESIDENT_DIGITS;
    }
    return false;
}

bool uscc_valid(struct slice text)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* no I O S V Z */
    static const uint8_t weights[] = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                      29, 25, 13, 8,  24, 10, 30, 28};
    unsigned sum = 0;
    if (text.len != 18) {
        return false;
    }
    for (size_t i = 0; i < 18; i++) {
        const char *found = text.data[i] ? strchr(alphabet, text.data[i]) : NULL;
        if (!found) {
            return false;
        }
        unsigned value = (unsigned)(found - alphabet);
        if (i == 17) {
            return value == (31 - sum % 31) % 31;
        }
        sum += weights[i] * value;
    }
    return false;
}
