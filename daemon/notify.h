#ifndef ACCRUE_DAEMON_NOTIFY_H
#define ACCRUE_DAEMON_NOTIFY_H

/* Tell the service manager where we are: `READY=1`, `STOPPING=1`, `STATUS=…`. One datagram to the
 * socket that NOTIFY_SOCKET names (sd_notify(3)); nothing at all without it. */

#include <stdint.h>

void notify_manager(const char *text);

/* How often to send WATCHDOG=1, half of what WATCHDOG_USEC allows; 0 = nobody watches us. */
uint64_t notify_watchdog_ms(void);

#endif
