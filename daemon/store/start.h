#ifndef ACCRUE_DAEMON_STORE_START_H
#define ACCRUE_DAEMON_STORE_START_H

/* The steps of log_open(). */

#include "daemon/store/log.h"

/* errno as a fault. */
enum status start_io_fault(struct fault *fault, const char *step);
enum status start_corrupt(struct fault *fault, const char *what);

/* The directory, its file system, the lock, and a log in there, made if the options say so. */
enum status start_prepare(struct log *log, struct fault *fault);
/* The database handles, and the id that FORMAT names. */
enum status start_databases(struct log *log, struct fault *fault);
/* The head, the tail block and the tree, held against the anchor. */
enum status start_head(struct log *log, struct fault *fault);

#endif
