/* What to do about a code. The English is the library's; this is the Chinese. */

#include "ops/cli/cli.h"

static const struct {
    int code;
    const char *chinese;
} hints[] = {
    {ACCRUE_INCOMPLETE, "请发完其余部分"},
    {ACCRUE_BAD_REQUEST, "请发送 MessagePack-RPC 请求"},
    {ACCRUE_BAD_PARAMS, "请核对参数名称与取值（accrue 命令 --help）"},
    {ACCRUE_UNKNOWN_METHOD, "请看 hello 给出的 features"},
    {ACCRUE_NOPROTO, "请用回答中列出的版本"},
    {ACCRUE_UNAUTHENTICATED, "请先验明身份"},
    {ACCRUE_FORBIDDEN, "请向管理员申请权限"},
    {ACCRUE_NOT_FOUND, "请核对编号或序号"},
    {ACCRUE_TOO_LARGE, "请减少一次提交的数量"},
    {ACCRUE_RATE_LIMITED, "请稍候再发"},
    {ACCRUE_OVERLOADED, "请稍候重试"},
    {ACCRUE_DEADLINE_EXCEEDED, "请放宽 --timeout 后重试"},
    {ACCRUE_UNAVAILABLE, "请确认守护进程已启动、地址无误（--url、ACCRUE_URL），稍后重试"},
    {ACCRUE_UNKNOWN_OUTCOME, "请用相同的事件编号重新提交，即可知道结果"},
    {ACCRUE_READ_ONLY, "请查看说明中的状态；装载期请用 load，结束用 load --end"},
    {ACCRUE_DISK_FULL, "请释放磁盘空间，写入将自动恢复"},
    {ACCRUE_LOG_FULL, "请以更大的映射空间启动守护进程"},
    {ACCRUE_CORRUPT, "请停止写入，运行 accrue verify，并从备份恢复"},
    {ACCRUE_INTERNAL, "请连同守护进程日志一并报告"},
    {ACCRUE_CANCELLED, "请重新启动任务"},
    {ACCRUE_NOMEM, "请给进程更多内存"},
    {ACCRUE_IO, "请看守护进程的日志"},
    {ACCRUE_BUSY, "请停止另一进程"},
    {ACCRUE_FORMAT, "请用回答中指明的版本"},
    {ACCRUE_E_UNKNOWN_TYPE, "事件类型见 accrue schema"},
    {ACCRUE_E_MISSING_FIELD, "请补填该字段"},
    {ACCRUE_E_BAD_FIELD, "字段说明见 accrue schema 类型"},
    {ACCRUE_E_RANGE, "请核对单位：金额以分计，比率以百万分之一计"},
    {ACCRUE_E_DATE_ORDER, "请核对两个日期"},
    {ACCRUE_E_FUTURE_EFFECTIVE, "请在事实发生后再提交"},
    {ACCRUE_E_ID_REUSED, "新的事实请用新的编号"},
    {ACCRUE_E_VERSION_CONFLICT, "请重新读取该对象后再决定"},
    {ACCRUE_E_EXISTS, "请换用其他编号，或更新已有对象"},
    {ACCRUE_E_UNKNOWN_AGGREGATE, "请先创建该对象，或核对编号"},
    {ACCRUE_E_SELF_DEAL, "请核对买卖双方"},
    {ACCRUE_E_CURRENCY_MISMATCH, "请以款项的币种入账"},
    {ACCRUE_E_SUM_MISMATCH, "请核对分项金额"},
    {ACCRUE_E_AMOUNT_MISMATCH, "请采用计算金额，或注明 agreed"},
    {ACCRUE_E_AMOUNT_EXCEEDS, "不得超过未结金额"},
    {ACCRUE_E_OVER_ALLOCATION, "核销不超过应收余额，余款留作预收"},
    {ACCRUE_E_NO_CREDIT, "不得超过预收余额"},
    {ACCRUE_E_PERIOD_OVERLAP, "请核对期间"},
    {ACCRUE_E_PERIOD_AFTER_END, "请核对期间"},
    {ACCRUE_E_ILLEGAL_STATE, "可行的操作见上"},
    {ACCRUE_E_CLOSED, "可行的操作见上"},
    {ACCRUE_E_NOT_SIGNED, "请先提交 contract.signed"},
    {ACCRUE_E_NOT_EFFECTIVE, "请先提交 contract.took_effect"},
    {ACCRUE_E_ALREADY_EFFECTIVE, "无须处理"},
    {ACCRUE_E_SUSPENDED, "请先提交 contract.resumed"},
    {ACCRUE_E_NOT_SUSPENDED, "无须处理"},
    {ACCRUE_E_NO_TRIAL, "请核对合同的试用条款"},
    {ACCRUE_E_TRIAL_RUNNING, "请先转为付费或放弃试用"},
    {ACCRUE_E_TRIAL_LAPSED, "请看合同的 on_silence"},
    {ACCRUE_E_ALREADY_REGISTERED, "请用 contract.registration_changed"},
    {ACCRUE_E_NOT_REGISTERED, "请先提交 contract.registered"},
    {ACCRUE_E_REGNO_TAKEN, "请核对编号"},
    {ACCRUE_E_TECH_GT_TOTAL, "请核对两个金额"},
    {ACCRUE_E_OBL_CONTINGENT, "请不带此行入账，款项记为预收"},
    {ACCRUE_E_OBL_CLOSED, "请查看该款项的状态"},
    {ACCRUE_E_ALREADY_DECIDED, "请先冲正原结论"},
    {ACCRUE_E_NOT_DISPUTED, "没有需要解决的争议"},
    {ACCRUE_E_NOT_DUE, "请等到期日"},
    {ACCRUE_E_OPEN_BLOCKED, "原因见回答"},
    {ACCRUE_E_COVER_INACTIVE, "请核对出险日与保单"},
    {ACCRUE_E_NO_DETERMINATION, "请先提交 claim.determined"},
    {ACCRUE_E_OVER_COVER, "请至多填计算的赔付额"},
    {ACCRUE_E_ALREADY_REVERSED, "无须处理"},
    {ACCRUE_E_HAS_DEPENDENTS, "请先冲正后续事件，由近及远"},
    {ACCRUE_E_NOT_REVERSIBLE, "请提交新的事件"},
    {ACCRUE_E_PERSONAL_ID, "请移入 private"},
};

const char *advice_of(const struct cli *cli, int code)
{
    if (!cli->chinese) {
        return accrue_code_advice(code);
    }
    for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
        if (hints[i].code == code) {
            return hints[i].chinese;
        }
    }
    return "";
}
