#ifndef ACCRUE_DAEMON_HTTP_PAGE_FILE_H
#define ACCRUE_DAEMON_HTTP_PAGE_FILE_H

/* The files of the web page, out of the program itself. */

#include "daemon/http/http.h"

bool page_has(struct slice path);
/* world->target.path is one of them. `bytes`: the request. */
void page_answer(struct http *http, struct http_world *world, struct slice bytes);

#endif
