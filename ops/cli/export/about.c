/* What a file says of itself: the question, the viewpoint, the log, and the command that asks the
 * same again. Every answer is a function of these (P7), so a figure on paper can be proved later.
 *
 *   A1  The command names the viewpoint of the answer, not "today" and not "now". */

#include <string.h>

#include "ops/cli/export/export.h"

/* ---- the command ---- */

struct text {
    char *bytes;
    size_t size, len;
};

static void add(struct text *text, const char *more)
{
    int len = snprintf(text->bytes + text->len, text->size - text->len, "%s", more);
    size_t left = text->size - text->len - 1;
    text->len += len < 0 ? 0 : (size_t)len < left ? (size_t)len : left;
}

/* As a shell takes it. */
static void add_word(struct text *text, const char *word)
{
    bool plain = *word != '\0';
    for (const char *at = word; *at != '\0' && plain; at++) {
        plain = (*at & 0x80) != 0 || (*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') ||
                (*at >= 'A' && *at <= 'Z') || strchr("_./:,=@%+-", *at) != NULL;
    }
    add(text, plain ? " " : " '");
    for (const char *at = word; *at != '\0'; at++) {
        char one[2] = {*at, '\0'};
        add(text, *at == '\'' ? "'\\''" : one);
    }
    add(text, plain ? "" : "'");
}

static void add_option(struct text *text, enum option_id id, const char *value)
{
    add(text, " --");
    add(text, option_rules[id].name);
    if (option_rules[id].value != NULL) {
        add_word(text, value);
    }
}

/* Options that say where the answer goes, or that A1 replaces. */
static bool is_left_out(enum option_id id)
{
    static const enum option_id ids[] = {
        OPTION_AS_OF, OPTION_CSV,    OPTION_JSON,    OPTION_KNOWN_AT, OPTION_LANG, OPTION_OUTPUT,
        OPTION_QUIET, OPTION_SOCKET, OPTION_TIMEOUT, OPTION_TOTALS,   OPTION_URL,  OPTION_XLSX};
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

static bool takes(const struct command *command, enum option_id id)
{
    const enum option_id *at = command->options;
    while (*at != OPTION_NONE && *at != id) {
        at++;
    }
    return *at == id;
}

static void asked(const struct cli *cli, const json_t *answer, struct text *text)
{
    const struct args *args = &cli->args;
    const json_t *known = json_object_get(answer, "known_at");
    add(text, "accrue ");
    add(text, cli->command->name);
    for (int i = 0; i < args->operand_count; i++) {
        add_word(text, args->operands[i]);
    }
    if (takes(cli->command, OPTION_AS_OF) && *json_text(answer, "as_of") != '\0') {
        add_option(text, OPTION_AS_OF, json_text(answer, "as_of"));
    }
    if (takes(cli->command, OPTION_KNOWN_AT) && json_is_integer(known)) {
        char number[24];
        (void)snprintf(number, sizeof(number), "%lld", (long long)json_integer_value(known));
        add_option(text, OPTION_KNOWN_AT, number);
    }
    for (int id = OPTION_NONE + 1; id < OPTIONS; id++) {
        enum option_id one = (enum option_id)id;
        for (int i = 0; i < args->repeats[one] && !is_left_out(one); i++) {
            add_option(text, one, args->repeated[one][i]);
        }
        if (args->value[one] != NULL && args->repeats[one] == 0 && !is_left_out(one)) {
            add_option(text, one, args->value[one]);
        }
    }
}

/* ---- the list ---- */

static const struct {
    const char *key, *english, *chinese;
} names[] = {
    {"as_of", "as of", "截至日期"},
    {"known_at", "known at (seq)", "所知至（序号）"},
    {"at", "answered at (seq)", "回答时序号"},
    {"basis", "basis", "口径"},
    {"from", "from", "自"},
    {"to", "to", "至"},
    {"of", "population", "总体"},
    {"items", "items", "项数"},
    {"total", "total (fen)", "合计（分）"},
    {"n", "units selected", "抽取单元数"},
    {"seed", "seed", "种子"},
    {"start", "first draw", "起点"},
    {"left_out", "left out, other currencies", "其他币种未计入"},
    {"sha256", "SHA-256", "SHA-256"},
    {"period", "period", "期间"},
    {"seq", "closed at (seq)", "关账序号"},
};

static void pair(json_t *list, const char *name, const char *value)
{
    (void)json_array_append_new(list, json_pack("[s,s]", name, value));
}

static void pair_number(json_t *list, const char *name, long long value)
{
    char text[24];
    (void)snprintf(text, sizeof(text), "%lld", value);
    pair(list, name, text);
}

static void add_members(const struct cli *cli, const json_t *answer, json_t *list)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const json_t *member = json_object_get(answer, names[i].key);
        const char *name = in_language(cli, names[i].english, names[i].chinese);
        if (json_is_integer(member)) {
            pair_number(list, name, (long long)json_integer_value(member));
        } else if (json_is_string(member)) {
            pair(list, name, json_string_value(member));
        }
    }
}

json_t *about_made(const struct cli *cli, const json_t *answer)
{
    int result;
    char bytes[ABOUT_MAX];
    struct text text = {bytes, sizeof(bytes), 0};
    json_t *status = ask(cli, "status", json_object(), &result);
    if (status == NULL) {
        return NULL;
    }
    json_t *list = json_array();
    size_t rows = json_array_size(json_object_get(answer, "rows"));
    size_t no_rate = json_array_size(json_object_get(answer, "no_rate"));
    asked(cli, answer, &text);
    pair(list, in_language(cli, "asked again by", "重新查询"), bytes);
    add_members(cli, answer, list);
    pair(list, in_language(cli, "unit", "单位"), unit_text(cli));
    pair_number(list, in_language(cli, "rows", "行数"), (long long)rows);
    if (json_is_string(json_object_get(answer, "next"))) {
        pair(list, in_language(cli, "limited", "行数受限"),
             in_language(cli, "there are more rows than --limit; totals are of all",
                         "行数超过 --limit，合计为全部"));
    }
    if (no_rate > 0) {
        pair_number(list,
                    in_language(cli, "left out, without an exchange rate", "缺少汇率未计入的合同"),
                    (long long)no_rate);
    }
    pair(list, in_language(cli, "log", "日志编号"), json_text(status, "log_id"));
    pair(list, in_language(cli, "release", "版本"), json_text(status, "release"));
    json_decref(status);
    return list;
}
