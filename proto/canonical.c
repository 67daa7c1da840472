/* The canonical form: N1-N4 of canonical.h.
 *
 *   K1  A map's keys are put in order before anything of it is written: an index of offsets
 *       into the input, kept sorted while it is filled, so input that is in order already
 *       costs one comparison a key. Writing first and sorting afterwards would need room for
 *       a second copy; trying and starting again would cost 2^depth for a hostile input.
 *   K2  The index lies on the stack: 32 keys, or MAP_KEYS_MAX in a frame of its own. So a
 *       level costs at most 5 KiB, and depth is bounded by FRAME_DEPTH_MAX.
 *   K3  Where a value stands is a chain of steps on the stack, turned into text only for a
 *       fault. */

#include "proto/canonical.h"

#include "proto/cursor.h"
#include "proto/limits.h"

#define FEW_KEYS 32u

_Static_assert(FRAME_BYTES_MAX <= UINT32_MAX, "offsets into a value are 32 bits");

struct step {
    const struct step *up;
    struct slice key; /* .data NULL: `index` counts */
    uint32_t index;
};

struct canon {
    uint32_t depth_max;
    const char *path;
    struct writer *out;
    struct fault *fault;
};

static enum status write_value(struct canon *canon, struct cursor *in, uint32_t depth,
                               const struct step *where);

static void add_steps(struct fault *fault, const struct step *where)
{
    if (!where) {
        return;
    }
    add_steps(fault, where->up);
    if (where->key.data) {
        fault_field_key(fault, where->key);
    } else {
        fault_field_index(fault, where->index);
    }
}

static enum status refuse(struct canon *canon, enum status status, const struct step *where,
                          const char *why)
{
    (void)fault_set(canon->fault, status, canon->path);
    add_steps(canon->fault, where);
    fault_detail(canon->fault, "%s", why);
    return status;
}

/* The key at `offset` of a map's pairs. They were read once already, so this cannot fail. */
static struct slice key_at(struct slice pairs, uint32_t offset)
{
    struct cursor cursor = cursor_over(slice_of(pairs.data + offset, pairs.len - offset));
    struct slice key = {0};
    (void)cursor_bin(&cursor, &key);
    return key;
}

/* First position of index[0..count) whose key is not before `key`. */
static uint32_t position_of(struct slice pairs, const uint32_t *index, uint32_t count,
                            struct slice key)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (slice_compare(key_at(pairs, index[middle]), key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Fill `index` with the pairs' offsets in the order of their keys (K1), and move past them. */
static enum status index_pairs(struct canon *canon, struct cursor *in, uint32_t count,
                               uint32_t *index, struct slice *ret_pairs, const struct step *where)
{
    struct slice pairs = slice_of(in->at, (size_t)(in->end - in->at));
    struct slice last = {0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t offset = (uint32_t)(in->at - pairs.data);
        struct slice key;
        if (!cursor_text(in, &key) || !utf8_valid(key)) {
            return refuse(canon, STATUS_E_BAD_FIELD, where, "keys=text");
        }
        if (!cursor_skip(in)) {
            return refuse(canon, STATUS_E_BAD_FIELD, where, "cut=short");
        }
        if (i == 0 || slice_compare(last, key) < 0) {
            index[i] = offset;
            last = key;
            continue;
        }
        uint32_t at = position_of(pairs, index, i, key);
        if (slice_equal(key_at(pairs, index[at]), key)) {
            struct step twice = {where, key, 0};
            return refuse(canon, STATUS_E_BAD_FIELD, &twice, "key=duplicate");
        }
        memmove(index + at + 1, index + at, (i - at) * sizeof(index[0]));
        index[at] = offset;
    }
    *ret_pairs = slice_of(pairs.data, (size_t)(in->at - pairs.data));
    return STATUS_OK;
}

static enum status write_pairs(struct canon *canon, struct cursor *in, uint32_t count,
                               uint32_t *index, uint32_t depth, const struct step *where)
{
    struct slice pairs = {0};
    enum status status = index_pairs(canon, in, count, index, &pairs, where);
    if (status != STATUS_OK) {
        return status;
    }
    write_map(canon->out, count);
    for (uint32_t i = 0; i < count; i++) {
        struct cursor pair = cursor_over(slice_of(pairs.data + index[i], pairs.len - index[i]));
        struct step here = {where, {0}, 0};
        (void)cursor_bin(&pair, &here.key);
        write_str(canon->out, here.key);
        status = write_value(canon, &pair, depth, &here);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

/* K2: two frames, so that the small one stays small. */
static enum status write_few(struct canon *canon, struct cursor *in, uint32_t count, uint32_t depth,
                             const struct step *where)
{
    uint32_t index[FEW_KEYS];
    return write_pairs(canon, in, count, index, depth, where);
}

static __attribute__((noinline)) enum status write_many(struct canon *canon, struct cursor *in,
                                                        uint32_t count, uint32_t depth,
                                                        const struct step *where)
{
    uint32_t index[MAP_KEYS_MAX];
    return write_pairs(canon, in, count, index, depth, where);
}

static enum status canon_map(struct canon *canon, struct cursor *in, uint32_t depth,
                             const struct step *where)
{
    uint32_t count;
    if (!cursor_map(in, &count)) {
        return refuse(canon, STATUS_E_BAD_FIELD, where, "cut=short");
    }
    if (count > MAP_KEYS_MAX) {
        return refuse(canon, STATUS_TOO_LARGE, where, "keys>1024");
    }
    if (count > FEW_KEYS) {
        return write_many(canon, in, count, depth, where);
    }
    return write_few(canon, in, count, depth, where);
}

static enum status canon_array(struct canon *canon, struct cursor *in, uint32_t depth,
                               const struct step *where)
{
    uint32_t count;
    if (!cursor_array(in, &count)) {
        return refuse(canon, STATUS_E_BAD_FIELD, where, "cut=short");
    }
    write_array(canon->out, count);
    for (uint32_t i = 0; i < count; i++) {
        struct step here = {where, {0}, i};
        enum status status = write_value(canon, in, depth, &here);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

static enum status canon_int(struct canon *canon, struct cursor *in, const struct step *where)
{
    int64_t value;
    if (!cursor_int(in, &value)) {
        return refuse(canon, STATUS_E_BAD_FIELD, where, "number=not_an_integer");
    }
    if (value < -WIRE_INT_MAX || value > WIRE_INT_MAX) {
        return refuse(canon, STATUS_E_BAD_FIELD, where, "number=beyond_53_bits");
    }
    write_int(canon->out, value);
    return STATUS_OK;
}

static enum status canon_bytes(struct canon *canon, struct cursor *in, enum cursor_type type,
                               const struct step *where)
{
    struct slice bytes = {0};
    (void)cursor_bin(in, &bytes);
    if (type == CURSOR_BIN) {
        write_bin(canon->out, bytes);
        return STATUS_OK;
    }
    if (!utf8_valid(bytes)) {
        return refuse(canon, STATUS_E_BAD_FIELD, where, "text=not_utf8");
    }
    write_str(canon->out, bytes);
    return STATUS_OK;
}

static enum status write_value(struct canon *canon, struct cursor *in, uint32_t depth,
                               const struct step *where)
{
    enum cursor_type type = cursor_peek(in);
    if (canon->out->full) {
        return refuse(canon, STATUS_TOO_LARGE, where, "room=none");
    }
    if ((type == CURSOR_ARRAY || type == CURSOR_MAP) && depth == canon->depth_max) {
        return refuse(canon, STATUS_TOO_LARGE, where, "depth=too_deep");
    }
    switch (type) {
    case CURSOR_NIL:
    case CURSOR_BOOL:
        write_raw(canon->out, slice_of(in->at, 1));
        (void)cursor_skip(in);
        return STATUS_OK;
    case CURSOR_INT:
    case CURSOR_FLOAT:
        return canon_int(canon, in, where);
    case CURSOR_STR:
    case CURSOR_BIN:
        return canon_bytes(canon, in, type, where);
    case CURSOR_ARRAY:
        return canon_array(canon, in, depth + 1, where);
    case CURSOR_MAP:
        return canon_map(canon, in, depth + 1, where);
    case CURSOR_NONE:
        return refuse(canon, STATUS_E_BAD_FIELD, where, "cut=short");
    case CURSOR_EXT:
        return refuse(canon, STATUS_E_BAD_FIELD, where, "type=ext");
    }
    return refuse(canon, STATUS_E_BAD_FIELD, where, "type=none");
}

enum status canonical_write(struct slice bytes, uint32_t depth_max, const char *path,
                            struct writer *out, struct fault *fault)
{
    struct canon canon = {
        .depth_max = depth_max < FRAME_DEPTH_MAX ? depth_max : FRAME_DEPTH_MAX,
        .path = path,
        .out = out,
        .fault = fault,
    };
    struct cursor in = cursor_over(bytes);
    if (bytes.len > FRAME_BYTES_MAX) {
        return refuse(&canon, STATUS_TOO_LARGE, NULL, "bytes=too_many");
    }
    enum status status = write_value(&canon, &in, 0, NULL);
    if (status != STATUS_OK) {
        return status;
    }
    if (in.at != in.end) {
        return refuse(&canon, STATUS_E_BAD_FIELD, NULL, "bytes=left_over");
    }
    return out->full ? refuse(&canon, STATUS_TOO_LARGE, NULL, "room=none") : STATUS_OK;
}
