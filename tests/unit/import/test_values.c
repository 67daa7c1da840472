/* V1-V3 of values.h: amounts, shares, numbers, yes and no. */

#include "tests/unit/import/support.h"

#include <inttypes.h>

#include "ops/import/limits.h"
#include "ops/import/values.h"

struct amount_case {
    const char *text;
    enum scale scale;
    int64_t fen;
};

static void amounts_in_every_writing(void **state)
{
    static const struct amount_case cases[] = {
        {"12000", SCALE_YUAN, 1200000},
        {"12,000.00", SCALE_YUAN, 1200000},
        {"1,234,567.8", SCALE_YUAN, 123456780},
        {"２万", SCALE_YUAN, 2000000},
        {"2万", SCALE_YUAN, 2000000},
        {"2 万元", SCALE_YUAN, 2000000},
        {"1.5亿", SCALE_YUAN, INT64_C(15000000000)},
        {"1.5亿元", SCALE_WAN, INT64_C(15000000000)},
        {"1亿2000万元", SCALE_YUAN, INT64_C(12000000000)},
        {"3万5千元", SCALE_YUAN, 3500000},
        {"3.5", SCALE_WAN, 3500000},
        {"12,000", SCALE_WAN, INT64_C(12000000000)},
        {"12000元", SCALE_WAN, 1200000},
        {"￥１２，０００．５０", SCALE_YUAN, 1200050},
        {"¥3 000", SCALE_YUAN, 300000},
        {"人民币 5000 元整", SCALE_YUAN, 500000},
        {"RMB 5000", SCALE_YUAN, 500000},
        {"0", SCALE_YUAN, 0},
        {".5", SCALE_YUAN, 50},
        {"5.", SCALE_YUAN, 500},
        {"0.01", SCALE_YUAN, 1},
        {"0.000001", SCALE_WAN, 1},
        {"1.2E4", SCALE_YUAN, 1200000},
        {"12.50000", SCALE_YUAN, 1250},
        {"00012", SCALE_YUAN, 1200},
        {"90000000000000", SCALE_YUAN, AMOUNT_FEN_MAX},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t fen = -1;
        enum value_fault fault =
            amount_parse(cases[i].text, cases[i].scale, "CNY", false, false, &fen);
        if (fen != cases[i].fen) {
            fail_msg("%s: %" PRId64 ", fault %d", cases[i].text, fen, (int)fault);
        }
    }
}

static void what_is_no_amount(void **state)
{
    static const struct {
        const char *text;
        enum value_fault fault;
    } cases[] = {
        {"", VALUE_NO_AMOUNT},
        {"面议", VALUE_NO_AMOUNT},
        {"12,00", VALUE_NO_AMOUNT},
        {"1,2345", VALUE_NO_AMOUNT},
        {"12,", VALUE_NO_AMOUNT},
        {"1.2.3", VALUE_NO_AMOUNT},
        {"1万2", VALUE_NO_AMOUNT},
        {"2万3亿", VALUE_NO_AMOUNT},
        {"12000 左右", VALUE_NO_AMOUNT},
        {"一万", VALUE_NO_AMOUNT},
        {"1e", VALUE_NO_AMOUNT},
        {"-", VALUE_NO_AMOUNT},
        {"()", VALUE_NO_AMOUNT},
        {"0x10", VALUE_NO_AMOUNT},
        {"-5", VALUE_NEGATIVE},
        {"(500.00)", VALUE_NEGATIVE},
        {"0.001", VALUE_TOO_FINE},
        {"30000.000000000004", VALUE_TOO_FINE},
        {"90000000000000.01", VALUE_TOO_LARGE},
        {"1E300", VALUE_TOO_LARGE},
        {"1E-300", VALUE_TOO_FINE},
        {"123456789012345678901234567890123456789", VALUE_NO_AMOUNT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t fen = -77;
        enum value_fault fault = amount_parse(cases[i].text, SCALE_YUAN, "CNY", false, false, &fen);
        if (fault != cases[i].fault || fen != -77) {
            fail_msg("%s: fault %d, %" PRId64, cases[i].text, (int)fault, fen);
        }
    }
}

/* V2: what a double printed is read to its 15 digits, and only there. */
static void numbers_of_spreadsheets_are_doubles(void **state)
{
    static const struct amount_case cases[] = {
        {"30000.000000000004", SCALE_YUAN, 3000000},
        {"0.30000000000000004", SCALE_YUAN, 30},
        {"1.2E4", SCALE_YUAN, 1200000},
        {"12000.5", SCALE_YUAN, 1200050},
        {"2.9999999999999996", SCALE_WAN, 3000000},
        {"0.070000000000000007", SCALE_YUAN, 7},
        {"123456789012.34", SCALE_YUAN, INT64_C(12345678901234)},
    };
    int64_t fen = 0;
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(amount_parse(cases[i].text, cases[i].scale, "CNY", true, false, &fen),
                         VALUE_GOOD);
        assert_int_equal(fen, cases[i].fen);
    }
    assert_int_equal(amount_parse("0.005", SCALE_YUAN, "CNY", true, false, &fen), VALUE_TOO_FINE);
    assert_int_equal(amount_parse("33333.333333333336", SCALE_YUAN, "CNY", true, false, &fen),
                     VALUE_TOO_FINE);
}

static void other_currencies_have_other_decimals(void **state)
{
    int64_t minor = 0;
    (void)state;
    assert_int_equal(amount_parse("1,500,000", SCALE_YUAN, "JPY", false, false, &minor),
                     VALUE_GOOD);
    assert_int_equal(minor, 1500000);
    assert_int_equal(amount_parse("1.5", SCALE_YUAN, "JPY", false, false, &minor), VALUE_TOO_FINE);
    assert_int_equal(amount_parse("(500.00)", SCALE_YUAN, "CNY", false, true, &minor), VALUE_GOOD);
    assert_int_equal(minor, -50000);
}

/* V3: two numbers of one cell are not one number. */
static void spaces_within_a_number(void **state)
{
    static const struct {
        const char *text;
        enum value_fault fault;
        int64_t fen;
    } cases[] = {
        {"50000\n30000", VALUE_NO_AMOUNT, 0},
        {"5万\n3000元", VALUE_NO_AMOUNT, 0},
        {"1亿\r\n2000万元", VALUE_NO_AMOUNT, 0},
        {"100\t200", VALUE_NO_AMOUNT, 0},
        {"100\xe2\x80\xa8"
         "200",
         VALUE_NO_AMOUNT, 0},
        {"¥\n5000", VALUE_NO_AMOUNT, 0},
        {"12 00", VALUE_NO_AMOUNT, 0},
        {"12 .5", VALUE_NO_AMOUNT, 0},
        {"12. 5", VALUE_NO_AMOUNT, 0},
        {"3, 000", VALUE_NO_AMOUNT, 0},
        {"1 000,000", VALUE_NO_AMOUNT, 0},
        {"1,000 000", VALUE_NO_AMOUNT, 0},
        {"1234 567", VALUE_NO_AMOUNT, 0},
        {"5 000 0", VALUE_NO_AMOUNT, 0},
        {"1.25 000", VALUE_NO_AMOUNT, 0},
        {"50\xe3\x80\x80"
         "30",
         VALUE_NO_AMOUNT, 0},
        {"\n50000\r\n", VALUE_GOOD, 5000000},
        {" - 5 000.25 元 ", VALUE_GOOD, -500025},
        {"３\xe3\x80\x80０００", VALUE_GOOD, 300000},
        {"1\xc2\xa0"
         "234\xe2\x80\xaf"
         "567.8",
         VALUE_GOOD, 123456780},
        {"12\xe2\x80\x8b"
         "00",
         VALUE_GOOD, 120000}, /* of no width */
        {"1 亿 2 000 万 元 整", VALUE_GOOD, INT64_C(12000000000)},
    };
    int64_t number = -77;
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t fen = 0;
        enum value_fault fault = amount_parse(cases[i].text, SCALE_YUAN, "CNY", false, true, &fen);
        if (fault != cases[i].fault || fen != cases[i].fen) {
            fail_msg("%s: fault %d, %" PRId64, cases[i].text, (int)fault, fen);
        }
    }
    assert_int_equal(integer_parse("30 60", &number), VALUE_NO_INTEGER);
    assert_int_equal(integer_parse("30\n60", &number), VALUE_NO_INTEGER);
    assert_int_equal(share_parse("5 5%", false, false, &number), VALUE_NO_SHARE);
    assert_int_equal(share_parse("5\n5%", false, false, &number), VALUE_NO_SHARE);
    assert_int_equal(number, -77);
    assert_int_equal(integer_parse(" 3 060 ", &number), VALUE_GOOD);
    assert_int_equal(number, 3060);
}

/* $12,000 in a row of CNY is not 12,000 CNY. */
static void a_sign_agrees_with_the_currency(void **state)
{
    static const struct {
        const char *text, *currency;
        int64_t minor; /* 0: refused */
    } cases[] = {
        {"$12,000.00", "CNY", 0},    {"＄12", "CNY", 0},
        {"$12", "USD", 1200},        {"-$12", "USD", -1200},
        {"$-12", "CNY", 0},          {"($12)", "CNY", 0},
        {"US$ 12", "USD", 1200},     {"US$ 12", "HKD", 0},
        {"HK$12", "HKD", 1200},      {"$12", "HKD", 1200},
        {"HK$12", "USD", 0},         {"€12", "EUR", 1200},
        {"€12", "CNY", 0},           {"£12", "GBP", 1200},
        {"￡12", "GBP", 1200},       {"£12", "EUR", 0},
        {"¥12", "CNY", 1200},        {"￥12", "JPY", 12},
        {"¥12", "USD", 0},           {"¥12", NULL, 1200},
        {"$12", NULL, 1200},         {"RMB 5000", "USD", 0},
        {"CNY 5000", "USD", 0},      {"usd 5000", "USD", 500000},
        {"USD 5000", "CNY", 0},      {"人民币 5000 元整", "CNY", 500000},
        {"人民币 5000", "USD", 0},   {"人民币¥5000", "CNY", 500000},
        {"5000元", "USD", 0},        {"2圆", "JPY", 0},
        {"1亿2000万元", "USD", 0},   {"2万", "USD", 2000000},
        {"1.5亿", "JPY", 150000000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t minor = 0;
        enum value_fault fault =
            amount_parse(cases[i].text, SCALE_YUAN, cases[i].currency, false, true, &minor);
        enum value_fault expected = cases[i].minor == 0 ? VALUE_OTHER_CURRENCY : VALUE_GOOD;
        if (fault != expected || minor != cases[i].minor) {
            fail_msg("%s: fault %d, %" PRId64, cases[i].text, (int)fault, minor);
        }
    }
}

static uint64_t seed_state;

static uint64_t drawn(uint64_t below)
{
    seed_state ^= seed_state << 13;
    seed_state ^= seed_state >> 7;
    seed_state ^= seed_state << 17;
    return seed_state % below;
}

/* A full-width copy of some characters. */
static void widen(const char *text, char *out)
{
    for (; *text != '\0'; text++) {
        if (*text >= '!' && *text <= '~' && drawn(3) == 0) {
            unsigned c = (unsigned)*text - '!' + 0xff01;
            *out++ = (char)(0xe0 | c >> 12);
            *out++ = (char)(0x80 | (c >> 6 & 0x3f));
            *out++ = (char)(0x80 | (c & 0x3f));
        } else {
            *out++ = *text;
        }
    }
    *out = '\0';
}

static void group(const char *digits, char *out)
{
    size_t len = strlen(digits);
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            *out++ = ',';
        }
        *out++ = digits[i];
    }
    *out = '\0';
}

/* Any amount, written in any way, is read back as itself. */
static void a_random_amount_comes_back(void **state)
{
    (void)state;
    seed_state = 20240305;
    for (int round = 0; round < 20000; round++) {
        char whole[32];
        char grouped[48];
        char text[96];
        char wide[300];
        int64_t fen = (int64_t)drawn(drawn(2) == 0 ? 100000000 : (uint64_t)AMOUNT_FEN_MAX);
        int64_t read = -1;
        enum scale scale = SCALE_YUAN;
        (void)snprintf(whole, sizeof(whole), "%" PRId64, fen / 100);
        group(whole, grouped);
        switch (drawn(5)) {
        case 0:
            (void)snprintf(text, sizeof(text), "%s.%02d", whole, (int)(fen % 100));
            break;
        case 1:
            (void)snprintf(text, sizeof(text), "%s.%02d元", grouped, (int)(fen % 100));
            break;
        case 2:
            (void)snprintf(text, sizeof(text), "%" PRId64 ".%06d万", fen / 1000000,
                           (int)(fen % 1000000));
            break;
        case 3:
            (void)snprintf(text, sizeof(text), "¥ %" PRId64 ".%010" PRId64 "亿元",
                           fen / INT64_C(10000000000), fen % INT64_C(10000000000));
            break;
        default:
            (void)snprintf(text, sizeof(text), "%" PRId64 "E-6", fen);
            scale = SCALE_WAN;
            break;
        }
        widen(text, wide);
        enum value_fault fault = amount_parse(wide, scale, "CNY", false, false, &read);
        if (fault != VALUE_GOOD || read != fen) {
            fail_msg("%s: %" PRId64 " instead of %" PRId64, wide, read, fen);
        }
    }
}

static void shares(void **state)
{
    int64_t ppm = 0;
    (void)state;
    assert_int_equal(share_parse("5%", false, false, &ppm), VALUE_GOOD);
    assert_int_equal(ppm, 50000);
    assert_int_equal(share_parse("0.5 ％", false, false, &ppm), VALUE_GOOD);
    assert_int_equal(ppm, 5000);
    assert_int_equal(share_parse("30", false, false, &ppm), VALUE_GOOD);
    assert_int_equal(ppm, 300000);
    assert_int_equal(share_parse("0.05", true, true, &ppm), VALUE_GOOD);
    assert_int_equal(ppm, 50000);
    assert_int_equal(share_parse("101%", false, false, &ppm), VALUE_NO_SHARE);
    assert_int_equal(share_parse("0.00001%", false, false, &ppm), VALUE_NO_SHARE);
    assert_int_equal(share_parse("5%%", false, false, &ppm), VALUE_NO_SHARE);
}

static void integers_and_answers(void **state)
{
    int64_t number = 0;
    bool yes = false;
    (void)state;
    assert_int_equal(integer_parse("３０", &number), VALUE_GOOD);
    assert_int_equal(number, 30);
    assert_int_equal(integer_parse("30.0", &number), VALUE_GOOD);
    assert_int_equal(integer_parse("3.5", &number), VALUE_NO_INTEGER);
    assert_int_equal(integer_parse("三十", &number), VALUE_NO_INTEGER);
    assert_int_equal(yes_parse("是", &yes), VALUE_GOOD);
    assert_true(yes);
    assert_int_equal(yes_parse(" ＮＯ ", &yes), VALUE_GOOD);
    assert_false(yes);
    assert_int_equal(yes_parse("也许", &yes), VALUE_NO_YES_OR_NO);
}

static void units_of_headings(void **state)
{
    enum scale scale = SCALE_YUAN;
    (void)state;
    assert_true(scale_parse("万元", &scale));
    assert_int_equal(scale, SCALE_WAN);
    assert_true(scale_parse("人民币 亿元", &scale));
    assert_int_equal(scale, SCALE_YI);
    assert_false(scale_parse("份", &scale));
    assert_false(scale_parse("万元整", &scale));
}

static void texts_are_normal(void **state)
{
    char out[64];
    char small[5];
    (void)state;
    assert_true(text_normal(" 北京\t科技\n\n大学\xe3\x80\x80", out, sizeof(out)));
    assert_string_equal(out, "北京 科技 大学");
    assert_true(text_folded("ＡＢｃ（万元） ", out, sizeof(out)));
    assert_string_equal(out, "abc(万元)");
    assert_false(text_normal("大学院", small, sizeof(small)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_in_every_writing),
        cmocka_unit_test(what_is_no_amount),
        cmocka_unit_test(numbers_of_spreadsheets_are_doubles),
        cmocka_unit_test(other_currencies_have_other_decimals),
        cmocka_unit_test(spaces_within_a_number),
        cmocka_unit_test(a_sign_agrees_with_the_currency),
        cmocka_unit_test(a_random_amount_comes_back),
        cmocka_unit_test(shares),
        cmocka_unit_test(integers_and_answers),
        cmocka_unit_test(units_of_headings),
        cmocka_unit_test(texts_are_normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
