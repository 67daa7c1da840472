#ifndef ACCRUE_PROTO_TEXT_H
#define ACCRUE_PROTO_TEXT_H

/* What a text may hold, by its role. Each is false for bytes that are not UTF-8. */

#include "proto/bytes.h"

/* At most `bytes_max` bytes, no control character (C0, DEL, C1). */
bool text_is_plain(struct slice text, size_t bytes_max);

/* 1..EVENT_ID_MAX bytes, plain. */
bool text_is_event_id(struct slice text);

/* 1..AGGREGATE_ID_MAX bytes, plain, no `/` and no space of any kind, the ideographic U+3000
 * included: two ids that look alike must not be two aggregates. */
bool text_is_aggregate_id(struct slice text);

#endif
