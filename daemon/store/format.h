#ifndef ACCRUE_DAEMON_STORE_FORMAT_H
#define ACCRUE_DAEMON_STORE_FORMAT_H

/* DIR/FORMAT: which log this is and who may read it. Written once, at creation:
 *
 *   format=1            the layout of the directory and of the blocks in it
 *   minimum_reader=1    the oldest format number whose reader understands it
 *   log_id=<32 hexadecimal digits>
 *   created=<microseconds since 1970, UTC>
 *   born_loading=0|1 */

#include "proto/fault.h"

#define STORE_FORMAT 1u
#define LOG_ID_BYTES 16u

struct format {
    uint8_t id[LOG_ID_BYTES];
    int64_t created;
    bool born_loading;
};

/* The text of the file; gives its length. */
size_t format_write(const struct format *format, char *out, size_t size);

/*   STATUS_IO       it cannot be read
 *   STATUS_FORMAT   only a later release reads it
 *   STATUS_CORRUPT  it is not such a file */
enum status format_read(const char *path, struct format *ret_format, struct fault *fault);

#endif
