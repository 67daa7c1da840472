#ifndef ACCRUE_DAEMON_ACTIVATION_H
#define ACCRUE_DAEMON_ACTIVATION_H

/* Sockets that the service manager made, listens on and hands to us (sd_listen_fds(3)): open
 * before we run and still open after us, so nobody is refused while we are restarted.
 *
 * LISTEN_FDS says how many, from descriptor 3 on; LISTEN_PID, whom they are for; LISTEN_FDNAMES,
 * what each is for: `rpc` or `http`. Without names all are `rpc`. */

#include "daemon/config.h"

struct activation {
    unsigned count;
    int fds[LISTEN_MAX];
    bool http[LISTEN_MAX];
};

/* Take them, once, before anything opens a descriptor. The variables are removed and the
 * descriptors closed on exec: neither is for our children. Sockets that are for another process
 * are left alone, and that is told. STATUS_BAD_PARAMS, naming the variable, if it says what cannot
 * be. What each socket is, net_adopt() looks at. */
enum status activation_take(struct activation *ret_activation, struct fault *fault);

#endif
