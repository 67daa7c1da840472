/* Which row is which: the key of a row, R3 of record.h. */

#include <stdlib.h>
#include <string.h>

#include "ops/import/record_inner.h"
#include "proto/vocabulary.h"

bool cell_as_text(const struct cell *cell, bool since_1904, char room[CELL_NUMBER_BYTES],
                  const char **ret_text)
{
    int64_t number;
    int32_t day;
    *ret_text = cell->text;
    if (cell->kind == CELL_NUMBER) {
        enum value_fault fault = digits_parse(cell->text, &number);
        if (fault == VALUE_GOOD) {
            (void)snprintf(room, CELL_NUMBER_BYTES, "%lld", (long long)number);
            *ret_text = room;
        }
        return fault != VALUE_TOO_LARGE;
    }
    if (cell->kind == CELL_DAY && day_of_serial(cell->text, since_1904, &day) == VALUE_GOOD) {
        date_format(day, room);
        *ret_text = room;
    }
    return true;
}

const char *text_lost_digits(const struct records *records)
{
    return records->chinese ? "16 位以上的数字，电子表格只保留 15 位"
                            : "a number of 16 digits, of which a spreadsheet keeps 15";
}

const char *text_enter_again(const struct records *records)
{
    return records->chinese ? "将该列设为文本格式后重新填写"
                            : "make the column one of text and enter it again";
}

/* `wrong` NULL: the id is empty, or not the first of its kind. */
static void tell_key(const struct records *records, const struct record *record, const char *holds,
                     const char *wrong)
{
    struct import_fault fault = {.row = record->row,
                                 .column = records->id_column == NULL ? "" : records->id_column,
                                 .holds = holds,
                                 .wrong = wrong,
                                 .accepted = text_enter_again(records)};
    if (wrong == NULL) {
        fault.wrong =
            records->chinese ? "编号为空或重复" : "the id is empty, or used twice in this file";
        fault.accepted = records->chinese ? "每行一个编号" : "a number of its own";
    }
    records->fault(records->arg, &fault);
}

/* What the id column holds, told where it holds none. */
static bool read_key_cell(const struct records *records, const struct record *record, char *out,
                          size_t size)
{
    static const struct cell none = {CELL_EMPTY, ""};
    const struct sheet_row *row = record->cells;
    const struct cell *cell = records->id_cell < row->count ? &row->cells[records->id_cell] : &none;
    char room[CELL_NUMBER_BYTES];
    const char *from = "";
    bool exact = cell_as_text(cell, row->since_1904, room, &from);
    if (exact && text_normal(from, out, size) && *out != '\0') {
        return true;
    }
    tell_key(records, record, cell->text, exact ? NULL : text_lost_digits(records));
    return false;
}

bool record_key(struct records *records, struct record *record)
{
    const struct profile *profile = records->profile;
    json_t *content = json_object();
    bool by_column = records->id_cell != SIZE_MAX;
    char id[TEXT_MAX] = "";
    if (by_column) {
        if (!read_key_cell(records, record, id, sizeof(id))) {
            json_decref(content);
            return false;
        }
        (void)json_object_set_new(content, "id", json_string(id));
    } else {
        (void)json_object_set(content, "values", record->values);
    }
    json_t *types = json_array();
    for (size_t i = 0; i < profile->event_count; i++) {
        (void)json_array_append_new(types, json_string(profile->events[i].type));
    }
    (void)json_object_set_new(content, "types", types);
    char *text = json_dumps(content, JSON_COMPACT | JSON_SORT_KEYS);
    uint32_t *count = text == NULL ? NULL : tally_at(&records->keys, text);
    if (count != NULL && ++*count > 1) { /* the same once more */
        (void)json_object_set_new(content, "again", json_integer(*count));
        free(text);
        text = json_dumps(content, JSON_COMPACT | JSON_SORT_KEYS);
    }
    if (text != NULL) {
        content_hex(text, strlen(text), record->key);
    }
    free(text);
    json_decref(content);
    bool good = count != NULL && (!by_column || *count == 1);
    if (!good) {
        tell_key(records, record, id, NULL);
    }
    return good;
}
