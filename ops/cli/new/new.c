/* new: the command. See new.h for how it asks. */

#include "ops/cli/new/new.h"

#include <string.h>
#include <unistd.h>

#include "ops/cli/append.h"
#include "ops/cli/correction.h"
#include "ops/import/values.h"

/* ---- questions ---- */

bool answer_read(struct asking *asking, char out[ANSWER_BYTES])
{
    char line[ANSWER_BYTES];
    if (asking->ended || fgets(line, sizeof(line), stdin) == NULL) {
        asking->ended = true;
        return false;
    }
    size_t len = strcspn(line, "\r\n");
    size_t from = strspn(line, " \t");
    line[len] = '\0';
    from = from < len ? from : len;
    len -= from;
    memmove(out, line + from, len + 1);
    while (len > 0 && (out[len - 1] == ' ' || out[len - 1] == '\t')) {
        out[--len] = '\0';
    }
    return true;
}

void question_print(const struct asking *asking, const char *text, bool required)
{
    if (asking->terminal) {
        (void)fprintf(stderr, "%s%s > ", text, required ? " *" : "");
        (void)fflush(stderr);
    }
}

void note_print(const struct asking *asking, const char *text)
{
    if (asking->terminal) {
        (void)fprintf(stderr, "%s\n", text);
    }
}

/* ---- the event ---- */

static bool ask_line(struct asking *asking, const char *english, const char *chinese, bool required,
                     char out[ANSWER_BYTES])
{
    do {
        question_print(asking, in_language(asking->cli, english, chinese), required);
        if (!answer_read(asking, out)) {
            return false;
        }
    } while (required && *out == '\0');
    return true;
}

/* An aggregate that is made has an id of its own; any other is one of the log's. */
static bool take_agg(struct asking *asking, const char *answer)
{
    char id[ANSWER_BYTES];
    if (asking->type->creates) {
        json_set_text(asking->event, "agg", answer);
        return true;
    }
    if (!reference_read(asking, asking->type->kind, "agg", answer, id)) {
        return false;
    }
    json_set_text(asking->event, "agg", id);
    return true;
}

/* Until it is one. */
static bool ask_for_agg(struct asking *asking, const char *english, const char *chinese)
{
    char answer[ANSWER_BYTES];
    while (ask_line(asking, english, chinese, true, answer)) {
        if (take_agg(asking, answer)) {
            return true;
        }
        if (asking->failed != EXIT_OK) {
            return false;
        }
    }
    return false;
}

static bool ask_agg(struct asking *asking)
{
    char english[128];
    char chinese[128];
    char kind[96];
    if (asking->cli->args.operand_count > 1) {
        bool taken = take_agg(asking, asking->cli->args.operands[1]);
        if (taken || asking->failed != EXIT_OK) {
            return taken;
        }
    }
    if (asking->type->creates) {
        (void)snprintf(kind, sizeof(kind), "%s", kind_name(asking->type->kind));
    } else {
        reference_kind(asking, asking->type->kind, kind, sizeof(kind));
    }
    (void)snprintf(english, sizeof(english), "id of the aggregate (%s)", kind);
    (void)snprintf(chinese, sizeof(chinese), "对象编号（%s）", kind);
    return ask_for_agg(asking, english, chinese);
}

bool agg_ask_again(struct asking *asking)
{
    return ask_for_agg(asking, "another id of the aggregate", "另一对象编号");
}

/* Types without a business date of their own have one in the envelope. */
static bool ask_effective(struct asking *asking)
{
    char answer[ANSWER_BYTES];
    int32_t day = 0;
    char iso[11];
    if (asking->type->business_date != FIELD_COUNT) {
        return true;
    }
    for (;;) {
        if (!ask_line(asking, "effective date (today)", "业务日期（默认今天）", false, answer)) {
            return false;
        }
        if (*answer == '\0') {
            (void)json_object_del(asking->event, "effective");
            return true;
        }
        enum value_fault fault = day_parse(answer, false, &day);
        if (fault == VALUE_GOOD) {
            date_format(day, iso);
            json_set_text(asking->event, "effective", iso);
            return true;
        }
        (void)fprintf(stderr, "  %s\n", value_wrong(fault, asking->cli->chinese));
    }
}

static bool ask_event(struct asking *asking)
{
    const struct event_type *type = asking->type;
    char title[256];
    (void)snprintf(title, sizeof(title), "%s  %s  %s", type->name, type->name_zh,
                   in_language(asking->cli, type->help_en, type->help_zh));
    note_print(asking, title);
    return ask_agg(asking) && currency_find(asking) && ask_effective(asking) &&
           fields_ask(asking, &type->data, json_object_get(asking->event, "data"), "") &&
           currency_again(asking, asking->currency);
}

/* Q3: the field that a refusal names, asked for again. False: it names none, or the input ended. */
static bool ask_again(struct asking *asking, const char *field)
{
    const struct value_shape *shape = &asking->type->data;
    json_t *data = json_object_get(asking->event, "data");
    if (strcmp(field, "agg") == 0) {
        return agg_ask_again(asking);
    }
    if (strcmp(field, "effective") == 0) {
        return ask_effective(asking);
    }
    size_t len = strncmp(field, "data.", 5) == 0 ? strcspn(field + 5, ".[") : 0;
    for (size_t i = 0; i < shape->count && len > 0; i++) {
        const char *name = field_name(shape->fields[i].id);
        if (strlen(name) == len && strncmp(name, field + 5, len) == 0) {
            return field_ask(asking, &shape->fields[i], data, name,
                             field_required(&shape->fields[i], data));
        }
    }
    return false;
}

/* Trial runs until one is accepted; its answer is the caller's. NULL: the exit code is in *ret. */
static json_t *try_event(struct asking *asking, int *ret)
{
    for (;;) {
        accrue_value value;
        int code = call(asking->cli, "append",
                        json_pack("{s:[O],s:b}", "events", asking->event, "dry", 1), &value);
        if (code == ACCRUE_OK) {
            return json_of(value);
        }
        char before[CURRENCY_BYTES];
        memcpy(before, asking->currency, sizeof(before));
        *ret = report(asking->cli, code);
        if (*ret != EXIT_REJECTED ||
            !ask_again(asking, accrue_last_error(asking->cli->connection)->field) ||
            !currency_again(asking, before)) {
            *ret = asking->failed != EXIT_OK ? asking->failed : *ret;
            return NULL;
        }
    }
}

static void show_flags(const struct cli *cli, const json_t *answer)
{
    const json_t *result = json_array_get(json_object_get(answer, "results"), 0);
    const json_t *flags = json_object_get(result, "flags");
    for (size_t i = 0; i < json_array_size(flags); i++) {
        message("%s %s", in_language(cli, "accepted, and flagged", "将受理并标记"),
                json_string_value(json_array_get(flags, i)));
    }
}

static bool is_agreed(struct asking *asking)
{
    char answer[ANSWER_BYTES];
    bool yes = false;
    if (given(asking->cli, OPTION_YES)) {
        return true;
    }
    return ask_line(asking, "post? yes or no", "登记？是或否", false, answer) &&
           yes_parse(answer, &yes) == VALUE_GOOD && yes;
}

static int post_event(struct asking *asking)
{
    const struct cli *cli = asking->cli;
    int result;
    if (!is_agreed(asking)) {
        message("%s", in_language(cli, "nothing was posted", "未登记"));
        return EXIT_FAILED;
    }
    json_t *answer = ask(cli, "append", json_pack("{s:[O]}", "events", asking->event), &result);
    if (answer != NULL && cli->json) {
        json_print(answer);
    } else if (answer != NULL) {
        (void)printf("%s %lld\n", in_language(cli, "posted as seq", "已登记，序号"),
                     (long long)json_integer_value(json_object_get(answer, "first")));
    }
    json_decref(answer);
    return result;
}

static int make_event(struct asking *asking)
{
    int result = EXIT_OK;
    if (!ask_event(asking)) {
        return asking->failed != EXIT_OK
                   ? asking->failed
                   : usage("%s",
                           in_language(asking->cli, "the input ended before the event was whole",
                                       "输入结束而事件尚不完整"));
    }
    event_give_id(asking->event, false);
    if (given(asking->cli, OPTION_PRINT)) {
        json_print(asking->event);
        return EXIT_OK;
    }
    json_t *answer = try_event(asking, &result);
    if (answer == NULL) {
        return result;
    }
    show_flags(asking->cli, answer);
    if (!asking->cli->json) {
        figures_show(asking->cli, answer);
    }
    json_decref(answer);
    return post_event(asking);
}

int command_new(struct cli *cli)
{
    const char *name = cli->args.operands[0];
    struct asking asking = {.cli = cli,
                            .type = event_type_by_name(slice_text(name)),
                            .terminal = isatty(STDIN_FILENO) != 0};
    if (asking.type == NULL || !asking.type->decided || asking.type->kind == KIND_system) {
        message("%s: %s", name,
                in_language(cli, "there is no such type; see accrue schema",
                            "无此事件类型，参见 accrue schema"));
        return EXIT_NOT_FOUND;
    }
    int result = given(cli, OPTION_PRINT) ? EXIT_OK : connect_first(cli);
    if (result != EXIT_OK) {
        return result;
    }
    asking.event = json_pack("{s:s,s:{}}", "type", name, "data");
    result = make_event(&asking);
    json_decref(asking.event);
    return result;
}
