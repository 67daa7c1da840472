/* reconcile bank: the command, and how its answer is shown. */

#include <string.h>

#include "ops/cli/bank/bank.h"
#include "ops/cli/export/export.h"
#include "proto/vocabulary.h"

#define DAYS_DEFAULT 3

/* ---- rows ---- */

static const char *class_name(enum line_class class)
{
    static const char *const names[LINE_CLASSES] = {
        [LINE_ONLY_IN_BANK] = "only_in_bank", [LINE_MATCHED] = "matched",
        [LINE_DIFFERS] = "differs",           [LINE_DUPLICATE] = "possible_duplicate",
        [LINE_PAID_OUT] = "paid_out",
    };
    return names[class];
}

static const char *by_name(enum match_by by)
{
    static const char *const names[] = {[BY_NOTHING] = "",
                                        [BY_REFERENCE] = "reference",
                                        [BY_NAME] = "name",
                                        [BY_AMOUNT] = "amount"};
    return names[by];
}

static void add_payment(json_t *row, const struct payment *payment)
{
    char date[11];
    date_format(payment->day, date);
    json_set_text(row, "payment", payment->agg);
    json_set_text(row, "booked_on", date);
    (void)json_object_set_new(row, "booked", json_integer(payment->amount));
    json_set_text(row, "payer", payment->payer);
}

static json_t *row_begun(const char *class, json_t *number, int32_t day, const char *currency,
                         int64_t amount)
{
    char date[11];
    date_format(day, date);
    return json_pack("{s:s,s:o,s:s,s:s,s:I,s:s,s:s,s:n,s:n,s:n,s:n,s:s}", "class", class, "row",
                     number, "date", date, "currency", currency, "amount", (json_int_t)amount,
                     "counterparty", "", "bank_ref", "", "payment", "booked_on", "booked", "payer",
                     "by", "");
}

static json_t *line_row(const struct statement *statement, const struct line *line)
{
    json_t *row = row_begun(class_name(line->class), json_integer((json_int_t)line->row), line->day,
                            line->currency, line->amount);
    json_set_text(row, "counterparty", line->counterparty);
    json_set_text(row, "bank_ref", line->reference);
    json_set_text(row, "by", by_name(line->by));
    if (line->payment != NONE) {
        add_payment(row, &statement->payments[line->payment]);
    }
    return row;
}

/* Of a payment that no line has, if it is of the statement's days and currencies; else NULL. A
 * repeated one names the payment that it may repeat as `by`. */
static json_t *payment_row(const struct statement *statement, const struct payment *payment)
{
    if (payment->line != NONE || payment->day < statement->first ||
        payment->day > statement->last ||
        json_object_get(statement->sums, payment->currency) == NULL) {
        return NULL;
    }
    bool repeated = payment->duplicate != NONE;
    json_t *row = row_begun(repeated ? "possible_duplicate_in_log" : "only_in_log", json_null(),
                            payment->day, payment->currency, payment->amount);
    json_set_text(row, "counterparty", payment->payer);
    json_set_text(row, "bank_ref", payment->reference);
    add_payment(row, payment);
    if (repeated) {
        json_set_text(row, "by", statement->payments[payment->duplicate].agg);
    }
    return row;
}

static json_t *rows_of(const struct statement *statement)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < statement->line_count; i++) {
        (void)json_array_append_new(rows, line_row(statement, &statement->lines[i]));
    }
    for (size_t i = 0; i < statement->payment_count; i++) {
        json_t *row = payment_row(statement, &statement->payments[i]);
        if (row != NULL) {
            (void)json_array_append_new(rows, row);
        }
    }
    return rows;
}

/* ---- sums ---- */

static void add_to(json_t *totals, const char *class, const json_t *row)
{
    const char *currency = json_text(row, "currency");
    json_int_t amount = json_integer_value(json_object_get(row, "amount"));
    json_t *total = NULL;
    for (size_t i = 0; i < json_array_size(totals) && total == NULL; i++) {
        json_t *at = json_array_get(totals, i);
        bool same = strcmp(json_text(at, "class"), class) == 0 &&
                    strcmp(json_text(at, "currency"), currency) == 0;
        total = same ? at : NULL;
    }
    if (total == NULL) {
        total = json_pack("{s:s,s:s,s:i,s:I}", "class", class, "currency", currency, "lines", 0,
                          "amount", (json_int_t)0);
        (void)json_array_append_new(totals, total);
    }
    (void)json_object_set_new(
        total, "lines", json_integer(json_integer_value(json_object_get(total, "lines")) + 1));
    (void)json_object_set_new(
        total, "amount",
        json_integer(json_integer_value(json_object_get(total, "amount")) + amount));
}

/* One total a class and currency, in a fixed order. */
static json_t *totals_of(const json_t *rows)
{
    static const char *const order[] = {
        "matched",  "differs",     "possible_duplicate",        "only_in_bank",
        "paid_out", "only_in_log", "possible_duplicate_in_log",
    };
    json_t *totals = json_array();
    for (size_t c = 0; c < sizeof(order) / sizeof(order[0]); c++) {
        for (size_t i = 0; i < json_array_size(rows); i++) {
            const json_t *row = json_array_get(rows, i);
            if (strcmp(json_text(row, "class"), order[c]) == 0) {
                add_to(totals, order[c], row);
            }
        }
    }
    return totals;
}

/* B1: every row was put somewhere, and what the totals of the classes come to is what was summed
 * while reading, in each currency. */
static bool sums_agree(const struct statement *statement, const json_t *totals)
{
    json_t *left = json_copy(statement->sums); /* currency: as read, less the totals */
    const char *currency;
    json_t *rest;
    size_t lines = 0;
    bool agree = true;
    for (size_t i = 0; i < json_array_size(totals); i++) {
        const json_t *total = json_array_get(totals, i);
        if (strstr(json_text(total, "class"), "_in_log") == NULL) {
            currency = json_text(total, "currency");
            json_int_t sum = json_integer_value(json_object_get(left, currency)) -
                             json_integer_value(json_object_get(total, "amount"));
            (void)json_object_set_new(left, currency, json_integer(sum));
            lines += (size_t)json_integer_value(json_object_get(total, "lines"));
        }
    }
    json_object_foreach(left, currency, rest)
    {
        agree = agree && json_integer_value(rest) == 0;
    }
    json_decref(left);
    return agree && lines + statement->unread + statement->passed == statement->rows;
}

/* ---- the answer ---- */

static bool is_settled(const json_t *row)
{
    const char *class = json_text(row, "class");
    return strcmp(class, "matched") == 0 || strcmp(class, "paid_out") == 0;
}

static json_t *open_rows(const json_t *rows)
{
    json_t *open = json_array();
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        if (!is_settled(row)) {
            (void)json_array_append(open, row);
        }
    }
    return open;
}

/* For people: the classes, then what somebody has to look at. */
static void show(const struct cli *cli, const json_t *answer, const json_t *open)
{
    static const char *const class_keys[] = {"class", "currency", "lines", "amount", NULL};
    (void)printf("%s %s..%s%s%s\n", in_language(cli, "statement of", "流水"),
                 json_text(answer, "from"), json_text(answer, "to"), in_language(cli, ", ", "，"),
                 unit_text(cli));
    json_int_t unread = json_integer_value(json_object_get(answer, "unread"));
    if (unread > 0) {
        (void)printf("%s%lld\n",
                     in_language(cli, "rows that could not be read: ", "无法读取的行："),
                     (long long)unread);
    }
    table_print(cli, json_object_get(answer, "total"), class_keys, NULL);
    if (json_array_size(open) > 0) {
        (void)putchar('\n');
        table_print(cli, open, NULL, NULL);
    }
}

static int answer_made(const struct cli *cli, const struct statement *statement)
{
    char from[11] = "";
    char to[11] = "";
    bool empty = statement->line_count == 0;
    if (!empty) {
        date_format(statement->first, from);
        date_format(statement->last, to);
    }
    json_t *rows = rows_of(statement);
    json_t *totals = totals_of(rows);
    json_t *open = open_rows(rows);
    json_t *answer =
        json_pack("{s:s?,s:s?,s:I,s:I,s:I,s:I,s:O,s:O}", "from", empty ? NULL : from, "to",
                  empty ? NULL : to, "read", (json_int_t)statement->rows, "lines",
                  (json_int_t)statement->line_count, "unread", (json_int_t)statement->unread,
                  "passed_over", (json_int_t)statement->passed, "rows", rows, "total", totals);
    int result = EXIT_OK;
    if (!sums_agree(statement, totals)) {
        message("%s", in_language(cli, "the classes do not add up to the statement",
                                  "各类合计与流水不符"));
        result = EXIT_FAILED;
    } else if (cli->json) {
        json_print(answer);
    } else if (!empty && for_people(cli)) {
        show(cli, answer, open);
    } else if (!empty) {
        result = answer_out(cli, answer, NULL);
    }
    if (empty && result == EXIT_OK) {
        message("%s: %s", cli->args.operands[1],
                in_language(cli, "no line of a statement in it", "没有流水行"));
    }
    if (result == EXIT_OK && (empty || json_array_size(open) > 0 || statement->unread > 0)) {
        result = EXIT_REJECTED;
    }
    json_decref(answer);
    json_decref(open);
    json_decref(totals);
    json_decref(rows);
    return result;
}

int command_reconcile(struct cli *cli)
{
    struct statement statement = {0};
    int64_t days = DAYS_DEFAULT;
    if (strcmp(cli->args.operands[0], "bank") != 0) {
        return usage("reconcile %s: %s", cli->args.operands[0],
                     in_language(cli, "what is compared is a statement: reconcile bank FILE",
                                 "可对账的是银行流水：reconcile bank FILE"));
    }
    if (!option_number(cli, OPTION_DAYS, 0, REFERENCE_DAYS, &days)) {
        return EXIT_USAGE;
    }
    int result = statement_read(cli, cli->args.operands[1], &statement);
    if (result == EXIT_OK && statement.line_count > 0) {
        result = payments_read(cli, &statement);
    }
    if (result == EXIT_OK) {
        statement_match(&statement, (int32_t)days);
        result = answer_made(cli, &statement);
    }
    statement_free(&statement);
    return result;
}
