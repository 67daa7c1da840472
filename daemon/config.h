#ifndef ACCRUE_DAEMON_CONFIG_H
#define ACCRUE_DAEMON_CONFIG_H

/* What the daemon was told to do: defaults, then the file, then the command line. */

#include <limits.h>

#include "daemon/base/diag.h"
#include "daemon/net/address.h"
#include "proto/fault.h"
#include "proto/limits.h"

#define LISTEN_MAX 8u
#define SNAPSHOT_EVENTS 1000000u /* default */
#define SCRUB_AFTER_S 600u       /* default */
#define SCRUB_AFTER_S_MAX 86400u

struct config {
    char data[PATH_MAX]; /* "" = the default, or a temporary one if ephemeral */
    char listen[LISTEN_MAX][ADDRESS_TEXT_MAX];
    unsigned listen_count; /* 0 = the default socket */
    char http_host[HTTP_HOSTS_MAX][HTTP_HOST_BYTES_MAX + 1];
    unsigned http_host_count;
    uint64_t tcp_idle_s;      /* a TCP connection's, 1 to TCP_IDLE_MS / 1000 */
    uint64_t map_bytes;       /* 0 = default */
    uint64_t snapshot_events; /* 0 = no snapshots */
    bool scrub;
    uint64_t scrub_after_s; /* from the start to the first */
    bool ephemeral;
    bool init_load;      /* command line only */
    bool after_io_error; /* command line only */
    bool accept_clock;   /* command line only */
    enum diag_level level;
};

void config_init(struct config *config);

/* Read an INI file over what is there. STATUS_IO if it cannot be read; STATUS_BAD_PARAMS with
 * the line and what is wrong in `fault->detail`. Sets only what the file names. */
enum status config_read(struct config *config, const char *path, struct fault *fault);

/* One key, as the file and the command line share them. `field` names it in the fault. */
enum status config_set(struct config *config, const char *key, const char *value,
                       struct fault *fault);

/* Fill in the defaults of what is still open, by who we are and the environment. No default socket
 * if we are `listening` on others already. */
enum status config_complete(struct config *config, bool listening, struct fault *fault);

#endif
