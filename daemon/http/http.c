/* What is done with a request, from its head to its answer: H5 to H8 of http.h. */

#include "daemon/http/http.h"

#include <stdlib.h>
#include <strings.h>

#include "daemon/http/judge.h"
#include "daemon/http/page_file.h"
#include "daemon/http/render.h"
#include "daemon/http/reply.h"
#include "daemon/http/translate.h"
#include "proto/limits.h"

#define HEAD_BYTES_MAX (4 * KIB)

bool http_world_init(struct http_world *world)
{
    uint8_t *rpc = malloc(FRAME_BYTES_MAX);
    *world = (struct http_world){.head = buffer_up_to(HEAD_BYTES_MAX),
                                 .text = buffer_up_to(HTTP_BODY_MAX),
                                 .openapi = {buffer_up_to(MIB), buffer_up_to(MIB)},
                                 .rpc = writer_over(rpc, FRAME_BYTES_MAX),
                                 .room = malloc(FRAME_BYTES_MAX)};
    if (rpc == NULL || world->room == NULL) {
        http_world_done(world);
        return false;
    }
    return true;
}

void http_world_done(struct http_world *world)
{
    buffer_free(&world->head);
    buffer_free(&world->text);
    buffer_free(&world->openapi[LANGUAGE_EN]);
    buffer_free(&world->openapi[LANGUAGE_ZH]);
    free(world->rpc.data);
    free(world->room);
    world->rpc.data = NULL;
    world->room = NULL;
}

enum status http_world_add_host(struct http_world *world, const char *name, struct fault *fault)
{
    size_t len = strlen(name);
    if (world->host_count == HTTP_HOSTS_MAX || len == 0 || len > HTTP_HOST_BYTES_MAX ||
        strpbrk(name, "/: \t") != NULL) {
        (void)fault_set(fault, STATUS_BAD_PARAMS, "http_host");
        fault_detail(fault, "up to %u names without a port", HTTP_HOSTS_MAX);
        return STATUS_BAD_PARAMS;
    }
    memcpy(world->hosts[world->host_count++], name, len + 1);
    return STATUS_OK;
}

/* For the next request. */
static void begin(struct http *http)
{
    http_parser_init(&http->parser);
    http->judged = false;
    http->only_head = false;
    http->post = false;
    http->language = LANGUAGE_EN;
}

void http_init(struct http *http)
{
    *http = (struct http){0};
    begin(http);
}

/* Something is wrong and what follows cannot be trusted, or is not wanted: H7. */
static enum http_deed refuse(struct http *http, struct http_world *world, unsigned status,
                             const char *why)
{
    struct fault fault;
    (void)fault_set(&fault, STATUS_BAD_REQUEST, NULL);
    fault_detail(&fault, "%s", why);
    http->only_head = http->only_head && http->judged; /* else it is what was asked before */
    http->end = HTTP_LINGERS;
    reply_fault(http, world, &fault, status, "");
    return HTTP_ANSWERED;
}

void http_too_slow(struct http *http, struct http_world *world)
{
    (void)refuse(http, world, 408, "the request was not complete in time");
}

void http_refused(struct http *http, struct http_world *world, const struct fault *fault)
{
    http->route = NULL;
    reply_fault(http, world, fault, 0, "");
}

/* Nobody is asked. */
static void answer_here(struct http *http, struct http_world *world, const struct route *route)
{
    buffer_clear(&world->text, MIB);
    render_table(http, world, route);
    reply_text(http, world, 200, "application/json");
}

/* What a POST asks for is in its body: a guard in the address that nobody reads (`?dry=true`) would
 * store what was only to be tried. */
static enum status only_language(const struct target *target, struct fault *fault)
{
    for (unsigned i = 0; i < target->count; i++) {
        if (!slice_is(target->pairs[i].key, "lang")) {
            (void)fault_set(fault, STATUS_BAD_PARAMS, NULL);
            fault_field_key(fault, target->pairs[i].key);
            fault_detail(fault, "expected=in the body");
            return STATUS_BAD_PARAMS;
        }
    }
    return STATUS_OK;
}

static enum status translate_body(struct http *http, struct http_world *world,
                                  const struct route *route, struct slice bytes,
                                  struct fault *fault)
{
    enum status status = only_language(&world->target, fault);
    return status != STATUS_OK
               ? status
               : translate_post(route, http_body_of(&http->parser, bytes, world->room), &world->rpc,
                                fault);
}

static enum http_deed answer_whole(struct http *http, struct http_world *world,
                                   struct http_judged *judged, struct slice bytes)
{
    struct fault fault;
    const struct route *route = judged->route;
    if (route == NULL) {
        page_answer(http, world, bytes);
        return HTTP_ANSWERED;
    }
    if (route->method == NULL) {
        answer_here(http, world, route);
        return HTTP_ANSWERED;
    }
    const struct question question = {
        .route = route,
        .name = judged->name,
        .last_id = http_header_of(&http->parser, bytes, HEADER_LAST_EVENT_ID),
        .target = &world->target};
    world->rpc.len = 0;
    world->rpc.full = false;
    enum status status = http->post ? translate_body(http, world, route, bytes, &fault)
                                    : translate_get(&question, &world->rpc, &fault);
    if (status != STATUS_OK) {
        reply_fault(http, world, &fault, 0, "");
        return HTTP_ANSWERED;
    }
    http->route = route;
    return HTTP_ASK;
}

/* The head is here, the body perhaps not. */
static enum http_deed look_at(struct http *http, struct http_world *world, struct slice bytes,
                              bool whole)
{
    struct http_judged judged;
    http->keep_alive = http->parser.keep_alive;
    bool first = !http->judged;
    http->judged = true;
    if (!judge(http, world, bytes, &judged)) {
        if (http->parser.chunked || http->parser.body_len > 0) {
            http->end = HTTP_LINGERS; /* we do not wait for what we refuse, whether it is here */
        }
        reply_fault(http, world, &judged.fault, judged.status, judged.more);
        return HTTP_ANSWERED;
    }
    if (whole) {
        return answer_whole(http, world, &judged, bytes);
    }
    if (first && judged.expects) {
        buffer_clear(&world->head, SIZE_MAX);
        buffer_text(&world->head, "HTTP/1.1 100 Continue\r\n\r\n");
        world->body = slice_of(NULL, 0);
        return HTTP_TELL;
    }
    return HTTP_FEED_MORE;
}

enum http_deed http_take(struct http *http, struct http_world *world, struct slice bytes,
                         size_t *ret_used)
{
    size_t len = 0;
    enum http_progress progress = http_parser_next(&http->parser, bytes, &len);
    *ret_used = 0;
    if (progress ==
        HTTP_BAD) { /* a good head is judged first, as it is when the body comes later */
        bool head = http->parser.head_len > 0 && !http->judged;
        *ret_used = bytes.len;
        http->end = HTTP_LINGERS;
        if (head && look_at(http, world, bytes, false) == HTTP_ANSWERED) {
            return HTTP_ANSWERED;
        }
        return refuse(http, world, http->parser.refusal, http->parser.why);
    }
    if (progress == HTTP_MORE && (http->parser.head_len == 0 || http->judged)) {
        return HTTP_FEED_MORE;
    }
    enum http_deed deed = look_at(http, world, bytes, progress == HTTP_WHOLE);
    if (progress == HTTP_WHOLE) {
        *ret_used = len;
        bool only_head = http->only_head;
        enum language language = http->language;
        begin(http);
        http->only_head = only_head; /* still to be answered */
        http->language = language;
    } else if (deed == HTTP_ANSWERED) {
        *ret_used = bytes.len;
    }
    return deed;
}

void http_heard(struct http *http, struct http_world *world, struct slice message)
{
    render_message(http, world, message);
}
