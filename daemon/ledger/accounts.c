/* Accounts: every aggregate that an event names or moves, counted, so that whoever holds an
 * account's events can tell that none is missing.
 *
 *   A1  An account is written as an owner is: `kind/id`, a contract as its id alone.
 *   A2  Touches are sorted by the bytes of the account; n is the account's next count, 1 for one
 *       that this event makes. */

#include "daemon/base/check.h"
#include "daemon/ledger/effects.h"
#include "daemon/ledger/ledger_inner.h"
#include "proto/cursor.h"
#include "proto/writer.h"

static size_t account_text(enum aggregate_kind kind, struct slice id, char *out, size_t size)
{
    struct slice name = slice_text(kind == KIND_contract ? "" : kind_name(kind));
    size_t slash = name.len > 0 ? 1 : 0;
    INVARIANT(name.len + slash + id.len <= size);
    memcpy(out, name.data, name.len);
    if (slash > 0) {
        out[name.len] = '/';
    }
    memcpy(out + name.len + slash, id.data, id.len);
    return name.len + slash + id.len;
}

size_t aggregate_text(const struct facts *facts, uint32_t aggregate, char *out, size_t size)
{
    return account_text(aggregate_at(facts, aggregate)->kind, aggregate_id(facts, aggregate), out,
                        size);
}

uint32_t aggregate_by_text(const struct facts *facts, struct slice text)
{
    struct slice id;
    enum aggregate_kind kind = account_split(text, &id);
    return kind == KIND_NONE ? AGGREGATE_NONE : aggregate_find(facts, kind, id, UINT64_MAX);
}

void decide_touch(struct deciding *deciding, uint32_t aggregate)
{
    if (aggregate == AGGREGATE_NONE) {
        return; /* the event's own, not made yet: accounts_write() adds it */
    }
    for (uint32_t i = 0; i < deciding->touched_count; i++) {
        if (deciding->touched[i] == aggregate) {
            return;
        }
    }
    if (deciding->touched_count >= TOUCHES_MAX - 2) { /* room for what is made: gather() */
        deciding->touches_full = true;
        return;
    }
    deciding->touched[deciding->touched_count++] = aggregate;
}

static struct slice text_of_account(const struct account *account)
{
    return slice_of(account->text, account->len);
}

/* Shell's sort: no recursion, no context argument, and few accounts as a rule. */
static void sort_accounts(struct ledger *ledger, uint32_t count)
{
    static const uint32_t gaps[] = {701, 301, 132, 57, 23, 10, 4, 1};
    uint16_t *order = ledger->order;
    for (size_t g = 0; g < sizeof(gaps) / sizeof(gaps[0]); g++) {
        uint32_t gap = gaps[g];
        for (uint32_t i = gap; i < count; i++) {
            uint16_t moving = order[i];
            struct slice text = text_of_account(&ledger->accounts[moving]);
            uint32_t at = i;
            while (at >= gap &&
                   slice_compare(text_of_account(&ledger->accounts[order[at - gap]]), text) > 0) {
                order[at] = order[at - gap];
                at -= gap;
            }
            order[at] = moving;
        }
    }
}

static void gather_new(struct account *account, enum aggregate_kind kind, struct slice id)
{
    account->len = (uint8_t)account_text(kind, id, account->text, sizeof(account->text));
    account->n = 1;
}

static uint32_t gather(struct deciding *deciding)
{
    struct ledger *ledger = deciding->ledger;
    uint32_t count = 0;
    for (; count < deciding->touched_count; count++) {
        uint32_t aggregate = deciding->touched[count];
        struct account *account = &ledger->accounts[count];
        account->len = (uint8_t)aggregate_text(deciding->facts, aggregate, account->text,
                                               sizeof(account->text));
        account->n = aggregate_at(deciding->facts, aggregate)->touches + 1;
    }
    if (deciding->aggregate == AGGREGATE_NONE) {
        gather_new(&ledger->accounts[count++], deciding->event->kind, deciding->event->agg);
    }
    if (deciding->makes.len > 0 && aggregate_find(deciding->facts, KIND_contract, deciding->makes,
                                                  UINT64_MAX) == AGGREGATE_NONE) {
        gather_new(&ledger->accounts[count++], KIND_contract, deciding->makes);
    }
    for (uint32_t i = 0; i < count; i++) {
        ledger->order[i] = (uint16_t)i;
    }
    return count;
}

enum status accounts_write(struct deciding *deciding, struct writer *out, struct slice *ret)
{
    struct ledger *ledger = deciding->ledger;
    size_t start = out->len;
    uint32_t count = gather(deciding);
    sort_accounts(ledger, count);
    write_array(out, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct account *account = &ledger->accounts[ledger->order[i]];
        write_array(out, 2);
        write_str(out, text_of_account(account));
        write_uint(out, account->n);
    }
    if (out->full || deciding->touches_full) {
        (void)fault_set(deciding->fault, STATUS_TOO_LARGE, NULL);
        fault_detail(deciding->fault, "accounts=%u", (unsigned)count);
        return STATUS_TOO_LARGE;
    }
    *ret = slice_of(out->data + start, out->len - start);
    return STATUS_OK;
}

/* Most events touch their own aggregate and one or two more; its own need not be looked for. */
static bool is_own(const struct folding *folding, struct slice text)
{
    const struct event *event = folding->event;
    struct slice kind = slice_text(event->kind == KIND_contract ? "" : kind_name(event->kind));
    size_t before = kind.len > 0 ? kind.len + 1 : 0;
    return text.len == before + event->agg.len &&
           bytes_equal(text.data + before, event->agg.data, event->agg.len) &&
           (before == 0 ||
            (bytes_equal(text.data, kind.data, kind.len) && text.data[kind.len] == '/'));
}

void accounts_fold(struct folding *folding)
{
    struct cursor in = cursor_over(folding->event->touches);
    uint32_t count;
    bool good = cursor_array(&in, &count);
    for (uint32_t i = 0; good && i < count; i++) {
        uint32_t pair;
        struct slice text;
        int64_t n;
        good =
            cursor_array(&in, &pair) && pair == 2 && cursor_str(&in, &text) && cursor_int(&in, &n);
        if (good) {
            uint32_t aggregate = is_own(folding, text) ? folding->aggregate
                                                       : aggregate_by_text(folding->facts, text);
            if (aggregate == AGGREGATE_NONE) {
                aggregate =
                    aggregate_make(folding->facts, KIND_contract, text, folding->seq); /* A3 */
            }
            uint32_t touched = facts_touch(folding->facts, folding->seq, aggregate);
            INVARIANT(touched == n);
        }
    }
    INVARIANT(good);
}
