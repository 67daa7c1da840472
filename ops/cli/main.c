/* accrue COMMAND …: find the command, read its options, connect, run it. */

#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cli/cli.h"

#ifndef ACCRUE_RELEASE
#define ACCRUE_RELEASE "0"
#endif

int usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fprintf(stderr, "accrue: ");
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
    return EXIT_USAGE;
}

const char *in_language(const struct cli *cli, const char *english, const char *chinese)
{
    return cli->chinese ? chinese : english;
}

int exit_of(int code)
{
    switch (code) {
    case ACCRUE_OK:
        return EXIT_OK;
    case ACCRUE_NOT_FOUND:
        return EXIT_NOT_FOUND;
    case ACCRUE_FORBIDDEN:
    case ACCRUE_UNAUTHENTICATED:
        return EXIT_FORBIDDEN;
    case ACCRUE_UNKNOWN_OUTCOME:
        return EXIT_UNKNOWN_OUTCOME;
    case ACCRUE_CORRUPT:
        return EXIT_NOT_VERIFIED;
    case ACCRUE_BAD_PARAMS:
    case ACCRUE_UNKNOWN_METHOD:
        return EXIT_USAGE;
    case ACCRUE_READ_ONLY:
    case ACCRUE_DISK_FULL:
    case ACCRUE_LOG_FULL:
        return EXIT_UNAVAILABLE;
    default:
        break;
    }
    if (accrue_class_of(code) == ACCRUE_CLASS_UNAVAILABLE) {
        return EXIT_UNAVAILABLE;
    }
    bool rejected = strncmp(accrue_code_name(code), "E_", 2) == 0;
    return rejected ? EXIT_REJECTED : EXIT_FAILED;
}

json_t *error_json(const accrue_error *error)
{
    json_t *json =
        json_pack("{s:s,s:s}", "code", accrue_code_name(error->code), "message", error->message);
    if (*error->field != '\0') {
        (void)json_object_set_new(json, "field", json_string(error->field));
    }
    if (*error->state != '\0') {
        (void)json_object_set_new(json, "state", json_string(error->state));
    }
    if (error->index >= 0) {
        (void)json_object_set_new(json, "index", json_integer(error->index));
    }
    if (error->legal.len > 0) {
        (void)json_object_set_new(json, "legal", json_of(error->legal));
    }
    return json;
}

static void print_part(const struct cli *cli, const json_t *error, const char *key,
                       const char *english, const char *chinese)
{
    const json_t *part = json_object_get(error, key);
    if (json_is_string(part)) {
        (void)fprintf(stderr, "  %s: %s\n", in_language(cli, english, chinese),
                      json_string_value(part));
    }
}

void print_error(const struct cli *cli, const json_t *error, int code)
{
    const char *message = json_string_value(json_object_get(error, "message"));
    const char *name = accrue_code_name(code);
    bool named = message != NULL && strncmp(message, name, strlen(name)) == 0;
    const json_t *legal = json_object_get(error, "legal");
    (void)fprintf(stderr, "accrue: %s%s%s\n", named ? "" : name, named ? "" : ": ",
                  message == NULL ? "" : message);
    print_part(cli, error, "field", "field", "字段");
    print_part(cli, error, "state", "state", "状态");
    for (size_t i = 0; i < json_array_size(legal); i++) {
        (void)fprintf(stderr, "%s%s", i > 0 ? ", " : in_language(cli, "  legal: ", "  可行："),
                      json_string_value(json_array_get(legal, i)));
    }
    (void)fprintf(stderr, "%s  %s: %s\n", json_array_size(legal) > 0 ? "\n" : "",
                  in_language(cli, "what to do", "处理"), accrue_code_advice(code));
}

int report(struct cli *cli, int code)
{
    json_t *error = error_json(accrue_last_error(cli->connection));
    if (cli->json) {
        json_t *whole = json_pack("{s:O}", "error", error);
        json_print(whole);
        json_decref(whole);
    } else {
        print_error(cli, error, code);
    }
    json_decref(error);
    return exit_of(code);
}

int call(struct cli *cli, const char *method, json_t *params, accrue_value *ret_result)
{
    accrue_builder *builder = accrue_builder_new();
    accrue_value value = {NULL, 0};
    int code = ACCRUE_NOMEM;
    if (builder != NULL && json_build(builder, params)) {
        code = accrue_build_done(builder, &value);
    }
    if (code == ACCRUE_OK) {
        code = accrue_call(cli->connection, method, value, cli->timeout_ms, ret_result);
    }
    accrue_builder_free(builder);
    json_decref(params);
    return code;
}

static bool locale_is_chinese(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0') {
            return strncmp(value, "zh", 2) == 0;
        }
    }
    return false;
}

static int read_unit(struct cli *cli, const char *unit)
{
    static const struct {
        const char *name;
        int64_t fen;
        int decimals;
    } units[] = {{"元", 100, 2},
                 {"yuan", 100, 2},
                 {"万元", 1000000, 2},
                 {"wan", 1000000, 2},
                 {"亿元", INT64_C(10000000000), 2},
                 {"yi", INT64_C(10000000000), 2},
                 {"fen", 1, 0}};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (strcmp(unit, units[i].name) == 0) {
            cli->unit_fen = units[i].fen;
            cli->decimals = units[i].decimals;
            return EXIT_OK;
        }
    }
    return usage("--unit %s: 元, 万元, 亿元 (yuan, wan, yi) or fen", unit);
}

static int read_common(struct cli *cli)
{
    const char *const *value = cli->args.value;
    cli->json = value[OPTION_JSON] != NULL;
    cli->csv = value[OPTION_CSV] != NULL;
    cli->unit_fen = 100;
    cli->decimals = 2;
    cli->timeout_ms = 30000;
    if (value[OPTION_LANG] != NULL) {
        cli->chinese = strcmp(value[OPTION_LANG], "zh") == 0;
        if (!cli->chinese && strcmp(value[OPTION_LANG], "en") != 0) {
            return usage("--lang %s: en or zh", value[OPTION_LANG]);
        }
    }
    if (value[OPTION_TIMEOUT] != NULL) {
        long seconds = strtol(value[OPTION_TIMEOUT], NULL, 10);
        if (seconds < 1 || seconds > 86400) {
            return usage("--timeout %s: seconds, 1 to 86400", value[OPTION_TIMEOUT]);
        }
        cli->timeout_ms = (uint32_t)seconds * 1000;
    }
    return value[OPTION_UNIT] == NULL ? EXIT_OK : read_unit(cli, value[OPTION_UNIT]);
}

static int connect_and_run(struct cli *cli, const struct command *command)
{
    if (command->offline) {
        return command->run(cli);
    }
    const char *url = cli->args.value[OPTION_URL] != NULL ? cli->args.value[OPTION_URL]
                                                          : cli->args.value[OPTION_SOCKET];
    accrue_options options = {.name = "accrue", .language = cli->chinese ? "zh" : "en"};
    int code = accrue_open(url, &options, cli->timeout_ms, &cli->connection);
    int result;
    if (code == ACCRUE_OK) {
        result = command->run(cli);
    } else {
        result = cli->connection == NULL ? EXIT_FAILED : report(cli, code);
    }
    accrue_close(cli->connection);
    return result;
}

/* `accrue --lang zh outstanding …`: options before the command go behind it. */
static int command_first(int argc, char **argv)
{
    int at = 1;
    while (at + 2 < argc && strcmp(argv[at], "--lang") == 0) {
        at += 2;
    }
    if (at > 1 && at < argc) {
        char *name = argv[at];
        memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof(*argv));
        argv[1] = name;
    }
    return argc;
}

int main(int argc, char **argv)
{
    struct cli cli = {.chinese = locale_is_chinese()};
    (void)uselocale(newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0)); /* widths of characters */
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigaction(SIGPIPE, &ignore, NULL);
    argc = command_first(argc, argv);
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        help_all(cli.chinese);
        return argc < 2 ? EXIT_USAGE : EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        (void)printf("accrue %s\n", ACCRUE_RELEASE);
        return EXIT_OK;
    }
    for (const struct command *command = commands; command->name != NULL; command++) {
        if (strcmp(argv[1], command->name) != 0) {
            continue;
        }
        int status = args_read(&cli.args, command, argc, argv);
        if (status == EXIT_OK && cli.args.value[OPTION_HELP] != NULL) {
            help_command(command, cli.chinese);
            return EXIT_OK;
        }
        if (status == EXIT_OK) {
            status = read_common(&cli);
        }
        return status == EXIT_OK ? connect_and_run(&cli, command) : status;
    }
    return usage("there is no command %s; see accrue --help", argv[1]);
}
