/* --help, from the tables of commands and options. */

#include "ops/cli/cli.h"

static void help_option(const struct cli *cli, enum option_id id)
{
    const struct option_rule *rule = &option_rules[id];
    char left[64];
    char letter[8] = "    ";
    if (rule->letter != 0) {
        (void)snprintf(letter, sizeof(letter), "-%c, ", rule->letter);
    }
    (void)snprintf(left, sizeof(left), "%s--%s%s%s", letter, rule->name,
                   rule->value == NULL ? "" : " ", rule->value == NULL ? "" : rule->value);
    (void)fputs("  ", stdout);
    print_padded(left, 26, false);
    (void)printf(" %s%s\n", in_language(cli, rule->help_en, rule->help_zh),
                 rule->repeats ? in_language(cli, "; may be repeated", "；可重复") : "");
}

void help_command(const struct cli *cli, const struct command *command)
{
    const char *more = in_language(cli, command->more_en, command->more_zh);
    (void)printf("%s: accrue %s [%s]%s%s\n\n%s\n\n", in_language(cli, "Usage", "用法"),
                 command->name, in_language(cli, "OPTION…", "选项…"),
                 *command->operands == '\0' ? "" : " ", command->operands,
                 in_language(cli, command->help_en, command->help_zh));
    for (const enum option_id *id = command->options; *id != OPTION_NONE; id++) {
        help_option(cli, *id);
    }
    (void)printf("%s%s\n", command->options[0] == OPTION_NONE ? "" : "\n",
                 in_language(cli, "Options of every command:", "通用选项："));
    for (const enum option_id *id = common_options; *id != OPTION_NONE; id++) {
        help_option(cli, *id);
    }
    if (more != NULL) {
        (void)printf("\n%s\n", more);
    }
}

void help_all(const struct cli *cli)
{
    (void)printf("%s\n\n", in_language(cli, "Usage: accrue COMMAND [OPTION…] …",
                                       "用法: accrue 命令 [选项…] …"));
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)fputs("  ", stdout);
        print_padded(command->name, 12, false);
        print_padded(command->operands, 18, false);
        (void)printf("%s\n", in_language(cli, command->help_en, command->help_zh));
    }
    (void)printf("\n%s\n", in_language(cli, "Options of every command:", "通用选项："));
    for (const enum option_id *id = common_options; *id != OPTION_NONE; id++) {
        help_option(cli, *id);
    }
    (void)printf(
        "\n%s\n",
        in_language(
            cli,
            "The daemon is at --url or --socket, else ACCRUE_URL, else "
            "$XDG_RUNTIME_DIR/accrued.sock\n"
            "(root: /run/accrued.sock). Data goes to stdout, messages to stderr. Exit codes: 0 "
            "ok,\n"
            "1 failure, 2 usage, 3 not found, 4 rejected or conflict, 5 forbidden, 6 unavailable "
            "or\n"
            "time-out, 7 unknown outcome, 8 verification failed. Each command has --help.",
            "守护进程地址依次取 --url 或 --socket、环境变量 "
            "ACCRUE_URL、$XDG_RUNTIME_DIR/accrued.sock\n"
            "（root 为 /run/accrued.sock）。数据写到标准输出，提示写到标准错误。退出码：0 成功，\n"
            "1 失败，2 用法错误，3 未找到，4 被拒绝或冲突，5 无权，6 不可用或超时，7 结果未知，\n"
            "8 校验失败。各命令均有 --help。"));
}
