#ifndef ACCRUE_DAEMON_HTTP_PARSER_H
#define ACCRUE_DAEMON_HTTP_PARSER_H

/* Where an HTTP/1.1 request ends, and what it says. llhttp reads it; here is what we are stricter
 * about, and what we keep.
 *
 *   H1  A head is at most HTTP_HEAD_MAX bytes, and is looked at as bytes before llhttp sees it: a
 *       line ends with CR LF and nothing else, no line goes on in the next, and there is no
 *       control character. What two readers could take differently, nobody reads.
 *   H2  A request has one length: Content-Length and Transfer-Encoding together, either of them
 *       twice, any coding but `chunked`, and headers behind a body are refused.
 *   H3  The parser keeps its place between calls and keeps offsets, never pointers: the owner's
 *       buffer may move. It allocates nothing.
 *   H4  A request is at most FRAME_BYTES_MAX bytes as sent, chunk sizes included. */

#include <llhttp.h>

#include "proto/bytes.h"
#include "proto/limits.h"

enum http_header {
    HEADER_ACCEPT_ENCODING,
    HEADER_ACCEPT_LANGUAGE,
    HEADER_CONTENT_LENGTH,
    HEADER_CONTENT_TYPE,
    HEADER_EXPECT,
    HEADER_HOST,
    HEADER_IF_NONE_MATCH,
    HEADER_LAST_EVENT_ID,
    HEADER_ORIGIN,
    HEADER_SEC_FETCH_SITE,
    HEADER_TRANSFER_ENCODING,
    HEADERS,
};

struct http_span {
    uint32_t at, len;
    bool given;
};

struct http_parser {
    llhttp_t llhttp;
    size_t at;       /* bytes of the request already walked */
    size_t head_len; /* 0 = the head is not whole */
    size_t body_len; /* as decoded; of a body with a length from the head's end on */
    bool chunked, done, keep_alive;
    uint16_t refusal; /* the status that says what is wrong, else 0 */
    const char *why;
    struct http_span target;
    struct http_span header[HEADERS];
    int current; /* header whose value comes next, -1 = one that is not kept */
    struct http_span name;
    const char *base; /* only during a call: what offsets are counted from */
};

enum http_progress {
    HTTP_MORE, /* feed more; `head_len` > 0 once the head can be looked at */
    HTTP_WHOLE,
    HTTP_BAD, /* `refusal` and `why`; the connection cannot go on */
};

void http_parser_init(struct http_parser *parser);

/* Look for the end of the request that begins at bytes[0]; a call's bytes begin with those of the
 * call before. HTTP_WHOLE: *ret_len is its length. */
enum http_progress http_parser_next(struct http_parser *parser, struct slice bytes,
                                    size_t *ret_len);

/* Of the request in `bytes`, from its first byte on. */
struct slice http_header_of(const struct http_parser *parser, struct slice bytes,
                            enum http_header header);
struct slice http_target_of(const struct http_parser *parser, struct slice bytes);
/* The body of a whole request. A chunked one is put together in `room`, which has FRAME_BYTES_MAX
 * bytes; others lie in `bytes`. */
struct slice http_body_of(const struct http_parser *parser, struct slice bytes, uint8_t *room);

#endif
