/* R1-R3 of rpc.c. */

#include "tests/unit/proto/support.h"

#include "proto/cursor.h"
#include "proto/limits.h"
#include "proto/rpc.h"

static enum status read_hex(const char *hex, struct rpc_message *ret)
{
    struct bytes bytes = bytes_hex(hex);
    struct rpc_message message;
    memset(&message, 0xee, sizeof(message));
    enum status status = rpc_read(bytes_slice(bytes), &message);
    if (ret) {
        *ret = message; /* slices dangle; kind, id and lengths do not */
    }
    bytes_free(bytes);
    return status;
}

static void a_request_has_one_map_or_none(void **state)
{
    (void)state;
    struct bytes bytes = bytes_json("[0, 4294967295, \"append\", [{\"dry\": true}]]");
    struct rpc_message message;
    assert_int_equal(rpc_read(bytes_slice(bytes), &message), STATUS_OK);
    assert_int_equal(message.kind, RPC_REQUEST);
    assert_true(message.id == UINT32_MAX);
    assert_true(slice_is(message.method, "append"));
    struct slice dry;
    assert_true(map_find(message.params, "dry", &dry));
    bytes_free(bytes);

    assert_int_equal(read_hex("94 00 01 a470696e67 90", &message), STATUS_OK);
    assert_int_equal(message.params.len, 0);
    assert_int_equal(read_hex("94 00 01 c404 70696e67 90", &message), STATUS_OK); /* bin */
    assert_int_equal(read_hex("94 00 cb41f0000000000000 a161 90", &message), STATUS_BAD_REQUEST);
    assert_int_equal(read_hex("94 00 cb41efffffffe00000 a161 90", &message), STATUS_OK);
    assert_true(message.id == UINT32_MAX);
}

static void wrong_parameters_still_say_whom_to_answer(void **state)
{
    (void)state;
    static const char *const params[] = {"91 01", "92 80 80", "80", "c0", "91 c0", "91 90"};
    for (size_t i = 0; i < sizeof(params) / sizeof(params[0]); i++) {
        char hex[64] = "94 00 07 a470696e67 ";
        memcpy(hex + strlen("94 00 07 a470696e67 "), params[i], strlen(params[i]) + 1);
        struct rpc_message message;
        assert_int_equal(read_hex(hex, &message), STATUS_BAD_PARAMS);
        assert_int_equal(message.kind, RPC_REQUEST);
        assert_int_equal(message.id, 7);
        assert_int_equal(message.method.len, 4);
    }
}

static void what_is_no_message_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "47", /* `G` of an HTTP request, a valid number */
        "80",
        "92 00 01",
        "95 00 01 a161 90 c0",
        "dc0004 00 01 a161 90", /* not the byte every client begins with */
        "93 00 01 a161",        /* a request of three */
        "94 02 01 a161 90",     /* a notification of four */
        "94 03 01 a161 90",     /* no such kind */
        "94 ff 01 a161 90",
        "94 00 ff a161 90", /* a negative id */
        "94 00 cf0000000100000000 a161 90",
        "94 00 a131 a161 90",
        "94 00 01 01 90", /* the method is no text */
        "94 00 01 a0 90",
        "94 00 01 a1ff 90", /* not UTF-8 */
        "94 00 01 c401ff 90",
        "94 00 01 a161",       /* cut short */
        "94 00 01 a161 90 90", /* something behind it */
        "94 01 01 c0",
        "93 02 01 90",
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(read_hex(rows[i], NULL), STATUS_BAD_REQUEST);
    }
}

static void a_method_has_a_longest_name(void **state)
{
    (void)state;
    char name[METHOD_NAME_MAX + 2];
    memset(name, 'm', sizeof(name));
    for (size_t len = METHOD_NAME_MAX; len <= METHOD_NAME_MAX + 1; len++) {
        uint8_t buffer[128];
        struct writer out = writer_over(buffer, sizeof(buffer));
        struct rpc_message message;
        name[len] = '\0';
        rpc_write_request(&out, 1, name, slice_of(NULL, 0));
        assert_int_equal(rpc_read(writer_slice(&out), &message),
                         len <= METHOD_NAME_MAX ? STATUS_OK : STATUS_BAD_REQUEST);
        name[len] = 'm';
    }
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    uint8_t buffer[256];
    struct rpc_message message;
    struct bytes map = bytes_json("{\"from\": 1}");
    struct bytes list = bytes_json("[9, []]");

    struct writer out = writer_over(buffer, sizeof(buffer));
    rpc_write_request(&out, 17, "tail", bytes_slice(map));
    assert_int_equal(rpc_read(writer_slice(&out), &message), STATUS_OK);
    assert_int_equal(message.id, 17);
    assert_bytes_equal(message.params, bytes_slice(map));

    out = writer_over(buffer, sizeof(buffer));
    rpc_write_result(&out, 17, bytes_slice(map));
    assert_int_equal(rpc_read(writer_slice(&out), &message), STATUS_OK);
    assert_int_equal(message.kind, RPC_RESPONSE);
    assert_bytes_equal(message.result, bytes_slice(map));
    assert_int_equal(message.error.data[0], 0xc0);

    out = writer_over(buffer, sizeof(buffer));
    rpc_write_result(&out, 17, slice_of(NULL, 0));
    assert_int_equal(rpc_read(writer_slice(&out), &message), STATUS_OK);

    out = writer_over(buffer, sizeof(buffer));
    rpc_write_notification(&out, "tail.events", bytes_slice(list));
    assert_int_equal(rpc_read(writer_slice(&out), &message), STATUS_OK);
    assert_int_equal(message.kind, RPC_NOTIFICATION);
    assert_true(slice_is(message.method, "tail.events"));
    assert_bytes_equal(message.params, bytes_slice(list));

    out = writer_over(buffer, sizeof(buffer));
    rpc_write_notification(&out, "tail.end", bytes_slice(map));
    assert_int_equal(rpc_read(writer_slice(&out), &message), STATUS_BAD_PARAMS);
    bytes_free(map);
    bytes_free(list);
}

static void an_error_is_one_line_of_text(void **state)
{
    (void)state;
    uint8_t buffer[2048];
    struct writer out = writer_over(buffer, sizeof(buffer));
    struct rpc_message message;
    struct fault fault;
    struct slice text;
    (void)fault_set(&fault, STATUS_E_RANGE, "data.amount_fen");
    rpc_write_error(&out, 3, &fault, false, LANGUAGE_EN);
    assert_int_equal(rpc_read(writer_slice(&out), &message), STATUS_OK);
    assert_int_equal(message.id, 3);
    assert_true(value_text(message.error, &text));
    assert_true(slice_is(text, "E_RANGE field=data.amount_fen: an amount or rate is out of range"));
    assert_int_equal(message.result.data[0], 0xc0);
}

static void an_error_can_be_a_map(void **state)
{
    (void)state;
    uint8_t buffer[2048];
    struct rpc_message message;
    struct fault fault;
    struct writer out = writer_over(buffer, sizeof(buffer));
    (void)fault_set(&fault, STATUS_E_ILLEGAL_STATE, NULL);
    fault.index = 2;
    fault_state(&fault, "contract", "TRIAL");
    fault_legal(&fault, "trial.converted");
    fault_legal(&fault, "trial.declined");
    rpc_write_error(&out, 3, &fault, true, LANGUAGE_EN);
    assert_int_equal(rpc_read(writer_slice(&out), &message), STATUS_OK);

    struct bytes expected =
        bytes_json("{\"code\": \"E_ILLEGAL_STATE\", \"field\": null, \"index\": 2,"
                   " \"legal\": [\"trial.converted\", \"trial.declined\"],"
                   " \"message\": \"the state forbids this event\", \"retry\": false,"
                   " \"state\": \"contract TRIAL\"}");
    struct slice legal;
    uint32_t count;
    assert_true(map_find(message.error, "legal", &legal));
    struct cursor list = cursor_over(legal);
    assert_true(cursor_array(&list, &count));
    assert_int_equal(count, 2);
    /* The list's head has room for any count; apart from that the bytes are known. */
    size_t before = (size_t)(legal.data - message.error.data);
    assert_memory_equal(message.error.data, expected.data, before);
    assert_memory_equal(list.at, expected.data + before + 1, expected.len - before - 1);
    bytes_free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_has_one_map_or_none),
        cmocka_unit_test(wrong_parameters_still_say_whom_to_answer),
        cmocka_unit_test(what_is_no_message_is_refused),
        cmocka_unit_test(a_method_has_a_longest_name),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(an_error_is_one_line_of_text),
        cmocka_unit_test(an_error_can_be_a_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
