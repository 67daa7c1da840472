#ifndef ACCRUE_DAEMON_PAGE_PAGE_H
#define ACCRUE_DAEMON_PAGE_PAGE_H

/* The page that the daemon serves out of its own binary: a table of files, made by the build
 * (build.mjs), or one plain page that says how to get it (plain.c).
 *
 *   W1  Constant data: no allocation, no lock, any thread; pointers live as long as the program.
 *   W2  A file's ETag is a hash of its bytes, so equal tags mean equal bytes, in every build.
 *   W3  The files need nothing from elsewhere and hold neither script nor style inline:
 *       `Content-Security-Policy: default-src 'self'` is all they ask for. */

#include <stdbool.h>

#include "proto/bytes.h"

struct page_file {
    const char *path;         /* "/", "/assets/app.js" */
    const char *content_type; /* with its charset */
    const char *etag;         /* with its quotes */
    const uint8_t *bytes;
    size_t size;
    bool gzip; /* bytes are compressed: Content-Encoding: gzip */
};

/* The files, ended by path NULL. */
extern const struct page_file page_files[];

/* The file at exactly this path (without a query), or NULL. */
const struct page_file *page_find(struct slice path);

#endif
