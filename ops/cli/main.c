/* accrue COMMAND …: find the command, read its options, connect, run it. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/cli/export/export.h"

#ifndef ACCRUE_RELEASE
#define ACCRUE_RELEASE "0"
#endif

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

static int read_unit(struct cli *cli)
{
    static const struct {
        const char *name;
        enum unit unit;
    } units[] = {{"yuan", UNIT_YUAN}, {"元", UNIT_YUAN}, {"wan", UNIT_WAN}, {"万元", UNIT_WAN},
                 {"yi", UNIT_YI},     {"亿元", UNIT_YI}, {"fen", UNIT_FEN}, {"分", UNIT_FEN}};
    const char *unit = cli->args.value[OPTION_UNIT];
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (unit == NULL || strcmp(unit, units[i].name) == 0) {
            cli->unit = unit == NULL ? UNIT_YUAN : units[i].unit;
            return EXIT_OK;
        }
    }
    return usage("--unit %s: yuan, wan, yi, fen (元 万元 亿元 分)", unit);
}

static int read_language(struct cli *cli)
{
    const char *language = cli->args.value[OPTION_LANG];
    if (language == NULL) {
        return EXIT_OK;
    }
    cli->chinese = strcmp(language, "zh") == 0;
    return cli->chinese || strcmp(language, "en") == 0 ? EXIT_OK
                                                       : usage("--lang %s: en, zh", language);
}

static int read_common(struct cli *cli)
{
    int64_t seconds = 30;
    cli->json = given(cli, OPTION_JSON);
    cli->csv = given(cli, OPTION_CSV);
    cli->talkative = isatty(STDERR_FILENO) && !given(cli, OPTION_QUIET);
    if (!option_number(cli, OPTION_TIMEOUT, 1, 86400, &seconds)) {
        return EXIT_USAGE;
    }
    cli->timeout_ms = (uint32_t)seconds * 1000;
    int status = output_choose(cli);
    return status == EXIT_OK ? read_unit(cli) : status;
}

int connect_first(struct cli *cli)
{
    const char *url =
        given(cli, OPTION_URL) ? cli->args.value[OPTION_URL] : cli->args.value[OPTION_SOCKET];
    accrue_options options = {.name = "accrue " ACCRUE_RELEASE,
                              .language = cli->chinese ? "zh" : "en"};
    int code = accrue_open(url, &options, cli->timeout_ms, &cli->connection);
    if (code == ACCRUE_OK) {
        return EXIT_OK;
    }
    return cli->connection == NULL ? EXIT_FAILED : report(cli, code);
}

static int run(struct cli *cli, int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        (void)printf("accrue %s\n", ACCRUE_RELEASE);
        return EXIT_OK;
    }
    int status = args_read(cli, argc, argv);
    int language = read_language(cli); /* also for --help and for a wrong option before it */
    if (status != EXIT_OK || language != EXIT_OK) {
        return EXIT_USAGE;
    }
    if (cli->command == NULL) {
        help_all(cli);
        return given(cli, OPTION_HELP) ? EXIT_OK : EXIT_USAGE;
    }
    if (given(cli, OPTION_HELP)) {
        help_command(cli, cli->command);
        return EXIT_OK;
    }
    status = read_common(cli);
    if (status != EXIT_OK) {
        return status;
    }
    status = cli->command->offline ? EXIT_OK : connect_first(cli);
    status = status == EXIT_OK ? cli->command->run(cli) : status;
    accrue_close(cli->connection);
    return status;
}

int main(int argc, char **argv)
{
    static struct cli cli;
    cli.chinese = locale_is_chinese();
    int status = run(&cli, argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        message("%s", in_language(&cli, "stdout could not be written", "标准输出写入失败"));
        return status == EXIT_OK ? EXIT_FAILED : status;
    }
    return status;
}
