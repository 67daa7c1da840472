/* The lines of a statement, read as `accrue import --profile bank` reads them.
 *
 *   S1  A row with a fault is told and counted, and is no line: what it holds is not known.
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
    size_t amount; /* the column */
    size_t room;
    uint64_t faulty_row; /* the last one told */
    bool failed;
};

static void tell_fault(void *arg, const struct import_fault *fault)
{
    struct reading *reading = arg;
    char row[24];
    (void)snprintf(row, sizeof(row), "%llu", (unsigned long long)fault->row);
    message("%s %s  %s: %s  %s  %s", in_language(reading->cli, "row", "行"), row, fault->column,
            fault->holds, fault->wrong, fault->accepted);
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

/* A negative amount, for which the profile passes the row over; 0: it is none. */
static int64_t negative_amount(const struct reading *reading, const struct record *record,
                               const char *currency)
{
    const struct records *records = &reading->records;
    size_t cell = reading->amount < records->profile->column_count
                      ? records->cell_of[reading->amount]
                      : SIZE_MAX;
    int64_t amount = 0;
    if (cell < record->cells->count) {
        int exponent = currency_exponent(slice_text(currency));
        (void)amount_parse(record->cells->cells[cell].text, records->scales[reading->amount],
                           exponent < 0 ? 2 : exponent,
                           record->cells->cells[cell].kind == CELL_NUMBER, true, &amount);
    }
    return amount < 0 ? amount : 0;
}

/* Above zero: received; below: paid out (S2). */
static int64_t amount_of(const struct reading *reading, const struct record *record,
                         const char *currency)
{
    const json_t *values = record->values;
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
    return debit != 0 ? -debit : negative_amount(reading, record, currency);
}

static void keep_line(struct reading *reading, const struct record *record)
{
    const json_t *values = record->values;
    struct line line = {.row = record->row, .payment = NONE};
    (void)snprintf(line.currency, sizeof(line.currency), "%.3s", json_text(values, "currency"));
    line.amount = amount_of(reading, record, line.currency);
    if (!date_parse(slice_text(json_text(values, "value_date")), &line.day)) {
        return; /* a row of totals */
    }
    if (line.amount == 0) {
        struct import_fault fault = {record->row, "", "",
                                     in_language(reading->cli, "no amount", "无金额"), ""};
        tell_fault(reading, &fault);
        return;
    }
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
    struct statement *statement = reading->statement;
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
    if (record_read(&reading->records, row, &record) != RECORD_FAULTY) {
        keep_line(reading, &record);
    }
    json_decref(record.values);
    return !reading->failed;
}

/* Whose account it is does not matter here, and what went out is not passed over. */
static void relax(struct profile *profile)
{
    size_t own = profile_column(profile, "own_name");
    if (own < profile->column_count) {
        profile->columns[own].required = false;
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
    struct sheet *sheet = sheet_open(path, cli->args.value[OPTION_SHEET], cli->chinese, why);
    reading.records = (struct records){
        .profile = profile, .chinese = cli->chinese, .fault = tell_fault, .arg = &reading};
    bool good = sheet != NULL && records_begin(&reading.records, sheet, why);
    if (good) {
        good = sheet_read(sheet, take_row, &reading, why) && !reading.failed;
        records_end(&reading.records);
    }
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
    free(statement->lines);
    free(statement->payments);
}
