#ifndef ACCRUE_DAEMON_NET_SOCKET_FILE_H
#define ACCRUE_DAEMON_NET_SOCKET_FILE_H

/* The name of a Unix socket in the file system: taken, and given back. */

#include "daemon/net/address.h"

/* A listening-to-be socket bound to the path, mode 0660, and the lock that guards the name.
 *   STATUS_BUSY  somebody listens there, or another daemon holds the lock
 *   STATUS_IO    something else is in the way, or the system said no */
enum status socket_file_bind(const struct address *address, int *ret_fd, int *ret_lock_fd,
                             struct fault *fault);
void socket_file_release(const struct address *address, int lock_fd);

#endif
