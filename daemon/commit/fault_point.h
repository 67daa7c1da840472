#ifndef ACCRUE_DAEMON_COMMIT_FAULT_POINT_H
#define ACCRUE_DAEMON_COMMIT_FAULT_POINT_H

/* Places where a test build can make the daemon do the wrong thing on purpose, so that the
 * simulator can prove that it would notice. In what ships each is the constant 0 and the branch
 * behind it is gone. */

#include <stdbool.h>

#ifdef ACCRUE_FAULT_POINTS
/* Supplied by the test. */
bool fault_point(const char *name);
#define FAULT(name) fault_point(#name)
#else
#define FAULT(name) 0
#endif

#endif
