#ifndef ACCRUE_DAEMON_BASE_DIAG_H
#define ACCRUE_DAEMON_BASE_DIAG_H

/* What the daemon tells its operator. Called diag, never "log": the log is the product.
 *
 *   D1  One line a message, on stderr: a constant text that can be searched for, then key=value
 *       pairs in logfmt. Under the journal a priority stands before it, elsewhere the time.
 *   D2  A line is one write, at most DIAG_LINE_MAX bytes, so lines of two threads do not mix.
 *   D3  Values from outside pass diag_text(): quoted, escaped, cut.
 *
 * Any thread; the level is set before there is a second one. */

#include <stdbool.h>
#include <stddef.h>

#define DIAG_LINE_MAX 1024u

enum diag_level { DIAG_ERROR, DIAG_WARN, DIAG_INFO, DIAG_DEBUG };

/* Messages below it are dropped. DIAG_INFO at first. */
void diag_set_level(enum diag_level level);
/* false if there is no level of this name (error, warn, info, debug). */
bool diag_level_named(const char *name, enum diag_level *ret_level);

/* diag(DIAG_WARN, "peer closed early", "conn=%u pending=%u", id, n); fields may be "". */
void diag(enum diag_level level, const char *text, const char *fields, ...)
    __attribute__((format(printf, 3, 4)));

/* `text` as a logfmt value, in quotes if it needs them, into `out`; gives `out`. */
const char *diag_text(const char *text, char *out, size_t size);

#endif
