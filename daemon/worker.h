#ifndef ACCRUE_DAEMON_WORKER_H
#define ACCRUE_DAEMON_WORKER_H

/* What a child of the daemon does instead of being one: `--worker verify --data DIR` and
 * `--worker rebuild --data DIR [PROJECTION|* [TO]]`. One line a step on stdout. */

/* Gives the status of the process: 0 if all is well, 1 if not, 2 for wrong usage. */
int worker_run(const char *name, const char *data, const char *const *words);

#endif
