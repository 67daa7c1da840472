/* The head's checks, in the order in which they are told. */

#include "daemon/http/judge.h"

#include <strings.h>

#include "daemon/http/page_file.h"

static bool no(struct http_judged *judged, unsigned status, enum status code, const char *why)
{
    judged->status = status;
    (void)fault_set(&judged->fault, code, NULL);
    fault_detail(&judged->fault, "%s", why);
    return false;
}

static bool same_text(struct slice a, const char *text)
{
    return a.len == strlen(text) && strncasecmp((const char *)a.data, text, a.len) == 0;
}

/* A host without its port; empty if it is not one. */
static struct slice without_port(struct slice host)
{
    size_t len = host.len;
    while (len > 0 && host.data[len - 1] >= '0' && host.data[len - 1] <= '9') {
        len--;
    }
    if (len > 0 && len < host.len && host.data[len - 1] == ':') {
        return slice_of(host.data, len - 1);
    }
    return host;
}

static bool host_known(const struct http_world *world, struct slice host)
{
    static const char *const loopback[] = {"localhost", "127.0.0.1", "[::1]"};
    struct slice name = without_port(host);
    for (size_t i = 0; i < sizeof(loopback) / sizeof(loopback[0]); i++) {
        if (same_text(name, loopback[i])) {
            return true;
        }
    }
    for (unsigned i = 0; i < world->host_count; i++) {
        if (same_text(name, world->hosts[i])) {
            return true;
        }
    }
    return false;
}

/* "http://HOST" or "https://HOST", where HOST is what the request itself was sent to. */
static bool same_site(struct slice origin, struct slice host)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < 2; i++) {
        size_t len = strlen(schemes[i]);
        if (origin.len == len + host.len && memcmp(origin.data, schemes[i], len) == 0 &&
            strncasecmp((const char *)origin.data + len, (const char *)host.data, host.len) == 0) {
            return true;
        }
    }
    return false;
}

static bool judge_origin(const struct http_parser *parser, struct slice bytes, struct slice host,
                         struct http_judged *judged)
{
    struct slice origin = http_header_of(parser, bytes, HEADER_ORIGIN);
    struct slice site = http_header_of(parser, bytes, HEADER_SEC_FETCH_SITE);
    bool there = parser->header[HEADER_ORIGIN].given;
    if ((there && !same_site(origin, host)) ||
        (site.len > 0 && !same_text(site, "same-origin") && !same_text(site, "none"))) {
        return no(judged, 403, STATUS_FORBIDDEN, "a page of another site may not append");
    }
    return true;
}

/* application/json, parameters or not. */
static bool is_json(struct slice type)
{
    const uint8_t *end = type.len > 0 ? memchr(type.data, ';', type.len) : NULL;
    size_t len = end != NULL ? (size_t)(end - type.data) : type.len;
    while (len > 0 && type.data[len - 1] == ' ') {
        len--;
    }
    return same_text(slice_of(type.data, len), "application/json");
}

static bool judge_body(const struct http *http, struct slice bytes, struct http_judged *judged)
{
    const struct http_parser *parser = &http->parser;
    bool has_body = parser->chunked || parser->body_len > 0;
    if (!http->post) {
        return !has_body || no(judged, 400, STATUS_BAD_REQUEST, "a question has no body");
    }
    if (!is_json(http_header_of(parser, bytes, HEADER_CONTENT_TYPE))) {
        return no(judged, 415, STATUS_BAD_REQUEST, "Content-Type must be application/json");
    }
    if (!parser->chunked && !parser->header[HEADER_CONTENT_LENGTH].given) {
        return no(judged, 411, STATUS_BAD_REQUEST, "the body needs a length");
    }
    return true;
}

static bool judge_expect(const struct http_parser *parser, struct slice bytes,
                         struct http_judged *judged)
{
    struct slice expect = http_header_of(parser, bytes, HEADER_EXPECT);
    if (!parser->header[HEADER_EXPECT].given) {
        return true;
    }
    if (!same_text(expect, "100-continue")) {
        return no(judged, 417, STATUS_BAD_REQUEST, "only 100-continue can be expected");
    }
    judged->expects = parser->llhttp.http_minor > 0;
    return true;
}

static bool judge_route(struct http *http, struct http_world *world, struct http_judged *judged)
{
    struct slice path = world->target.path;
    uint8_t method = http->parser.llhttp.method;
    bool get = method == HTTP_GET || method == HTTP_HEAD;
    judged->route = route_find(path, &judged->name);
    if (judged->route == NULL && !page_has(path)) {
        (void)fault_set(&judged->fault, STATUS_NOT_FOUND, "path");
        judged->status = 404;
        return false;
    }
    bool wants_post = judged->route != NULL && judged->route->post;
    if (wants_post ? method != HTTP_POST : !get) {
        judged->more = wants_post ? "Allow: POST\r\n" : "Allow: GET, HEAD\r\n";
        return no(judged, 405, STATUS_BAD_REQUEST, "not with this method");
    }
    if (judged->route != NULL && judged->route->answer == ROUTE_STREAM && http->only_head) {
        judged->more = "Allow: GET\r\n";
        return no(judged, 405, STATUS_BAD_REQUEST, "a stream has no length and no end");
    }
    http->post = wants_post;
    return true;
}

/* zh or en, whichever Accept-Language names first; browsers put what they want most first. */
static enum language language_of(struct slice accepted)
{
    for (size_t i = 0; i + 1 < accepted.len; i++) {
        bool begins = i == 0 || accepted.data[i - 1] == ',' || accepted.data[i - 1] == ' ';
        if (begins && same_text(slice_of(accepted.data + i, 2), "zh")) {
            return LANGUAGE_ZH;
        }
        if (begins && same_text(slice_of(accepted.data + i, 2), "en")) {
            return LANGUAGE_EN;
        }
    }
    return LANGUAGE_EN;
}

static bool judge_language(struct http *http, const struct http_world *world,
                           struct http_judged *judged)
{
    struct slice lang;
    if (!target_find(&world->target, "lang", &lang)) {
        return true;
    }
    if (!slice_is(lang, "zh") && !slice_is(lang, "en")) {
        (void)fault_set(&judged->fault, STATUS_BAD_PARAMS, "lang");
        fault_detail(&judged->fault, "expected=en|zh");
        judged->status = 400;
        return false;
    }
    http->language = slice_is(lang, "zh") ? LANGUAGE_ZH : LANGUAGE_EN;
    return true;
}

bool judge(struct http *http, struct http_world *world, struct slice bytes,
           struct http_judged *ret_judged)
{
    const struct http_parser *parser = &http->parser;
    struct http_judged *judged = ret_judged;
    struct slice host = http_header_of(parser, bytes, HEADER_HOST);
    *judged = (struct http_judged){.more = "", .status = 400};
    http->only_head = parser->llhttp.method == HTTP_HEAD;
    http->language = language_of(http_header_of(parser, bytes, HEADER_ACCEPT_LANGUAGE));
    if (!parser->header[HEADER_HOST].given) {
        return no(judged, 400, STATUS_BAD_REQUEST, "Host is missing");
    }
    if (!host_known(world, host)) {
        return no(judged, 421, STATUS_FORBIDDEN, "this host is not served here: see http_host");
    }
    if (target_read(http_target_of(parser, bytes), &world->target, &judged->fault) != STATUS_OK) {
        return false;
    }
    return judge_language(http, world, judged) && judge_route(http, world, judged) &&
           (!http->post || judge_origin(parser, bytes, host, judged)) &&
           judge_body(http, bytes, judged) && judge_expect(parser, bytes, judged);
}
