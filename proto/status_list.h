#ifndef ACCRUE_PROTO_STATUS_LIST_H
#define ACCRUE_PROTO_STATUS_LIST_H

/* The table behind status.h: X(name, number, English, Chinese, what to do), then the flags:
 * X(name, bit, English, Chinese). Append only; numbers and bits are public and stored. */

/* clang-format off */
#define STATUS_LIST(X) \
    X(INCOMPLETE, -1, "the value is not complete yet", \
      "数据尚未完整", \
      "send the rest") \
    X(BAD_REQUEST, -2, "the bytes are not a valid message", \
      "报文不合法", \
      "send a MessagePack-RPC request") \
    X(BAD_PARAMS, -3, "the parameters are not what the method takes", \
      "参数不合法", \
      "compare with the method's table in PROTOCOL.md") \
    X(UNKNOWN_METHOD, -4, "there is no such method", \
      "没有这个方法", \
      "see hello's features") \
    X(NOPROTO, -5, "this protocol version is not spoken here", \
      "不支持此协议版本", \
      "use a version that the answer lists") \
    X(UNAUTHENTICATED, -6, "the caller has not proved who it is", \
      "身份未验证", \
      "authenticate first") \
    X(FORBIDDEN, -7, "the caller may not do this", \
      "无权执行此操作", \
      "ask the operator for the role") \
    X(NOT_FOUND, -8, "there is no such thing", \
      "未找到", \
      "check the id or the position") \
    X(TOO_LARGE, -9, "over a size limit", \
      "超出大小限制", \
      "send less at once") \
    X(RATE_LIMITED, -10, "too many requests", \
      "请求过于频繁", \
      "wait, then send again") \
    X(OVERLOADED, -11, "a shared limit is reached, nothing was stored", \
      "系统繁忙，未存储", \
      "wait, then send again") \
    X(DEADLINE_EXCEEDED, -12, "the deadline passed before it was taken up, not stored", \
      "已过截止时间，未存储", \
      "send again with a longer deadline") \
    X(UNAVAILABLE, -13, "not available now, nothing was stored", \
      "暂不可用，未存储", \
      "wait, then send again") \
    X(UNKNOWN_OUTCOME, -14, "whether it was stored is unknown", \
      "结果未知，可能已存储", \
      "send the same ids again") \
    X(READ_ONLY, -15, "the log takes no events now", \
      "日志当前只读", \
      "see the state that the message names") \
    X(DISK_FULL, -16, "the disk is full, nothing was stored", \
      "磁盘已满，未存储", \
      "free space; writes resume by themselves") \
    X(LOG_FULL, -17, "the log's address space is full, nothing was stored", \
      "日志空间已满，未存储", \
      "start with a larger map") \
    X(CORRUPT, -18, "stored bytes fail their check", \
      "存储数据校验失败", \
      "stop writing; run accrue verify; restore from a backup") \
    X(INTERNAL, -19, "an error inside the daemon", \
      "内部错误", \
      "report it with the daemon's messages") \
    X(CANCELLED, -20, "the job was cancelled", \
      "任务已取消", \
      "start it again") \
    X(NOMEM, -21, "out of memory", \
      "内存不足", \
      "give the process more memory") \
    X(IO, -22, "a file or socket failed", \
      "读写失败", \
      "see the daemon's messages") \
    X(BUSY, -23, "another process holds it", \
      "已被其他进程占用", \
      "stop the other process") \
    X(FORMAT, -24, "a format that this release does not read", \
      "不支持的数据格式版本", \
      "use the release that the message names") \
    X(E_UNKNOWN_TYPE, -100, "unknown event type", \
      "未知的事件类型", \
      "see accrue schema") \
    X(E_MISSING_FIELD, -101, "a required field is missing", \
      "缺少必填字段", \
      "add the field") \
    X(E_BAD_FIELD, -102, "a field has a wrong type, value or form", \
      "字段类型、取值或格式错误", \
      "see accrue schema TYPE") \
    X(E_RANGE, -103, "an amount or rate is out of range", \
      "金额或比率超出范围", \
      "check the unit: amounts are in fen, rates in ppm") \
    X(E_DATE_ORDER, -104, "the end lies before the start", \
      "结束日期早于开始日期", \
      "check the two dates") \
    X(E_FUTURE_EFFECTIVE, -105, "the effective date lies in the future", \
      "生效日期晚于允许范围", \
      "append it when it has happened") \
    X(E_ID_REUSED, -106, "this event id was used for other content", \
      "事件编号已用于其他内容", \
      "use a new id for a new fact") \
    X(E_VERSION_CONFLICT, -107, "the aggregate is not at the expected version", \
      "聚合版本与预期不符", \
      "read the aggregate again, then decide") \
    X(E_EXISTS, -108, "it exists already", \
      "已存在", \
      "use another id, or update the one that exists") \
    X(E_UNKNOWN_AGGREGATE, -109, "what the event refers to does not exist", \
      "所指对象不存在", \
      "create it first, or check the id") \
    X(E_SELF_DEAL, -110, "a party is on both sides", \
      "同一主体同时为买卖双方", \
      "check sellers and buyers") \
    X(E_CURRENCY_MISMATCH, -111, "the currencies differ", \
      "币种不一致", \
      "post the payment in the obligation's currency") \
    X(E_SUM_MISMATCH, -112, "the parts do not add up to the whole", \
      "分项之和与总额不符", \
      "check the parts") \
    X(E_AMOUNT_MISMATCH, -113, "the stated amount differs from the computed one", \
      "申报金额与计算结果不符", \
      "use the computed amount, or set agreed") \
    X(E_AMOUNT_EXCEEDS, -114, "more than the open amount", \
      "超过未结金额", \
      "use at most the open amount") \
    X(E_OVER_ALLOCATION, -115, "more than is outstanding on the obligation", \
      "核销金额超过应收余额", \
      "allocate at most the outstanding amount; leave the rest as credit") \
    X(E_NO_CREDIT, -116, "the payment has not that much unapplied credit", \
      "预收余额不足", \
      "apply at most the credit") \
    X(E_PERIOD_OVERLAP, -117, "the period overlaps one already reported", \
      "期间与已报期间重叠", \
      "check the period") \
    X(E_PERIOD_AFTER_END, -118, "the period lies after the contract's end", \
      "期间晚于合同结束日", \
      "check the period") \
    X(E_ILLEGAL_STATE, -119, "the state forbids this event", \
      "当前状态不允许此事件", \
      "see what would be legal") \
    X(E_CLOSED, -120, "it is closed", \
      "已关闭", \
      "see what would be legal") \
    X(E_NOT_SIGNED, -121, "the contract is not signed", \
      "合同尚未签订", \
      "append contract.signed first") \
    X(E_NOT_EFFECTIVE, -122, "the contract is not in effect", \
      "合同尚未生效", \
      "append contract.took_effect first") \
    X(E_ALREADY_EFFECTIVE, -123, "the contract is in effect already", \
      "合同已生效", \
      "nothing to do") \
    X(E_SUSPENDED, -124, "the contract is suspended", \
      "合同已中止", \
      "append contract.resumed first") \
    X(E_NOT_SUSPENDED, -125, "the contract is not suspended", \
      "合同未中止", \
      "nothing to do") \
    X(E_NO_TRIAL, -126, "no trial is running or provided for", \
      "没有进行中或约定的试用", \
      "check the contract's trial") \
    X(E_TRIAL_RUNNING, -127, "a trial is running", \
      "试用进行中", \
      "convert or decline the trial first") \
    X(E_TRIAL_LAPSED, -128, "the trial has ended by its terms", \
      "试用期已按约定终结", \
      "see on_silence of the contract") \
    X(E_ALREADY_REGISTERED, -129, "the contract is registered already", \
      "合同已登记", \
      "use contract.registration_changed") \
    X(E_NOT_REGISTERED, -130, "the contract is not registered", \
      "合同未登记", \
      "append contract.registered first") \
    X(E_REGNO_TAKEN, -131, "the registration number is used by another contract", \
      "登记编号已被占用", \
      "check the number") \
    X(E_TECH_GT_TOTAL, -132, "the technology amount exceeds the total", \
      "技术交易额大于合同总额", \
      "check the two amounts") \
    X(E_OBL_CONTINGENT, -133, "the obligation is still conditional", \
      "该款项条件尚未成就", \
      "post the money without this line; it is credit") \
    X(E_OBL_CLOSED, -134, "the obligation is closed", \
      "该款项已了结", \
      "see the obligation's state") \
    X(E_ALREADY_DECIDED, -135, "the condition is decided already", \
      "条件已有结论", \
      "reverse the first decision") \
    X(E_NOT_DISPUTED, -136, "the obligation is not disputed", \
      "该款项无争议", \
      "nothing to resolve") \
    X(E_NOT_DUE, -137, "it is not due yet", \
      "尚未到期", \
      "wait for the due date") \
    X(E_OPEN_BLOCKED, -138, "an open licence is not possible here", \
      "不得实行开放许可", \
      "see the reason in the message") \
    X(E_COVER_INACTIVE, -139, "the policy does not cover that date", \
      "出险日不在保险期间内", \
      "check the event date and the policy") \
    X(E_NO_DETERMINATION, -140, "no third party has determined the failure", \
      "缺少第三方认定", \
      "append claim.determined first") \
    X(E_OVER_COVER, -141, "more than the policy covers", \
      "超过保险赔付限额", \
      "use at most the computed payout") \
    X(E_ALREADY_REVERSED, -142, "it is reversed already", \
      "已冲正", \
      "nothing to do") \
    X(E_HAS_DEPENDENTS, -143, "later events depend on it", \
      "后续事件依赖此事件", \
      "reverse those first, latest first") \
    X(E_NOT_REVERSIBLE, -144, "this event cannot be reversed", \
      "此事件不可冲正", \
      "post a new event instead") \
    X(E_PERSONAL_ID, -145, "a resident identity number in clear", \
      "含明文居民身份证号", \
      "move it to `private`")

#define WARNING_LIST(X) \
    X(NO_TECHNOLOGY, 0, "a licence or transfer names no technology", \
      "许可或转让合同未列明技术") \
    X(PATENT_NOT_IN_FORCE, 1, "a patent of the contract is not in force", \
      "合同所涉专利已失效") \
    X(EXCLUSIVE_CONFLICT, 2, "an exclusive or sole right in force conflicts", \
      "与有效的独占或排他权利冲突") \
    X(BEYOND_TERM, 3, "the term runs past the patent's expiry", \
      "期限超过专利有效期") \
    X(PLEDGED, 4, "a pledged technology without the pledgee's consent", \
      "质押技术未经质权人同意") \
    X(NO_DEMAND, 5, "terminated for breach without a demand 30 days before", \
      "未经催告或催告不足三十日即解除") \
    X(LATE_FILING, 6, "filed more than three months after effect", \
      "备案晚于生效三个月") \
    X(AFTER_EXPIRY, 7, "use after the patent's expiry counts as nothing", \
      "专利期满后的使用不计费") \
    X(COVER_PREJUDICED, 8, "a waiver before the insurer paid prejudices the cover", \
      "赔付前免除债务影响保险赔偿") \
    X(OVER_INSURED, 9, "the sum insured exceeds the insured value", \
      "保险金额超过保险价值") \
    X(ASSESSOR, 10, "the assessor holds no open accreditation", \
      "认定机构无有效资质") \
    X(BELOW_FLOOR, 11, "the reward is below the statutory floor", \
      "奖酬低于法定下限") \
    X(SHORT_TERM, 12, "a long-use right of less than ten years", \
      "长期使用权少于十年") \
    X(ABOVE_GUIDE, 13, "the fee is above the guide value", \
      "许可费高于指引值") \
    X(SELF_BROKER, 14, "the broker is a party of the contract", \
      "中介方同时为合同当事人") \
    X(NO_RATE, 15, "no exchange rate is in force; left out of the statistics", \
      "缺少汇率，未计入统计") \
    X(SUSPENDED, 16, "the contract was suspended", \
      "合同处于中止状态") \
    X(INVALID, 17, "due before the patent was declared invalid", \
      "专利被宣告无效前已到期") \
    X(APPLICANT, 18, "the applicant is not the one who has to apply", \
      "申请登记主体不符") \
    X(ACK_DIFFERS, 19, "the acknowledged amount differs from the outstanding principal", \
      "确认金额与未付本金不符") \
    X(DUPLICATE_BANK_REF, 20, "the bank reference was seen before", \
      "银行流水号重复") \
    X(LATE_FACT, 21, "recorded after the period was closed", \
      "关账后补记") \
    X(POSSIBLE_DUPLICATE, 22, "the same contract seems registered under another number", \
      "疑似重复登记") \
    X(MERGED_PARTY, 23, "the party was merged into another", \
      "主体已合并")
/* clang-format on */

#endif
