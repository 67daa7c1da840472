/* Reading values: the cursor of proto/ behind a C89-like interface.
 *
 *   The bytes came through the framer, so they are whole; still nothing is read past them. */

#include "accrue/accrue.h"
#include "proto/cursor.h"

static struct cursor over(accrue_value value)
{
    return cursor_over(slice_of(value.data, value.len));
}

static accrue_value from_slice(struct slice slice)
{
    return (accrue_value){.data = slice.data, .len = slice.len};
}

enum accrue_kind accrue_value_kind(accrue_value value)
{
    static const enum accrue_kind kinds[] = {
        [CURSOR_NONE] = ACCRUE_NONE, [CURSOR_NIL] = ACCRUE_NIL,     [CURSOR_BOOL] = ACCRUE_BOOL,
        [CURSOR_INT] = ACCRUE_INT,   [CURSOR_FLOAT] = ACCRUE_NONE,  [CURSOR_STR] = ACCRUE_TEXT,
        [CURSOR_BIN] = ACCRUE_BIN,   [CURSOR_ARRAY] = ACCRUE_ARRAY, [CURSOR_MAP] = ACCRUE_MAP,
        [CURSOR_EXT] = ACCRUE_NONE,
    };
    struct cursor cursor = over(value);
    return value.len == 0 ? ACCRUE_NONE : kinds[cursor_peek(&cursor)];
}

int accrue_value_int(accrue_value value, int64_t *ret)
{
    struct cursor cursor = over(value);
    return value.len > 0 && cursor_int(&cursor, ret);
}

int accrue_value_bool(accrue_value value, int *ret)
{
    struct cursor cursor = over(value);
    bool is = false;
    if (value.len == 0 || !cursor_bool(&cursor, &is)) {
        return 0;
    }
    *ret = is;
    return 1;
}

int accrue_value_text(accrue_value value, const char **ret_text, size_t *ret_len)
{
    struct cursor cursor = over(value);
    struct slice text;
    if (value.len == 0 || !cursor_str(&cursor, &text)) {
        return 0;
    }
    *ret_text = (const char *)text.data;
    *ret_len = text.len;
    return 1;
}

int accrue_value_bin(accrue_value value, const uint8_t **ret_bytes, size_t *ret_len)
{
    struct cursor cursor = over(value);
    struct slice bytes;
    if (accrue_value_kind(value) != ACCRUE_BIN || !cursor_bin(&cursor, &bytes)) {
        return 0;
    }
    *ret_bytes = bytes.data;
    *ret_len = bytes.len;
    return 1;
}

size_t accrue_value_count(accrue_value value)
{
    struct cursor cursor = over(value);
    uint32_t count = 0;
    if (value.len == 0 || !(cursor_peek(&cursor) == CURSOR_MAP ? cursor_map(&cursor, &count)
                                                               : cursor_array(&cursor, &count))) {
        return 0;
    }
    return count;
}

int accrue_value_find(accrue_value map, const char *key, accrue_value *ret_value)
{
    struct slice found;
    if (map.len == 0 || !map_find(slice_of(map.data, map.len), key, &found)) {
        return 0;
    }
    *ret_value = from_slice(found);
    return 1;
}

int accrue_value_next(accrue_value container, size_t *at, accrue_value *ret_key,
                      accrue_value *ret_value)
{
    struct cursor cursor = over(container);
    enum accrue_kind kind = accrue_value_kind(container);
    struct slice key = slice_of(container.data, 0);
    struct slice value;
    uint32_t count;
    if (kind != ACCRUE_MAP && kind != ACCRUE_ARRAY) {
        return 0;
    }
    if (*at == 0) {
        (void)(kind == ACCRUE_MAP ? cursor_map(&cursor, &count) : cursor_array(&cursor, &count));
    } else {
        cursor.at += *at;
    }
    if (cursor.at >= cursor.end || (kind == ACCRUE_MAP && !cursor_value(&cursor, &key)) ||
        !cursor_value(&cursor, &value)) {
        return 0;
    }
    *at = (size_t)(cursor.at - container.data);
    *ret_key = from_slice(key);
    *ret_value = from_slice(value);
    return 1;
}
