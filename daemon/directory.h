#ifndef ACCRUE_DAEMON_DIRECTORY_H
#define ACCRUE_DAEMON_DIRECTORY_H

/* Directories around the log: those above it, and the passing one of --ephemeral. */

#include <stdbool.h>
#include <stddef.h>

/* Make every directory above `path`, 0700. false with errno. */
bool directory_make_above(const char *path);
/* A fresh directory, in TMPDIR or /tmp. false with errno. */
bool directory_make_passing(char *out, size_t size);
/* Remove a directory that directory_make_passing() made, with what is in it. */
void directory_remove(const char *path);

#endif
