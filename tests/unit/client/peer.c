#include "tests/unit/client/peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/shape.h"

void seen_reply(void *arg, const accrue_error *error, accrue_value result)
{
    struct seen *seen = arg;
    seen->calls++;
    seen->code = ACCRUE_OK;
    seen->outcome = ACCRUE_CLASS_OK;
    if (error == NULL) {
        (void)accrue_value_int(result, &seen->value);
        return;
    }
    seen->code = error->code;
    seen->outcome = error->outcome;
    seen->index = error->index;
    seen->legal = accrue_value_count(error->legal);
    (void)snprintf(seen->message, sizeof(seen->message), "%.255s", error->message);
    (void)snprintf(seen->field, sizeof(seen->field), "%.63s", error->field);
    (void)snprintf(seen->state, sizeof(seen->state), "%.63s", error->state);
}

void sent_take(accrue_client *client, struct sent *sent)
{
    const void *bytes;
    struct framer framer;
    size_t at = 0;
    *sent = (struct sent){.len = accrue_client_pending(client, &bytes)};
    sent->bytes = malloc(sent->len + 1);
    assert_non_null(sent->bytes);
    if (sent->len > 0) {
        memcpy(sent->bytes, bytes, sent->len);
    }
    accrue_client_sent(client, sent->len);
    framer_init(&framer);
    while (at < sent->len) {
        struct rpc_message message;
        size_t len;
        assert_int_equal(framer_next(&framer, slice_of(sent->bytes + at, sent->len - at), &len),
                         STATUS_OK);
        assert_int_equal(rpc_read(slice_of(sent->bytes + at, len), &message), STATUS_OK);
        assert_int_equal(message.kind, RPC_REQUEST);
        assert_true(sent->count < PEER_MESSAGES_MAX && message.method.len < 40);
        sent->messages[sent->count].id = message.id;
        sent->messages[sent->count].at = at;
        sent->messages[sent->count].len = len;
        memcpy(sent->messages[sent->count].method, message.method.data, message.method.len);
        sent->count++;
        at += len;
    }
}

void sent_done(struct sent *sent)
{
    free(sent->bytes);
    sent->bytes = NULL;
}

accrue_client *peer_client(void)
{
    accrue_client *client;
    assert_int_equal(accrue_client_new(NULL, &client), ACCRUE_OK);
    return client;
}

void ask(accrue_client *client, const char *method, accrue_value params, uint32_t timeout_ms,
         struct seen *seen)
{
    static const uint8_t empty[] = {0x80};
    if (params.len == 0) {
        params = (accrue_value){empty, sizeof(empty)};
    }
    assert_int_equal(accrue_client_request(client, method, params, timeout_ms, seen_reply, seen),
                     ACCRUE_OK);
}

void feed(accrue_client *client, const struct writer *message)
{
    assert_false(message->full);
    assert_int_equal(accrue_client_feed(client, message->data, message->len), ACCRUE_OK);
}

void answer_greeting(accrue_client *client, uint32_t id, const char *log, int64_t head)
{
    uint8_t bytes[256];
    uint8_t map_bytes[128];
    struct writer map = writer_over(map_bytes, sizeof(map_bytes));
    struct writer out = writer_over(bytes, sizeof(bytes));
    write_map(&map, 2);
    write_text(&map, "at");
    write_int(&map, head);
    write_text(&map, "log_id");
    write_text(&map, log);
    rpc_write_result(&out, id, writer_slice(&map));
    feed(client, &out);
}

void greet(accrue_client *client, const char *log, int64_t head)
{
    struct sent sent;
    accrue_client_connected(client);
    sent_take(client, &sent);
    assert_true(sent.count >= 1);
    assert_string_equal(sent.messages[0].method, "hello");
    answer_greeting(client, sent.messages[0].id, log, head);
    sent_done(&sent);
}

void answer_int(accrue_client *client, uint32_t id, int64_t value)
{
    uint8_t bytes[64];
    uint8_t value_bytes[16];
    struct writer number = writer_over(value_bytes, sizeof(value_bytes));
    struct writer out = writer_over(bytes, sizeof(bytes));
    write_int(&number, value);
    rpc_write_result(&out, id, writer_slice(&number));
    feed(client, &out);
}

void answer_last(accrue_client *client, uint32_t id, int64_t seq)
{
    uint8_t bytes[64];
    uint8_t map_bytes[32];
    struct writer map = writer_over(map_bytes, sizeof(map_bytes));
    struct writer out = writer_over(bytes, sizeof(bytes));
    write_map(&map, 1);
    write_text(&map, "last");
    write_int(&map, seq);
    rpc_write_result(&out, id, writer_slice(&map));
    feed(client, &out);
}

void answer_text_error(accrue_client *client, uint32_t id, const char *text)
{
    uint8_t bytes[512];
    struct writer out = writer_over(bytes, sizeof(bytes));
    write_array(&out, 4);
    write_int(&out, 1);
    write_int(&out, id);
    write_text(&out, text);
    write_nil(&out);
    feed(client, &out);
}
