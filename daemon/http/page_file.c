/* Files with their ETag; a browser that has one gets 304. They are kept compressed, and only so:
 * who accepts no gzip is told. */

#include "daemon/http/page_file.h"

#include <stdio.h>

#include "daemon/http/reply.h"
#include "daemon/page/page.h"

bool page_has(struct slice path)
{
    return page_find(path) != NULL;
}

/* Is `what` an item of a header's list, `a, b;q=0.5`? */
static bool lists(struct slice list, const char *what)
{
    size_t len = strlen(what);
    for (size_t i = 0; i + len <= list.len; i++) {
        bool begins = i == 0 || list.data[i - 1] == ' ' || list.data[i - 1] == ',' ||
                      list.data[i - 1] == '/'; /* of a weak tag, W/"…" */
        bool ends = i + len == list.len || list.data[i + len] == ',' || list.data[i + len] == ';' ||
                    list.data[i + len] == ' ';
        if (begins && ends && memcmp(list.data + i, what, len) == 0) {
            return true;
        }
    }
    return false;
}

void page_answer(struct http *http, struct http_world *world, struct slice bytes)
{
    const struct page_file *file = page_find(world->target.path);
    const struct http_parser *parser = &http->parser;
    struct slice seen = http_header_of(parser, bytes, HEADER_IF_NONE_MATCH);
    struct slice codings = http_header_of(parser, bytes, HEADER_ACCEPT_ENCODING);
    struct fault fault;
    char more[256];
    if (file->gzip && parser->header[HEADER_ACCEPT_ENCODING].given && !lists(codings, "gzip") &&
        !lists(codings, "*")) {
        (void)fault_set(&fault, STATUS_BAD_REQUEST, NULL);
        fault_detail(&fault, "the page is kept as gzip: Accept-Encoding must allow it");
        reply_fault(http, world, &fault, 406, "");
        return;
    }
    (void)snprintf(more, sizeof(more), "Cache-Control: no-cache\r\nETag: %s\r\n%s", file->etag,
                   file->gzip ? "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n" : "");
    bool has = lists(seen, file->etag);
    world->body = has ? slice_of(NULL, 0) : slice_of(file->bytes, file->size);
    reply_write(http, world, has ? 304 : 200, has ? NULL : file->content_type, more);
}
