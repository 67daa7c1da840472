/* llhttp and the checks around it: H1 to H4 of parser.h. */

#include "daemon/http/parser.h"

#include <strings.h>

static const char *const header_names[HEADERS] = {
    [HEADER_ACCEPT_ENCODING] = "accept-encoding",
    [HEADER_ACCEPT_LANGUAGE] = "accept-language",
    [HEADER_CONTENT_LENGTH] = "content-length",
    [HEADER_CONTENT_TYPE] = "content-type",
    [HEADER_EXPECT] = "expect",
    [HEADER_HOST] = "host",
    [HEADER_IF_NONE_MATCH] = "if-none-match",
    [HEADER_LAST_EVENT_ID] = "last-event-id",
    [HEADER_ORIGIN] = "origin",
    [HEADER_SEC_FETCH_SITE] = "sec-fetch-site",
    [HEADER_TRANSFER_ENCODING] = "transfer-encoding",
};

static enum http_progress refuse(struct http_parser *parser, unsigned status, const char *why)
{
    parser->refusal = (uint16_t)status;
    parser->why = why;
    return HTTP_BAD;
}

/* ---- what llhttp tells ---- */

/* The whole head is given at once, so a span comes in one piece; pieces are put together all the
 * same. */
static void extend(const struct http_parser *parser, struct http_span *span, const char *at,
                   size_t len)
{
    if (!span->given) {
        span->at = (uint32_t)(at - parser->base);
        span->given = true;
    }
    span->len = (uint32_t)(at - parser->base + (ptrdiff_t)len) - span->at;
}

static int on_url(llhttp_t *llhttp, const char *at, size_t len)
{
    struct http_parser *parser = llhttp->data;
    extend(parser, &parser->target, at, len);
    return 0;
}

static int on_name(llhttp_t *llhttp, const char *at, size_t len)
{
    struct http_parser *parser = llhttp->data;
    if (parser->head_len > 0) {
        return HPE_USER; /* H2: a trailer */
    }
    extend(parser, &parser->name, at, len);
    return 0;
}

static int on_name_complete(llhttp_t *llhttp)
{
    struct http_parser *parser = llhttp->data;
    const char *name = parser->base + parser->name.at;
    parser->current = -1;
    for (int i = 0; i < HEADERS; i++) {
        if (strlen(header_names[i]) == parser->name.len &&
            strncasecmp(name, header_names[i], parser->name.len) == 0) {
            parser->current = i;
        }
    }
    parser->name.given = false;
    if (parser->current < 0 || !parser->header[parser->current].given) {
        return 0;
    }
    llhttp_set_error_reason(llhttp, "a header stands twice"); /* H2 */
    return HPE_USER;
}

static int on_value(llhttp_t *llhttp, const char *at, size_t len)
{
    struct http_parser *parser = llhttp->data;
    if (parser->head_len == 0 && parser->current >= 0) {
        extend(parser, &parser->header[parser->current], at, len);
    }
    return 0;
}

/* An empty value has no span. */
static int on_value_complete(llhttp_t *llhttp)
{
    struct http_parser *parser = llhttp->data;
    if (parser->head_len == 0 && parser->current >= 0) {
        parser->header[parser->current].given = true;
    }
    return 0;
}

static int on_head(llhttp_t *llhttp)
{
    struct http_parser *parser = llhttp->data;
    parser->keep_alive = llhttp_should_keep_alive(llhttp) != 0;
    return HPE_PAUSED;
}

static int on_body(llhttp_t *llhttp, const char *at, size_t len)
{
    struct http_parser *parser = llhttp->data;
    (void)at;
    parser->body_len += len;
    return 0;
}

static int on_done(llhttp_t *llhttp)
{
    struct http_parser *parser = llhttp->data;
    parser->done = true;
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
    .on_url = on_url,
    .on_header_field = on_name,
    .on_header_field_complete = on_name_complete,
    .on_header_value = on_value,
    .on_header_value_complete = on_value_complete,
    .on_headers_complete = on_head,
    .on_body = on_body,
    .on_message_complete = on_done,
};

void http_parser_init(struct http_parser *parser)
{
    *parser = (struct http_parser){.current = -1};
    llhttp_init(&parser->llhttp, HTTP_REQUEST, &settings);
}

/* ---- the head ---- */

/* H1. Gives the head's length once its empty line is there. `at` counts what is known good. */
static enum http_progress scan_head(struct http_parser *parser, struct slice bytes, size_t *ret_len)
{
    const uint8_t *data = bytes.data;
    size_t end = bytes.len < HTTP_HEAD_MAX ? bytes.len : HTTP_HEAD_MAX;
    for (size_t i = parser->at; i < end; i++) {
        bool after_cr = i > 0 && data[i - 1] == '\r';
        bool line_begins = i > 1 && data[i - 1] == '\n';
        if ((data[i] == '\n') != after_cr) {
            return refuse(parser, 400, "a line must end with CR LF");
        }
        if ((data[i] < 0x20 && data[i] != '\r' && data[i] != '\n' && data[i] != '\t') ||
            data[i] == 0x7f) {
            return refuse(parser, 400, "a control character in the head");
        }
        if (line_begins && (data[i] == ' ' || data[i] == '\t')) {
            return refuse(parser, 400, "a header must be on one line");
        }
        if (line_begins && data[i] == ':') {
            return refuse(parser, 400, "a header without a name");
        }
        if (i == 0 && (data[i] < 'A' || data[i] > 'Z')) {
            return refuse(parser, 400, "a request begins with its method");
        }
        if (i > 2 && data[i] == '\n' && data[i - 2] == '\n') {
            *ret_len = i + 1;
            return HTTP_WHOLE;
        }
    }
    parser->at = end;
    if (bytes.len < HTTP_HEAD_MAX) {
        return HTTP_MORE;
    }
    return memchr(data, '\n', end) == NULL ? refuse(parser, 414, "the target is too long")
                                           : refuse(parser, 431, "the head is too long");
}

/* H2 */
static enum http_progress check_length(struct http_parser *parser, struct slice bytes)
{
    struct slice coding = http_header_of(parser, bytes, HEADER_TRANSFER_ENCODING);
    parser->chunked = parser->header[HEADER_TRANSFER_ENCODING].given;
    if (parser->chunked && parser->header[HEADER_CONTENT_LENGTH].given) {
        return refuse(parser, 400, "Content-Length and Transfer-Encoding together");
    }
    if (parser->chunked &&
        (coding.len != 7 || strncasecmp((const char *)coding.data, "chunked", 7) != 0)) {
        return refuse(parser, 501, "no transfer coding but chunked is known");
    }
    if (parser->llhttp.http_major != 1 || parser->llhttp.http_minor > 1) {
        return refuse(parser, 505, "only HTTP/1.1 and HTTP/1.0 are spoken");
    }
    if (parser->chunked && parser->llhttp.http_minor == 0) {
        return refuse(parser, 400, "HTTP/1.0 has no Transfer-Encoding");
    }
    if (parser->llhttp.content_length > FRAME_BYTES_MAX - parser->head_len) { /* H4 */
        return refuse(parser, 413, "the body is too long");
    }
    parser->body_len = (size_t)parser->llhttp.content_length;
    return HTTP_WHOLE;
}

static enum http_progress read_head(struct http_parser *parser, struct slice bytes, size_t len)
{
    llhttp_errno_t error = llhttp_execute(&parser->llhttp, parser->base, len);
    if (error == HPE_INVALID_METHOD) {
        return refuse(parser, 501, "an unknown method");
    }
    if (error == HPE_INVALID_VERSION) {
        return refuse(parser, 505, "only HTTP/1.1 and HTTP/1.0 are spoken");
    }
    if (error != HPE_PAUSED) {
        const char *why = llhttp_get_error_reason(&parser->llhttp);
        return refuse(parser, 400, why != NULL && why[0] != '\0' ? why : "not HTTP");
    }
    const char *target = parser->base + parser->target.at;
    if (target[-2] == ' ' || target[parser->target.len + 1] == ' ') { /* H1 */
        return refuse(parser, 400, "a request line has two spaces");
    }
    parser->head_len = len;
    parser->at = (size_t)(llhttp_get_error_pos(&parser->llhttp) - parser->base);
    llhttp_resume(&parser->llhttp);
    enum http_progress progress = check_length(parser, bytes);
    if (progress == HTTP_BAD) {
        parser->head_len = 0; /* nothing of it can be relied on */
    }
    return progress;
}

/* ---- the whole ---- */

static enum http_progress read_chunks(struct http_parser *parser, struct slice bytes)
{
    size_t end = bytes.len < FRAME_BYTES_MAX ? bytes.len : FRAME_BYTES_MAX;
    llhttp_errno_t error =
        llhttp_execute(&parser->llhttp, parser->base + parser->at, end - parser->at);
    static const char bad[] = "a bad chunk, or a trailer";
    if (parser->done) {
        parser->at = (size_t)(llhttp_get_error_pos(&parser->llhttp) - parser->base);
        /* llhttp takes a bare LF for the last line (H1) */
        bool ended = memcmp(parser->base + parser->at - 4, "\r\n\r\n", 4) == 0;
        return ended ? HTTP_WHOLE : refuse(parser, 400, bad);
    }
    if (error != HPE_OK) { /* whose reason depends on how the bytes were cut */
        return refuse(parser, 400, bad);
    }
    parser->at = end;
    return bytes.len < FRAME_BYTES_MAX ? HTTP_MORE : refuse(parser, 413, "the body is too long");
}

enum http_progress http_parser_next(struct http_parser *parser, struct slice bytes, size_t *ret_len)
{
    enum http_progress progress = HTTP_WHOLE;
    size_t head_len = 0;
    parser->llhttp.data = parser;
    parser->base = (const char *)bytes.data;
    if (parser->head_len == 0) {
        progress = scan_head(parser, bytes, &head_len);
        if (progress == HTTP_WHOLE) {
            progress = read_head(parser, bytes, head_len);
        }
    }
    if (progress == HTTP_WHOLE && parser->chunked) {
        progress = read_chunks(parser, bytes);
        *ret_len = parser->at;
    } else if (progress == HTTP_WHOLE) {
        *ret_len = parser->head_len + parser->body_len;
        progress = bytes.len >= *ret_len ? HTTP_WHOLE : HTTP_MORE;
    }
    parser->base = NULL;
    return progress;
}

/* ---- what it says ---- */

static struct slice span_of(struct slice bytes, const struct http_span *span)
{
    return slice_of(bytes.data + span->at, span->len);
}

struct slice http_header_of(const struct http_parser *parser, struct slice bytes,
                            enum http_header header)
{
    const struct http_span *span = &parser->header[header];
    if (!span->given) {
        return slice_of(NULL, 0);
    }
    struct slice value = span_of(bytes, span);
    while (value.len > 0 &&
           (value.data[value.len - 1] == ' ' || value.data[value.len - 1] == '\t')) {
        value.len--;
    }
    return value;
}

struct slice http_target_of(const struct http_parser *parser, struct slice bytes)
{
    return span_of(bytes, &parser->target);
}

/* A second reading, to put the chunks together. */
struct gathering {
    uint8_t *room;
    size_t len;
};

static int on_gathered(llhttp_t *llhttp, const char *at, size_t len)
{
    struct gathering *gathering = llhttp->data;
    memcpy(gathering->room + gathering->len, at, len);
    gathering->len += len;
    return 0;
}

static int on_gathered_all(llhttp_t *llhttp)
{
    (void)llhttp;
    return HPE_PAUSED;
}

struct slice http_body_of(const struct http_parser *parser, struct slice bytes, uint8_t *room)
{
    static const llhttp_settings_t gather = {.on_body = on_gathered,
                                             .on_message_complete = on_gathered_all};
    struct gathering gathering = {.room = room};
    llhttp_t llhttp;
    if (!parser->chunked) {
        return slice_of(bytes.data + parser->head_len, parser->body_len);
    }
    llhttp_init(&llhttp, HTTP_REQUEST, &gather);
    llhttp.data = &gathering;
    (void)llhttp_execute(&llhttp, (const char *)bytes.data, parser->at);
    return slice_of(room, gathering.len);
}
