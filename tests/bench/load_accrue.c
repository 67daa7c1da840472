/* Events as a registry has them: a contract is signed, then registered. Each is a request of its
 * own, validated, hashed into the tree and synced like any other. */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "proto/cursor.h"
#include "proto/rpc.h"
#include "tests/bench/load.h"

static void text_pair(struct writer *out, const char *key, const char *value)
{
    write_text(out, key);
    write_text(out, value);
}

static void int_pair(struct writer *out, const char *key, int64_t value)
{
    write_text(out, key);
    write_int(out, value);
}

static void share(struct writer *out, const char *key, const char *party)
{
    write_text(out, key);
    write_array(out, 1);
    write_map(out, 2);
    text_pair(out, "party", party);
    int_pair(out, "share_ppm", 1000000);
}

static void signed_data(struct writer *out)
{
    write_map(out, 14);
    share(out, "buyers", "bench-buyer");
    text_pair(out, "currency", "CNY");
    text_pair(out, "effective_rule", "immediate");
    text_pair(out, "field", "electronics");
    text_pair(out, "ip_kind", "none");
    text_pair(out, "pay_mode", "lump");
    share(out, "sellers", "bench-seller");
    text_pair(out, "sign_date", "2022-05-06");
    text_pair(out, "term_end", "2024-05-05");
    text_pair(out, "term_start", "2022-05-06");
    text_pair(out, "title", "synthetic contract of the registry");
    text_pair(out, "total_basis", "fixed");
    int_pair(out, "total_fen", 43000000);
    text_pair(out, "type", "service");
}

static void registered_data(struct writer *out, size_t connection, size_t at)
{
    char number[24];
    (void)snprintf(number, sizeof(number), "%06u%010u", (unsigned)getpid() % 1000000,
                   (unsigned)(connection * 10000000 + at) % 1000000000);
    write_map(out, 6);
    text_pair(out, "agency", "bench-agency");
    text_pair(out, "reg_date", "2022-06-01");
    text_pair(out, "reg_no", number);
    int_pair(out, "tech_fen", 33000000);
    int_pair(out, "total_fen", 43000000);
    text_pair(out, "type", "service");
}

static void envelope(struct writer *out, const char *agg, const char *id, const char *type)
{
    write_map(out, 1);
    write_text(out, "events");
    write_array(out, 1);
    write_map(out, 4);
    text_pair(out, "agg", agg);
    text_pair(out, "id", id);
    text_pair(out, "type", type);
    write_text(out, "data");
}

static size_t encode(uint8_t *out, size_t size, size_t connection, size_t at)
{
    uint8_t params[1200];
    char agg[64];
    char id[64];
    struct writer map = writer_over(params, sizeof(params));
    (void)snprintf(agg, sizeof(agg), "B%ld-%zu-%zu", (long)getpid(), connection, at / 2);
    (void)snprintf(id, sizeof(id), "b%ld-%zu-%zu", (long)getpid(), connection, at);
    if (at % 2 == 0) {
        envelope(&map, agg, id, "contract.signed");
        signed_data(&map);
    } else {
        envelope(&map, agg, id, "contract.registered");
        registered_data(&map, connection, at);
    }
    struct writer message = writer_over(out, size);
    rpc_write_request(&message, (uint32_t)at, "append", writer_slice(&map));
    return message.len;
}

/* The two parties, under fixed ids: a second run meets dups. */
static void prepare(int fd)
{
    static const char *const parties[] = {"bench-seller", "bench-buyer"};
    size_t count = 0;
    for (size_t p = 0; p < 2; p++) {
        uint8_t params[512];
        uint8_t bytes[600];
        struct writer map = writer_over(params, sizeof(params));
        envelope(&map, parties[p], parties[p], "party.registered");
        write_map(&map, 3);
        text_pair(&map, "legal_code", "170");
        text_pair(&map, "name", parties[p]);
        text_pair(&map, "region", "110000");
        struct writer message = writer_over(bytes, sizeof(bytes));
        rpc_write_request(&message, (uint32_t)p, "append", writer_slice(&map));
        if (write(fd, bytes, message.len) != (ssize_t)message.len) {
            exit(1);
        }
    }
    /* The socket does not block; two answers take a few milliseconds. */
    for (int tries = 0; count < 2 && tries < 2000; tries++) {
        uint8_t bytes[8192];
        ssize_t got = read(fd, bytes, sizeof(bytes));
        if (got > 0) {
            struct slice came = slice_of(bytes, (size_t)got);
            while (came.len > 0) { /* small answers, read whole */
                size_t len;
                struct framer framer;
                framer_init(&framer);
                if (framer_next(&framer, came, &len) != STATUS_OK) {
                    break;
                }
                came = slice_of(came.data + len, came.len - len);
                count++;
            }
        } else {
            (void)usleep(1000);
        }
    }
    (void)close(fd);
}

static void check_answer(struct slice frame)
{
    struct rpc_message message;
    struct slice text = {0};
    if (rpc_read(frame, &message) != STATUS_OK) {
        (void)fprintf(stderr, "bench_load: not an answer\n");
        exit(1);
    }
    struct cursor error = cursor_over(message.error);
    if (cursor_peek(&error) != CURSOR_NIL) {
        (void)value_text(message.error, &text);
        (void)fprintf(stderr, "bench_load: %.*s\n", (int)text.len, (const char *)text.data);
        exit(1);
    }
}

static size_t answers(struct load_connection *connection, struct slice bytes)
{
    size_t count = 0;
    while (bytes.len > 0) {
        struct framer framer;
        size_t len;
        struct slice frame = bytes;
        if (connection->rest_len > 0) { /* finish what was begun */
            size_t room = sizeof(connection->rest) - connection->rest_len;
            size_t take = bytes.len < room ? bytes.len : room;
            memcpy(connection->rest + connection->rest_len, bytes.data, take);
            frame = slice_of(connection->rest, connection->rest_len + take);
        }
        framer_init(&framer);
        if (framer_next(&framer, frame, &len) != STATUS_OK) {
            if (connection->rest_len == 0) {
                memcpy(connection->rest, bytes.data, bytes.len);
                connection->rest_len = bytes.len;
            } else {
                connection->rest_len = frame.len;
            }
            break;
        }
        check_answer(slice_of(frame.data, len));
        size_t used = len - connection->rest_len;
        connection->rest_len = 0;
        bytes = slice_of(bytes.data + used, bytes.len - used);
        count++;
    }
    return count;
}

const struct protocol accrue_protocol = {1400, prepare, encode, answers};
