/* Currencies: ISO 4217 codes with their minor units.
 *
 *   C1  A currency's index is kept in facts: append only, CNY first.
 *
 * The table has what technology contracts are paid in, not the whole standard: a code that
 * nobody checks is a typing error that becomes a currency. */

#include "proto/vocabulary.h"

static const struct currency {
    char code[4];
    int8_t exponent;
} currencies[] = {
    {"CNY", 2}, {"USD", 2}, {"EUR", 2}, {"JPY", 0}, {"HKD", 2}, {"GBP", 2}, {"CHF", 2}, {"SGD", 2},
    {"KRW", 0}, {"AUD", 2}, {"CAD", 2}, {"NZD", 2}, {"TWD", 2}, {"MOP", 2}, {"SEK", 2}, {"DKK", 2},
    {"NOK", 2}, {"RUB", 2}, {"INR", 2}, {"THB", 2}, {"MYR", 2}, {"IDR", 2}, {"VND", 0}, {"PHP", 2},
    {"AED", 2}, {"SAR", 2}, {"KWD", 3}, {"ZAR", 2}, {"BRL", 2}, {"MXN", 2}, {"ILS", 2}, {"TRY", 2},
    {"PLN", 2}, {"CZK", 2}, {"HUF", 2}, {"KZT", 2}, {"MNT", 2}, {"PKR", 2},
};

int currency_index(struct slice code)
{
    if (code.len != 3) {
        return -1;
    }
    for (size_t i = 0; i < sizeof(currencies) / sizeof(currencies[0]); i++) {
        if (memcmp(currencies[i].code, code.data, 3) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int currency_exponent(struct slice code)
{
    int index = currency_index(code);
    return index < 0 ? -1 : currencies[index].exponent;
}

const char *currency_code(int index)
{
    bool known = index >= 0 && (size_t)index < sizeof(currencies) / sizeof(currencies[0]);
    return known ? currencies[index].code : "";
}
