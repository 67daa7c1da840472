/* Every command, once (C2). */

#include "ops/cli/cli.h"

#include <string.h>

#define VIEW OPTION_AS_OF, OPTION_KNOWN_AT
#define FILES OPTION_CSV, OPTION_TOTALS, OPTION_XLSX, OPTION_OUTPUT

/* clang-format off */
const struct command commands[] = {
    {"append", "[FILE|-]", 0, 1,
     "append NDJSON events; a line {\"batch\":[…]} is one atomic request",
     "追加 NDJSON 事件；{\"batch\":[…]} 行为一个原子请求", false,
     {OPTION_KEEP_GOING, OPTION_INFLIGHT, OPTION_DRY_RUN, OPTION_ID_FROM_CONTENT},
     command_append,
     "A result line for each line, in their order. An event without an `id` gets a new one, "
     "or with\n"
     "--id-from-content one made from its content: then a file appended twice changes "
     "nothing, and\n"
     "two equal lines are one event. --json: {seq, agg_seq, dup, flags, id}, for a batch\n"
     "{results: […]}, or {error: {code, …}, id, line}. The first refused line ends the run unless\n"
     "--keep-going; what was acknowledged is durable. Exit code: that of the first refusal.",
     "每行输入对应一行结果，次序不变。无 id 的事件自动生成编号；--id-from-content 由内容生成，\n"
     "同一文件提交两次不产生新事件。遇拒绝即止，除非 --keep-going；已确认的事件均已落盘。"},
    {"load", "[FILE|-]", 0, 1,
     "bulk load with recorded times, into a log born loading",
     "带记录时间批量装载（accrued --init-load）", false,
     {OPTION_END, OPTION_ID_FROM_CONTENT},
     command_load,
     "Lines are events with `recorded` (RFC 3339 or microseconds), which never goes back. What\n"
     "`tail --json` prints can be loaded: its additions are taken off, system.* events "
     "passed over.\n"
     "--end closes loading for good, after FILE if one is given.",
     "每行一个事件，含 recorded（RFC 3339 或微秒），不得倒退。tail --json 的输出可直接装载。\n"
     "--end 结束装载，不可撤销。"},
    {"import", "[FILE]", 0, 1,
     "a sheet of the office, CSV or XLSX, into the log", "将办公表格（CSV、XLSX）导入日志", true,
     {OPTION_PROFILE, OPTION_DRY_RUN, OPTION_KEEP_GOING, OPTION_FAULTS, OPTION_ID_COLUMN,
      OPTION_SHEET, OPTION_SET, OPTION_PRINT, OPTION_UNIT},
     command_import,
     "--profile cn-contract, cn-registration, bank, or a file of your own: --print shows one to "
     "begin\n"
     "with. Every row is checked before the first is posted; --dry-run stops there. A fault names "
     "its\n"
     "row, its column and what would be accepted; with one nothing is posted, unless --keep-going "
     "leaves\n"
     "such rows out (exit code 4). A row is one atomic request, and the same file twice changes "
     "nothing.\n"
     "Rows that would be accepted and flagged (a bank reference seen before) are listed too.\n"
     "--set COLUMN=VALUE gives a column of the profile the same value in every row.",
     "--profile 为 cn-contract、cn-registration、bank 或自备文件（--print 输出作为起点）。\n"
     "全部行先核对再登记，--dry-run 仅核对。问题按行、列列出并说明可接受的写法；\n"
     "有问题时不登记任何内容，--keep-going 仅略去有问题的行（退出码 4）。\n"
     "一行为一个原子请求，重复导入不产生变化。受理但有警示的行（如流水号重复）亦逐行列出。\n"
     "--set 列=取值 为该列各行指定同一取值。"},
    {"new", "TYPE [AGG]", 1, 2, "ask for an event field by field, show its effects, post it",
     "逐项询问，显示影响后登记一个事件", true, {OPTION_YES, OPTION_PRINT, OPTION_UNIT},
     command_new,
     "Required fields are asked for with their help, the others offered by name. Amounts, dates "
     "and\n"
     "shares are written as offices write them (2万, 2024/3/5, 5%), an enumeration by code or\n"
     "number. A party, contract or technology is given by its id or, as find finds it, by a name\n"
     "(on a terminal a part of it), an alias, a uscc, a contract or patent number. An answer that\n"
     "is none, or whose field the daemon refuses, is asked for again; one that is nobody's or\n"
     "several's ends a pipe.\n"
     "Amounts are in the event's currency, else in that of the contract or payment it is about.\n"
     "Answers are lines of standard input, so they can be piped in. --print prints the event and\n"
     "posts nothing, without a daemon: it asks for that currency, and takes ids only.",
     "必填项逐一询问并附说明，选填项按名称添加。金额、日期、比例按习惯书写\n"
     "（2万、2024/3/5、5%），枚举可填代码或序号；不合要求或被守护进程拒绝的字段重新询问。\n"
     "主体、合同、成果可填编号，或如 find 一样填名称（在终端上可填其一部分）、别名、\n"
     "统一社会信用代码、合同号、专利号；查无或多个匹配时重新询问，管道输入则报错结束。\n"
     "金额以事件的币种计，事件无币种的以所涉合同或到账的币种计。\n"
     "答案为标准输入的各行，可由管道提供。--print 仅输出事件，不登记，无需守护进程，\n"
     "因而询问该币种，且只接受编号。"},
    {"tail", "", 0, 0,
     "the last events; with -f also those that come", "最近的事件；-f 持续输出", false,
     {OPTION_FOLLOW, OPTION_FROM, OPTION_TYPE, OPTION_AGG, OPTION_LIMIT},
     command_tail,
     "A line an event: seq, recorded (Asia/Shanghai), effective, type, aggregate, flags, "
     "data. --json:\n"
     "the event as stored, one a line. Without --from the last 10 (-n N); --from SEQ, first "
     "or head.\n"
     "--type takes patterns: 'contract.*'. A lost connection is made again, none comes twice.",
     "每行一个事件：序号、记录时间、业务日期、类型、对象、标记、内容。--json 为原样输出。\n"
     "不带 --from 时为最近 10 个（-n N）；--type 可用通配符，如 'contract.*'。"},
    {"correct", "SEQ|ID", 1, 1, "reverse an event and post it again, changed",
     "更正事件：冲销并重新登记", false, {OPTION_SET, OPTION_UNSET, OPTION_REASON, OPTION_PREVIEW,
      OPTION_UNIT},
     command_correct,
     "What stands on the event is reversed and posted again with it, in one atomic request. The\n"
     "figures that change are shown; --preview posts nothing.",
     "依赖该事件的事件一并冲销并重新登记，作为一个原子请求；先列出数字变动，--preview 不登记。"},
    {"get", "SEQ|ID", 1, 1, "one event, by position or id", "按序号或编号取一个事件", false,
     {OPTION_NONE}, command_get, NULL, NULL},
    {"history", "AGG", 1, 1, "the events of an aggregate", "对象的全部事件", false,
     {OPTION_LIMIT}, command_history,
     "AGG is the id of a contract, or kind/id: party/ustb.",
     "AGG 为合同编号，或 类别/编号，如 party/ustb。"},
    {"show", "AGG", 1, 1,
     "a contract or party: state, terms, what is owed, registrations",
     "合同或主体概况：状态、条款、款项、登记", false,
     {VIEW, OPTION_UNIT}, command_show,
     "AGG is the id of a contract, party/ID, or another kind/id, of which the events are shown.",
     "AGG 为合同编号、party/编号，或其他 类别/编号（显示其事件）。"},
    {"find", "TEXT", 1, 1,
     "contracts, parties, technologies and payments that hold TEXT",
     "按编号、名称查找合同、主体、成果、到账",
     false, {VIEW, OPTION_LIMIT}, command_find,
     "TEXT is looked for in ids, names, aliases, titles, and numbers of contracts, patents,\n"
     "registrations, invoices and credit codes, former ones too, and in a bank's references and\n"
     "names of payers. Simplified and traditional script,\n"
     "full and half width, kinds of brackets and dashes, case and spaces make no difference;\n"
     "nor do ZL, CN and check digit in the number of a patent. Reads every event that names.",
     "在编号、名称、别名、标题、合同号、专利号、登记号、发票号、统一社会信用代码、\n"
     "银行流水号与付款户名中查找，含曾用名。\n"
     "不分简繁、全半角、括号与连接号种类、大小写、空格；专利号不分 ZL、CN、校验位。\n"
     "将读取全部命名事件。"},
    {"outstanding", "", 0, 0, "what is owed, by age", "未结款项账龄", false,
     {VIEW, OPTION_BY, OPTION_DEBTOR, OPTION_CREDITOR, OPTION_CONTRACT, OPTION_KIND,
      OPTION_BUCKETS, FILES, OPTION_UNIT, OPTION_LIMIT},
     command_outstanding,
     "--by contract (default), debtor, creditor, currency or obligation. Columns that are "
     "empty in\n"
     "every row are left out of the table, never of --csv or --json.",
     "--by contract（默认）debtor creditor currency obligation。全空的列不显示；--csv、--json\n"
     "始终完整。"},
    {"stats", "", 0, 0, "statistics of registered contracts", "技术合同认定登记统计", false,
     {VIEW, OPTION_YEAR, OPTION_PERIOD, OPTION_COMPARE, OPTION_BY, OPTION_WHERE, OPTION_BASIS,
      FILES,
      OPTION_UNIT, OPTION_LIMIT},
     command_stats,
     "--by takes a list: year quarter month type subtype region_out region_in local "
     "kind_out kind_in\n"
     "pay_mode field ip_kind program grant agency department operator district zone size\n"
     "sme_tech hi_tech. --where takes the same keys, but for time: --where kind_out=enterprise.",
     "--by 可取多项（逗号分隔）：year quarter month type subtype region_out region_in local\n"
     "kind_out kind_in pay_mode field ip_kind program grant agency department operator district\n"
     "zone size sme_tech hi_tech。--where 用同样的键（时间除外）：--where kind_out=enterprise。"},
    {"agenda", "", 0, 0, "what falls due, ends or is missing", "日程：到期、届满与缺失事项", false,
     {VIEW, OPTION_WITHIN, OPTION_PARTY, OPTION_WHAT, OPTION_OVERDUE, FILES, OPTION_UNIT,
      OPTION_LIMIT},
     command_report,
     "By date, within 30 days of --as-of unless --within says another number: 14, 14d.",
     "按日期列出 --as-of 起 30 天内的事项；--within 指定天数：14、14d。"},
    {"findings", "", 0, 0, "warnings of accepted events", "待复核事项：已受理事件的警示", false,
     {VIEW, OPTION_BY, OPTION_FLAG, OPTION_ACTOR, OPTION_PERIOD, FILES, OPTION_LIMIT},
     command_report,
     "One row a warning of an event; --by flag, actor or type counts them. An event that was\n"
     "reversed has none.",
     "每行一个警示；--by flag actor type 计数。已冲正的事件不列。"},
    {"receipts", "", 0, 0, "money received and what became of it", "到账及去向", false,
     {VIEW, OPTION_BY, OPTION_PAYEE, OPTION_PAYER, OPTION_CONTRACT, OPTION_KIND,
      OPTION_DEPARTMENT, OPTION_PERIOD, FILES, OPTION_UNIT, OPTION_LIMIT},
     command_report,
     "--by payee (default), payer, contract, kind, department, year, quarter or month.",
     "--by payee（默认）payer contract kind department year quarter month。"},
    {"claim", "[PAYMENT]", 0, 1,
     "put money on the debt that it pays; without PAYMENT, what is unclaimed",
     "来款认领；不带 PAYMENT 则列出未认领来款", false,
     {OPTION_APPLY_TO, OPTION_PAID_BY, OPTION_ENTERED_BY, OPTION_DRY_RUN, FILES, OPTION_UNIT},
     command_claim,
     "accrue claim PAYMENT --to CONTRACT/NO=AMOUNT --payer ID, with as many --to as there are\n"
     "debts. AMOUNT is in the main unit: 1200.50, 1.2万. Posts payment.applied. The list names,\n"
     "for each payment of an unknown payer, what is left of it and the open obligations of\n"
     "exactly that amount. --dry-run shows the figures that would change.",
     "accrue claim PAYMENT --to 合同/款项号=金额 --payer 编号，可有多个 --to；金额以元计：\n"
     "1200.50、1.2万。登记 payment.applied。列表给出付款人不明来款的余额及金额相同的未结款项。\n"
     "--dry-run 仅显示将变动的数字。"},
    {"reconcile", "bank FILE", 2, 2, "a bank statement against the payments of the log",
     "银行流水与日志到账对账", false,
     {OPTION_PAYEE, OPTION_DAYS, OPTION_PROFILE, OPTION_SHEET, FILES, OPTION_UNIT},
     command_reconcile,
     "Lines of the statement (CSV or XLSX, as `import --profile bank` reads them) are matched by\n"
     "reference; by amount, day and payer's name; by amount and day where somebody is unknown\n"
     "and there is one way only. Every line is in one class, and the classes add up to the\n"
     "statement. Posts nothing. Exit code 4 unless all is matched, and if there is no line.\n"
     "--json, --csv and -o have every line.",
     "流水（CSV 或 XLSX，读法同 import --profile bank）依次按流水号、按金额日期与付款人名称、\n"
     "按金额与日期（有一方不明且唯一时）匹配。每行归入一类，各类合计等于流水。\n"
     "不登记任何内容；全部相符时退出码为 0，否则（含无流水行）为 4。--json、--csv、-o 含全部行。"},
    {"report", "NAME", 1, 1, "outstanding, agenda, statistics or annual_report as a page to print",
     "可打印报告：outstanding agenda statistics annual_report", false,
     {VIEW, OPTION_OUTPUT, OPTION_BY, OPTION_BUCKETS, OPTION_DEBTOR, OPTION_CREDITOR,
      OPTION_CONTRACT, OPTION_KIND, OPTION_WITHIN, OPTION_PARTY, OPTION_WHAT, OPTION_OVERDUE,
      OPTION_YEAR, OPTION_PERIOD, OPTION_COMPARE, OPTION_WHERE, OPTION_BASIS, OPTION_PARAM,
      OPTION_UNIT, OPTION_LIMIT},
     command_report_page,
     "One HTML file with charts and the table of the same figures: no script, nothing from a\n"
     "network. Options are those of the question; -o FILE.html, else standard output.",
     "单个 HTML 文件，含图表与明细，无脚本、不联网。选项同相应查询；\n"
     "-o FILE.html，缺省输出到标准输出。"},
    {"late", "", 0, 0, "cut-off test: of a period, recorded after its end",
     "截止测试：属于该期间而期后记录的事件", false,
     {OPTION_PERIOD, FILES, OPTION_UNIT, OPTION_LIMIT},
     command_late,
     "Every event whose effective date lies in --period and which was recorded after its last "
     "day,\n"
     "with the days between; reversed ones and reversals too. --period 2025, 2025-Q1, 2025-03 or\n"
     "FROM..TO.",
     "业务日期在 --period 内、记录于期后的全部事件及其天数，含已冲正者与冲正本身。\n"
     "--period 为 2025、2025-Q1、2025-03 或 起..止。"},
    {"doc", "FILE|SHA256", 1, 1, "the events that cite a paper", "引用某份文件的事件", false,
     {FILES, OPTION_LIMIT}, command_doc,
     "By its SHA-256, which is made here if a file is named. The daemon has no index of papers: "
     "this\n"
     "reads the whole log. Exit code 3 if no event cites it.",
     "按 SHA-256 查找；给出文件时在本机计算。守护进程无文件索引，将读取全部日志。\n"
     "无引用时退出码为 3。"},
    {"close", "PERIOD", 1, 1, "close the books of a period", "期间关账", false,
     {OPTION_NOTE, FILES, OPTION_UNIT}, command_close,
     "PERIOD is 2025, 2025-Q1 or 2025-03. Fixes where the basis `original` stands, and shows "
     "it; what\n"
     "comes later is stored and flagged W_LATE_FACT. A period is closed once.",
     "PERIOD 为 2025、2025-Q1 或 2025-03。固定口径 original 的位置并显示；其后记录者标记\n"
     "W_LATE_FACT。每期只关一次。"},
    {"sample", "", 0, 0, "a monetary-unit sample of open items or payments",
     "货币单元抽样：未结款项或到账", false,
     {VIEW, OPTION_N, OPTION_SEED, OPTION_BY, OPTION_OF, OPTION_CURRENCY, OPTION_DEBTOR,
      OPTION_CREDITOR, OPTION_CONTRACT, OPTION_KIND, FILES, OPTION_UNIT},
     command_sample,
     "--n units, systematically, over what is outstanding (or the amounts of payments). The same\n"
     "--seed gives the same sample; accrue(1) states the algorithm. --by amount is the only way.",
     "按金额系统抽取 --n 个单元；--seed 相同则样本相同，算法见 accrue(1)。--by 仅有 amount。"},
    {"query", "[NAME]", 0, 1, "any projection; --list names them", "任一投影；--list 列出",
     false, {VIEW, OPTION_PARAM, OPTION_BY, OPTION_LIST, FILES, OPTION_UNIT, OPTION_LIMIT},
     command_query,
     "--by X is --param by=X. A parameter that is not known is refused, and the known ones "
     "named.",
     "--by X 即 --param by=X。未知参数会被拒绝并列出可用者。"},
    {"explain", "PROJECTION KEY", 2, 2, "the events behind a figure", "数字背后的事件", false,
     {VIEW, OPTION_PARAM, OPTION_BY, FILES, OPTION_UNIT, OPTION_LIMIT}, command_explain,
     "KEY is the key of a row of the projection, asked for with the same parameters:\n"
     "accrue explain outstanding tianan-borui --by debtor",
     "KEY 为该投影某行的编号，参数须与查询时相同：accrue explain outstanding 编号 --by debtor"},
    {"rebuild", "[NAME]", 0, 1, "fold from zero and compare with live",
     "自零重算并与在线比较", false, {OPTION_ALL, OPTION_TO}, command_rebuild,
     "Prints each projection's digest, and whether it is equal to the live one at that position;\n"
     "exit code 8 if not. Ctrl-C cancels it in the daemon.",
     "输出各投影的摘要及与在线是否一致；不一致时退出码为 8。Ctrl-C 在守护进程中取消该任务。"},
    {"status", "", 0, 0, "where the daemon stands", "守护进程状态", false,
     {OPTION_NONE}, command_status, NULL, NULL},
    {"verify", "", 0, 0, "read and check every byte of the log", "逐字节校验日志", false,
     {OPTION_NONE}, command_verify, "Ctrl-C cancels it in the daemon.",
     "Ctrl-C 在守护进程中取消该任务。"},
    {"schema", "[TYPE]", 0, 1, "the event vocabulary, without a daemon",
     "事件词汇表（无需守护进程）", true, {OPTION_EXAMPLE}, command_schema,
     "TYPE is an event type, or the name of a nested value such as ObligationTerm. "
     "--example prints a\n"
     "smallest valid event, ready for `accrue append`.",
     "TYPE 为事件类型，或嵌套结构名，如 ObligationTerm。--example 输出最小合法事件。"},
    {"completion", "bash|zsh|fish", 1, 1, "shell completion", "命令补全脚本", true,
     {OPTION_NONE}, command_completion,
     "bash: source <(accrue completion bash)   zsh: accrue completion zsh "
     ">\"${fpath[1]}/_accrue\"\n"
     "fish: accrue completion fish | source", NULL},
    {.name = NULL},
};
/* clang-format on */

const struct command *command_by_name(const char *name)
{
    for (const struct command *command = commands; command->name != NULL; command++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}
