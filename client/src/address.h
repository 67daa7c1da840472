#ifndef ACCRUE_CLIENT_ADDRESS_H
#define ACCRUE_CLIENT_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

/* Open a non-blocking socket to `url` and wait until it is connected, at most `timeout_ms`.
 *   ACCRUE_BAD_PARAMS  not a URL · ACCRUE_UNAVAILABLE  nobody answers; errno says why */
int address_connect(const char *url, uint32_t timeout_ms, int *ret_socket);

/* ACCRUE_URL, else the daemon's default socket of this user. */
const char *address_default(char *out, uint32_t size);

#endif
