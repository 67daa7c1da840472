/* CRC-32C: the published check value, and both ways of computing it agree. */

#include "daemon/base/crc32c.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void the_check_value_is_the_published_one(void **state)
{
    (void)state;
    assert_int_equal(crc32c(slice_text("123456789")), 0xe3069283);
    assert_int_equal(crc32c_portable(slice_text("123456789")), 0xe3069283);
}

static void both_ways_agree_at_every_length_and_place(void **state)
{
    uint8_t bytes[300];
    (void)state;
    for (unsigned i = 0; i < sizeof(bytes); i++) {
        bytes[i] = (uint8_t)(i * 37 + 11);
    }
    for (size_t from = 0; from < 9; from++) {
        for (size_t len = 0; from + len <= sizeof(bytes); len++) {
            struct slice part = slice_of(bytes + from, len);
            assert_int_equal(crc32c(part), crc32c_portable(part));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_check_value_is_the_published_one),
        cmocka_unit_test(both_ways_agree_at_every_length_and_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
