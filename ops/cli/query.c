/* outstanding, stats, query, explain: questions to projections.
 *
 *   W1  --json prints the daemon's answer as it is, all pages as one, so that programs see what
 *       the wire says; tables and CSV are made from the same answer. */

#include <string.h>

#include "ops/cli/export/export.h"

/* "2024,2025": integers where they are, else texts. */
static json_t *list_of(const char *text)
{
    json_t *list = json_array();
    while (*text != '\0') {
        size_t len = strcspn(text, ",");
        (void)json_array_append_new(list, json_stringn(text, len));
        text += len + (text[len] == ',');
    }
    return list;
}

static void set_list(json_t *params, const char *key, const char *text)
{
    if (text != NULL) {
        (void)json_object_set_new(params, key, list_of(text));
    }
}

static void print_head(const struct cli *cli, const json_t *answer)
{
    const json_t *known = json_object_get(answer, "known_at");
    const char *basis = json_text(answer, "basis");
    (void)printf("%s %s", in_language(cli, "as of", "截至"), json_text(answer, "as_of"));
    (void)printf("%s %" JSON_INTEGER_FORMAT, in_language(cli, ", as known at seq", "，所知至序号"),
                 json_integer_value(known));
    if (*basis != '\0') {
        (void)printf("%s %s", in_language(cli, ", basis", "，口径"), basis);
    }
    (void)printf("%s%s\n", in_language(cli, ", ", "，"), unit_text(cli));
}

/* What the rows do not say: more of them, contracts left out. */
static void print_foot(const struct cli *cli, const json_t *answer)
{
    size_t no_rate = json_array_size(json_object_get(answer, "no_rate"));
    if (no_rate > 0) {
        message("%zu %s", no_rate,
                in_language(cli, "contracts without an exchange rate are left out",
                            "份合同缺少汇率，未计入"));
    }
    if (json_is_string(json_object_get(answer, "next"))) {
        message("%s", in_language(cli, "there are more rows than --limit; totals are of all",
                                  "行数超过 --limit，合计为全部"));
    }
}

/* Lets go of both. */
static int show_answer(const struct cli *cli, const char *projection, json_t *params,
                       json_t *answer, const char *const *keys)
{
    int result = EXIT_OK;
    if (cli->json) {
        json_print(answer);
    } else {
        if (for_people(cli)) {
            print_head(cli, answer);
        }
        result = answer_of(cli, projection, params, answer, keys);
        print_foot(cli, answer);
    }
    json_decref(answer);
    json_decref(params);
    return result;
}

int ask_and_show(const struct cli *cli, const char *projection, json_t *params,
                 const char *const *keys)
{
    int result;
    json_t *answer = ask_rows(cli, "query", projection, json_incref(params), NULL, &result);
    if (answer == NULL) {
        json_decref(params);
        return result;
    }
    return show_answer(cli, projection, params, answer, keys);
}

int command_outstanding(struct cli *cli)
{
    const char *const *value = cli->args.value;
    json_t *params = json_object();
    json_set_text(params, "by", value[OPTION_BY]);
    json_set_text(params, "debtor", value[OPTION_DEBTOR]);
    json_set_text(params, "creditor", value[OPTION_CREDITOR]);
    json_set_text(params, "contract", value[OPTION_CONTRACT]);
    json_set_text(params, "kind", value[OPTION_KIND]);
    set_list(params, "buckets", value[OPTION_BUCKETS]);
    return ask_and_show(cli, "outstanding", params, NULL);
}

int command_stats(struct cli *cli)
{
    const struct args *args = &cli->args;
    json_t *params = json_object();
    set_list(params, "by", args->value[OPTION_BY]);
    json_set_text(params, "basis", args->value[OPTION_BASIS]);
    json_set_text(params, "compare", args->value[OPTION_COMPARE]);
    json_set_text(params, "period", args->value[OPTION_PERIOD]);
    if (args->repeats[OPTION_WHERE] > 0) {
        json_t *where = json_array();
        for (int i = 0; i < args->repeats[OPTION_WHERE]; i++) {
            (void)json_array_append_new(where, json_string(args->repeated[OPTION_WHERE][i]));
        }
        (void)json_object_set_new(params, "where", where);
    }
    if (args->repeats[OPTION_YEAR] > 0) {
        json_t *years = json_array();
        for (int i = 0; i < args->repeats[OPTION_YEAR]; i++) {
            json_t *some = list_of(args->repeated[OPTION_YEAR][i]);
            (void)json_array_extend(years, some);
            json_decref(some);
        }
        (void)json_object_set_new(params, "year", years);
    }
    return ask_and_show(cli, "statistics", params, NULL);
}

json_t *params_given(const struct cli *cli)
{
    json_t *params = json_object();
    for (int i = 0; i < cli->args.repeats[OPTION_PARAM]; i++) {
        const char *text = cli->args.repeated[OPTION_PARAM][i];
        const char *equals = strchr(text, '=');
        if (equals == NULL || equals == text) {
            json_decref(params);
            (void)usage("--param %s: %s", text, in_language(cli, "KEY=VALUE", "应为 名称=取值"));
            return NULL;
        }
        json_t *value = strchr(equals, ',') != NULL ? list_of(equals + 1) : json_string(equals + 1);
        (void)json_object_setn_new(params, text, (size_t)(equals - text), value);
    }
    json_set_text(params, "by", cli->args.value[OPTION_BY]);
    return params;
}

static int list_projections(const struct cli *cli)
{
    int result;
    json_t *status = ask(cli, "status", json_object(), &result);
    json_t *list = json_object_get(status, "projections");
    if (status == NULL) {
        return result;
    }
    if (cli->json) {
        json_print_free(json_pack("{s:O}", "projections", list));
    }
    for (size_t i = 0; i < json_array_size(list) && !cli->json; i++) {
        const json_t *projection = json_array_get(list, i);
        const char *help = cli->chinese ? "help_zh" : "help_en";
        (void)printf("%-16s  ", json_text(projection, "name"));
        print_plain(stdout, json_text(projection, help));
        (void)putchar('\n');
    }
    json_decref(status);
    return EXIT_OK;
}

int command_query(struct cli *cli)
{
    if (given(cli, OPTION_LIST)) {
        return list_projections(cli);
    }
    if (cli->args.operand_count == 0) {
        return usage("accrue query NAME; accrue query --list");
    }
    json_t *params = params_given(cli);
    return params == NULL ? EXIT_USAGE : ask_and_show(cli, cli->args.operands[0], params, NULL);
}

int command_explain(struct cli *cli)
{
    int result;
    json_t *params = params_given(cli);
    if (params == NULL) {
        return EXIT_USAGE;
    }
    json_t *answer =
        ask_rows(cli, "explain", cli->args.operands[0], params, cli->args.operands[1], &result);
    if (answer == NULL) {
        return result;
    }
    bool found = json_array_size(json_object_get(answer, "rows")) > 0;
    result = show_answer(cli, "explain", NULL, answer, NULL);
    return result == EXIT_OK && !found ? EXIT_NOT_FOUND : result;
}
