#ifndef ACCRUE_OPS_IMPORT_VALUES_H
#define ACCRUE_OPS_IMPORT_VALUES_H

/* What office people write in cells, read exactly.
 *
 *   V1  No floating point. An amount is a decimal number of the text, a unit and a currency's minor
 *       unit; what is no whole number of fen is no amount.
 *   V2  A number of a spreadsheet is a double that was printed: beyond 15 significant digits it
 *       says nothing, so it is rounded there, half away from zero, as Excel shows it
 *       (30000.000000000004 is 30000). Text is never rounded.
 *   V3  What can be read in two ways is refused: 3/5/2024, 12,00, 12 00, 1万2.
 *
 * Pure functions; any thread. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many units a plain number counts in: powers of ten of the main unit (元). */
enum scale { SCALE_YUAN = 0, SCALE_QIAN = 3, SCALE_WAN = 4, SCALE_MILLION = 6, SCALE_YI = 8 };

enum value_fault {
    VALUE_GOOD,
    VALUE_NO_AMOUNT,
    VALUE_NEGATIVE,
    VALUE_TOO_FINE, /* more decimals than the currency has */
    VALUE_TOO_LARGE,
    VALUE_OTHER_CURRENCY, /* its sign, or 元, is not of the currency asked for */
    VALUE_NO_DATE,
    VALUE_NO_SUCH_DAY, /* 2023-02-29, and Excel's 1900-02-29 */
    VALUE_NO_SHARE,
    VALUE_NO_INTEGER,
    VALUE_NO_YES_OR_NO,
};

/* Full-width letters, digits and signs become ASCII, every run of spaces and control characters one
 * space, none at either end. False: it does not fit in `size`. */
bool text_normal(const char *text, char *out, size_t size);
/* The same without any space, and ASCII letters small: for comparing headings and words. */
bool text_folded(const char *text, char *out, size_t size);
/* Folded for reading a number (V3): of spaces between digits, points and commas one is left, others
 * go. False also where a line or a tab ends within it: those are two numbers. */
bool text_number(const char *text, char *out, size_t size);

/* `text` as the cell holds it, line feeds and all. "12,000.00", "2万", "1.5亿元", "¥ 3 000",
 * "1亿2000万元", "(500.00)", "1.2E4"; a number without a unit counts `scale`. In minor units of
 * `currency`, an ISO 4217 code, of which a sign, a code or 元 must be. NULL, not known here: any
 * sign, two decimals; two also of a code that nobody knows, which the daemon refuses.
 * `spreadsheet`: V2. Negative ones are read only where `negative` is allowed. */
enum value_fault amount_parse(const char *text, enum scale scale, const char *currency,
                              bool spreadsheet, bool negative, int64_t *ret_minor);
/* The unit that a heading names: 元 千元 万元 百万元 亿元. False: none of them. */
bool scale_parse(const char *text, enum scale *ret_scale);
/* 2024-3-5, 2024/03/05, 2024.3.5, 20240305, 2024年3月5日, each with or without a time behind it;
 * a serial number of Excel, of the 1900 or the 1904 system. */
enum value_fault day_parse(const char *text, bool since_1904, int32_t *ret_day);
/* Whole days of a serial number, the time cut off. */
enum value_fault day_of_serial(const char *text, bool since_1904, int32_t *ret_day);
/* Parts per million: "5%", "0.5 %"; a plain number is per cent, or a ratio where `ratio`. */
enum value_fault share_parse(const char *text, bool ratio, bool spreadsheet, int64_t *ret_ppm);
enum value_fault integer_parse(const char *text, int64_t *ret);
/* A number of a spreadsheet that stands for its digits, as an account number does. VALUE_TOO_LARGE:
 * it has more digits than a double keeps (V2); VALUE_NO_INTEGER: it has others than whole ones. */
enum value_fault digits_parse(const char *text, int64_t *ret);
/* 是 有 √ y yes true 1, 否 无 × n no false 0. */
enum value_fault yes_parse(const char *text, bool *ret);

/* What is wrong, and what would be accepted. */
const char *value_wrong(enum value_fault fault, bool chinese);
const char *value_accepted(enum value_fault fault, bool chinese);

#endif
