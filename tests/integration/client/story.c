/* What test_lost.py drives: calls of accrue_sync.h, told on stdout a line each.
 *
 *   client_story URL append ID COUNT [TIMEOUT_MS]   one request of COUNT notes ID-0 …
 *   client_story URL tail COUNT [TIMEOUT_MS]        "SEQ ID" of COUNT events
 *   client_story URL flood COUNT                    COUNT appends under way at once */

#include <accrue/accrue_sync.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void build_note(accrue_builder *builder, const char *id)
{
    accrue_build_map(builder);
    accrue_build_key(builder, "id");
    accrue_build_text(builder, id);
    accrue_build_key(builder, "type");
    accrue_build_text(builder, "x.test.note");
    accrue_build_key(builder, "agg");
    accrue_build_text(builder, "x/test");
    accrue_build_key(builder, "data");
    accrue_build_map(builder);
    accrue_build_end(builder);
    accrue_build_end(builder);
}

static int64_t number_of(accrue_value map, const char *key)
{
    accrue_value value;
    int64_t number = -1;
    if (accrue_value_find(map, key, &value)) {
        (void)accrue_value_int(value, &number);
    }
    return number;
}

static int append(accrue_connection *connection, const char *name, long count, uint32_t timeout_ms)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value value;
    char id[64];
    if (builder == NULL) {
        return ACCRUE_NOMEM;
    }
    accrue_build_array(builder);
    for (long i = 0; i < count; i++) {
        (void)snprintf(id, sizeof(id), "%s-%ld", name, i);
        build_note(builder, id);
    }
    accrue_build_end(builder);
    int status = accrue_build_done(builder, &value);
    if (status == ACCRUE_OK) {
        status = accrue_append(connection, value, timeout_ms, &value);
    }
    if (status == ACCRUE_OK) {
        (void)printf("%" PRId64 " %" PRId64 "\n", number_of(value, "first"),
                     number_of(value, "last"));
    }
    accrue_builder_free(builder);
    return status;
}

static int tail(accrue_connection *connection, long count, uint32_t timeout_ms)
{
    const accrue_value all = {NULL, 0};
    accrue_value event;
    int status = accrue_tail(connection, 1, all, timeout_ms);
    while (status == ACCRUE_OK && count > 0) {
        accrue_value value;
        const char *id = "";
        size_t len = 0;
        status = accrue_tail_next(connection, timeout_ms, &event, NULL);
        if (status == ACCRUE_OK && accrue_value_find(event, "id", &value)) {
            (void)accrue_value_text(value, &id, &len);
        }
        if (status == ACCRUE_OK) {
            (void)printf("%" PRId64 " %.*s\n", number_of(event, "seq"), (int)len, id);
            (void)fflush(stdout);
            count--;
        }
    }
    return status;
}

static void on_reply(void *arg, const accrue_error *error, accrue_value result)
{
    long *answers = arg;
    ++*answers;
    if (error == NULL) {
        (void)printf("%" PRId64 "\n", number_of(result, "last"));
    } else {
        (void)printf("%s\n", accrue_code_name(error->code));
    }
}

static uint64_t ticks_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static int flood(accrue_connection *connection, long count)
{
    accrue_client *client = accrue_connection_client(connection);
    accrue_builder *builder = accrue_builder_new();
    long answers = 0;
    int status = builder == NULL ? ACCRUE_NOMEM : ACCRUE_OK;
    for (long i = 0; status == ACCRUE_OK && i < count; i++) {
        char id[64];
        accrue_value params;
        (void)snprintf(id, sizeof(id), "flood-%ld", i);
        accrue_builder_reset(builder);
        accrue_build_map(builder);
        accrue_build_key(builder, "events");
        accrue_build_array(builder);
        build_note(builder, id);
        accrue_build_end(builder);
        accrue_build_end(builder);
        status = accrue_build_done(builder, &params);
        if (status == ACCRUE_OK) {
            status = accrue_client_request(client, "append", params, 20000, on_reply, &answers);
        }
    }
    while (answers < count && status == ACCRUE_OK) {
        status = accrue_poll(connection, 100); /* shorter than the pauses of an absent daemon */
        status = status == ACCRUE_UNAVAILABLE ? ACCRUE_OK : status;
        (void)accrue_client_tick(client, ticks_ms());
    }
    accrue_builder_free(builder);
    return status;
}

int main(int argc, char **argv)
{
    accrue_connection *connection;
    int status = argc < 4 ? ACCRUE_BAD_PARAMS : accrue_open(argv[1], NULL, 5000, &connection);
    if (argc < 4) {
        return 2;
    }
    if (status == ACCRUE_OK && strcmp(argv[2], "append") == 0 && argc > 4) {
        status = append(connection, argv[3], strtol(argv[4], NULL, 10),
                        argc > 5 ? (uint32_t)strtoul(argv[5], NULL, 10) : 20000);
    } else if (status == ACCRUE_OK && strcmp(argv[2], "tail") == 0) {
        status = tail(connection, strtol(argv[3], NULL, 10),
                      argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : 20000);
    } else if (status == ACCRUE_OK && strcmp(argv[2], "flood") == 0) {
        status = flood(connection, strtol(argv[3], NULL, 10));
    }
    if (status != ACCRUE_OK) {
        (void)printf("%s\n", accrue_code_name(status));
    }
    accrue_close(connection);
    return status == ACCRUE_OK ? 0 : 1;
}
