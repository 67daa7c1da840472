#ifndef ACCRUE_DAEMON_HTTP_JSON_H
#define ACCRUE_DAEMON_HTTP_JSON_H

/* JSON and MessagePack, exactly.
 *
 *   J1  A figure is an integer and stays one: a real number is refused, so is an integer that has
 *       no 64 bits. A key twice in an object, invalid UTF-8 and a zero byte are refused.
 *   J2  What is read is bounded like a message: its depth and the number of its values before
 *       anything is allocated for them.
 *   J3  Bytes become hexadecimal digits, the way a hash is written. */

#include "daemon/http/buffer.h"
#include "proto/fault.h"
#include "proto/writer.h"

/* One whole JSON text. STATUS_BAD_REQUEST or STATUS_TOO_LARGE with the reason and where. */
enum status json_read(struct slice text, struct writer *out, struct fault *fault);

/* One value of an answer of ours. */
void json_write(struct buffer *out, struct slice value);
/* A text with its quotes. */
void json_write_text(struct buffer *out, struct slice text);

#endif
