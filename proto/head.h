#ifndef ACCRUE_PROTO_HEAD_H
#define ACCRUE_PROTO_HEAD_H

/* The first bytes of a msgpack value: what it is and how far it reaches.
 *
 *   H1  No byte past `end` is read.
 *   H2  The head says where a value's own bytes end; its children follow and are not looked at.
 *
 * Inside proto/ only: the framer, the cursor and the canonical form all walk on it. */

#include "proto/cursor.h"

struct head {
    enum cursor_type type; /* CURSOR_NONE: 0xc1, the one byte that begins nothing */
    uint8_t len;           /* of the head itself */
    uint64_t body;         /* bytes of text, bin or ext behind the head */
    uint64_t children;     /* values behind the head, keys counted too */
};

static inline uint64_t load_big(const uint8_t *at, unsigned bytes)
{
    uint64_t value = 0;
    switch (bytes) { /* the lengths that there are, so that each is one load */
    case 1:
        return at[0];
    case 2:
        return (uint64_t)at[0] << 8 | at[1];
    case 4:
        return (uint64_t)at[0] << 24 | (uint64_t)at[1] << 16 | (uint64_t)at[2] << 8 | at[3];
    default:
        for (unsigned i = 0; i < bytes; i++) {
            value = value << 8 | at[i];
        }
        return value;
    }
}

/* What a first byte announces: the type, and how many bytes follow it before the body. */
struct head_form {
    uint8_t type;
    uint8_t extra;
};

/* Forms of the bytes 0xc0 to 0xdf. */
extern const struct head_form head_forms[32];

/* False if the head itself is not complete in at..end. */
static inline bool head_read(const uint8_t *at, const uint8_t *end, struct head *ret)
{
    if (at == end) {
        return false;
    }
    uint8_t first = *at;
    *ret = (struct head){.type = CURSOR_INT, .len = 1};
    if (first < 0x80 || first >= 0xe0) {
        return true;
    }
    if (first >= 0xa0 && first < 0xc0) {
        ret->type = CURSOR_STR;
        ret->body = first & 0x1f;
        return true;
    }
    if (first < 0xa0) {
        ret->type = first < 0x90 ? CURSOR_MAP : CURSOR_ARRAY;
        ret->children = first < 0x90 ? 2 * (uint64_t)(first & 0x0f) : first & 0x0f;
        return true;
    }
    struct head_form form = head_forms[first & 0x1f];
    ret->type = (enum cursor_type)form.type;
    ret->len = (uint8_t)(1 + form.extra);
    if ((size_t)(end - at) < ret->len) {
        return false;
    }
    if (ret->type == CURSOR_ARRAY || ret->type == CURSOR_MAP) {
        ret->children = load_big(at + 1, form.extra) * (ret->type == CURSOR_MAP ? 2 : 1);
    } else if (ret->type == CURSOR_STR || ret->type == CURSOR_BIN) {
        ret->body = load_big(at + 1, form.extra);
    } else if (ret->type == CURSOR_EXT) {
        bool fixed = first >= 0xd4; /* fixext 1 2 4 8 16: no length, only the type's byte */
        ret->body = fixed ? UINT64_C(1) << (first - 0xd4) : load_big(at + 1, form.extra - 1U);
    }
    return true;
}

#endif
