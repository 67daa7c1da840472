/* Options and help, all from one table.
 *
 *   O1  An option that a command does not list is a usage error, never ignored. */

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ops/cli/cli.h"

const struct option_rule option_rules[OPTIONS] = {
    [OPTION_AGG] = {"agg", "ID", "only this aggregate (kind/id; plain: a contract)",
                    "仅此对象（类别/编号，缺省为合同）", 0, false},
    [OPTION_ALL] = {"all", NULL, "every projection", "全部投影", 0, false},
    [OPTION_AS_OF] = {"as-of", "DATE", "valid date (today)", "截至业务日期（默认今天）", 0, false},
    [OPTION_BASIS] = {"basis", "NAME", "restated, original, flow or received",
                      "口径：restated original flow received", 0, false},
    [OPTION_BUCKETS] = {"buckets", "DAYS", "ends of the aging bands (30,60,90)",
                        "账龄分段天数（30,60,90）", 0, false},
    [OPTION_BY] = {"by", "KEYS", "grouping", "分组", 0, false},
    [OPTION_COMPARE] = {"compare", "last-year", "growth against the year before", "同比", 0, false},
    [OPTION_CREDITOR] = {"creditor", "ID", "only this creditor", "仅此债权人", 0, false},
    [OPTION_CSV] = {"csv", NULL, "CSV for offices: yuan, BOM", "CSV 输出（元，含 BOM）", 0, false},
    [OPTION_DEBTOR] = {"debtor", "ID", "only this debtor", "仅此债务人", 0, false},
    [OPTION_DRY_RUN] = {"dry-run", NULL, "decide, show the effects, store nothing",
                        "仅试算，不存储", 0, false},
    [OPTION_END] = {"end", NULL, "close loading for good", "结束装载", 0, false},
    [OPTION_EXAMPLE] = {"example", NULL, "a smallest valid event", "最小合法示例", 0, false},
    [OPTION_FOLLOW] = {"follow", NULL, "go on as events come", "持续输出", 'f', false},
    [OPTION_FROM] = {"from", "SEQ", "first seq, `first` or `head`", "起始序号、first 或 head", 0,
                     false},
    [OPTION_HELP] = {"help", NULL, "this text", "显示帮助", 'h', false},
    [OPTION_ID_FROM_CONTENT] = {"id-from-content", NULL,
                                "missing ids from the content: a file twice changes nothing",
                                "缺失的编号由内容生成，重复提交不变", 0, false},
    [OPTION_INFLIGHT] = {"inflight", "N", "requests under way at once (1)", "同时在途请求数（1）",
                         0, false},
    [OPTION_JSON] = {"json", NULL, "JSON for machines", "JSON 输出", 0, false},
    [OPTION_KEEP_GOING] = {"keep-going", NULL, "go on after a refused line", "遇拒绝继续", 0,
                           false},
    [OPTION_KIND] = {"kind", "KIND", "only this kind of sum", "仅此款项类别", 0, false},
    [OPTION_KNOWN_AT] = {"known-at", "X", "as known at a seq, RFC 3339 time or date",
                         "以当时所知为准：序号、时间或日期", 0, false},
    [OPTION_LANG] = {"lang", "en|zh", "language of tables and messages", "语言", 0, false},
    [OPTION_LIMIT] = {"limit", "N", "at most so many rows", "最多行数", 0, false},
    [OPTION_LIST] = {"list", NULL, "name the projections", "列出投影", 0, false},
    [OPTION_PARAM] = {"param", "K=V", "a parameter of the projection", "投影参数", 0, true},
    [OPTION_PERIOD] = {"period", "FROM..TO", "dates, both inclusive", "期间（首尾均含）", 0, false},
    [OPTION_SOCKET] = {"socket", "PATH", "the daemon's Unix socket", "守护进程套接字", 0, false},
    [OPTION_TIMEOUT] = {"timeout", "SECONDS", "wait at most so long (30)", "超时秒数（30）", 0,
                        false},
    [OPTION_TO] = {"to", "SEQ", "last seq", "终止序号", 0, false},
    [OPTION_TYPE] = {"type", "GLOB", "only these types", "仅此类事件", 0, true},
    [OPTION_UNIT] = {"unit", "UNIT", "元, 万元, 亿元 or fen; rounded half up",
                     "元、万元、亿元或 fen，四舍五入", 0, false},
    [OPTION_URL] = {"url", "URL", "unix:PATH or tcp:HOST:PORT (ACCRUE_URL)", "地址（ACCRUE_URL）",
                    0, false},
    [OPTION_YEAR] = {"year", "Y", "only this year", "仅此年度", 0, true},
};

static const enum option_id common[] = {OPTION_JSON,    OPTION_LANG, OPTION_URL, OPTION_SOCKET,
                                        OPTION_TIMEOUT, OPTION_HELP, OPTION_NONE};

static int add_options(struct option *options, char *letters, const enum option_id *ids)
{
    int count = 0;
    for (; *ids != OPTION_NONE; ids++) {
        const struct option_rule *rule = &option_rules[*ids];
        options[count++] = (struct option){
            .name = rule->name,
            .has_arg = rule->value == NULL ? no_argument : required_argument,
            .val = (int)*ids + 256,
        };
        if (rule->letter != 0) {
            char *end = letters + strlen(letters);
            *end++ = rule->letter;
            *end = '\0';
        }
    }
    return count;
}

static enum option_id by_letter(int letter)
{
    for (int id = 1; id < OPTIONS; id++) {
        if (option_rules[id].letter == letter) {
            return (enum option_id)id;
        }
    }
    return OPTION_NONE;
}

static void keep(struct args *args, enum option_id id, const char *value)
{
    args->value[id] = value;
    if (option_rules[id].repeats && args->repeats[id] < REPEAT_MAX) {
        args->repeated[id][args->repeats[id]++] = value;
    }
}

int args_read(struct args *args, const struct command *command, int argc, char **argv)
{
    struct option options[48] = {0};
    char letters[16] = "+";
    memset(args, 0, sizeof(*args));
    int count = add_options(options, letters, command->options);
    (void)add_options(options + count, letters, common);
    /* Options may stand before and behind operands. */
    letters[0] = '-';
    int found;
    int operands = 0;
    optind = 2;
    while ((found = getopt_long(argc, argv, letters, options, NULL)) != -1) {
        if (found == '?') {
            return EXIT_USAGE;
        }
        if (found == 1) {
            argv[2 + operands++] = optarg; /* places already read */
            continue;
        }
        enum option_id id = found >= 256 ? (enum option_id)(found - 256) : by_letter(found);
        keep(args, id, optarg == NULL ? "" : optarg);
    }
    while (optind < argc) {
        argv[2 + operands++] = argv[optind++];
    }
    args->operands = argv + 2;
    args->operand_count = operands;
    if (args->value[OPTION_HELP] != NULL) {
        return EXIT_OK;
    }
    if (operands < command->operands_min || operands > command->operands_max) {
        return usage("accrue %s %s: wrong number of operands; see accrue %s --help", command->name,
                     command->operands, command->name);
    }
    return EXIT_OK;
}

static void help_option(enum option_id id, bool chinese)
{
    const struct option_rule *rule = &option_rules[id];
    char left[48];
    (void)snprintf(left, sizeof(left), "--%s%s%s", rule->name, rule->value == NULL ? "" : " ",
                   rule->value == NULL ? "" : rule->value);
    (void)printf("  %-22s %s\n", left, chinese ? rule->help_zh : rule->help_en);
}

void help_command(const struct command *command, bool chinese)
{
    (void)printf("accrue %s %s\n  %s\n\n", command->name, command->operands,
                 chinese ? command->help_zh : command->help_en);
    for (const enum option_id *id = command->options; *id != OPTION_NONE; id++) {
        help_option(*id, chinese);
    }
    for (const enum option_id *id = common; *id != OPTION_NONE; id++) {
        help_option(*id, chinese);
    }
}

void help_all(bool chinese)
{
    (void)printf(chinese ? "用法：accrue 命令 [选项] …\n\n"
                         : "usage: accrue COMMAND [OPTION]…\n\n");
    for (const struct command *command = commands; command->name != NULL; command++) {
        (void)printf("  %-12s %-18s %s\n", command->name, command->operands,
                     chinese ? command->help_zh : command->help_en);
    }
    (void)printf(chinese ? "\n退出码：0 成功 1 失败 2 用法 3 未找到 4 被拒绝 5 无权 6 不可用 "
                           "7 结果未知 8 校验失败\n"
                         : "\nExit codes: 0 ok, 1 failure, 2 usage, 3 not found, 4 rejected, "
                           "5 forbidden,\n6 unavailable, 7 unknown outcome, 8 verification "
                           "failed. Each command has --help.\n");
}
