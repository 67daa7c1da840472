/* A map's values by field: one pass over the map, then access by number.
 *
 *   F1  Nothing is copied: a slice of struct fields is the encoded value where it lies.
 *   F2  The accessors trust that fields_check() has passed, and still never read outside the
 *       value: what is not of the type gives the default. */

#include "proto/cursor.h"
#include "proto/vocabulary.h"

#define MSGPACK_NIL 0xc0

bool fields_parse(struct slice map, struct fields *ret_fields)
{
    struct cursor cursor = cursor_over(map);
    uint32_t pairs;

    memset(ret_fields, 0, sizeof(*ret_fields));
    if (!cursor_map(&cursor, &pairs)) {
        return false;
    }
    for (uint32_t i = 0; i < pairs; i++) {
        struct slice key;
        struct slice value;
        if (!cursor_str(&cursor, &key) || !cursor_value(&cursor, &value)) {
            return false;
        }
        enum field_id id = field_by_name(key);
        if (id != FIELD_COUNT) {
            ret_fields->at[id] = value;
        }
    }
    return true;
}

bool field_present(const struct fields *fields, enum field_id id)
{
    struct slice value = fields->at[id];
    return value.data && value.data[0] != MSGPACK_NIL;
}

struct slice field_text(const struct fields *fields, enum field_id id)
{
    struct slice text;
    return value_text(fields->at[id], &text) ? text : slice_of(NULL, 0);
}

int64_t field_int(const struct fields *fields, enum field_id id, int64_t otherwise)
{
    int64_t value;
    return value_int(fields->at[id], &value) ? value : otherwise;
}

bool field_bool(const struct fields *fields, enum field_id id)
{
    bool value;
    return value_bool(fields->at[id], &value) && value;
}

int32_t field_date(const struct fields *fields, enum field_id id, int32_t otherwise)
{
    int32_t day;
    return date_parse(field_text(fields, id), &day) ? day : otherwise;
}

int field_enum(const struct fields *fields, enum field_id id, const char *const *names,
               int otherwise)
{
    int index = enum_index(names, field_text(fields, id));
    return index < 0 ? otherwise : index;
}
