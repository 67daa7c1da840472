#ifndef ACCRUE_DAEMON_SERVER_H
#define ACCRUE_DAEMON_SERVER_H

#include "daemon/activation.h"

/* Run the daemon until it is told to stop. `ready_fd` gets a line when it answers, or is -1.
 * Gives the status of the process: 0; 1 if it could not start; 74 after a failed commit; 75 when
 * the log is corrupt. */
int server_run(const struct config *config, const struct activation *activation, int ready_fd);

#endif
