#ifndef ACCRUE_DAEMON_OPTIONS_H
#define ACCRUE_DAEMON_OPTIONS_H

/* The command line of accrued. */

#include "daemon/config.h"

struct options {
    struct config config; /* complete, unless this is a worker */
    bool check_config;
    int ready_fd;             /* where a line is written when ready, or -1 */
    const char *worker;       /* "verify", "rebuild": we are a child of a daemon */
    const char *const *words; /* arguments that are no options, of a worker */
};

/* Ends the process on --help, --version and on wrong usage (status 2). Otherwise
 * STATUS_BAD_PARAMS or STATUS_IO if the configuration is not good. `listening`: see
 * config_complete(). */
enum status options_read(int argc, char **argv, bool listening, struct options *ret_options,
                         struct fault *fault);

#endif
