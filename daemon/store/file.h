#ifndef ACCRUE_DAEMON_STORE_FILE_H
#define ACCRUE_DAEMON_STORE_FILE_H

/* Small files of key=value lines, and directories that keep what is done in them. */

#include "proto/bytes.h"
#include "proto/fault.h"

#define FILE_BYTES_MAX 8192u /* of a small file */

/* `directory`/`name` in memory of its own; NULL without memory. */
char *path_of(const char *directory, const char *name);

bool file_exists(const char *path);

/* Make what was created, renamed or removed in `path` durable. */
bool directory_sync(const char *path);
/* The same for the directory that `path` lies in. */
bool directory_sync_above(const char *path);

/* Replace or create the file: whole and durable, or as it was. errno says why not. */
bool file_replace(const char *path, const char *text, size_t len);
/* Create it durably, but not the entry in its directory. */
bool file_write(const char *path, const char *text, size_t len);
/* Read all of it and end it with a zero byte; false if it cannot be read (errno) or has
 * FILE_BYTES_MAX bytes or more (EFBIG). */
bool file_read(const char *path, char text[FILE_BYTES_MAX]);
/* Remove it durably; true if it was not there. */
bool file_remove(const char *path);

/* The value of line `key=value` in `text`, not ended by a zero; false if there is no such line. */
bool line_find(const char *text, const char *key, struct slice *ret_value);
/* The same for a decimal number without sign. */
bool line_number(const char *text, const char *key, uint64_t *ret_value);
/* The same for 2 * `len` lower-case hexadecimal digits. */
bool line_hex(const char *text, const char *key, uint8_t *out, size_t len);

void hex_write(const uint8_t *bytes, size_t len, char *out); /* 2 * len + 1 bytes */
bool hex_read(struct slice digits, uint8_t *out, size_t len);

/* Microseconds since 1970, UTC. */
int64_t wall_clock_us(void);

#endif
