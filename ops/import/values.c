/* Amounts, shares, integers, yes and no: see values.h. Days are in days.c. */

#include "ops/import/values.h"

#include <string.h>

#include "ops/import/decimal.h"
#include "ops/import/limits.h"
#include "proto/vocabulary.h"

#define VALUE_BYTES 256
#define DIGITS_MAX INT64_C(999999999999999) /* DOUBLE_DIGITS of them */

static const struct {
    const char *name;
    enum scale scale;
} units[] = {/* the longer first */
             {"百万元", SCALE_MILLION}, {"千元", SCALE_QIAN},    {"万元", SCALE_WAN},
             {"亿元", SCALE_YI},        {"百万", SCALE_MILLION}, {"万", SCALE_WAN},
             {"亿", SCALE_YI},          {"元", SCALE_YUAN},      {"圆", SCALE_YUAN}};

/* The unit that `text` begins with; its length, or 0. */
static size_t unit_of(const char *text, enum scale *ret_scale)
{
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        size_t len = strlen(units[i].name);
        if (strncmp(text, units[i].name, len) == 0) {
            *ret_scale = units[i].scale;
            return len;
        }
    }
    return 0;
}

bool scale_parse(const char *text, enum scale *ret_scale)
{
    char folded[VALUE_BYTES];
    enum scale scale;
    if (!text_folded(text, folded, sizeof(folded))) {
        return false;
    }
    const char *at = folded;
    at += strncmp(at, "人民币", strlen("人民币")) == 0 ? strlen("人民币") : 0;
    size_t len = unit_of(at, &scale);
    if (len == 0 || at[len] != '\0') {
        return false;
    }
    *ret_scale = scale;
    return true;
}

static enum value_fault scaled(struct decimal number, int power, int64_t max, int64_t *ret)
{
    switch (decimal_scaled(number, power, max, ret)) {
    case DECIMAL_HAS_FRACTION:
        return VALUE_TOO_FINE;
    case DECIMAL_TOO_LARGE:
        return VALUE_TOO_LARGE;
    case DECIMAL_FITS:
    default:
        return VALUE_GOOD;
    }
}

/* ---- amounts ---- */

/* What may stand before an amount, folded, and whose it is. */
static const struct {
    const char *text, *currencies;
} signs[] = {{"人民币", "CNY"},
             {"rmb", "CNY"},
             {"¥", "CNY JPY"},
             {"￥", "CNY JPY"},
             {"us$", "USD"},
             {"hk$", "HKD"},
             {"$", "USD HKD SGD AUD CAD NZD TWD MOP MXN"},
             {"€", "EUR"},
             {"£", "GBP"},
             {"￡", "GBP"}};

/* A code of ISO 4217: its length, or 0. */
static size_t code_len(const char *text, char code[4])
{
    for (size_t i = 0; i < 3; i++) {
        if (text[i] < 'a' || text[i] > 'z') {
            return 0;
        }
        code[i] = (char)(text[i] - 'a' + 'A');
    }
    code[3] = '\0';
    return currency_index(slice_text(code)) >= 0 ? 3 : 0;
}

/* Moves *text behind a sign. False: it is one of another currency than `currency`, NULL: any. */
static bool pass_sign(const char **text, const char *currency)
{
    char code[4];
    size_t len = code_len(*text, code);
    if (len > 0) {
        *text += len;
        return currency == NULL || strcmp(code, currency) == 0;
    }
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        len = strlen(signs[i].text);
        if (strncmp(*text, signs[i].text, len) == 0) {
            *text += len;
            return currency == NULL || strstr(signs[i].currencies, currency) != NULL;
        }
    }
    return true;
}

/* 万元 is of one currency, 万 of any. */
static bool unit_agrees(const char *unit, size_t len, const char *currency)
{
    static const char *const yuan[] = {"元", "圆"};
    for (size_t i = 0; i < sizeof(yuan) / sizeof(yuan[0]); i++) {
        size_t own = strlen(yuan[i]);
        if (len >= own && strncmp(unit + len - own, yuan[i], own) == 0) {
            return currency == NULL || strcmp(currency, "CNY") == 0;
        }
    }
    return true;
}

/* 1亿2000万元: parts of falling units. */
static enum value_fault read_parts(const char *text, enum scale scale, const char *currency,
                                   bool spreadsheet, int64_t *ret)
{
    int exponent = currency == NULL ? 2 : currency_exponent(slice_text(currency));
    int64_t sum = 0;
    enum scale last = SCALE_YI;
    for (size_t part = 0; *text != '\0'; part++) {
        struct decimal number;
        enum scale unit = scale;
        int64_t minor = 0;
        if (!decimal_read(&text, true, &number)) {
            return VALUE_NO_AMOUNT;
        }
        size_t len = unit_of(text, &unit);
        if (!unit_agrees(text, len, currency)) {
            return VALUE_OTHER_CURRENCY;
        }
        text += len;
        if (part > 0 && (len == 0 || unit >= last)) {
            return VALUE_NO_AMOUNT; /* V3: 1万2 */
        }
        last = unit;
        if (spreadsheet) {
            decimal_round_double(&number);
        }
        enum value_fault fault =
            scaled(number, (int)unit + (exponent < 0 ? 2 : exponent), AMOUNT_FEN_MAX, &minor);
        if (fault != VALUE_GOOD) {
            return fault;
        }
        sum += minor;
        if (sum > AMOUNT_FEN_MAX) {
            return VALUE_TOO_LARGE;
        }
        if (len > 0 && strcmp(text, "整") == 0) {
            break;
        }
    }
    *ret = sum;
    return VALUE_GOOD;
}

enum value_fault amount_parse(const char *text, enum scale scale, const char *currency,
                              bool spreadsheet, bool negative, int64_t *ret_minor)
{
    char folded[VALUE_BYTES];
    int64_t minor = 0;
    if (!text_number(text, folded, sizeof(folded)) || folded[0] == '\0') {
        return VALUE_NO_AMOUNT;
    }
    size_t len = strlen(folded);
    bool brackets = folded[0] == '(' && folded[len - 1] == ')';
    if (brackets) {
        folded[len - 1] = '\0';
    }
    const char *at = folded + (brackets ? 1 : 0);
    bool agrees = pass_sign(&at, currency);
    bool minus = brackets || *at == '-';
    at += *at == '-' || *at == '+';
    agrees = pass_sign(&at, currency) && agrees;
    if (*at == '\0') {
        return VALUE_NO_AMOUNT;
    }
    enum value_fault fault = read_parts(at, scale, currency, spreadsheet, &minor);
    if (fault == VALUE_GOOD && !agrees) {
        return VALUE_OTHER_CURRENCY;
    }
    if (fault == VALUE_GOOD && minus && minor != 0 && !negative) {
        return VALUE_NEGATIVE;
    }
    if (fault == VALUE_GOOD) {
        *ret_minor = minus ? -minor : minor;
    }
    return fault;
}

enum value_fault share_parse(const char *text, bool ratio, bool spreadsheet, int64_t *ret_ppm)
{
    char folded[VALUE_BYTES];
    struct decimal number;
    int64_t ppm = 0;
    const char *at = folded;
    if (!text_number(text, folded, sizeof(folded)) || !decimal_read(&at, true, &number)) {
        return VALUE_NO_SHARE;
    }
    bool marked = *at == '%';
    if (at[marked ? 1 : 0] != '\0') {
        return VALUE_NO_SHARE;
    }
    if (spreadsheet) {
        decimal_round_double(&number);
    }
    if (scaled(number, ratio && !marked ? 6 : 4, PPM_ONE, &ppm) != VALUE_GOOD) {
        return VALUE_NO_SHARE;
    }
    *ret_ppm = ppm;
    return VALUE_GOOD;
}

enum value_fault integer_parse(const char *text, int64_t *ret)
{
    char folded[VALUE_BYTES];
    struct decimal number;
    int64_t value = 0;
    if (!text_number(text, folded, sizeof(folded))) {
        return VALUE_NO_INTEGER;
    }
    bool minus = folded[0] == '-';
    const char *at = folded + (minus ? 1 : 0);
    if (!decimal_read(&at, false, &number) || *at != '\0' ||
        scaled(number, 0, WIRE_INT_MAX, &value) != VALUE_GOOD) {
        return VALUE_NO_INTEGER;
    }
    *ret = minus ? -value : value;
    return VALUE_GOOD;
}

enum value_fault digits_parse(const char *text, int64_t *ret)
{
    struct decimal number;
    int64_t value = 0;
    bool minus = *text == '-';
    const char *at = text + (minus ? 1 : 0);
    size_t digits = strspn(at, "0123456789");
    if (digits > DOUBLE_DIGITS) { /* also those that are too many for decimal_read() */
        return VALUE_TOO_LARGE;
    }
    if (!decimal_read(&at, true, &number) || *at != '\0') {
        return VALUE_NO_INTEGER;
    }
    decimal_round_double(&number);
    switch (decimal_scaled(number, 0, DIGITS_MAX, &value)) {
    case DECIMAL_HAS_FRACTION:
        return VALUE_NO_INTEGER;
    case DECIMAL_TOO_LARGE:
        return VALUE_TOO_LARGE;
    case DECIMAL_FITS:
    default:
        *ret = minus ? -value : value;
        return VALUE_GOOD;
    }
}

enum value_fault yes_parse(const char *text, bool *ret)
{
    static const char *const yes[] = {"是", "有", "√", "✓", "y", "yes", "true", "1"};
    static const char *const no[] = {"否", "无", "×", "x", "n", "no", "false", "0"};
    char folded[VALUE_BYTES];
    if (!text_folded(text, folded, sizeof(folded))) {
        return VALUE_NO_YES_OR_NO;
    }
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
        if (strcmp(folded, yes[i]) == 0 || strcmp(folded, no[i]) == 0) {
            *ret = strcmp(folded, yes[i]) == 0;
            return VALUE_GOOD;
        }
    }
    return VALUE_NO_YES_OR_NO;
}

static const struct {
    const char *wrong_en, *wrong_zh, *accepted_en, *accepted_zh;
} texts[] = {
    [VALUE_GOOD] = {"", "", "", ""},
    [VALUE_NO_AMOUNT] = {"no amount", "不是金额", "12000, 12,000.00, 2万, 1.5亿元",
                         "12000、12,000.00、2万、1.5亿元"},
    [VALUE_NEGATIVE] = {"a negative amount", "金额为负", "zero or more", "零或正数"},
    [VALUE_TOO_FINE] = {"parts of the smallest unit", "不足最小货币单位",
                        "at most the decimals of the currency: two for CNY, in 元",
                        "至多该币种的小数位数：人民币折合为元后两位"},
    [VALUE_TOO_LARGE] = {"too large an amount", "金额过大", "at most 90 万亿元", "至多 90 万亿元"},
    [VALUE_OTHER_CURRENCY] = {"a sign of another currency", "货币符号与币种不符",
                              "the sign of the currency, or none: ¥ and 元 of CNY, $ of USD",
                              "与币种相符的符号，或不写：人民币 ¥、元，美元 $"},
    [VALUE_NO_DATE] = {"no date", "不是日期", "2024-03-05, 2024/3/5, 20240305, 2024年3月5日",
                       "2024-03-05、2024/3/5、20240305、2024年3月5日"},
    [VALUE_NO_SUCH_DAY] = {"there is no such day", "该日不存在", "a day from 1900 to 2199",
                           "1900 至 2199 年间的日期"},
    [VALUE_NO_SHARE] = {"no percentage", "不是百分比", "5%, 0.5%; at most 100 %",
                        "5%、0.5%，不超过 100%"},
    [VALUE_NO_INTEGER] = {"no whole number", "不是整数", "digits: 3", "数字，如 3"},
    [VALUE_NO_YES_OR_NO] = {"neither yes nor no", "不是“是”或“否”", "是, 否, yes, no, 1, 0",
                            "是、否、yes、no、1、0"},
};

const char *value_wrong(enum value_fault fault, bool chinese)
{
    return chinese ? texts[fault].wrong_zh : texts[fault].wrong_en;
}

const char *value_accepted(enum value_fault fault, bool chinese)
{
    return chinese ? texts[fault].accepted_zh : texts[fault].accepted_en;
}
