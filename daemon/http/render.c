/* Results and errors: see render.h. */

#include "daemon/http/render.h"

#include "daemon/base/check.h"
#include "daemon/http/exposition.h"
#include "daemon/http/json.h"
#include "daemon/http/openapi.h"
#include "daemon/http/reply.h"
#include "daemon/http/stream.h"
#include "daemon/view/query.h"
#include "proto/cursor.h"
#include "proto/rpc.h"
#include "proto/schema.h"

static void render_result(struct http *http, struct http_world *world, struct slice result)
{
    buffer_clear(&world->text, MIB);
    json_write(&world->text, result);
    buffer_text(&world->text, "\n");
    reply_text(http, world, 200, "application/json");
}

/* The state as a word: 200 if it is good. */
static void render_state(struct http *http, struct http_world *world, struct slice result,
                         bool ready)
{
    struct slice value, state = slice_text("");
    if (map_find(result, "state", &value)) {
        (void)value_text(value, &state);
    }
    bool good = ready ? slice_is(state, "ready")
                      : !slice_is(state, "poisoned") && !slice_is(state, "corrupt");
    buffer_clear(&world->text, MIB);
    buffer_put(&world->text, state);
    buffer_text(&world->text, "\n");
    reply_text(http, world, good ? 200 : 503, "text/plain; charset=utf-8");
}

static void render_metrics(struct http *http, struct http_world *world, struct slice result)
{
    buffer_clear(&world->text, MIB);
    exposition_write(&world->text, result);
    if (world->process != NULL) {
        world->process(&world->text);
    }
    reply_text(http, world, 200, EXPOSITION_TYPE);
}

static void render_answer(struct http *http, struct http_world *world, enum route_answer answer,
                          struct slice result)
{
    switch (answer) {
    case ROUTE_STREAM:
        stream_begin(http, world, result);
        return;
    case ROUTE_HEALTH:
    case ROUTE_READY:
        render_state(http, world, result, answer == ROUTE_READY);
        return;
    case ROUTE_METRICS:
        render_metrics(http, world, result);
        return;
    case ROUTE_RESULT:
    case ROUTE_PROJECTIONS:
    case ROUTE_SCHEMA:
    case ROUTE_OPENAPI:
        break;
    }
    render_result(http, world, result);
}

static bool is_nil(struct slice value)
{
    return value.len == 1 && value.data[0] == 0xc0;
}

void render_message(struct http *http, struct http_world *world, struct slice message)
{
    struct rpc_message told;
    world->body = slice_of(NULL, 0);
    buffer_clear(&world->head, SIZE_MAX);
    enum status status = rpc_read(message, &told);
    INVARIANT(status == STATUS_OK); /* our own */
    if (told.kind == RPC_NOTIFICATION && http->streaming) {
        stream_told(http, world, &told);
    }
    const struct route *route = http->route;
    if (told.kind != RPC_RESPONSE || route == NULL) {
        return;
    }
    http->route = NULL;
    if (!is_nil(told.error)) {
        reply_error(http, world, told.error, 0, "");
    } else {
        render_answer(http, world, route->answer, told.result);
    }
}

/* ---- tables ---- */

static void put_projection(struct buffer *text, const struct projection *projection,
                           enum language language)
{
    const char *help = language == LANGUAGE_ZH ? projection->help_zh : projection->help_en;
    buffer_format(text, "{\"name\":\"%s\",\"help\":", projection->name);
    json_write_text(text, slice_text(help));
    buffer_text(text, ",\"parameters\":[");
    for (const char *const *name = projection->parameters; *name != NULL; name++) {
        buffer_text(text, name > projection->parameters ? "," : "");
        json_write_text(text, slice_text(*name));
    }
    buffer_text(text, projection->explain != NULL ? "],\"explain\":true}" : "],\"explain\":false}");
}

static void put_projections(struct buffer *text, enum language language)
{
    buffer_text(text, "{\"projections\":[");
    for (const struct projection *at = projections; at->name != NULL; at++) {
        buffer_text(text, at > projections ? "," : "");
        put_projection(text, at, language);
    }
    buffer_text(text, "]}\n");
}

/* It does not change while we run. */
static void put_openapi(struct http_world *world, enum language language)
{
    struct buffer *made = &world->openapi[language];
    if (made->len == 0) {
        openapi_write(language, &world->rpc, made);
    }
    world->text.full = made->full;
    buffer_put(&world->text, buffer_slice(made));
    if (made->full) {
        buffer_clear(made, 0); /* the next one tries again */
    }
}

void render_table(const struct http *http, struct http_world *world, const struct route *route)
{
    struct buffer *text = &world->text;
    if (route->answer == ROUTE_PROJECTIONS) {
        put_projections(text, http->language);
    } else if (route->answer == ROUTE_OPENAPI) {
        put_openapi(world, http->language);
    } else {
        world->rpc.len = 0;
        world->rpc.full = false;
        schema_write_all(http->language, &world->rpc);
        json_write(text, writer_slice(&world->rpc));
        buffer_text(text, "\n");
    }
}
