#ifndef ACCRUE_DAEMON_BASE_CHECK_H
#define ACCRUE_DAEMON_BASE_CHECK_H

#include <stdnoreturn.h>

/* Three kinds of check; none of them is for input.
 *
 *   INVARIANT  our own bug if false. On in every build: a wrong log is worse than a stopped
 *              daemon, and a supervisor restarts us.
 *   PARANOID   the same, but costs more than O(1). Builds without NDEBUG only.
 *   _Static_assert  anything the compiler can already know.
 *
 * Bad bytes from a client or a disk are not bugs; they get a status. */
#define INVARIANT(cond) ((cond) ? (void)0 : check_failed(#cond, __FILE__, __LINE__, __func__))

#ifdef NDEBUG
#define PARANOID(cond) ((void)sizeof((cond) ? 1 : 0))
#else
#define PARANOID(cond) INVARIANT(cond)
#endif

noreturn void check_failed(const char *cond, const char *file, int line, const char *func);

/* What the process ends with when an INVARIANT fails is abort(); tests may look first. */
void check_set_hook(void (*hook)(void));

#endif
