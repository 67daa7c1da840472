/* Results and errors: see render.h. */

#include "daemon/http/render.h"

#include "daemon/base/check.h"
#include "daemon/http/json.h"
#include "daemon/http/reply.h"
#include "daemon/http/stream.h"
#include "daemon/view/query.h"
#include "proto/rpc.h"

static void render_result(struct http *http, struct http_world *world, struct slice result)
{
    buffer_clear(&world->text, MIB);
    json_write(&world->text, result);
    buffer_text(&world->text, "\n");
    reply_text(http, world, 200, "application/json");
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
    } else if (route->answer == ROUTE_STREAM) {
        stream_begin(http, world, told.result);
    } else {
        render_result(http, world, told.result);
    }
}

/* ---- tables ---- */

static void put_projection(struct buffer *text, const struct projection *projection,
                           enum language language)
{
    const char *help = language == LANGUAGE_ZH ? projection->help_zh : projection->help_en;
    buffer_format(text, "{\"name\":\"%s\",\"help\":", projection->name);
    json_write_text(text, slice_text(help));
    buffer_text(text, projection->explain != NULL ? ",\"explain\":true}" : ",\"explain\":false}");
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

void render_table(const struct route *route, enum language language, struct buffer *text)
{
    if (route->answer == ROUTE_PROJECTIONS) {
        put_projections(text, language);
    }
}
