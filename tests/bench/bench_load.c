/* Load for one server over Unix sockets: C connections with N requests in flight each, from one
 * thread, and what came of it: events a second, latency, the server's CPU.
 *
 *   bench_load accrue|redis SOCKET CONNECTIONS INFLIGHT EVENTS [PID]
 *
 *   B1  Messages are encoded before the clock starts; the clock stops with the last answer.
 *   B2  An error answer ends the run: a rate of refusals says nothing.
 *   B3  Prints one line of key=value pairs. */

#include "tests/bench/load.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static uint64_t now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void die(const char *what)
{
    (void)fprintf(stderr, "bench_load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int dial(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || strlen(path) >= sizeof(address.sun_path)) {
        die("socket");
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
        die(path);
    }
    (void)fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

/* Ticks of the server's user and system time, as microseconds. */
static uint64_t cpu_us(long pid)
{
    char path[64];
    char line[1024];
    (void)snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    size_t len = fread(line, 1, sizeof(line) - 1, file);
    (void)fclose(file);
    line[len] = '\0';
    const char *at = strrchr(line, ')');
    uint64_t ticks = 0;
    for (int field = 2; at != NULL && field < 15; field++) {
        at = strchr(at + 1, ' ');
        if (at != NULL && field >= 13) {
            ticks += strtoull(at + 1, NULL, 10);
        }
    }
    return ticks * 1000000 / (uint64_t)sysconf(_SC_CLK_TCK);
}

static void send_more(struct load *load, struct load_connection *connection)
{
    for (;;) {
        size_t window = connection->answered + load->inflight;
        size_t until = window < connection->count ? window : connection->count;
        size_t end = connection->offsets[until];
        if (connection->sent == end) {
            return;
        }
        ssize_t wrote =
            write(connection->fd, connection->bytes + connection->sent, end - connection->sent);
        if (wrote < 0 && errno == EAGAIN) {
            return;
        }
        if (wrote <= 0) {
            die("write");
        }
        uint64_t now = now_us();
        connection->sent += (size_t)wrote;
        while (connection->stamped < until &&
               connection->offsets[connection->stamped + 1] <= connection->sent) {
            connection->started[connection->stamped++] = now;
        }
    }
}

static void take_answers(struct load *load, struct load_connection *connection)
{
    static char bytes[1 << 18];
    ssize_t got = read(connection->fd, bytes, sizeof(bytes));
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        die("read");
    }
    size_t answers = load->protocol->answers(connection, slice_of(bytes, (size_t)got));
    uint64_t now = now_us();
    for (size_t i = 0; i < answers; i++) {
        load->latency[load->done++] = (uint32_t)(now - connection->started[connection->answered]);
        connection->answered++;
    }
}

static int by_value(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void run(struct load *load)
{
    int poll = epoll_create1(EPOLL_CLOEXEC);
    for (size_t c = 0; c < load->connections; c++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &load->each[c]};
        if (epoll_ctl(poll, EPOLL_CTL_ADD, load->each[c].fd, &event) != 0) {
            die("epoll");
        }
        send_more(load, &load->each[c]);
    }
    while (load->done < load->events) {
        struct epoll_event ready[64];
        int count = epoll_wait(poll, ready, 64, 30000);
        if (count <= 0) {
            die("no answer in 30 s");
        }
        for (int i = 0; i < count; i++) {
            take_answers(load, ready[i].data.ptr);
            send_more(load, ready[i].data.ptr);
        }
    }
    (void)close(poll);
}

static void connections_open(struct load *load, const char *path)
{
    size_t each = load->events / load->connections;
    load->each = calloc(load->connections, sizeof(*load->each));
    load->latency = malloc(load->events * sizeof(*load->latency));
    if (load->each == NULL || load->latency == NULL) {
        die("memory");
    }
    for (size_t c = 0; c < load->connections; c++) {
        struct load_connection *connection = &load->each[c];
        connection->count = each;
        connection->offsets = calloc(each + 1, sizeof(*connection->offsets));
        connection->started = calloc(each, sizeof(*connection->started));
        connection->size = each * load->protocol->message_bytes_max;
        connection->bytes = malloc(connection->size);
        if (connection->offsets == NULL || connection->started == NULL ||
            connection->bytes == NULL) {
            die("memory");
        }
        for (size_t i = 0; i < each; i++) {
            size_t at = connection->offsets[i];
            connection->offsets[i + 1] =
                at + load->protocol->encode(connection->bytes + at, connection->size - at, c, i);
        }
        connection->fd = dial(path);
    }
}

static void connections_close(struct load *load)
{
    for (size_t c = 0; c < load->connections; c++) {
        struct load_connection *connection = &load->each[c];
        (void)close(connection->fd);
        free(connection->offsets);
        free(connection->started);
        free(connection->bytes);
    }
    free(load->each);
    free(load->latency);
}

int main(int argc, char **argv)
{
    if (argc < 6) {
        (void)fprintf(stderr, "bench_load accrue|redis SOCKET CONNECTIONS INFLIGHT EVENTS [PID]\n");
        return 2;
    }
    struct load load = {
        .protocol = strcmp(argv[1], "redis") == 0 ? &redis_protocol : &accrue_protocol,
        .connections = strtoul(argv[3], NULL, 10),
        .inflight = strtoul(argv[4], NULL, 10),
    };
    long pid = argc > 6 ? strtol(argv[6], NULL, 10) : 0;
    load.events = strtoul(argv[5], NULL, 10) / load.connections * load.connections;
    if (load.protocol->prepare != NULL) {
        load.protocol->prepare(dial(argv[2]));
    }
    connections_open(&load, argv[2]);
    uint64_t cpu = cpu_us(pid);
    uint64_t start = now_us();
    run(&load);
    uint64_t spent = now_us() - start;
    cpu = cpu_us(pid) - cpu;
    qsort(load.latency, load.events, sizeof(*load.latency), by_value);
    (void)printf("server=%s connections=%zu inflight=%zu events=%zu rate=%llu p50_us=%u p99_us=%u "
                 "cpu_ns=%llu\n",
                 argv[1], load.connections, load.inflight, load.events,
                 (unsigned long long)(load.events * 1000000 / (spent == 0 ? 1 : spent)),
                 load.latency[load.events / 2], load.latency[load.events * 99 / 100],
                 (unsigned long long)(cpu * 1000 / load.events));
    connections_close(&load);
    return 0;
}
