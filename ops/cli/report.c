/* Messages for people, errors for people and programs, exit codes (C3). */

#include <stdarg.h>
#include <string.h>

#include "ops/cli/cli.h"

#define TEXT_BYTES 2048

__attribute__((format(printf, 1, 0))) static void print_message(const char *format,
                                                                va_list arguments)
{
    char text[TEXT_BYTES];
    (void)vsnprintf(text, sizeof(text), format, arguments);
    (void)fputs("accrue: ", stderr);
    print_plain(stderr, text);
    (void)fputc('\n', stderr);
}

int usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_message(format, arguments);
    va_end(arguments);
    return EXIT_USAGE;
}

void message(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_message(format, arguments);
    va_end(arguments);
}

const char *in_language(const struct cli *cli, const char *english, const char *chinese)
{
    return cli->chinese ? chinese : english;
}

int exit_of(int code)
{
    static const struct {
        int code;
        enum exit_code exit;
    } known[] = {
        {ACCRUE_OK, EXIT_OK},
        {ACCRUE_BAD_PARAMS, EXIT_USAGE},
        {ACCRUE_NOT_FOUND, EXIT_NOT_FOUND},
        {ACCRUE_TOO_LARGE, EXIT_REJECTED},
        {ACCRUE_BAD_REQUEST, EXIT_REJECTED},
        {ACCRUE_UNAUTHENTICATED, EXIT_FORBIDDEN},
        {ACCRUE_FORBIDDEN, EXIT_FORBIDDEN},
        {ACCRUE_INCOMPLETE, EXIT_UNAVAILABLE},
        {ACCRUE_READ_ONLY, EXIT_UNAVAILABLE},
        {ACCRUE_DISK_FULL, EXIT_UNAVAILABLE},
        {ACCRUE_LOG_FULL, EXIT_UNAVAILABLE},
        {ACCRUE_BUSY, EXIT_UNAVAILABLE},
        {ACCRUE_UNKNOWN_OUTCOME, EXIT_UNKNOWN_OUTCOME},
        {ACCRUE_CORRUPT, EXIT_NOT_VERIFIED},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (known[i].code == code) {
            return (int)known[i].exit;
        }
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
    if (error->index >= 0) {
        (void)json_object_set_new(json, "index", json_integer(error->index));
    }
    if (*error->field != '\0') {
        json_set_text(json, "field", error->field);
    }
    if (*error->state != '\0') {
        json_set_text(json, "state", error->state);
    }
    if (error->legal.len > 0) {
        (void)json_object_set_new(json, "legal", json_of(error->legal));
    }
    return json;
}

json_t *error_made(const struct cli *cli, int code, const char *detail)
{
    char text[TEXT_BYTES];
    (void)snprintf(text, sizeof(text), "%s%s%s", accrue_code_text(code, cli->chinese ? "zh" : "en"),
                   *detail == '\0' ? "" : ": ", detail);
    return json_pack("{s:s,s:s}", "code", accrue_code_name(code), "message", text);
}

static void print_part(const struct cli *cli, const json_t *error, const char *key,
                       const char *english, const char *chinese)
{
    const char *part = json_text(error, key);
    if (*part != '\0') {
        (void)fprintf(stderr, "  %s: ", in_language(cli, english, chinese));
        print_plain(stderr, part);
        (void)fputc('\n', stderr);
    }
}

static void print_legal(const struct cli *cli, const json_t *legal)
{
    for (size_t i = 0; i < json_array_size(legal); i++) {
        (void)fputs(i > 0 ? ", " : in_language(cli, "  legal: ", "  可行: "), stderr);
        const char *text = json_string_value(json_array_get(legal, i));
        print_plain(stderr, text == NULL ? "" : text);
    }
    if (json_array_size(legal) > 0) {
        (void)fputc('\n', stderr);
    }
}

void print_error(const struct cli *cli, const json_t *error, int code, uint64_t line)
{
    const char *text = json_text(error, "message");
    const char *name = accrue_code_name(code);
    const json_t *index = json_object_get(error, "index");
    bool named = strncmp(text, name, strlen(name)) == 0;
    char where[64] = "";
    if (line > 0) {
        char number[24];
        (void)snprintf(number, sizeof(number), "%llu", (unsigned long long)line);
        (void)snprintf(where, sizeof(where), "%s%s%s", in_language(cli, "line ", "第 "), number,
                       in_language(cli, ": ", " 行: "));
    }
    message("%s%s%s%s", where, named ? "" : name, named ? "" : ": ", text);
    if (json_is_integer(index)) {
        (void)fprintf(stderr, "  %s: %lld\n",
                      in_language(cli, "event of the request", "请求中第几个"),
                      (long long)json_integer_value(index));
    }
    print_part(cli, error, "field", "field", "字段");
    print_part(cli, error, "state", "state", "状态");
    print_legal(cli, json_object_get(error, "legal"));
    const char *advice = advice_of(cli, code);
    if (*advice != '\0') {
        (void)fprintf(stderr, "  %s: %s\n", in_language(cli, "hint", "提示"), advice);
    }
}

int report(const struct cli *cli, int code)
{
    json_t *error = error_json(accrue_last_error(cli->connection));
    if (cli->json) {
        json_print_free(json_pack("{s:O}", "error", error));
    } else {
        print_error(cli, error, code, 0);
    }
    json_decref(error);
    return exit_of(code);
}
