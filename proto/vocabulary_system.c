/* Types of event: notes, corrections, invoices and the daemon's own.
 *
 * system.* are the daemon's alone and refused from clients before this table is asked. */

#include "proto/vocabulary_rules.h"

static const struct field_rule note_added_rules[] = {
    STRUCTS(docs, doc, MAY, "papers, by hash", "附件（按哈希）"),
    TEXT(text, MUST, "the note", "备注内容"),
};
EVENT_TYPE(note, added, "备注", ON_ANY_KIND, 1, DECIDED, NO_DATE, "A note, without effect.",
           "备注，无账务影响。");

static const struct field_rule event_reversed_rules[] = {
    EVENT_ID(event_id, MUST, "id of the event to reverse", "被冲正的事件 id"),
    TEXT(reason, MUST, "reason", "原因"),
};
EVENT_TYPE(event, reversed, "冲正", ON_ANY_KIND, 1, DECIDED, NO_DATE,
           "Takes back exactly what another event wrote.", "冲正另一事件的全部影响。");

static const struct field_rule invoice_issued_rules[] = {
    FEN(amount_fen, MUST, "amount", "金额"),
    TEXT(invoice_no, MUST, "number of the invoice", "发票号码"),
    ID(issuer, party, MUST, "who issues the invoice", "开票方"),
    ENUM(kind, invoice_kind, MUST, "kind of invoice", "发票种类"),
    INTS(obligations, 1, OBLIGATION_NO_MAX, MAY, "numbers of the obligations invoiced",
         "所涉款项编号"),
    FEN(tax_fen, MAY, "tax included", "税额"),
};
EVENT_TYPE(invoice, issued, "开票", ON_KIND(contract), 1, DECIDED, NO_DATE,
           "An invoice is issued; no effect on the ledger.", "开具发票，不影响账务。");

static const struct field_rule invoice_cancelled_rules[] = {
    TEXT(invoice_no, MUST, "number of the invoice", "发票号码"),
    ID(issuer, party, MUST, "who issues the invoice", "开票方"),
    TEXT(reason, MUST, "reason", "原因"),
};
EVENT_TYPE(invoice, cancelled, "作废", ON_KIND(contract), 1, DECIDED, NO_DATE,
           "An invoice is cancelled; its number stays used.", "发票作废，号码不再用。");

static const struct field_rule system_started_rules[] = {
    TEXT(release, MUST, "release of the daemon", "系统版本"),
    INT(rules, 1, 65535, MUST, "number of the rules", "规则编号"),
};
EVENT_TYPE(system, started, "系统启动", ON_KIND(system), 1, DECIDED, NO_DATE, "The daemon started.",
           "系统启动。");

static const struct field_rule system_rules_adopted_rules[] = {
    INT(rules, 1, 65535, MUST, "number of the rules", "规则编号"),
};
EVENT_TYPE(system, rules_adopted, "规则启用", ON_KIND(system), 1, DECIDED, NO_DATE,
           "A set of rules is adopted.", "启用规则版本。");

EVENT_TYPE_BARE(system, load_ended, "导入结束", ON_KIND(system), 1, DECIDED, NO_DATE,
                "Bulk loading is over for good.", "批量导入结束。");
