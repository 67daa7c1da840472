/* A map's values by field: one pass over the map, then access by number.
 *
 *   F1  Nothing is copied: a slice of struct fields is the encoded value where it lies.
 *   F2  The accessors trust that fields_check() has passed, and still never read outside the
 *       value: what is not of the type gives the default.
 *   F3  `at` is five kilobytes and an event has a dozen fields, so who reads one map after the
 *       other has only those cleared that were set. */

#include "proto/cursor.h"
#include "proto/vocabulary.h"

static bool read_pairs(struct slice map, struct fields *fields)
{
    struct cursor cursor = cursor_over(map);
    uint32_t pairs;
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
            if (fields->set_count < FIELDS_LISTED) {
                fields->set[fields->set_count] = (uint16_t)id;
            }
            fields->set_count++;
            fields->at[id] = value;
        }
    }
    return true;
}

bool fields_parse(struct slice map, struct fields *ret_fields)
{
    memset(ret_fields, 0, sizeof(*ret_fields));
    return read_pairs(map, ret_fields);
}

bool fields_parse_next(struct slice map, struct fields *fields)
{
    if (fields->set_count > FIELDS_LISTED) { /* F3 */
        return fields_parse(map, fields);
    }
    for (uint32_t i = 0; i < fields->set_count; i++) {
        fields->at[fields->set[i]] = (struct slice){0};
    }
    fields->set_count = 0;
    return read_pairs(map, fields);
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
    struct slice text = field_text(fields, id);
    int index = text.data ? enum_index(names, text) : -1;
    return index < 0 ? otherwise : index;
}
