/* Building values without knowing counts ahead.
 *
 *   B1  A container gets room for the longest header. When it ends, the shortest one for its
 *       count is put in and what it holds moves up behind it: so a value whose keys are given in
 *       order is canonical, and the daemon has nothing to bring into form.
 *   B2  The first error sticks; everything after it is ignored. */

#include <stdlib.h>

#include "accrue/accrue.h"
#include "proto/limits.h"
#include "proto/shape.h"
#include "proto/writer.h"

#define FIRST_BYTES 1024u
#define MAP_ROOM 3u /* some clients cannot read the longer form for 65,536 pairs */
#define ARRAY_ROOM 5u

struct accrue_builder {
    uint8_t *data;
    size_t size, len;
    int status;
    unsigned depth;
    unsigned roots; /* values outside every container */
    struct {
        size_t mark; /* where the header stands */
        uint32_t count;
        bool map, key; /* key: a key was given, its value is due */
    } open[FRAME_DEPTH_MAX];
};

accrue_builder *accrue_builder_new(void)
{
    accrue_builder *builder = calloc(1, sizeof(*builder));
    if (builder == NULL) {
        return NULL;
    }
    builder->data = malloc(FIRST_BYTES);
    if (builder->data == NULL) {
        free(builder);
        return NULL;
    }
    builder->size = FIRST_BYTES;
    return builder;
}

void accrue_builder_free(accrue_builder *builder)
{
    if (builder != NULL) {
        free(builder->data);
        free(builder);
    }
}

void accrue_builder_reset(accrue_builder *builder)
{
    builder->len = 0;
    builder->status = ACCRUE_OK;
    builder->depth = 0;
    builder->roots = 0;
}

static bool fail(accrue_builder *builder, int status)
{
    if (builder->status == ACCRUE_OK) { /* B2 */
        builder->status = status;
    }
    return false;
}

static bool room(accrue_builder *builder, size_t bytes)
{
    if (builder->status != ACCRUE_OK) {
        return false;
    }
    size_t need = builder->len + bytes + 9; /* the longest header */
    if (bytes > FRAME_BYTES_MAX || need > FRAME_BYTES_MAX) {
        return fail(builder, ACCRUE_TOO_LARGE);
    }
    if (need > builder->size) {
        size_t size = builder->size;
        while (size < need) {
            size *= 2;
        }
        uint8_t *data = realloc(builder->data, size);
        if (data == NULL) {
            return fail(builder, ACCRUE_NOMEM);
        }
        builder->data = data;
        builder->size = size;
    }
    return true;
}

/* Room for a value of `bytes`, and its place counted in the container it goes into. */
static bool place(accrue_builder *builder, size_t bytes)
{
    if (!room(builder, bytes)) {
        return false;
    }
    if (builder->depth == 0) {
        builder->roots++;
        return true;
    }
    unsigned at = builder->depth - 1;
    if (builder->open[at].map && !builder->open[at].key) {
        return fail(builder, ACCRUE_BAD_PARAMS);
    }
    builder->open[at].key = false;
    builder->open[at].count++;
    return true;
}

static struct writer tail_of(accrue_builder *builder)
{
    return writer_over(builder->data + builder->len, builder->size - builder->len);
}

static void open_container(accrue_builder *builder, bool map)
{
    if (!place(builder, 5)) {
        return;
    }
    if (builder->depth == FRAME_DEPTH_MAX) {
        (void)fail(builder, ACCRUE_TOO_LARGE);
        return;
    }
    builder->open[builder->depth].mark = builder->len;
    builder->open[builder->depth].count = 0;
    builder->open[builder->depth].map = map;
    builder->open[builder->depth].key = false;
    builder->depth++;
    builder->len += map ? MAP_ROOM : ARRAY_ROOM;
}

void accrue_build_map(accrue_builder *builder)
{
    open_container(builder, true);
}

void accrue_build_array(accrue_builder *builder)
{
    open_container(builder, false);
}

/* B1. */
static void close_container(accrue_builder *builder, unsigned at)
{
    size_t mark = builder->open[at].mark;
    size_t room = builder->open[at].map ? MAP_ROOM : ARRAY_ROOM;
    struct writer header = writer_over(builder->data + mark, room);
    if (builder->open[at].map) {
        write_map(&header, builder->open[at].count);
    } else {
        write_array(&header, builder->open[at].count);
    }
    if (header.full) {
        (void)fail(builder, ACCRUE_TOO_LARGE);
        return;
    }
    memmove(builder->data + mark + header.len, builder->data + mark + room,
            builder->len - mark - room);
    builder->len -= room - header.len;
}

void accrue_build_end(accrue_builder *builder)
{
    if (builder->status != ACCRUE_OK) {
        return;
    }
    if (builder->depth == 0 || builder->open[builder->depth - 1].key) {
        (void)fail(builder, ACCRUE_BAD_PARAMS);
        return;
    }
    builder->depth--;
    close_container(builder, builder->depth);
}

void accrue_build_key(accrue_builder *builder, const char *key)
{
    size_t len = strlen(key);
    if (!room(builder, len)) {
        return;
    }
    if (builder->depth == 0 || !builder->open[builder->depth - 1].map ||
        builder->open[builder->depth - 1].key) {
        (void)fail(builder, ACCRUE_BAD_PARAMS);
        return;
    }
    struct writer writer = tail_of(builder);
    write_str(&writer, slice_of(key, len));
    builder->len += writer.len;
    builder->open[builder->depth - 1].key = true;
}

void accrue_build_text_len(accrue_builder *builder, const char *text, size_t len)
{
    if (place(builder, len)) {
        struct writer writer = tail_of(builder);
        write_str(&writer, slice_of(text, len));
        builder->len += writer.len;
    }
}

void accrue_build_text(accrue_builder *builder, const char *text)
{
    accrue_build_text_len(builder, text, strlen(text));
}

void accrue_build_int(accrue_builder *builder, int64_t value)
{
    if (place(builder, 0)) {
        struct writer writer = tail_of(builder);
        write_int(&writer, value);
        builder->len += writer.len;
    }
}

void accrue_build_bool(accrue_builder *builder, int value)
{
    if (place(builder, 0)) {
        struct writer writer = tail_of(builder);
        write_bool(&writer, value != 0);
        builder->len += writer.len;
    }
}

void accrue_build_nil(accrue_builder *builder)
{
    if (place(builder, 0)) {
        struct writer writer = tail_of(builder);
        write_nil(&writer);
        builder->len += writer.len;
    }
}

void accrue_build_bin(accrue_builder *builder, const void *bytes, size_t len)
{
    if (place(builder, len)) {
        struct writer writer = tail_of(builder);
        write_bin(&writer, slice_of(bytes, len));
        builder->len += writer.len;
    }
}

void accrue_build_value(accrue_builder *builder, accrue_value value)
{
    if (builder->status != ACCRUE_OK) {
        return;
    }
    enum status shape =
        shape_check(slice_of(value.data, value.len), FRAME_DEPTH_MAX - builder->depth);
    if (shape != STATUS_OK) {
        (void)fail(builder, shape == STATUS_TOO_LARGE ? ACCRUE_TOO_LARGE : ACCRUE_BAD_PARAMS);
    } else if (place(builder, value.len)) {
        memcpy(builder->data + builder->len, value.data, value.len);
        builder->len += value.len;
    }
}

int accrue_build_done(accrue_builder *builder, accrue_value *ret_value)
{
    if (builder->status == ACCRUE_OK && (builder->depth != 0 || builder->roots != 1)) {
        (void)fail(builder, ACCRUE_BAD_PARAMS);
    }
    if (builder->status == ACCRUE_OK) {
        *ret_value = (accrue_value){.data = builder->data, .len = builder->len};
    }
    return builder->status;
}
