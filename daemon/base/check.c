/* A failed check says where, then ends the process: the log is safe, memory may not be. */

#include "daemon/base/check.h"

#include <stdio.h>
#include <stdlib.h>

static void (*failed_hook)(void);

void check_set_hook(void (*hook)(void))
{
    failed_hook = hook;
}

noreturn void check_failed(const char *cond, const char *file, int line, const char *func)
{
    (void)fprintf(stderr, "<2>check failed: %s at %s:%d in %s\n", cond, file, line, func);
    if (failed_hook != NULL) {
        failed_hook();
    }
    abort();
}
