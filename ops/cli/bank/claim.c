/* claim: money that came in, put on what it was paid for (来款认领).
 *
 *   K1  One event, payment.applied: whether the money is there and the debt open the daemon says.
 *   K2  Without a payment, the list of what nobody has claimed: payments whose payer nobody has
 *       named, as long as some of the money is left: neither applied nor refunded nor returned.
 *       Each comes with the open obligations of exactly what is left. */

#include <string.h>

#include "ops/cli/append.h"
#include "ops/cli/correction.h"
#include "ops/cli/export/export.h"
#include "ops/import/values.h"
#include "proto/vocabulary.h"

/* ---- what is unclaimed ---- */

struct unclaimed {
    const struct cli *cli;
    json_t *rows;     /* payment's id: row, in the order of the log; also those with nothing left */
    json_t *reversed; /* events' ids, as keys */
};

static json_int_t amount_of(const json_t *data)
{
    return json_integer_value(json_object_get(data, "amount_fen"));
}

static json_int_t alloc_sum(const json_t *data)
{
    const json_t *alloc = json_object_get(data, "alloc");
    json_int_t sum = 0;
    for (size_t i = 0; i < json_array_size(alloc); i++) {
        sum += amount_of(json_array_get(alloc, i));
    }
    return sum;
}

/* What the event takes from the payment's credit. A refund of what an obligation got takes
 * nothing: that was no credit any more. */
static json_int_t taken_by(const char *type, const json_t *data)
{
    if (strcmp(type, "payment.refunded") == 0) {
        return strcmp(json_text(data, "from"), "obligation") == 0 ? 0 : amount_of(data);
    }
    return strcmp(type, "payment.unapplied") == 0 ? -alloc_sum(data) : alloc_sum(data);
}

static void take_from(json_t *row, json_int_t amount)
{
    json_int_t left = json_integer_value(json_object_get(row, "unapplied"));
    (void)json_object_set_new(row, "unapplied", json_integer(left - amount));
}

static const char *const unclaimed_keys[] = {"payment",    "date",      "payee",        "currency",
                                             "amount",     "unapplied", "counterparty", "bank_ref",
                                             "candidates", NULL};

static json_t *row_of(const json_t *event, const json_t *data)
{
    const json_t *amount = json_object_get(data, "amount_fen");
    return json_pack("{s:s,s:s,s:s,s:s,s:O,s:O,s:s,s:s}", "payment", json_text(event, "agg"),
                     "date", json_text(event, "effective"), "payee", json_text(data, "payee"),
                     "currency", json_text(data, "currency"), "amount", amount, "unapplied", amount,
                     "counterparty", json_text(data, "payer_text"), "bank_ref",
                     json_text(data, "bank_ref"));
}

static bool note_payment(void *arg, accrue_value value)
{
    struct unclaimed *unclaimed = arg;
    json_t *event = json_of(value);
    const json_t *data = json_object_get(event, "data");
    const char *type = json_text(event, "type");
    const char *agg = json_text(event, "agg");
    bool counts = json_object_get(unclaimed->reversed, json_text(event, "id")) == NULL;
    bool named = *json_text(data, "payer") != '\0';
    if (counts && strcmp(type, "payment.received") == 0 && !named) {
        (void)json_object_set_new(unclaimed->rows, agg, row_of(event, data));
    }
    json_t *row = json_object_get(unclaimed->rows, agg);
    if (counts && row != NULL && (named || strcmp(type, "payment.returned") == 0)) {
        (void)json_object_del(unclaimed->rows, agg);
    } else if (counts && row != NULL) {
        take_from(row, taken_by(type, data));
    }
    json_decref(event);
    return true;
}

/* "HB-2023-01/2, …": open obligations to the payee of exactly what is left. */
static json_t *candidates_of(const json_t *row, const json_t *items)
{
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        if (json_equal(json_object_get(item, "outstanding"), json_object_get(row, "unapplied")) &&
            json_equal(json_object_get(item, "currency"), json_object_get(row, "currency")) &&
            json_equal(json_object_get(item, "creditor"), json_object_get(row, "payee"))) {
            (void)json_array_append(list, json_object_get(item, "key"));
        }
    }
    return list;
}

static int list_unclaimed(const struct cli *cli)
{
    struct unclaimed unclaimed = {.cli = cli, .rows = json_object(), .reversed = json_object()};
    const char *id;
    json_t *row;
    json_t *items = NULL;
    int result = ask_reversed(cli, 0, unclaimed.reversed);
    if (result == EXIT_OK) {
        result =
            ask_events(cli,
                       json_pack("{s:[s,s,s,s,s]}", "types", "payment.received", "payment.applied",
                                 "payment.unapplied", "payment.refunded", "payment.returned"),
                       note_payment, &unclaimed);
    }
    if (result == EXIT_OK && json_object_size(unclaimed.rows) > 0) {
        items = ask_rows(cli, "query", "open_items", json_object(), NULL, &result);
    }
    if (result == EXIT_OK) {
        json_t *rows = json_array();
        json_object_foreach(unclaimed.rows, id, row)
        {
            if (json_integer_value(json_object_get(row, "unapplied")) == 0) {
                continue;
            }
            (void)json_object_set_new(row, "candidates",
                                      candidates_of(row, json_object_get(items, "rows")));
            (void)json_array_append(rows, row);
        }
        json_t *answer = json_pack("{s:o}", "rows", rows);
        if (cli->json) {
            json_print(answer);
        } else {
            result = answer_out(cli, answer, unclaimed_keys);
        }
        json_decref(answer);
    }
    json_decref(items);
    json_decref(unclaimed.rows);
    json_decref(unclaimed.reversed);
    return result;
}

/* ---- claiming ---- */

/* "HB-2023-01/2=1200.50": {owner, no, amount_fen}, the caller's; NULL with the message printed. */
static json_t *share_read(const struct cli *cli, const char *text, const char *currency)
{
    const char *equals = strrchr(text, '=');
    const char *slash = equals;
    while (slash != NULL && slash > text && *slash != '/') {
        slash--;
    }
    char number[24] = "";
    if (equals == NULL || slash == text || (size_t)(equals - slash) > sizeof(number)) {
        (void)usage("--to %s: %s", text,
                    in_language(cli, "CONTRACT/NUMBER=AMOUNT, as HB-2023-01/2=1200.50",
                                "应为 合同/款项号=金额，如 HB-2023-01/2=1200.50"));
        return NULL;
    }
    memcpy(number, slash + 1, (size_t)(equals - slash) - 1);
    int64_t amount = 0;
    enum value_fault fault = amount_parse(equals + 1, SCALE_YUAN, currency, false, false, &amount);
    if (!is_number(number)) {
        (void)usage("--to %s: %s: %s", text,
                    in_language(cli, "no number of an obligation", "不是款项号"), number);
        return NULL;
    }
    if (fault != VALUE_GOOD || amount == 0) {
        (void)usage("--to %s: %s; %s", text,
                    fault != VALUE_GOOD
                        ? value_wrong(fault, cli->chinese)
                        : in_language(cli, "nothing would be claimed", "未认领任何金额"),
                    value_accepted(fault != VALUE_GOOD ? fault : VALUE_NO_AMOUNT, cli->chinese));
        return NULL;
    }
    return json_pack("{s:s%,s:I,s:I}", "owner", text, (size_t)(slash - text), "no",
                     (json_int_t)strtoll(number, NULL, 10), "amount_fen", (json_int_t)amount);
}

static json_t *event_made(const struct cli *cli, const char *payment, const char *currency)
{
    const struct args *args = &cli->args;
    json_t *alloc = json_array();
    for (int i = 0; i < args->repeats[OPTION_APPLY_TO]; i++) {
        json_t *share = share_read(cli, args->repeated[OPTION_APPLY_TO][i], currency);
        if (share == NULL) {
            json_decref(alloc);
            return NULL;
        }
        (void)json_array_append_new(alloc, share);
    }
    json_t *event = json_pack("{s:s,s:s,s:{s:o}}", "type", "payment.applied", "agg", payment,
                              "data", "alloc", alloc);
    json_set_text(json_object_get(event, "data"), "payer", args->value[OPTION_PAID_BY]);
    json_set_text(event, "actor", args->value[OPTION_ENTERED_BY]);
    event_give_id(event, false);
    return event;
}

static int claim(const struct cli *cli, const char *payment)
{
    int result;
    json_t *received = ask_received(cli, payment, &result);
    if (received == NULL) {
        if (result == EXIT_NOT_FOUND) {
            message("%s: %s", payment, in_language(cli, "there is no such payment", "无此笔到账"));
        }
        return result;
    }
    const json_t *data = json_object_get(received, "data");
    json_t *event = event_made(cli, payment, json_text(data, "currency"));
    json_decref(received);
    if (event == NULL) {
        return EXIT_USAGE;
    }
    bool dry = given(cli, OPTION_DRY_RUN);
    json_t *params = json_pack("{s:[O]}", "events", event);
    if (dry) {
        (void)json_object_set_new(params, "dry", json_true());
    }
    json_t *posted = ask(cli, "append", params, &result);
    if (posted != NULL && cli->json) {
        json_print_free(json_pack("{s:O,s:O,s:O}", "id", json_object_get(event, "id"), "seq",
                                  json_object_get(posted, "last"), "alloc",
                                  json_object_get(json_object_get(event, "data"), "alloc")));
    } else if (posted != NULL) {
        if (dry) {
            figures_show(cli, posted);
        }
        message(
            "%s %s", payment,
            dry ? in_language(cli, "can be claimed so; nothing was posted", "可如此认领；未登记")
                : in_language(cli, "is claimed", "已认领"));
    }
    json_decref(posted);
    json_decref(event);
    return result;
}

int command_claim(struct cli *cli)
{
    static const char prefix[] = "payment/"; /* as tables of figures write it */
    const char *payment = cli->args.operand_count > 0 ? cli->args.operands[0] : NULL;
    if (payment == NULL && !given(cli, OPTION_APPLY_TO)) {
        return list_unclaimed(cli);
    }
    if (payment == NULL || !given(cli, OPTION_APPLY_TO)) {
        return usage("%s",
                     in_language(cli, "which money, and for what? PAYMENT --to CONTRACT/NO=AMOUNT",
                                 "须写明来款及用途：PAYMENT --to 合同/款项号=金额"));
    }
    bool prefixed = strncmp(payment, prefix, strlen(prefix)) == 0;
    return claim(cli, prefixed ? payment + strlen(prefix) : payment);
}
