/* UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random bits, so that ids
 * of one client sort by time. */

#include <stdio.h>
#include <sys/random.h>
#include <time.h>

#include "accrue/accrue.h"

int accrue_event_id(char out[37])
{
    uint8_t uuid[16];
    struct timespec now;
    if (getrandom(uuid, sizeof(uuid), 0) != (ssize_t)sizeof(uuid) ||
        clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return ACCRUE_IO;
    }
    uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    for (int i = 0; i < 6; i++) {
        uuid[i] = (uint8_t)(ms >> (8 * (5 - i)));
    }
    uuid[6] = (uint8_t)(0x70 | (uuid[6] & 0x0f));
    uuid[8] = (uint8_t)(0x80 | (uuid[8] & 0x3f));
    char *at = out;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            *at++ = '-';
        }
        static const char digits[] = "0123456789abcdef";
        *at++ = digits[uuid[i] >> 4];
        *at++ = digits[uuid[i] & 15];
    }
    *at = '\0';
    return ACCRUE_OK;
}
