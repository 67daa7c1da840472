/* outstanding, stats, query, explain, show, find: questions to projections.
 *
 *   Q1  All pages of an answer are fetched and shown as one; --limit bounds the rows.
 *   Q2  --json prints the daemon's answer as it is, so that programs see what the wire says. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cli/table.h"

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text != NULL) {
        (void)json_object_set_new(object, key, json_string(text));
    }
}

/* known_at is a seq where it is all digits. */
static void set_viewpoint(const struct cli *cli, json_t *params)
{
    const char *known = cli->args.value[OPTION_KNOWN_AT];
    set_text(params, "as_of", cli->args.value[OPTION_AS_OF]);
    if (known != NULL && strspn(known, "0123456789") == strlen(known)) {
        (void)json_object_set_new(params, "known_at", json_integer(strtoll(known, NULL, 10)));
    } else {
        set_text(params, "known_at", known);
    }
}

static json_t *list_of(const char *text)
{
    json_t *list = json_array();
    while (*text != '\0') {
        size_t len = strcspn(text, ",");
        bool digits = len > 0 && strspn(text, "0123456789") == len;
        (void)json_array_append_new(list, digits ? json_integer(strtoll(text, NULL, 10))
                                                 : json_stringn(text, len));
        text += len + (text[len] == ',');
    }
    return list;
}

/* All pages (Q1). NULL on an error, with *ret_exit set. The caller owns the answer. */
static json_t *ask_all(struct cli *cli, const char *method, const char *projection, json_t *own,
                       const char *key, int *ret_exit)
{
    json_t *whole = NULL;
    json_t *after = NULL;
    const char *limit = cli->args.value[OPTION_LIMIT];
    long long left = limit == NULL ? INT64_MAX : strtoll(limit, NULL, 10);
    for (;;) {
        accrue_value result;
        json_t *params = json_pack("{s:s}", "projection", projection);
        set_viewpoint(cli, params);
        set_text(params, "key", key);
        (void)json_object_set(params, "params", own);
        if (after != NULL) {
            (void)json_object_set(params, "after", after);
        }
        if (left < 10000) {
            (void)json_object_set_new(params, "limit", json_integer(left));
        }
        int code = call(cli, method, params, &result);
        if (code != ACCRUE_OK) {
            *ret_exit = report(cli, code);
            json_decref(whole);
            json_decref(own);
            return NULL;
        }
        json_t *page = json_of(result);
        json_t *rows = json_object_get(page, "rows");
        left -= (long long)json_array_size(rows);
        if (whole == NULL) {
            whole = json_incref(page);
        } else {
            (void)json_array_extend(json_object_get(whole, "rows"), rows);
        }
        after = json_object_get(page, "next");
        bool more = json_is_string(after) && left > 0;
        if (after != NULL && more) {
            (void)json_object_set(whole, "next", after);
            after = json_object_get(whole, "next");
        } else if (whole != page) {
            (void)json_object_set_new(whole, "next", json_null());
        }
        json_decref(page);
        if (!more) {
            json_decref(own);
            *ret_exit = EXIT_OK;
            return whole;
        }
    }
}

static void print_head(const struct cli *cli, const json_t *answer)
{
    const json_t *as_of = json_object_get(answer, "as_of");
    const json_t *known = json_object_get(answer, "known_at");
    const json_t *basis = json_object_get(answer, "basis");
    if (cli->csv || !json_is_string(as_of)) {
        return;
    }
    (void)printf("%s %s", in_language(cli, "as of", "截至"), json_string_value(as_of));
    if (json_is_integer(known)) {
        (void)printf("%s %lld", in_language(cli, ", as known at seq", "，所知至序号"),
                     (long long)json_integer_value(known));
    }
    if (json_is_string(basis)) {
        (void)printf("%s %s", in_language(cli, ", basis", "，口径"), json_string_value(basis));
    }
    static const char *const units[][2] = {
        {"fen", "分"}, {"yuan", "元"}, {"10,000 yuan", "万元"}, {"100 million yuan", "亿元"}};
    int unit = cli->unit_fen == 1 ? 0 : cli->unit_fen == 100 ? 1 : cli->unit_fen == 1000000 ? 2 : 3;
    (void)printf("%s%s\n", in_language(cli, ", amounts in ", "，单位："),
                 units[unit][cli->chinese]);
}

static int show_answer(const struct cli *cli, json_t *answer, const char *const *keys, bool sparse)
{
    const json_t *total = json_object_get(answer, "total");
    json_t *totals = json_is_object(total) ? json_pack("[O]", total) : NULL;
    if (cli->json) {
        json_print(answer);
    } else {
        print_head(cli, answer);
        table_print(cli, json_object_get(answer, "rows"), keys, sparse,
                    totals != NULL ? totals : total);
    }
    json_decref(totals);
    json_decref(answer);
    return EXIT_OK;
}

int command_outstanding(struct cli *cli)
{
    const char *const *value = cli->args.value;
    json_t *params = json_object();
    int result;
    set_text(params, "by", value[OPTION_BY]);
    set_text(params, "debtor", value[OPTION_DEBTOR]);
    set_text(params, "creditor", value[OPTION_CREDITOR]);
    set_text(params, "kind", value[OPTION_KIND]);
    if (value[OPTION_BUCKETS] != NULL) {
        (void)json_object_set_new(params, "buckets", list_of(value[OPTION_BUCKETS]));
    }
    json_t *answer = ask_all(cli, "query", "outstanding", params, NULL, &result);
    return answer == NULL ? result : show_answer(cli, answer, NULL, true);
}

static int set_period(json_t *params, const char *text)
{
    const char *dots = strstr(text, "..");
    if (dots == NULL) {
        return usage("--period %s: FROM..TO", text);
    }
    (void)json_object_set_new(params, "period", json_string(text));
    return EXIT_OK;
}

int command_stats(struct cli *cli)
{
    const struct args *args = &cli->args;
    json_t *params = json_object();
    int result = EXIT_OK;
    if (args->value[OPTION_BY] != NULL) {
        (void)json_object_set_new(params, "by", list_of(args->value[OPTION_BY]));
    }
    set_text(params, "basis", args->value[OPTION_BASIS]);
    set_text(params, "compare", args->value[OPTION_COMPARE]);
    if (args->repeats[OPTION_YEAR] > 0) {
        json_t *years = json_array();
        for (int i = 0; i < args->repeats[OPTION_YEAR]; i++) {
            (void)json_array_append_new(
                years, json_integer(strtoll(args->repeated[OPTION_YEAR][i], NULL, 10)));
        }
        (void)json_object_set_new(params, "year", years);
    }
    if (args->value[OPTION_PERIOD] != NULL) {
        result = set_period(params, args->value[OPTION_PERIOD]);
    }
    if (result != EXIT_OK) {
        json_decref(params);
        return result;
    }
    json_t *answer = ask_all(cli, "query", "statistics", params, NULL, &result);
    return answer == NULL ? result : show_answer(cli, answer, NULL, true);
}

/* --param k=v: an integer where v is one, a list where it holds commas. */
static json_t *own_params(const struct cli *cli)
{
    json_t *params = json_object();
    for (int i = 0; i < cli->args.repeats[OPTION_PARAM]; i++) {
        const char *text = cli->args.repeated[OPTION_PARAM][i];
        const char *equals = strchr(text, '=');
        char name[64];
        size_t len = equals == NULL ? 0 : (size_t)(equals - text);
        if (len == 0 || len >= sizeof(name)) {
            json_decref(params);
            (void)usage("--param %s: KEY=VALUE", text);
            return NULL;
        }
        memcpy(name, text, len);
        name[len] = '\0';
        json_t *list = list_of(equals + 1);
        bool many = strchr(equals + 1, ',') != NULL;
        json_t *one = json_array_size(list) > 0 ? json_array_get(list, 0) : NULL;
        (void)json_object_set(params, name, many || one == NULL ? list : one);
        json_decref(list);
    }
    return params;
}

static int list_projections(struct cli *cli)
{
    accrue_value result;
    int code = call(cli, "status", json_object(), &result);
    if (code != ACCRUE_OK) {
        return report(cli, code);
    }
    json_t *status = json_of(result);
    const json_t *list = json_object_get(status, "projections");
    if (cli->json) {
        json_print(list);
    } else {
        for (size_t i = 0; i < json_array_size(list); i++) {
            (void)puts(json_string_value(json_object_get(json_array_get(list, i), "name")));
        }
    }
    json_decref(status);
    return EXIT_OK;
}

int command_query(struct cli *cli)
{
    int result;
    if (cli->args.value[OPTION_LIST] != NULL) {
        return list_projections(cli);
    }
    if (cli->args.operand_count == 0) {
        return usage("accrue query NAME, or accrue query --list");
    }
    json_t *params = own_params(cli);
    if (params == NULL) {
        return EXIT_USAGE;
    }
    json_t *answer = ask_all(cli, "query", cli->args.operands[0], params, NULL, &result);
    return answer == NULL ? result : show_answer(cli, answer, NULL, true);
}

int command_explain(struct cli *cli)
{
    int result;
    json_t *params = own_params(cli);
    if (params == NULL) {
        return EXIT_USAGE;
    }
    json_t *answer =
        ask_all(cli, "explain", cli->args.operands[0], params, cli->args.operands[1], &result);
    return answer == NULL ? result : show_answer(cli, answer, NULL, true);
}

static json_t *rows_where(struct cli *cli, const char *projection, json_t *params, const char *key,
                          const char *wanted, int *ret_exit)
{
    json_t *answer = ask_all(cli, "query", projection, params, NULL, ret_exit);
    if (answer == NULL) {
        return NULL;
    }
    json_t *rows = json_object_get(answer, "rows");
    for (size_t i = json_array_size(rows); i > 0; i--) {
        const json_t *cell = json_object_get(json_array_get(rows, i - 1), key);
        if (!json_is_string(cell) || strcmp(json_string_value(cell), wanted) != 0) {
            (void)json_array_remove(rows, i - 1);
        }
    }
    return answer;
}

static void print_pairs(const struct cli *cli, const json_t *row)
{
    const char *key;
    json_t *cell;
    json_object_foreach((json_t *)(uintptr_t)row, key, cell)
    {
        char money[40];
        if (json_is_integer(cell) && column_kind_of(key) == COLUMN_MONEY) {
            money_text(cli, json_integer_value(cell), true, money);
            (void)printf("%s: %s\n", column_title(key, cli->chinese), money);
        } else if (json_is_integer(cell)) {
            (void)printf("%s: %lld\n", column_title(key, cli->chinese),
                         (long long)json_integer_value(cell));
        } else if (json_is_string(cell) && json_string_length(cell) > 0) {
            (void)printf("%s: %s\n", column_title(key, cli->chinese), json_string_value(cell));
        } else if (json_is_true(cell)) {
            (void)printf("%s\n", key);
        }
    }
}

int command_show(struct cli *cli)
{
    static const char *const keys[] = {"no",           "kind", "outstanding", "contingent", "paid",
                                       "extinguished", "due",  "bucket",      "state",      NULL};
    const char *agg = cli->args.operands[0];
    int result;
    json_t *contract =
        rows_where(cli, "contracts", json_pack("{s:s}", "by", "contract"), "key", agg, &result);
    if (contract == NULL) {
        return result;
    }
    json_t *row = json_array_get(json_object_get(contract, "rows"), 0);
    if (row == NULL) {
        json_decref(contract);
        (void)fprintf(stderr, "accrue: %s %s\n", in_language(cli, "no contract", "没有合同"), agg);
        return EXIT_NOT_FOUND;
    }
    json_t *items =
        ask_all(cli, "query", "open_items", json_pack("{s:s}", "contract", agg), NULL, &result);
    if (items != NULL && cli->json) {
        json_t *both =
            json_pack("{s:O,s:O}", "contract", row, "open_items", json_object_get(items, "rows"));
        json_print(both);
        json_decref(both);
    } else if (items != NULL) {
        print_pairs(cli, row);
        (void)putchar('\n');
        table_print(cli, json_object_get(items, "rows"), keys, true, NULL);
    }
    json_decref(items);
    json_decref(contract);
    return result;
}

static bool holds(const json_t *row, const char *text)
{
    static const char *const keys[] = {"key", "label", "contract_no", NULL};
    for (const char *const *key = keys; *key != NULL; key++) {
        const json_t *cell = json_object_get(row, *key);
        if (json_is_string(cell) && strstr(json_string_value(cell), text) != NULL) {
            return true;
        }
    }
    return false;
}

/* Rows of a question that hold the text, as {what, key, label}. */
static int find_in(struct cli *cli, const char *projection, const char *by, const char *what,
                   json_t *found)
{
    int result;
    json_t *answer = ask_all(cli, "query", projection, json_pack("{s:s}", "by", by), NULL, &result);
    const json_t *rows = json_object_get(answer, "rows");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (holds(row, cli->args.operands[0])) {
            (void)json_array_append_new(found, json_pack("{s:s,s:O?,s:O?}", "what", what, "key",
                                                         json_object_get(row, "key"), "label",
                                                         json_object_get(row, "label")));
        }
    }
    json_decref(answer);
    return result;
}

int command_find(struct cli *cli)
{
    json_t *found = json_array();
    int result = find_in(cli, "contracts", "contract", "contract", found);
    if (result == EXIT_OK) {
        result = find_in(cli, "outstanding", "debtor", "debtor", found);
    }
    if (result == EXIT_OK) {
        result = find_in(cli, "outstanding", "creditor", "creditor", found);
    }
    if (result == EXIT_OK) {
        if (cli->json) {
            json_print(found);
        } else {
            table_print(cli, found, NULL, true, NULL);
        }
        result = json_array_size(found) > 0 ? EXIT_OK : EXIT_NOT_FOUND;
    }
    json_decref(found);
    return result;
}
