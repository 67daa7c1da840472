/* A row's cells as values: R2 and R3 of record.h. */

#include "ops/import/record.h"

#include <stdlib.h>
#include <string.h>

#include "ops/import/record_inner.h"
#include "ops/import/text.h"
#include "proto/cursor.h"
#include "proto/vocabulary.h"

struct cell_reading {
    struct records *records;
    const struct sheet_row *row;
    size_t column; /* of the profile */
    struct cell cell;
    char text[SHEET_CELL_BYTES / 4]; /* normal */
    const char *holds;               /* as it stands there */
    json_t *values;
    bool faulty, skipped, currency_faulty;
    bool told[PROFILE_COLUMNS_MAX]; /* a fault of this column */
    bool quiet;                     /* faults are found and not told: the row may be one to skip */
};

/* A cell may fill several columns; what is wrong with it is told once. */
static bool told_of_cell(const struct cell_reading *at)
{
    const size_t *cells = at->records->cell_of;
    for (size_t i = 0; i < at->records->profile->column_count; i++) {
        if (i != at->column && at->told[i] && cells[i] == cells[at->column] &&
            cells[i] != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static void tell(struct cell_reading *at, const char *wrong, const char *accepted)
{
    struct records *records = at->records;
    at->faulty = true;
    if (at->quiet || told_of_cell(at)) {
        return;
    }
    at->told[at->column] = true;
    const char *heading = record_heading(records, at->column);
    struct import_fault fault = {
        .row = at->row->number,
        .column = *heading == '\0' ? records->profile->columns[at->column].name : heading,
        .holds = at->holds,
        .wrong = wrong,
        .accepted = accepted};
    records->fault(records->arg, &fault);
}

static json_t *valued(struct cell_reading *at, enum value_fault fault, json_t *value)
{
    if (fault == VALUE_GOOD) {
        return value;
    }
    json_decref(value);
    tell(at, value_wrong(fault, at->records->chinese), value_accepted(fault, at->records->chinese));
    return NULL;
}

/* ---- words ---- */

static bool matches(const struct word *word, const char *folded, bool contains)
{
    return contains ? strstr(folded, word->folded) != NULL : strcmp(word->folded, folded) == 0;
}

/* The code, "" for none; NULL: no word of the set. */
static const char *code_of(const struct profile *profile, const struct sheet_column *column,
                           const char *folded)
{
    const char *by_code = NULL;
    for (size_t i = 0; i < profile->word_count; i++) {
        const struct word *word = &profile->words[i];
        if (strcmp(word->set, column->words) != 0) {
            continue;
        }
        if (matches(word, folded, column->contains)) {
            return word->code;
        }
        by_code = strcmp(word->code, folded) == 0 ? word->code : by_code;
    }
    return by_code;
}

static void tell_words(struct cell_reading *at, const struct sheet_column *column)
{
    const struct profile *profile = at->records->profile;
    char known[512] = "";
    for (size_t i = 0; i < profile->word_count; i++) {
        if (strcmp(profile->words[i].set, column->words) == 0) {
            text_list(known, sizeof(known), profile->words[i].text);
        }
    }
    tell(at, at->records->chinese ? "不在词表中" : "none of the words known", known);
}

static json_t *read_word(struct cell_reading *at, const struct sheet_column *column)
{
    char folded[TEXT_MAX];
    const char *code = text_folded(at->text, folded, sizeof(folded))
                           ? code_of(at->records->profile, column, folded)
                           : NULL;
    bool six = column->type == TYPE_AS_REGION && strlen(at->text) == 6 &&
               strspn(at->text, "0123456789") == 6;
    if (six) {
        return json_string(at->text);
    }
    if (code == NULL && !column->contains) {
        tell_words(at, column);
    }
    return code == NULL || *code == '\0' ? NULL : json_string(code);
}

/* ---- texts and ids ---- */

static json_t *read_text(struct cell_reading *at)
{
    if (strlen(at->text) > TEXT_MAX) {
        tell(at, at->records->chinese ? "文字过长" : "too long a text",
             at->records->chinese ? "至多 512 字节（约 170 个汉字）"
                                  : "at most 512 bytes, about 170 Chinese characters");
        return NULL;
    }
    return json_string(at->text);
}

static json_t *read_id(struct cell_reading *at)
{
    char id[TEXT_MAX];
    size_t len = 0;
    for (const char *from = at->text; *from != '\0' && len + 1 < sizeof(id); from++) {
        if (*from != ' ') {
            id[len++] = (char)(*from == '/' ? '-' : *from);
        }
    }
    id[len] = '\0';
    if (len > AGGREGATE_ID_MAX || id[0] == '_') {
        tell(at, at->records->chinese ? "不能作为编号" : "cannot be an id",
             at->records->chinese ? "至多 96 字节，不以下划线开头"
                                  : "at most 96 bytes, not beginning with _");
        return NULL;
    }
    return json_string(id);
}

/* ---- by kind ---- */

/* Of the row's amounts: what its column `currency` said, which was read before them. NULL: that is
 * faulty, and nothing is known. */
static const char *currency_of(const struct cell_reading *at)
{
    const char *said = json_string_value(json_object_get(at->values, "currency"));
    return said == NULL && !at->currency_faulty ? "CNY" : said;
}

static void tell_currency(struct cell_reading *at)
{
    char wrong[160];
    bool chinese = at->records->chinese;
    (void)snprintf(wrong, sizeof(wrong),
                   chinese ? "%s：该行币种为 %.40s" : "%s: the row is in %.40s",
                   value_wrong(VALUE_OTHER_CURRENCY, chinese), currency_of(at));
    tell(at, wrong, value_accepted(VALUE_OTHER_CURRENCY, chinese));
}

static json_t *read_amount(struct cell_reading *at, const struct sheet_column *column)
{
    int64_t minor = 0;
    bool sheet = at->cell.kind == CELL_NUMBER;
    if (at->cell.kind == CELL_DAY || at->cell.kind == CELL_PERCENT) {
        return valued(at, VALUE_NO_AMOUNT, NULL);
    }
    enum value_fault fault = amount_parse(at->cell.text, at->records->scales[at->column],
                                          currency_of(at), sheet, column->skip_negative, &minor);
    if (fault == VALUE_OTHER_CURRENCY) {
        tell_currency(at);
        return NULL;
    }
    if (fault == VALUE_GOOD && minor < 0) {
        at->skipped = true;
        return NULL;
    }
    return fault == VALUE_GOOD && minor == 0 && column->zero_empty
               ? NULL
               : valued(at, fault, json_integer(minor));
}

static json_t *read_day(struct cell_reading *at)
{
    int32_t day = 0;
    char text[11] = "";
    enum value_fault fault = at->cell.kind == CELL_DAY
                                 ? day_of_serial(at->text, at->row->since_1904, &day)
                                 : day_parse(at->text, at->row->since_1904, &day);
    if (fault == VALUE_GOOD) {
        date_format(day, text);
    }
    return valued(at, fault, json_string(text));
}

static json_t *read_value(struct cell_reading *at, const struct sheet_column *column)
{
    int64_t number = 0;
    bool yes = false;
    enum value_fault fault;
    bool sheet = at->cell.kind == CELL_NUMBER || at->cell.kind == CELL_PERCENT;
    switch (column->type) {
    case TYPE_AS_ID:
        return read_id(at);
    case TYPE_AS_AMOUNT:
        return read_amount(at, column);
    case TYPE_AS_DATE:
        return read_day(at);
    case TYPE_AS_SHARE:
        fault = share_parse(at->cell.text, at->cell.kind == CELL_PERCENT, sheet, &number);
        return valued(at, fault, json_integer(number));
    case TYPE_AS_INTEGER:
        fault = integer_parse(at->cell.text, &number);
        return valued(at, fault, json_integer(number));
    case TYPE_AS_YES_NO:
        fault = yes_parse(at->text, &yes);
        return valued(at, fault, json_boolean(yes));
    case TYPE_AS_WORD:
    case TYPE_AS_REGION:
        return read_word(at, column);
    case TYPE_AS_TEXT:
    default:
        return read_text(at);
    }
}

/* -, — and / say that there is nothing to say, where no text is wanted. */
static bool is_dash(const struct sheet_column *column, const char *text)
{
    static const char *const dashes[] = {"-", "--", "—", "——", "/", "n/a", "N/A", "#N/A"};
    if (column->type == TYPE_AS_YES_NO) {
        return false;
    }
    for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
        if (strcmp(text, dashes[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Gives whether a fault was found. */
static bool read_cell(struct cell_reading *at)
{
    const struct profile *profile = at->records->profile;
    const struct sheet_column *column = &profile->columns[at->column];
    size_t place = at->records->cell_of[at->column];
    static const struct cell none = {CELL_EMPTY, ""};
    struct cell own = place < at->row->count ? at->row->cells[place] : none;
    char room[CELL_NUMBER_BYTES];
    if (own.kind == CELL_EMPTY && column->fallback != NULL) {
        own = (struct cell){CELL_TEXT, column->fallback};
    }
    bool as_text = column->type == TYPE_AS_TEXT || column->type == TYPE_AS_ID ||
                   column->type == TYPE_AS_WORD || column->type == TYPE_AS_REGION;
    const char *from = own.text;
    bool exact = !as_text || cell_as_text(&own, at->row->since_1904, room, &from);
    bool fits = text_normal(from, at->text, sizeof(at->text));
    at->cell = own;
    at->holds = own.text;
    at->faulty = false;
    if (!exact) {
        tell(at, text_lost_digits(at->records), text_enter_again(at->records));
        return true;
    }
    if (own.kind == CELL_ERROR || !fits) {
        tell(at, at->records->chinese ? "单元格是错误值或过长" : "the cell is an error or too long",
             at->records->chinese ? "改正公式或填入数值" : "mend the formula, or enter the value");
        return true;
    }
    json_t *value =
        at->text[0] == '\0' || is_dash(column, at->text) ? NULL : read_value(at, column);
    if (value != NULL) {
        (void)json_object_set_new(at->values, column->name, value);
    } else if (column->required && !at->faulty && !at->skipped) {
        tell(at, at->records->chinese ? "必填项为空" : "is empty and must not be",
             at->records->chinese ? "填写" : "a value");
    }
    return at->faulty;
}

static void read_cells(struct cell_reading *at)
{
    const struct profile *profile = at->records->profile;
    size_t currency = profile_column(profile, "currency");
    at->column = currency; /* before the amounts, wherever it stands in the profile */
    at->currency_faulty = currency < profile->column_count && read_cell(at);
    bool faulty = at->currency_faulty;
    for (at->column = 0; at->column < profile->column_count; at->column++) {
        faulty = (at->column != currency && read_cell(at)) || faulty;
    }
    at->faulty = faulty;
}

/* ---- the row ---- */

/* A row of totals below the table. */
static bool is_total(const struct sheet_row *row)
{
    static const char *const names[] = {
        "合计", "总计", "小计", "合计:", "总计:", "小计:", "本页合计", "total", "total:", "sum"};
    char folded[64];
    for (size_t c = 0; c < row->count; c++) {
        if (row->cells[c].kind == CELL_EMPTY) {
            continue;
        }
        if (!text_folded(row->cells[c].text, folded, sizeof(folded))) {
            return false;
        }
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
            if (strcmp(folded, names[i]) == 0) {
                return true;
            }
        }
        return false; /* only the first cell that holds something */
    }
    return true;
}

static bool is_skipped(const struct profile *profile, const json_t *values)
{
    for (size_t i = 0; i < profile->skip_count; i++) {
        json_t *said =
            expression_value(&profile->assignments[profile->skip_first + i].value, values);
        json_decref(said);
        if (said != NULL) {
            return true;
        }
    }
    return false;
}

static void check_unique(struct cell_reading *at)
{
    const struct profile *profile = at->records->profile;
    for (size_t i = 0; i < profile->column_count; i++) {
        const char *text = json_string_value(json_object_get(at->values, profile->columns[i].name));
        if (!profile->columns[i].unique || text == NULL) {
            continue;
        }
        char key[TEXT_MAX + PROFILE_NAME_BYTES + 2];
        (void)snprintf(key, sizeof(key), "%s=%s", profile->columns[i].name, text);
        uint32_t *first = tally_at(&at->records->uniques, key);
        at->column = i;
        at->holds = text;
        if (first != NULL && *first != 0) {
            char wrong[96];
            (void)snprintf(wrong, sizeof(wrong),
                           at->records->chinese ? "与第 %u 行相同" : "the same as in row %u",
                           (unsigned)*first);
            tell(at, wrong, at->records->chinese ? "每行一个编号" : "a number of its own");
        } else if (first != NULL) {
            *first = (uint32_t)at->row->number;
        }
    }
}

enum record_result record_read(struct records *records, const struct sheet_row *row,
                               struct record *ret)
{
    *ret = (struct record){.row = row->number, .cells = row, .values = json_object()};
    if (is_total(row)) {
        return RECORD_SKIPPED;
    }
    struct cell_reading at = {.records = records, .row = row, .values = ret->values, .quiet = true};
    read_cells(&at);
    if (at.skipped || is_skipped(records->profile, ret->values)) {
        return RECORD_SKIPPED;
    }
    at.quiet = false;
    if (at.faulty) {
        read_cells(&at); /* now aloud */
    }
    check_unique(&at);
    if (at.faulty) {
        return RECORD_FAULTY;
    }
    if (!record_key(records, ret)) {
        return RECORD_FAULTY;
    }
    (void)json_object_set_new(ret->values, "row", json_stringn(ret->key, 24));
    return RECORD_GOOD;
}
