/* The client half of the fixture: blocking, and short of any cleverness. */

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "tests/integration/daemon_fixture.h"

#include <setjmp.h>

#include <cmocka.h>

static void begin(struct client *client, int fd)
{
    memset(client, 0, sizeof(*client));
    client->fd = fd;
    framer_init(&client->framer);
}

void client_open(struct client *client, const struct daemon *daemon)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", daemon->socket);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    begin(client, fd);
}

void client_open_tcp(struct client *client, const struct daemon *daemon)
{
    const char *at = strstr(daemon->ready, "socket=tcp:127.0.0.1:");
    assert_non_null(at);
    unsigned long port = strtoul(at + strlen("socket=tcp:127.0.0.1:"), NULL, 10);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    begin(client, fd);
}

void client_close(struct client *client)
{
    if (client->fd >= 0) {
        (void)close(client->fd);
    }
    client->fd = -1;
    free(client->bytes);
    client->bytes = NULL;
}

void client_send(struct client *client, struct slice bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = send(client->fd, bytes.data, bytes.len, MSG_NOSIGNAL);
        assert_true(sent > 0 || errno == EINTR);
        if (sent > 0) {
            bytes.data += sent;
            bytes.len -= (size_t)sent;
        }
    }
}

size_t client_try_send(struct client *client, struct slice bytes)
{
    ssize_t sent = send(client->fd, bytes.data, bytes.len, MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent > 0 ? (size_t)sent : 0;
}

/* false at the end of the stream */
static bool receive_more(struct client *client, int timeout_ms)
{
    struct pollfd readable = {.fd = client->fd, .events = POLLIN};
    if (client->size - client->len < 65536) {
        client->size = client->size == 0 ? 131072 : client->size * 2;
        client->bytes = realloc(client->bytes, client->size);
        assert_non_null(client->bytes);
    }
    if (poll(&readable, 1, timeout_ms) != 1) {
        fail_msg("no answer in %d ms", timeout_ms);
    }
    ssize_t count = recv(client->fd, client->bytes + client->len, client->size - client->len, 0);
    if (count <= 0) {
        assert_true(count == 0 || errno == ECONNRESET);
        return false;
    }
    client->len += (size_t)count;
    return true;
}

bool client_receive(struct client *client, struct rpc_message *ret_message, int timeout_ms)
{
    size_t len;
    client->len -= client->used;
    if (client->used > 0) {
        memmove(client->bytes, client->bytes + client->used, client->len);
    }
    client->used = 0;
    while (client->len == 0 ||
           framer_next(&client->framer, slice_of(client->bytes, client->len), &len) != STATUS_OK) {
        if (!receive_more(client, timeout_ms)) {
            return false;
        }
    }
    client->used = len;
    assert_int_equal(rpc_read(slice_of(client->bytes, len), ret_message), STATUS_OK);
    return true;
}

uint32_t client_request(struct client *client, const char *method, struct slice map)
{
    size_t size = map.len + 256;
    uint8_t *bytes = malloc(size);
    assert_non_null(bytes);
    struct writer out = writer_over(bytes, size);
    rpc_write_request(&out, ++client->next_id, method, map);
    assert_false(out.full);
    client_send(client, writer_slice(&out));
    free(bytes);
    return client->next_id;
}

struct rpc_message client_call(struct client *client, const char *method, struct slice map)
{
    struct rpc_message message = {.kind = RPC_NOTIFICATION};
    uint32_t id = client_request(client, method, map);
    do {
        assert_true(client_receive(client, &message, PATIENCE_MS));
    } while (message.kind == RPC_NOTIFICATION);
    assert_int_equal(message.kind, RPC_RESPONSE);
    assert_int_equal(message.id, id);
    return message;
}

struct slice client_result(struct client *client, const char *method, struct slice map)
{
    struct rpc_message message = client_call(client, method, map);
    struct slice text;
    if (value_text(message.error, &text)) {
        fail_msg("%s: %.*s", method, (int)text.len, (const char *)text.data);
    }
    return message.result;
}

int64_t number_in(struct slice map, const char *key)
{
    struct slice value;
    int64_t number;
    if (!map_find(map, key, &value) || !value_int(value, &number)) {
        fail_msg("no number %s", key);
        return 0;
    }
    return number;
}

struct slice notes(uint8_t *buffer, size_t size, const char *prefix, uint32_t first, uint32_t count,
                   size_t fill)
{
    struct writer out = writer_over(buffer, size);
    uint8_t *filling = calloc(1, fill + 1);
    assert_non_null(filling);
    memset(filling, 'x', fill);
    write_map(&out, 1);
    write_text(&out, "events");
    write_array(&out, count);
    for (uint32_t i = 0; i < count; i++) {
        char id[80], aggregate[80];
        (void)snprintf(id, sizeof(id), "%s-%u", prefix, first + i);
        (void)snprintf(aggregate, sizeof(aggregate), "x/%s", prefix);
        write_map(&out, 4);
        write_text(&out, "agg");
        write_text(&out, aggregate);
        write_text(&out, "data");
        write_map(&out, 2);
        write_text(&out, "fill");
        write_str(&out, slice_of(filling, fill));
        write_text(&out, "n");
        write_uint(&out, first + i);
        write_text(&out, "id");
        write_text(&out, id);
        write_text(&out, "type");
        write_text(&out, "x.test.note");
    }
    free(filling);
    assert_false(out.full);
    return writer_slice(&out);
}
