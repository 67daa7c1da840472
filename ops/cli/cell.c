/* One cell as people read it.
 *
 *   L1  Amounts are whole minor units until here, and are divided with integers. */

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cli/table.h"
#include "proto/vocabulary.h"

static size_t group_digits(uint64_t whole, bool thousands, char *out)
{
    char digits[24];
    size_t len = 0;
    size_t written = 0;
    do {
        digits[len++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    while (len > 0) {
        out[written++] = digits[--len];
        if (thousands && len > 0 && len % 3 == 0) {
            out[written++] = ',';
        }
    }
    return written;
}

struct amount amount_shown(const struct cli *cli, int64_t minor, const char *currency)
{
    static const uint64_t powers[] = {1, 10, 100, 1000, 10000};
    static const uint64_t units[] = {
        [UNIT_YUAN] = 1, [UNIT_WAN] = 10000, [UNIT_YI] = 100000000, [UNIT_FEN] = 1};
    int exponent = currency == NULL ? 2 : currency_exponent(slice_text(currency));
    uint64_t whole = minor < 0 ? (uint64_t)0 - (uint64_t)minor : (uint64_t)minor;
    struct amount amount = {.negative = minor < 0, .decimals = 2};
    exponent = exponent < 0 || exponent > 4 ? 2 : exponent;
    uint64_t unit = powers[exponent] * units[cli->unit]; /* minor units in one of the shown */
    if (cli->unit == UNIT_FEN) {
        unit = 1;
        amount.decimals = 0;
    } else if (cli->unit == UNIT_YUAN) {
        amount.decimals = (unsigned)exponent;
    }
    uint64_t step = unit / powers[amount.decimals]; /* what the last decimal stands for */
    amount.digits = whole / step + (whole % step >= step - step / 2 && step > 1);
    amount.negative = amount.negative && amount.digits > 0;
    amount.power = powers[amount.decimals];
    return amount;
}

void money_text(const struct cli *cli, int64_t minor, const char *currency, char out[48])
{
    struct amount amount = amount_shown(cli, minor, currency);
    size_t at = 0;
    if (amount.negative) {
        out[at++] = '-';
    }
    at += group_digits(amount.digits / amount.power, for_people(cli), out + at);
    if (amount.decimals > 0) {
        out[at++] = '.';
    }
    for (uint64_t place = amount.power / 10; place > 0; place /= 10) {
        out[at++] = (char)('0' + amount.digits / place % 10);
    }
    out[at] = '\0';
}

const char *unit_text(const struct cli *cli)
{
    switch (cli->unit) {
    case UNIT_YUAN:
        return in_language(cli, "amounts in yuan", "单位：元");
    case UNIT_WAN:
        return in_language(cli, "amounts in 10,000 yuan, rounded half away from zero",
                           "单位：万元，四舍五入");
    case UNIT_YI:
        return in_language(cli, "amounts in 100 million yuan, rounded half away from zero",
                           "单位：亿元，四舍五入");
    case UNIT_FEN:
        break;
    }
    return in_language(cli, "amounts in fen", "单位：分");
}

static void tenths_text(int64_t tenths, const char *sign, char out[48])
{
    uint64_t amount = tenths < 0 ? (uint64_t)0 - (uint64_t)tenths : (uint64_t)tenths;
    (void)snprintf(out, 48, "%s%" PRIu64 ".%" PRIu64 "%s", tenths < 0 ? "-" : "", amount / 10,
                   amount % 10, sign);
}

static void thousandths_text(int64_t thousandths, char out[48])
{
    uint64_t amount = thousandths < 0 ? (uint64_t)0 - (uint64_t)thousandths : (uint64_t)thousandths;
    (void)snprintf(out, 48, "%s%" PRIu64 ".%03" PRIu64, thousandths < 0 ? "-" : "", amount / 1000,
                   amount % 1000);
}

static void number_text(const struct cli *cli, const json_t *row, const char *key, int64_t value,
                        char out[48])
{
    switch (column_kind_of(key)) {
    case COLUMN_MONEY:
        money_text(cli, value, json_string_value(json_object_get(row, "currency")), out);
        return;
    case COLUMN_PERMILLE:
        tenths_text(value, for_people(cli) ? "%" : "", out);
        return;
    case COLUMN_TENTHS:
        tenths_text(value, "", out);
        return;
    case COLUMN_THOUSANDTHS:
        thousandths_text(value, out);
        return;
    case COLUMN_TEXT:
    case COLUMN_DATE:
    case COLUMN_NUMBER:
        break;
    }
    (void)snprintf(out, 48, "%" PRId64, value);
}

/* "a, b" of a list of texts. False: it is none, or too long. */
static bool texts_joined(const json_t *cell, char out[CELL_MAX])
{
    size_t at = 0;
    for (size_t i = 0; i < json_array_size(cell); i++) {
        const char *text = json_string_value(json_array_get(cell, i));
        size_t len = text == NULL ? 0 : strlen(text);
        if (text == NULL || at + len + 3 > CELL_MAX) {
            return false;
        }
        if (i > 0) {
            memcpy(out + at, ", ", 2);
            at += 2;
        }
        memcpy(out + at, text, len);
        at += len;
    }
    out[at] = '\0';
    return json_is_array(cell);
}

static void container_text(const json_t *cell, char out[CELL_MAX])
{
    char joined[CELL_MAX];
    if (texts_joined(cell, joined)) {
        text_plain(out, CELL_MAX, joined);
    } else if (json_array_size(cell) > 0 || json_object_size(cell) > 0) {
        char *dumped = json_dumps(cell, JSON_COMPACT);
        text_plain(out, CELL_MAX, dumped == NULL ? "" : dumped);
        free(dumped);
    }
}

void cell_text(const struct cli *cli, const json_t *row, const char *key, char out[CELL_MAX])
{
    const json_t *cell = json_object_get(row, key);
    out[0] = '\0';
    if (json_is_string(cell)) {
        value_shown(key, json_string_value(cell), cli->chinese, out, CELL_MAX);
    } else if (json_is_boolean(cell)) {
        (void)snprintf(out, CELL_MAX, "%s",
                       json_is_true(cell) ? in_language(cli, "yes", "是")
                                          : in_language(cli, "no", "否"));
    } else if (json_is_integer(cell)) {
        number_text(cli, row, key, json_integer_value(cell), out);
    } else if (json_is_array(cell) || json_is_object(cell)) {
        container_text(cell, out);
    }
}

bool cell_says(const json_t *cell)
{
    return (json_is_integer(cell) && json_integer_value(cell) != 0) || json_is_true(cell) ||
           (json_is_string(cell) && json_string_length(cell) > 0) ||
           (json_is_array(cell) && json_array_size(cell) > 0) || json_object_size(cell) > 0;
}
