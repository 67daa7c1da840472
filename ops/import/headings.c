/* Which cell of a row fills which column: R1 of record.h. */

#include <stdlib.h>
#include <string.h>

#include "ops/import/record.h"
#include "ops/import/text.h"

#define HEADING_BYTES 256

/* "合同金额（万元）*" folded: the name, and what the brackets hold. */
struct heading {
    char whole[HEADING_BYTES], name[HEADING_BYTES], unit[HEADING_BYTES];
};

static bool read_heading(const char *text, struct heading *ret)
{
    ret->unit[0] = '\0';
    if (!text_folded(text, ret->whole, sizeof(ret->whole))) {
        return false;
    }
    size_t len = strlen(ret->whole);
    while (len > 0 && strchr("*:", ret->whole[len - 1]) != NULL) { /* a mark of the form */
        ret->whole[--len] = '\0';
    }
    memmove(ret->whole, ret->whole + strspn(ret->whole, "*"),
            strlen(ret->whole) - strspn(ret->whole, "*") + 1);
    memcpy(ret->name, ret->whole, sizeof(ret->name));
    char *open = strrchr(ret->name, '(');
    len = strlen(ret->name);
    if (open != NULL && open > ret->name && ret->name[len - 1] == ')') {
        ret->name[len - 1] = '\0';
        memcpy(ret->unit, open + 1, strlen(open + 1) + 1);
        *open = '\0';
    }
    return ret->whole[0] != '\0';
}

static bool fills(const struct sheet_column *column, const struct heading *heading)
{
    for (size_t i = 0; i < column->heading_count; i++) {
        char known[HEADING_BYTES];
        if (text_folded(column->headings[i], known, sizeof(known)) &&
            (strcmp(known, heading->whole) == 0 || strcmp(known, heading->name) == 0)) {
            return true;
        }
    }
    return false;
}

/* The first cell that fills a column does. */
static size_t bind(struct records *records, const struct sheet_row *row, bool keep)
{
    const struct profile *profile = records->profile;
    size_t found = 0;
    for (size_t c = 0; c < row->count; c++) {
        struct heading heading;
        bool matched = false;
        if (row->cells[c].kind != CELL_TEXT || !read_heading(row->cells[c].text, &heading)) {
            continue;
        }
        for (size_t i = 0; i < profile->column_count; i++) {
            if (!fills(&profile->columns[i], &heading)) {
                continue;
            }
            matched = true;
            if (keep && records->cell_of[i] == SIZE_MAX) {
                records->cell_of[i] = c;
                (void)scale_parse(heading.unit, &records->scales[i]);
                records->used[c] = true;
            }
        }
        if (keep) {
            records->headings[c] = strdup(row->cells[c].text);
            if (records->id_column != NULL && records->id_cell == SIZE_MAX) {
                struct heading wanted;
                bool is_id = read_heading(records->id_column, &wanted) &&
                             (strcmp(wanted.whole, heading.whole) == 0 ||
                              strcmp(wanted.whole, heading.name) == 0);
                records->id_cell = is_id ? c : SIZE_MAX;
                records->used[c] = records->used[c] || is_id;
            }
        }
        found += matched;
    }
    return found;
}

struct search {
    struct records *records;
    size_t rows, most;
    uint64_t best;
};

static bool look_at(void *arg, const struct sheet_row *row)
{
    struct search *search = arg;
    size_t found = bind(search->records, row, false);
    if (found > search->most) {
        search->most = found;
        search->best = row->number;
    }
    return ++search->rows < SHEET_HEADER_ROWS;
}

static bool take_headings(void *arg, const struct sheet_row *row)
{
    struct search *search = arg;
    if (row->number != search->best) {
        return true;
    }
    (void)bind(search->records, row, true);
    return false;
}

static void tell(struct records *records, const char *column, const char *wrong,
                 const char *accepted)
{
    struct import_fault fault = {records->heading_row, column, "", wrong, accepted};
    records->fault(records->arg, &fault);
}

/* "合同金额, 合同总金额, amount" */
static void spellings(const struct sheet_column *column, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < column->heading_count; i++) {
        text_list(out, size, column->headings[i]);
    }
}

static bool all_there(struct records *records)
{
    const struct profile *profile = records->profile;
    bool good = true;
    for (size_t i = 0; i < profile->column_count; i++) {
        const struct sheet_column *column = &profile->columns[i];
        if (column->required && records->cell_of[i] == SIZE_MAX && column->fallback == NULL) {
            char known[HEADING_BYTES * 2];
            spellings(column, known, sizeof(known));
            tell(records, column->heading_count > 0 ? column->headings[0] : column->name,
                 records->chinese ? "缺少此列" : "the sheet has no such column", known);
            good = false;
        }
    }
    if (records->id_column != NULL && records->id_cell == SIZE_MAX) {
        tell(records, records->id_column,
             records->chinese ? "缺少此列" : "the sheet has no such column", "--id-column");
        good = false;
    }
    return good;
}

bool records_begin(struct records *records, struct sheet *sheet, char why[SHEET_WHY_BYTES])
{
    struct search search = {.records = records};
    for (size_t i = 0; i < PROFILE_COLUMNS_MAX; i++) {
        records->cell_of[i] = SIZE_MAX;
        records->scales[i] =
            i < records->profile->column_count ? records->profile->columns[i].scale : SCALE_YUAN;
    }
    records->id_cell = SIZE_MAX;
    why[0] = '\0';
    if (!sheet_read(sheet, look_at, &search, why)) {
        return false;
    }
    if (search.most < 2) {
        tell(records, "",
             records->chinese ? "前二十行中未找到表头" : "no headings in the first twenty rows",
             records->chinese ? "用 --print 查看配置所识别的列名"
                              : "--print shows which headings the profile knows");
        return false;
    }
    records->heading_row = search.best;
    return sheet_read(sheet, take_headings, &search, why) && all_there(records);
}

void records_again(struct records *records)
{
    tally_free(&records->keys);
    tally_free(&records->uniques);
}

void records_end(struct records *records)
{
    records_again(records);
    for (size_t c = 0; c < SHEET_COLUMNS_MAX; c++) {
        free(records->headings[c]);
        records->headings[c] = NULL;
    }
}

bool records_is_row(const struct records *records, const struct sheet_row *row)
{
    return row->number > records->heading_row;
}

const char *record_heading(const struct records *records, size_t column)
{
    size_t cell = records->cell_of[column];
    return cell == SIZE_MAX || records->headings[cell] == NULL ? "" : records->headings[cell];
}

const char *record_cell(const struct records *records, const struct record *record, size_t column)
{
    size_t cell = records->cell_of[column];
    if (record->held != NULL) {
        return json_string_value(json_array_get(record->held, column));
    }
    return cell < record->cells->count ? record->cells->cells[cell].text : "";
}

struct record record_keep(const struct records *records, const struct record *record)
{
    struct record kept = *record;
    kept.held = json_array();
    for (size_t i = 0; i < records->profile->column_count; i++) {
        (void)json_array_append_new(kept.held, json_string(record_cell(records, record, i)));
    }
    kept.cells = NULL;
    kept.values = json_incref(record->values);
    return kept;
}

void record_drop(struct record *record)
{
    json_decref(record->held);
    json_decref(record->values);
    *record = (struct record){0};
}
