#ifndef ACCRUE_DAEMON_STORE_CREATE_H
#define ACCRUE_DAEMON_STORE_CREATE_H

/* The first log of a directory, made so that a crash at any instant leaves a directory in
 * which the next start finds a log or makes one. The caller holds DIR/LOCK. */

#include "proto/fault.h"

/* Remove what a creation cut short left behind, or finish it. Nothing to do in a good log. */
enum status create_finish(const char *directory, struct fault *fault);

/* Is there a log? */
bool create_done(const char *directory);

/* Make an empty log in `directory`, which exists and has none. */
enum status create_log(const char *directory, bool born_loading, struct fault *fault);

#endif
