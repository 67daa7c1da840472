/* Two places to read to, by how much is pending: see I1 and I2 in the header. Small leftovers are
 * copied before the next read's bytes in the scratch buffer, at most 32 KiB a read of up to 64,
 * so the copying is linear; large ones are read where they stay. */

#include "daemon/net/inbox.h"

#include <stdlib.h>

#include "daemon/base/check.h"

#define SIZE_MIN ((size_t)64)
#define SIZE_MAX_HELD (FRAME_BYTES_MAX + SCRATCH_BYTES)

/* NOLINTNEXTLINE(readability-non-const-parameter): kept, and counted in */
void inbox_init(struct inbox *inbox, size_t *total)
{
    *inbox = (struct inbox){.total = total};
}

void inbox_done(struct inbox *inbox)
{
    *inbox->total -= inbox->size;
    free(inbox->data);
    inbox->data = NULL;
    inbox->len = 0;
    inbox->size = 0;
}

static bool grow(struct inbox *inbox, size_t need)
{
    size_t size = inbox->size > SIZE_MIN ? inbox->size : SIZE_MIN;
    while (size < need) {
        size *= 2;
    }
    if (size == inbox->size) {
        return true;
    }
    uint8_t *data = realloc(inbox->data, size);
    if (data == NULL) {
        return false;
    }
    *inbox->total += size - inbox->size;
    inbox->data = data;
    inbox->size = size;
    return true;
}

static bool in_scratch(const struct inbox *inbox)
{
    return inbox->len <= SCRATCH_BYTES / 2;
}

struct slice inbox_space(struct inbox *inbox, uint8_t scratch[SCRATCH_BYTES])
{
    if (in_scratch(inbox)) {
        if (inbox->len > 0) {
            memcpy(scratch, inbox->data, inbox->len);
        }
        return slice_of(scratch + inbox->len, SCRATCH_BYTES - inbox->len);
    }
    INVARIANT(inbox->len <= SIZE_MAX_HELD);
    if (!grow(inbox, inbox->len + SCRATCH_BYTES)) {
        return slice_of(NULL, 0);
    }
    return slice_of(inbox->data + inbox->len, inbox->size - inbox->len);
}

struct slice inbox_filled(struct inbox *inbox, const uint8_t scratch[SCRATCH_BYTES], size_t count)
{
    if (in_scratch(inbox)) {
        return slice_of(scratch, inbox->len + count);
    }
    inbox->len += count;
    return inbox_pending(inbox);
}

struct slice inbox_pending(const struct inbox *inbox)
{
    return slice_of(inbox->data, inbox->len);
}

/* Give a large buffer back once what is left is small again. */
static bool shrink(struct inbox *inbox, struct slice rest)
{
    uint8_t *data = malloc(rest.len);
    if (data == NULL) {
        return false;
    }
    memcpy(data, rest.data, rest.len);
    inbox_done(inbox);
    *inbox->total += rest.len;
    inbox->data = data;
    inbox->size = rest.len;
    inbox->len = rest.len;
    return true;
}

bool inbox_keep(struct inbox *inbox, struct slice rest)
{
    if (rest.len == 0) {
        inbox_done(inbox);
        return true;
    }
    uintptr_t at = (uintptr_t)rest.data;
    uintptr_t own = (uintptr_t)inbox->data;
    if (inbox->data != NULL && at >= own && at < own + inbox->size) {
        if (inbox->size > SCRATCH_BYTES && rest.len <= SCRATCH_BYTES / 2) {
            return shrink(inbox, rest);
        }
    } else if (!grow(inbox, rest.len)) {
        return false;
    }
    INVARIANT(inbox->data != NULL);
    memmove(inbox->data, rest.data, rest.len);
    inbox->len = rest.len;
    return true;
}
