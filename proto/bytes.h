#ifndef ACCRUE_PROTO_BYTES_H
#define ACCRUE_PROTO_BYTES_H

/* Borrowed bytes, and numbers in little-endian order as every stored and
 * counted field of ours is. Whoever hands out a slice says how long it lives. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A local that is large and written before it is read: the hardening that clears locals is left
 * out, for it would clear it at each call, also where it is not used. Say who writes it. */
#if defined(__has_attribute)
#if __has_attribute(uninitialized)
#define WRITTEN_FIRST __attribute__((uninitialized))
#endif
#endif
#ifndef WRITTEN_FIRST
#define WRITTEN_FIRST
#endif

struct slice {
    const uint8_t *data;
    size_t len;
};

static inline struct slice slice_of(const void *data, size_t len)
{
    return (struct slice){.data = data, .len = len};
}

static inline struct slice slice_text(const char *text)
{
    return slice_of(text, strlen(text));
}

/* Two loads that may overlap instead of a call: nearly all keys, names and ids are short. */
static inline bool bytes_equal(const uint8_t *a, const uint8_t *b, size_t len)
{
    uint64_t a8, b8, a8_end, b8_end;
    uint32_t a4, b4, a4_end, b4_end;
    if (len > 16) {
        return memcmp(a, b, len) == 0;
    }
    if (len >= 8) {
        memcpy(&a8, a, 8);
        memcpy(&b8, b, 8);
        memcpy(&a8_end, a + len - 8, 8);
        memcpy(&b8_end, b + len - 8, 8);
        return ((a8 ^ b8) | (a8_end ^ b8_end)) == 0;
    }
    if (len >= 4) {
        memcpy(&a4, a, 4);
        memcpy(&b4, b, 4);
        memcpy(&a4_end, a + len - 4, 4);
        memcpy(&b4_end, b + len - 4, 4);
        return ((a4 ^ b4) | (a4_end ^ b4_end)) == 0;
    }
    return len == 0 || (a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1]);
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.len == b.len && bytes_equal(a.data, b.data, a.len);
}

/* Order of raw bytes, the shorter first where one begins the other. */
static inline int slice_compare(struct slice a, struct slice b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static inline bool slice_is(struct slice a, const char *text)
{
    return slice_equal(a, slice_text(text));
}

static inline uint16_t load_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] | (uint16_t)(at[1] << 8));
}

static inline uint32_t load_u32(const uint8_t *at)
{
    return (uint32_t)load_u16(at) | (uint32_t)load_u16(at + 2) << 16;
}

static inline uint64_t load_u64(const uint8_t *at)
{
    return (uint64_t)load_u32(at) | (uint64_t)load_u32(at + 4) << 32;
}

static inline void store_u16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value & 0xff);
    at[1] = (uint8_t)(value >> 8);
}

static inline void store_u32(uint8_t *at, uint32_t value)
{
    store_u16(at, (uint16_t)(value & 0xffff));
    store_u16(at + 2, (uint16_t)(value >> 16));
}

static inline void store_u64(uint8_t *at, uint64_t value)
{
    store_u32(at, (uint32_t)(value & 0xffffffffU));
    store_u32(at + 4, (uint32_t)(value >> 32));
}

#endif
