/* Heads and problems: see reply.h. */

#include "daemon/http/reply.h"

#include <stdio.h>
#include <time.h>

#include "daemon/http/json.h"
#include "daemon/http/translate.h"
#include "proto/cursor.h"
#include "proto/rpc.h"

#define PAGE_POLICY                                                                                \
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "            \
    "object-src 'none'"

static const struct {
    unsigned status;
    const char *phrase;
} phrases[] = {
    {200, "OK"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

/* Codes that are not told by their number: a domain refusal is 409, anything else 500. */
static const struct {
    enum status code;
    unsigned status;
} statuses[] = {
    {STATUS_BAD_REQUEST, 400},    {STATUS_BAD_PARAMS, 400},      {STATUS_NOPROTO, 400},
    {STATUS_E_UNKNOWN_TYPE, 400}, {STATUS_E_MISSING_FIELD, 400}, {STATUS_E_BAD_FIELD, 400},
    {STATUS_E_RANGE, 400},        {STATUS_E_DATE_ORDER, 400},    {STATUS_UNAUTHENTICATED, 401},
    {STATUS_FORBIDDEN, 403},      {STATUS_NOT_FOUND, 404},       {STATUS_UNKNOWN_METHOD, 404},
    {STATUS_BUSY, 409},           {STATUS_TOO_LARGE, 413},       {STATUS_RATE_LIMITED, 429},
    {STATUS_OVERLOADED, 429},     {STATUS_UNAVAILABLE, 503},     {STATUS_READ_ONLY, 503},
    {STATUS_DISK_FULL, 503},      {STATUS_LOG_FULL, 503},        {STATUS_DEADLINE_EXCEEDED, 504},
};

static const char *phrase_of(unsigned status)
{
    for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
        if (phrases[i].status == status) {
            return phrases[i].phrase;
        }
    }
    return "";
}

static unsigned status_of(enum status code)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        if (statuses[i].code == code) {
            return statuses[i].status;
        }
    }
    return code <= STATUS_E_UNKNOWN_TYPE ? 409 : 500;
}

/* ---- heads ---- */

static void write_date(struct buffer *head, int64_t now_us)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t seconds = (time_t)(now_us / 1000000);
    struct tm now;
    if (gmtime_r(&seconds, &now) != NULL) {
        buffer_format(head, "Date: %.3s, %02d %.3s %04d %02d:%02d:%02d GMT\r\n",
                      days + (ptrdiff_t)3 * now.tm_wday, now.tm_mday,
                      months + (ptrdiff_t)3 * now.tm_mon, now.tm_year + 1900, now.tm_hour,
                      now.tm_min, now.tm_sec);
    }
}

void reply_write(struct http *http, struct http_world *world, unsigned status, const char *type,
                 const char *more)
{
    struct buffer *head = &world->head;
    if (http->end == HTTP_GOES_ON && !http->keep_alive) {
        http->end = HTTP_ENDS;
    }
    buffer_clear(head, SIZE_MAX);
    buffer_format(head, "HTTP/1.1 %u %s\r\n", status, phrase_of(status));
    write_date(head, world->now_us);
    if (type != NULL) {
        buffer_format(head, "Content-Type: %s\r\n", type);
    }
    if (http->streaming) {
        http->end = HTTP_GOES_ON; /* its end is the connection's */
    } else if (status != 304) {
        buffer_format(head, "Content-Length: %zu\r\n", world->body.len);
    }
    bool ends = http->streaming || http->end != HTTP_GOES_ON;
    buffer_text(head, ends ? "Connection: close\r\n" : "Connection: keep-alive\r\n");
    buffer_text(head, "X-Content-Type-Options: nosniff\r\n"
                      "Referrer-Policy: no-referrer\r\n"
                      "Cross-Origin-Resource-Policy: same-origin\r\n"
                      "Content-Security-Policy: " PAGE_POLICY "\r\n");
    buffer_text(head, more);
    buffer_text(head, "\r\n");
    if (http->only_head || status == 304) {
        world->body = slice_of(NULL, 0);
    }
}

void reply_text(struct http *http, struct http_world *world, unsigned status, const char *type)
{
    struct fault fault;
    if (world->text.full) {
        (void)fault_set(&fault, STATUS_TOO_LARGE, NULL);
        fault_detail(&fault, "answer max=%zu", HTTP_BODY_MAX);
        reply_fault(http, world, &fault, 0, "");
        return;
    }
    world->body = buffer_slice(&world->text);
    reply_write(http, world, status, type, "Cache-Control: no-store\r\n");
}

/* ---- problems ---- */

/* A projection's own parameters are no map of their own here: `params.by` was given as `by`. */
static void put_field(struct buffer *text, struct slice field)
{
    static const char within[] = "params.";
    size_t len = strlen(within);
    bool inner = field.len > len && memcmp(field.data, within, len) == 0;
    json_write_text(text, inner ? slice_of(field.data + len, field.len - len) : field);
}

static void put_member(struct buffer *text, const char *name, struct slice value)
{
    struct slice field;
    buffer_format(text, ",\"%s\":", name);
    if (strcmp(name, "field") == 0 && value_text(value, &field)) {
        put_field(text, field);
    } else {
        json_write(text, value);
    }
}

/* Members that say nothing are left out. */
static void put_members(struct buffer *text, struct slice error)
{
    static const char *const names[] = {"code", "field", "index", "legal", "retry", "state", NULL};
    for (size_t i = 0; names[i] != NULL; i++) {
        struct slice value;
        bool there = map_find(error, names[i], &value) && value.data[0] != 0xc0;
        struct cursor in = cursor_over(there ? value : slice_of(NULL, 0));
        uint32_t count = 1;
        if (cursor_peek(&in) == CURSOR_ARRAY) {
            (void)cursor_array(&in, &count);
        }
        if (there && count > 0) {
            put_member(text, names[i], value);
        }
    }
}

void reply_error(struct http *http, struct http_world *world, struct slice error, unsigned status,
                 const char *more)
{
    struct buffer *text = &world->text;
    struct slice value = {0}, code_text = slice_text("INTERNAL"), message = slice_text("");
    char headers[512];
    if (map_find(error, "code", &value)) {
        (void)value_text(value, &code_text);
    }
    if (map_find(error, "message", &value)) {
        (void)value_text(value, &message);
    }
    enum status code = status_from_name((const char *)code_text.data, code_text.len);
    unsigned told = status != 0 ? status : status_of(code);
    bool soon = status_retry(code) && (told == 429 || told == 503);
    bool chinese = http->language == LANGUAGE_ZH;
    buffer_clear(text, MIB);
    buffer_text(text, "{\"type\":\"urn:accrue:problem:");
    buffer_put(text, code_text);
    buffer_text(text, "\",\"title\":");
    json_write_text(text, slice_text(chinese ? status_text_zh(code) : status_text_en(code)));
    buffer_format(text, ",\"status\":%u,\"detail\":", told);
    json_write_text(text, message);
    put_members(text, error);
    buffer_text(text, "}\n");
    world->body = buffer_slice(text);
    (void)snprintf(headers, sizeof(headers),
                   "Cache-Control: no-store\r\nContent-Language: %s\r\n%s%s", chinese ? "zh" : "en",
                   soon ? "Retry-After: 1\r\n" : "", more);
    reply_write(http, world, told, "application/problem+json", headers);
}

void reply_fault(struct http *http, struct http_world *world, const struct fault *fault,
                 unsigned status, const char *more)
{
    uint8_t bytes[2 * ERROR_TEXT_MAX + 512];
    struct writer out = writer_over(bytes, sizeof(bytes));
    struct rpc_message message = {0};
    rpc_write_error(&out, HTTP_CALL_ID, fault, true, http->language);
    bool good = !out.full && rpc_read(writer_slice(&out), &message) == STATUS_OK;
    reply_error(http, world, good ? message.error : slice_of(NULL, 0), status, more);
}
