/* The lines of a statement, read as `accrue import --profile bank` reads them.
 *
 *   S1  A row with a fault is told and counted, and is no line: what it holds is not known. Only a
 *       row of totals, or one of which no column holds anything, is passed over.
 *   S2  Money that went out is a line too, with a minus, so that the sums are the statement's. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/bank/bank.h"
#include "ops/cli/find/fold.h"
#include "ops/cli/import/import.h"
#include "proto/vocabulary.h"

struct reading {
    const struct cli *cli;
    struct statement *statement;
    struct records records;
    size_t amount, day; /* the columns */
    size_t room;
    uint64_t faulty_row; /* the last one told */
    bool failed;
};

static void tell_fault(void *arg, const struct import_fault *fault)
{
    struct reading *reading = arg;
    const struct cli *cli = reading->cli;
    char where[64] = ""; /* nowhere: of the whole sheet */
    if (fault->row > 0) {
        (void)snprintf(where, sizeof(where), "%s %llu  ", in_language(cli, "row", "行"),
                       (unsigned long long)fault->row);
    }
    bool named = *fault->column != '\0';
    bool holds = *fault->holds != '\0';
    message("%s%s%s%s%s%s%s%s", where, fault->column, holds ? ": " : "", fault->holds,
            named ? "  " : "", fault->wrong, *fault->accepted != '\0' ? "  " : "", fault->accepted);
    reading->statement->unread += fault->row != reading->faulty_row;
    reading->faulty_row = fault->row;
}

static struct line *room_for_one(struct reading *reading)
{
    struct statement *statement = reading->statement;
    if (statement->line_count == reading->room) {
        size_t room = reading->room == 0 ? 256 : reading->room * 2;
        struct line *more = realloc(statement->lines, room * sizeof(*more));
        if (more == NULL) {
            reading->failed = true;
            return NULL;
        }
        statement->lines = more;
        reading->room = room;
    }
    return &statement->lines[statement->line_count++];
}

/* Of a row that the profile passed over: its amount below zero; 0: it has none. */
static int64_t negative_amount(const struct reading *reading, const struct record *record)
{
    const struct records *records = &reading->records;
    size_t cell = reading->amount < records->profile->column_count
                      ? records->cell_of[reading->amount]
                      : SIZE_MAX;
    int64_t amount = 0;
    if (cell < record->cells->count) {
        const char *currency = json_string_value(json_object_get(record->values, "currency"));
        (void)amount_parse(record->cells->cells[cell].text, records->scales[reading->amount],
                           currency, record->cells->cells[cell].kind == CELL_NUMBER, true, &amount);
    }
    return amount < 0 ? amount : 0;
}

/* The same row once more as if its amount said nothing, so that it is read aloud like any other. */
static enum record_result read_without_amount(struct reading *reading, const struct sheet_row *row,
                                              struct record *record)
{
    struct cell *cells = calloc(row->count, sizeof(*cells));
    struct sheet_row other = *row;
    if (cells == NULL) {
        reading->failed = true;
        return RECORD_FAULTY;
    }
    memcpy(cells, row->cells, row->count * sizeof(*cells));
    cells[reading->records.cell_of[reading->amount]] = (struct cell){CELL_TEXT, "-"};
    other.cells = cells;
    json_decref(record->values);
    enum record_result result = record_read(&reading->records, &other, record);
    record->cells = row;
    free(cells);
    return result;
}

/* Above zero: received; below: paid out (S2). */
static int64_t amount_of(const json_t *values, int64_t negative)
{
    int64_t credit = json_integer_value(json_object_get(values, "credit"));
    int64_t debit = json_integer_value(json_object_get(values, "debit"));
    int64_t amount = json_integer_value(json_object_get(values, "amount"));
    if (strcmp(json_text(values, "out"), "out") == 0) {
        int64_t out = debit != 0 ? debit : amount != 0 ? amount : credit;
        return -out;
    }
    if (credit != 0 || amount != 0) {
        return credit != 0 ? credit : amount;
    }
    return debit != 0 ? -debit : negative;
}

static void tell_row(struct reading *reading, const struct record *record, size_t column,
                     const char *wrong)
{
    const struct profile *profile = reading->records.profile;
    bool named = column < profile->column_count;
    struct import_fault fault = {
        record->row, named ? record_heading(&reading->records, column) : "",
        named ? record_cell(&reading->records, record, column) : "", wrong, ""};
    tell_fault(reading, &fault);
}

/* Does any cell that a column reads hold something? */
static bool has_value(const struct reading *reading, const struct record *record)
{
    const struct records *records = &reading->records;
    for (size_t i = 0; i < records->profile->column_count; i++) {
        if (*record_cell(records, record, i) != '\0') {
            return true;
        }
    }
    return false;
}

static void add_sum(struct statement *statement, const struct line *line)
{
    json_int_t sum = json_integer_value(json_object_get(statement->sums, line->currency));
    (void)json_object_set_new(statement->sums, line->currency, json_integer(sum + line->amount));
}

static void keep_line(struct reading *reading, const struct record *record, int64_t negative)
{
    const json_t *values = record->values;
    struct statement *statement = reading->statement;
    struct line line = {.row = record->row, .payment = NONE};
    (void)snprintf(line.currency, sizeof(line.currency), "%.3s", json_text(values, "currency"));
    line.amount = amount_of(values, negative);
    if (!has_value(reading, record)) {
        statement->passed++;
        return;
    }
    if (!date_parse(slice_text(json_text(values, "value_date")), &line.day)) {
        tell_row(reading, record, reading->day, in_language(reading->cli, "no date", "无日期"));
        return;
    }
    if (line.amount == 0 && negative < 0) { /* banks write either of them so */
        tell_row(reading, record, reading->amount,
                 in_language(reading->cli, "a minus, and money out: went out, or came back?",
                             "既为负数又记支出，支出或冲回不明"));
        return;
    }
    if (line.amount == 0) {
        tell_row(reading, record, SIZE_MAX, in_language(reading->cli, "no amount", "无金额"));
        return;
    }
    add_sum(statement, &line);
    struct line *kept = room_for_one(reading);
    if (kept == NULL) {
        return;
    }
    line.class = line.amount < 0 ? LINE_PAID_OUT : LINE_ONLY_IN_BANK;
    line.reference = strdup(json_text(values, "bank_ref"));
    line.reference_folded = fold_copy(json_text(values, "bank_ref"));
    line.counterparty = strdup(json_text(values, "counterparty"));
    line.name = fold_copy(json_text(values, "counterparty"));
    reading->failed = reading->failed || line.reference == NULL || line.reference_folded == NULL ||
                      line.counterparty == NULL || line.name == NULL;
    bool first = statement->line_count == 1;
    statement->first = first || line.day < statement->first ? line.day : statement->first;
    statement->last = first || line.day > statement->last ? line.day : statement->last;
    *kept = line;
}

static bool take_row(void *arg, const struct sheet_row *row)
{
    struct reading *reading = arg;
    struct record record;
    if (!records_is_row(&reading->records, row)) {
        return true;
    }
    reading->statement->rows++;
    enum record_result result = record_read(&reading->records, row, &record);
    int64_t negative = result == RECORD_SKIPPED ? negative_amount(reading, &record) : 0;
    if (negative < 0) {
        result = read_without_amount(reading, row, &record);
    }
    if (result == RECORD_GOOD) {
        keep_line(reading, &record, negative);
    } else if (result == RECORD_SKIPPED && json_object_size(record.values) > 0) {
        tell_row(reading, &record, reading->amount,
                 in_language(reading->cli, "no amount of the currency", "不是该币种的金额"));
    } else if (result == RECORD_SKIPPED) {
        reading->statement->passed++; /* a row of totals, S1 */
    }
    json_decref(record.values);
    return !reading->failed;
}

/* Whose account it is does not matter here, and what went out is not passed over: of the amount
 * below zero that is done by reading the row without it. */
static void relax(struct profile *profile)
{
    size_t own = profile_column(profile, "own_name");
    size_t amount = profile_column(profile, "amount");
    for (size_t i = 0; i < profile->column_count; i++) {
        profile->columns[i].required = profile->columns[i].required && i != own && i != amount;
        profile->columns[i].skip_negative = profile->columns[i].skip_negative && i == amount;
    }
    profile->skip_count = 0;
}

int statement_read(const struct cli *cli, const char *path, struct statement *statement)
{
    char why[SHEET_WHY_BYTES] = "";
    const char *name = given(cli, OPTION_PROFILE) ? cli->args.value[OPTION_PROFILE] : "bank";
    struct reading reading = {.cli = cli, .statement = statement};
    struct profile *profile = profile_chosen(cli, name);
    if (profile == NULL) {
        return EXIT_USAGE;
    }
    relax(profile);
    reading.amount = profile_column(profile, "amount");
    reading.day = profile_column(profile, "value_date");
    statement->sums = json_object();
    struct sheet *sheet = sheet_open(path, cli->args.value[OPTION_SHEET], cli->chinese, why);
    reading.records = (struct records){
        .profile = profile, .chinese = cli->chinese, .fault = tell_fault, .arg = &reading};
    bool good = sheet != NULL && records_begin(&reading.records, sheet, why);
    if (good) {
        good = sheet_read(sheet, take_row, &reading, why) && !reading.failed;
    }
    records_end(&reading.records);
    if (!good && why[0] != '\0') {
        message("%s: %s", path, why);
    }
    sheet_close(sheet);
    profile_free(profile);
    return good ? EXIT_OK : EXIT_REJECTED;
}

void statement_free(struct statement *statement)
{
    for (size_t i = 0; i < statement->line_count; i++) {
        free(statement->lines[i].reference);
        free(statement->lines[i].reference_folded);
        free(statement->lines[i].counterparty);
        free(statement->lines[i].name);
    }
    for (size_t i = 0; i < statement->payment_count; i++) {
        free(statement->payments[i].agg);
        free(statement->payments[i].payer);
        free(statement->payments[i].reference);
        free(statement->payments[i].reference_folded);
        free(statement->payments[i].names);
    }
    json_decref(statement->sums);
    free(statement->lines);
    free(statement->payments);
}
