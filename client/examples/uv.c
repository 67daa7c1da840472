/* Append and follow the log on a libuv loop.
 *
 *   cc uv.c $(pkg-config --cflags --libs accrue libuv) && ./a.out /run/accrued.sock [COUNT] */

#include <accrue/accrue_uv.h>
#include <inttypes.h>
#include <stdio.h>

struct program {
    struct accrue_uv remote;
    accrue_client *client;
    long left; /* events still wanted, -1 = for ever */
    int failed;
};

static void stop(struct program *program, const accrue_error *error)
{
    if (error != NULL) {
        (void)fprintf(stderr, "%s\n", error->message);
        program->failed = 1;
    }
    accrue_uv_close(&program->remote, NULL);
}

static void on_appended(void *arg, const accrue_error *error, accrue_value result)
{
    accrue_value last;
    int64_t seq = 0;
    if (error != NULL) {
        stop(arg, error);
    } else if (accrue_value_find(result, "last", &last) && accrue_value_int(last, &seq)) {
        (void)printf("durable at seq %" PRId64 "\n", seq);
    }
}

static void on_tail(void *arg, const accrue_error *error, accrue_value result)
{
    (void)result;
    if (error != NULL) {
        stop(arg, error);
    }
}

/* tail.events [sub, events, next] */
static void on_notify(void *arg, const char *method, size_t method_len, accrue_value params)
{
    struct program *program = arg;
    accrue_value key;
    accrue_value part;
    accrue_value event;
    size_t at = 0;
    size_t in = 0;
    if (method_len != 11 || memcmp(method, "tail.events", 11) != 0 ||
        !accrue_value_next(params, &at, &key, &part) ||
        !accrue_value_next(params, &at, &key, &part)) {
        return;
    }
    while (program->left != 0 && accrue_value_next(part, &in, &key, &event)) {
        const char *type = "";
        size_t len = 0;
        accrue_value value;
        if (accrue_value_find(event, "type", &value)) {
            (void)accrue_value_text(value, &type, &len);
        }
        (void)printf("%.*s\n", (int)len, type);
        program->left--;
    }
    if (program->left == 0) {
        stop(program, NULL);
    }
}

static int request(struct program *program, accrue_builder *builder, const char *method,
                   accrue_reply_fn on_reply)
{
    accrue_value params;
    int status = accrue_build_done(builder, &params);
    if (status == ACCRUE_OK) {
        status = accrue_client_request(program->client, method, params, 5000, on_reply, program);
    }
    accrue_builder_reset(builder);
    return status;
}

static int append_note(struct program *program, accrue_builder *builder)
{
    char id[37];
    int status = accrue_event_id(id);
    accrue_build_map(builder);
    accrue_build_key(builder, "events");
    accrue_build_array(builder);
    accrue_build_map(builder);
    accrue_build_key(builder, "id");
    accrue_build_text(builder, id);
    accrue_build_key(builder, "type");
    accrue_build_text(builder, "x.example.visit");
    accrue_build_key(builder, "agg");
    accrue_build_text(builder, "x/example");
    accrue_build_key(builder, "data");
    accrue_build_map(builder);
    accrue_build_end(builder);
    accrue_build_end(builder);
    accrue_build_end(builder);
    accrue_build_end(builder);
    return status == ACCRUE_OK ? request(program, builder, "append", on_appended) : status;
}

/* After a lost connection a program asks again from the `next` that it saw last. */
static int follow(struct program *program, accrue_builder *builder)
{
    accrue_build_map(builder);
    accrue_build_key(builder, "from");
    accrue_build_int(builder, 1);
    accrue_build_key(builder, "credit");
    accrue_build_int(builder, 1000);
    accrue_build_end(builder);
    return request(program, builder, "tail", on_tail);
}

int main(int argc, char **argv)
{
    static struct program program; /* with its buffers too large for the stack */
    const accrue_options options = {.name = "example", .on_notify = on_notify, .arg = &program};
    uv_loop_t *loop = uv_default_loop();
    accrue_builder *builder = accrue_builder_new();
    const char *path = argc > 1 ? argv[1] : "/run/accrued.sock";
    int status = ACCRUE_NOMEM;

    program.left = argc > 2 ? strtol(argv[2], NULL, 10) : -1;
    if (builder != NULL) {
        status = accrue_client_new(&options, &program.client);
    }
    if (status == ACCRUE_OK) {
        status = accrue_uv_init(&program.remote, loop, program.client, path, NULL, NULL);
    }
    if (status == ACCRUE_OK) {
        status = append_note(&program, builder);
    }
    if (status == ACCRUE_OK) {
        status = follow(&program, builder);
    }
    if (status == ACCRUE_OK) {
        (void)uv_run(loop, UV_RUN_DEFAULT); /* until stop() */
    }
    accrue_builder_free(builder);
    accrue_client_free(program.client);
    (void)uv_loop_close(loop);
    return status == ACCRUE_OK && !program.failed ? 0 : 1;
}
