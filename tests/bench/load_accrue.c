/* The daemon's side of bench_load: each event of registry_events.h is a request of its own,
 * validated, hashed into the tree and synced like any other. */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "proto/cursor.h"
#include "proto/rpc.h"
#include "tests/bench/load.h"
#include "tests/bench/registry_events.h"

static void envelope(struct writer *out, const char *agg, const char *id, const char *type)
{
    write_map(out, 1);
    write_text(out, "events");
    write_array(out, 1);
    registry_envelope(out, agg, id, type);
}

static size_t encode(uint8_t *out, size_t size, size_t connection, size_t at)
{
    uint8_t params[1200];
    char agg[64];
    char id[64];
    char number[24];
    struct writer map = writer_over(params, sizeof(params));
    (void)snprintf(agg, sizeof(agg), "B%ld-%zu-%zu", (long)getpid(), connection, at / 2);
    (void)snprintf(id, sizeof(id), "b%ld-%zu-%zu", (long)getpid(), connection, at);
    if (at % 2 == 0) {
        envelope(&map, agg, id, "contract.signed");
        registry_signed(&map);
    } else {
        envelope(&map, agg, id, "contract.registered");
        (void)snprintf(number, sizeof(number), "%06u%010u", (unsigned)getpid() % 1000000,
                       (unsigned)(connection * 10000000 + at) % 1000000000);
        registry_registered(&map, number);
    }
    struct writer message = writer_over(out, size);
    rpc_write_request(&message, (uint32_t)at, "append", writer_slice(&map));
    return message.len;
}

/* The two parties, under fixed ids: a second run meets dups. */
static void prepare(int fd)
{
    static const char *const parties[] = {REGISTRY_SELLER, REGISTRY_BUYER};
    size_t count = 0;
    for (size_t p = 0; p < 2; p++) {
        uint8_t params[512];
        uint8_t bytes[600];
        struct writer map = writer_over(params, sizeof(params));
        envelope(&map, parties[p], parties[p], "party.registered");
        registry_party(&map, parties[p]);
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
