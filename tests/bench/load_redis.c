/* The same payload size as a stream entry: XADD of one field of 450 bytes. */

#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/load.h"

#define PAYLOAD 450

static size_t encode(uint8_t *out, size_t size, size_t connection, size_t at)
{
    static const char head[] = "*5\r\n$4\r\nXADD\r\n$3\r\nlog\r\n$1\r\n*\r\n$1\r\ne\r\n$450\r\n";
    (void)connection;
    (void)at;
    (void)size;
    size_t len = sizeof(head) - 1;
    memcpy(out, head, len);
    memset(out + len, 'x', PAYLOAD);
    len += PAYLOAD;
    out[len++] = '\r';
    out[len++] = '\n';
    return len;
}

/* A bulk reply is two lines; an error one that begins with a minus. */
static size_t answers(struct load_connection *connection, struct slice bytes)
{
    size_t before = connection->lines / 2;
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.data[i] == '-' && (i == 0 || bytes.data[i - 1] == '\n') &&
            connection->lines % 2 == 0) {
            (void)fprintf(stderr, "bench_load: redis refused\n");
            exit(1);
        }
        if (bytes.data[i] == '\n') {
            connection->lines++;
        }
    }
    return connection->lines / 2 - before;
}

const struct protocol redis_protocol = {600, NULL, encode, answers};
