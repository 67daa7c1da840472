#ifndef ACCRUE_PROTO_STATUS_H
#define ACCRUE_PROTO_STATUS_H

/* Every way a call can end, and every flag an event can carry, written once.
 *
 * X(name, number, English, Chinese, what to do). Names travel on the wire, numbers in the
 * public C interface: neither is ever reused or changed. The texts are in status.c's table
 * files (status_list.h). A `switch` over the enum has no default, so that the compiler finds
 * every place a new code must be handled. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/status_list.h"

enum status {
    STATUS_OK = 0,
#define X(name, number, english, chinese, advice) STATUS_##name = (number),
    STATUS_LIST(X)
#undef X
};

/* Flags of an accepted event: bit numbers are stored in the log's blocks, append only.
 * X(name, bit, English, Chinese) */
enum warning {
#define X(name, bit, english, chinese) WARNING_##name = (bit),
    WARNING_LIST(X)
#undef X
};

#define WARNING_BIT(warning) (UINT64_C(1) << (unsigned)(warning))

/* "E_SELF_DEAL", "UNKNOWN_OUTCOME"; never NULL. */
const char *status_name(enum status status);
const char *status_text_en(enum status status);
const char *status_text_zh(enum status status);
/* What the user can do about it, English; never NULL. */
const char *status_advice(enum status status);
/* STATUS_OK if there is no code of this name. */
enum status status_from_name(const char *name, size_t len);
/* Certainly not stored and worth sending again unchanged? */
bool status_retry(enum status status);

/* "W_NO_DEMAND"; NULL for a bit without a name. */
const char *warning_name(unsigned bit);
const char *warning_text_en(unsigned bit);
const char *warning_text_zh(unsigned bit);
/* The bit of this name, or -1. */
int warning_from_name(const char *name, size_t len);

#endif
