/* Options: one table, and reading them.
 *
 *   O1  An option that a command does not list is a usage error, never ignored.
 *   O2  Options of every command may stand before the command too. */

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cli/cli.h"

const struct option_rule option_rules[OPTIONS] = {
    [OPTION_ACTOR] = {"actor", "NAME", "only what this actor entered", "仅此经办人", 0, false,
                      NULL},
    [OPTION_AGG] = {"agg", "ID", "only this aggregate (kind/id; plain: a contract)",
                    "仅此对象（类别/编号，缺省为合同）", 0, false, NULL},
    [OPTION_ALL] = {"all", NULL, "every projection", "全部投影", 0, false, NULL},
    [OPTION_APPLY_TO] = {"to", "CONTRACT/NO=AMOUNT", "the debt that it pays, and how much of it",
                         "核销的款项及金额", 0, true, NULL},
    [OPTION_AS_OF] = {"as-of", "DATE", "valid date (today)", "截至业务日期（默认今天）", 0, false,
                      NULL},
    [OPTION_BASIS] = {"basis", "NAME", "restated, original, flow or received",
                      "口径：restated original flow received", 0, false,
                      "restated original flow received"},
    [OPTION_BUCKETS] = {"buckets", "DAYS", "ends of the aging bands (30,60,90)",
                        "账龄分段天数（30,60,90）", 0, false, NULL},
    [OPTION_BY] = {"by", "KEYS", "grouping", "分组", 0, false, NULL},
    [OPTION_COMPARE] = {"compare", "last-year", "growth against the year before", "同比", 0, false,
                        "last-year"},
    [OPTION_CONTRACT] = {"contract", "ID", "only this contract", "仅此合同", 0, false, NULL},
    [OPTION_CREDITOR] = {"creditor", "ID", "only this creditor", "仅此债权人", 0, false, NULL},
    [OPTION_CSV] = {"csv", NULL, "CSV for offices: yuan, BOM", "CSV 输出（元，含 BOM）", 0, false,
                    NULL},
    [OPTION_CURRENCY] = {"currency", "CODE", "only this currency (CNY)", "仅此币种（CNY）", 0,
                         false, NULL},
    [OPTION_DAYS] = {"days", "N", "days that bank and log may lie apart (3)",
                     "银行与日志日期最多相差天数（3）", 0, false, NULL},
    [OPTION_DEBTOR] = {"debtor", "ID", "only this debtor", "仅此债务人", 0, false, NULL},
    [OPTION_DEPARTMENT] = {"department", "NAME", "only this department", "仅此部门", 0, false,
                           NULL},
    [OPTION_DRY_RUN] = {"dry-run", NULL, "decide, show the effects, store nothing",
                        "仅试算，不存储", 0, false, NULL},
    [OPTION_END] = {"end", NULL, "close loading for good", "结束装载", 0, false, NULL},
    [OPTION_ENTERED_BY] = {"actor", "NAME", "who enters it", "经办人", 0, false, NULL},
    [OPTION_EXAMPLE] = {"example", NULL, "a smallest valid event", "最小合法示例", 0, false, NULL},
    [OPTION_FAULTS] = {"faults", "FILE.csv", "write every fault to this file", "将全部问题写入文件",
                       0, false, NULL},
    [OPTION_FLAG] = {"flag", "W_X", "only this warning", "仅此警示", 0, false, NULL},
    [OPTION_FOLLOW] = {"follow", NULL, "go on as events come", "持续输出", 'f', false, NULL},
    [OPTION_FROM] = {"from", "SEQ", "first seq, `first` or `head`", "起始序号、first 或 head", 0,
                     false, "first head"},
    [OPTION_HELP] = {"help", NULL, "this text", "显示帮助", 'h', false, NULL},
    [OPTION_ID_COLUMN] = {"id-column", "HEADING", "ids from this column, not from the content",
                          "以该列为编号（默认由内容生成）", 0, false, NULL},
    [OPTION_ID_FROM_CONTENT] = {"id-from-content", NULL,
                                "missing ids from the content: a file twice changes nothing",
                                "缺失的编号由内容生成，重复提交不变", 0, false, NULL},
    [OPTION_INFLIGHT] = {"inflight", "N", "requests under way at once (1)", "同时在途请求数（1）",
                         0, false, NULL},
    [OPTION_JSON] = {"json", NULL, "JSON for machines", "JSON 输出", 0, false, NULL},
    [OPTION_KEEP_GOING] = {"keep-going", NULL, "go on after a refused line", "遇拒绝继续", 0, false,
                           NULL},
    [OPTION_KIND] = {"kind", "KIND", "only this kind of sum", "仅此款项类别", 0, false, NULL},
    [OPTION_KNOWN_AT] = {"known-at", "X", "as known at a seq, RFC 3339 time or date (now)",
                         "以当时所知为准：序号、时间或日期", 0, false, NULL},
    [OPTION_LANG] = {"lang", "en|zh", "language of tables and messages", "语言", 0, false, "en zh"},
    [OPTION_LIMIT] = {"limit", "N", "at most so many rows or events", "最多行数", 'n', false, NULL},
    [OPTION_LIST] = {"list", NULL, "name the projections", "列出投影", 0, false, NULL},
    [OPTION_N] = {"n", "N", "units to select (60)", "抽取单元数（60）", 0, false, NULL},
    [OPTION_NOTE] = {"note", "TEXT", "what it was closed on", "关账说明", 0, false, NULL},
    [OPTION_OF] = {"of", "NAME", "open_items (default) or payments",
                   "open_items（默认）或 payments", 0, false, "open_items payments"},
    [OPTION_OUTPUT] = {"output", "FILE", "write FILE.xlsx, FILE.csv (report: FILE.html)",
                       "写入 FILE.xlsx、FILE.csv（report：FILE.html）", 'o', false, NULL},
    [OPTION_OVERDUE] = {"overdue", "yes|no", "with what is overdue (yes)",
                        "是否含已逾期事项（yes）", 0, false, "yes no"},
    [OPTION_PAID_BY] = {"payer", "ID", "who paid it", "付款人", 0, false, NULL},
    [OPTION_PARAM] = {"param", "K=V", "a parameter of the projection", "投影参数", 0, true, NULL},
    [OPTION_PARTY] = {"party", "ID", "only this party", "仅此主体", 0, false, NULL},
    [OPTION_PAYEE] = {"payee", "ID", "only this payee", "仅此收款人", 0, false, NULL},
    [OPTION_PAYER] = {"payer", "ID", "only this payer", "仅此付款人", 0, false, NULL},
    [OPTION_PERIOD] = {"period", "FROM..TO", "dates, both inclusive", "期间（首尾均含）", 0, false,
                       NULL},
    [OPTION_PREVIEW] = {"preview", NULL, "show what would change, post nothing",
                        "仅显示变动，不登记", 0, false, NULL},
    [OPTION_PRINT] = {"print", NULL, "print it instead", "仅输出内容", 0, false, NULL},
    [OPTION_PROFILE] = {"profile", "NAME|FILE.ini", "how columns become events",
                        "列与事件的对应配置", 0, false, "cn-contract cn-registration bank"},
    [OPTION_QUIET] = {"quiet", NULL, "no messages and no progress", "不输出提示与进度", 'q', false,
                      NULL},
    [OPTION_REASON] = {"reason", "TEXT", "why (correction)", "原因（correction）", 0, false, NULL},
    [OPTION_SEED] = {"seed", "N", "the same seed, the same sample", "种子相同则样本相同", 0, false,
                     NULL},
    [OPTION_SET] = {"set", "K=V", "field=value, as obligations[0].amount_fen=5; effective too",
                    "字段=取值，如 obligations[0].amount_fen=5；亦可 effective", 0, true, NULL},
    [OPTION_SHEET] = {"sheet", "NAME", "this sheet of the workbook (the first)",
                      "工作表名称（默认第一张）", 0, false, NULL},
    [OPTION_SOCKET] = {"socket", "PATH", "the daemon's Unix socket", "守护进程套接字", 0, false,
                       NULL},
    [OPTION_TIMEOUT] = {"timeout", "SECONDS", "wait at most so long (30)", "超时秒数（30）", 0,
                        false, NULL},
    [OPTION_TO] = {"to", "SEQ", "last seq", "终止序号", 0, false, NULL},
    [OPTION_TOTALS] = {"totals", NULL, "CSV: totals below the rows", "CSV 末尾附合计行", 0, false,
                       NULL},
    [OPTION_TYPE] = {"type", "GLOB", "only these types", "仅此类事件", 0, true, NULL},
    [OPTION_UNIT] = {"unit", "UNIT",
                     "yuan, wan (万元), yi (亿元) or fen; rounded half away from zero",
                     "yuan 元、wan 万元、yi 亿元、fen 分；四舍五入", 0, false, "yuan wan yi fen"},
    [OPTION_UNSET] = {"unset", "KEY", "leave the field out", "去掉该字段", 0, true, NULL},
    [OPTION_URL] = {"url", "URL", "unix:PATH or tcp:HOST:PORT (ACCRUE_URL)", "地址（ACCRUE_URL）",
                    0, false, NULL},
    [OPTION_WHAT] = {"what", "NAME", "only this sort of entry", "仅此类事项", 0, false,
                     "instalment conditional verdict trial_end use_end term_end "
                     "policy_end registration filing royalty_report open_license_end "
                     "entrustment_end annual_fee "
                     "claim_adjust claim_pay loan"},
    [OPTION_WHERE] = {"where", "K=V", "only where a grouping key has this value; a|b: either",
                      "筛选：分组键=取值，a|b 为任一", 0, true, NULL},
    [OPTION_WITHIN] = {"within", "DAYS", "days to look ahead (30d)", "向后天数（30d）", 0, false,
                       NULL},
    [OPTION_XLSX] = {"xlsx", "FILE", "write a workbook; the same as -o FILE.xlsx",
                     "写入 Excel 工作簿，同 -o FILE.xlsx", 0, false, NULL},
    [OPTION_YEAR] = {"year", "Y", "only this year", "仅此年度", 0, true, NULL},
    [OPTION_YES] = {"yes", NULL, "post without asking", "不再询问，直接登记", 'y', false, NULL},
};

const enum option_id common_options[] = {OPTION_JSON,    OPTION_LANG,  OPTION_URL,  OPTION_SOCKET,
                                         OPTION_TIMEOUT, OPTION_QUIET, OPTION_HELP, OPTION_NONE};

#define LONG_OPTIONS_MAX 32

struct reading {
    struct option options[LONG_OPTIONS_MAX];
    char letters[2 * LONG_OPTIONS_MAX];
    int count;
};

static void add_options(struct reading *reading, const enum option_id *ids)
{
    for (; *ids != OPTION_NONE && reading->count < LONG_OPTIONS_MAX - 1; ids++) {
        const struct option_rule *rule = &option_rules[*ids];
        reading->options[reading->count++] = (struct option){
            .name = rule->name,
            .has_arg = rule->value == NULL ? no_argument : required_argument,
            .val = (int)*ids + 256,
        };
        size_t len = strlen(reading->letters);
        if (rule->letter != 0) {
            reading->letters[len++] = rule->letter;
            if (rule->value != NULL) {
                reading->letters[len++] = ':';
            }
            reading->letters[len] = '\0';
        }
    }
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

/* From argv[1] on; the first operand is then argv[optind]. */
static int read_options(struct cli *cli, const struct reading *reading, int argc, char **argv)
{
    int found;
    opterr = 0;
    optind = 0; /* begin anew */
    while ((found = getopt_long(argc, argv, reading->letters, reading->options, NULL)) != -1) {
        if (found == ':' || found == '?') {
            const char *what = argv[optind - 1];
            return usage("%s: %s", what,
                         found == ':' ? in_language(cli, "needs a value", "缺少取值")
                                      : in_language(cli, "is no option here; see --help",
                                                    "无此选项，参见 --help"));
        }
        keep(&cli->args, found >= 256 ? (enum option_id)(found - 256) : by_letter(found),
             optarg == NULL ? "" : optarg);
    }
    return EXIT_OK;
}

int args_read(struct cli *cli, int argc, char **argv)
{
    struct reading before = {.letters = "+:"};
    struct reading behind = {.letters = ":"};
    add_options(&before, common_options);
    int status = read_options(cli, &before, argc, argv);
    if (status != EXIT_OK || optind >= argc) {
        return status;
    }
    int first = optind;
    cli->command = command_by_name(argv[first]);
    if (cli->command == NULL) {
        return usage("%s: %s", argv[first],
                     in_language(cli, "there is no such command; see accrue --help",
                                 "无此命令，参见 accrue --help"));
    }
    add_options(&behind, cli->command->options);
    add_options(&behind, common_options);
    status = read_options(cli, &behind, argc - first, argv + first);
    cli->args.operands = argv + first + optind;
    cli->args.operand_count = argc - first - optind;
    if (status != EXIT_OK || given(cli, OPTION_HELP)) {
        return status;
    }
    if (cli->args.operand_count < cli->command->operands_min ||
        cli->args.operand_count > cli->command->operands_max) {
        return usage("%s: accrue %s %s",
                     in_language(cli, "wrong number of operands", "参数个数不符"),
                     cli->command->name, cli->command->operands);
    }
    return EXIT_OK;
}

bool given(const struct cli *cli, enum option_id id)
{
    return cli->args.value[id] != NULL;
}

bool for_people(const struct cli *cli)
{
    return !cli->json && !cli->csv && cli->xlsx == NULL;
}

bool is_number(const char *text)
{
    size_t len = strspn(text, "0123456789");
    return len > 0 && len <= 18 && text[len] == '\0';
}

bool option_number(const struct cli *cli, enum option_id id, int64_t min, int64_t max, int64_t *ret)
{
    const char *text = cli->args.value[id];
    if (text == NULL) {
        return true;
    }
    int64_t number = is_number(text) ? strtoll(text, NULL, 10) : -1;
    if (number < min || number > max) {
        (void)usage("--%s %s: %s %lld..%lld", option_rules[id].name, text,
                    in_language(cli, "a number", "应为数字"), (long long)min, (long long)max);
        return false;
    }
    *ret = number;
    return true;
}
