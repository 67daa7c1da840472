/* What the log says of money received: payments, who paid them, and the names of these. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/bank/bank.h"
#include "ops/cli/find/fold.h"
#include "proto/vocabulary.h"

struct reading {
    struct statement *statement;
    const char *payee; /* NULL: any */
    json_t *reversed;  /* events' ids, as keys */
    json_t *payers;    /* party: its folded names, each behind a line feed */
    size_t room;
    bool failed;
};

static struct payment *room_for_one(struct reading *reading)
{
    struct statement *statement = reading->statement;
    if (statement->payment_count == reading->room) {
        size_t room = reading->room == 0 ? 256 : reading->room * 2;
        struct payment *more = realloc(statement->payments, room * sizeof(*more));
        if (more == NULL) {
            reading->failed = true;
            return NULL;
        }
        statement->payments = more;
        reading->room = room;
    }
    return &statement->payments[statement->payment_count++];
}

static void keep_payment(struct reading *reading, const json_t *event, const json_t *data)
{
    struct payment *payment = room_for_one(reading);
    if (payment == NULL) {
        return;
    }
    const char *payer = json_text(data, "payer");
    *payment = (struct payment){
        .seq = (uint64_t)json_integer_value(json_object_get(event, "seq")),
        .agg = strdup(json_text(event, "agg")),
        .payer = strdup(*payer != '\0' ? payer : json_text(data, "payer_text")),
        .reference = strdup(json_text(data, "bank_ref")),
        .reference_folded = fold_copy(json_text(data, "bank_ref")),
        .amount = json_integer_value(json_object_get(data, "amount_fen")),
        .line = NONE,
        .duplicate = NONE,
    };
    (void)snprintf(payment->currency, sizeof(payment->currency), "%.3s",
                   json_text(data, "currency"));
    (void)date_parse(slice_text(json_text(event, "effective")), &payment->day);
    if (*payer != '\0') {
        (void)json_object_set_new(reading->payers, payer, json_string("\n"));
    }
}

static bool take_payment(void *arg, accrue_value value)
{
    struct reading *reading = arg;
    json_t *event = json_of(value);
    const json_t *data = json_object_get(event, "data");
    bool wanted = json_object_get(reading->reversed, json_text(event, "id")) == NULL &&
                  (reading->payee == NULL || strcmp(json_text(data, "payee"), reading->payee) == 0);
    if (wanted) {
        keep_payment(reading, event, data);
    }
    json_decref(event);
    return !reading->failed;
}

static void add_name(struct reading *reading, const char *party, const char *name)
{
    char *one = fold_copy(name);
    const char *names = json_text(reading->payers, party);
    if (one != NULL && *one != '\0') {
        (void)json_object_set_new(reading->payers, party, json_sprintf("%s%s\n", names, one));
    }
    free(one);
}

static bool note_names(void *arg, accrue_value value)
{
    struct reading *reading = arg;
    json_t *event = json_of(value);
    const char *party = json_text(event, "agg");
    const json_t *data = json_object_get(event, "data");
    const json_t *changed = json_object_get(data, "changed");
    const json_t *named = changed == NULL ? data : changed;
    const json_t *aliases = json_object_get(named, "aliases");
    if (json_object_get(reading->payers, party) != NULL) {
        add_name(reading, party, json_text(named, "name"));
        for (size_t i = 0; i < json_array_size(aliases); i++) {
            const char *alias = json_string_value(json_array_get(aliases, i));
            add_name(reading, party, alias == NULL ? "" : alias);
        }
    }
    json_decref(event);
    return true;
}

/* A payer of the log has its names; one that was only written has that. */
static void set_names(struct reading *reading)
{
    struct statement *statement = reading->statement;
    for (size_t i = 0; i < statement->payment_count; i++) {
        struct payment *payment = &statement->payments[i];
        const json_t *names = json_object_get(reading->payers, payment->payer);
        if (names != NULL) {
            payment->names = strdup(json_string_value(names));
        } else {
            char *written = fold_copy(payment->payer);
            size_t size = written == NULL ? 0 : strlen(written) + 3;
            payment->names = calloc(1, size + 1);
            if (payment->names != NULL && size > 3) {
                (void)snprintf(payment->names, size, "\n%s\n", written);
            }
            free(written);
        }
        reading->failed = reading->failed || payment->names == NULL || payment->agg == NULL ||
                          payment->payer == NULL || payment->reference == NULL ||
                          payment->reference_folded == NULL;
    }
}

/* A payee who is not in the log has no payments: everything would look as if it were to post. */
static int payee_check(const struct cli *cli, const char *payee)
{
    int result;
    json_t *answer =
        ask(cli, "read", json_pack("{s:o,s:i}", "agg", json_sprintf("party/%s", payee), "limit", 1),
            &result);
    if (answer != NULL && json_array_size(json_object_get(answer, "events")) == 0) {
        message("--payee %s: %s", payee,
                in_language(cli, "there is no party of this id; accrue find NAME finds it",
                            "无此编号的主体；可用 accrue find 名称 查找"));
        result = EXIT_NOT_FOUND;
    }
    json_decref(answer);
    return result;
}

int payments_read(const struct cli *cli, struct statement *statement)
{
    struct reading reading = {.statement = statement,
                              .payee = cli->args.value[OPTION_PAYEE],
                              .reversed = json_object(),
                              .payers = json_object()};
    char from[11], to[11];
    date_format(statement->first - REFERENCE_DAYS, from);
    date_format(statement->last + REFERENCE_DAYS, to);
    int result = reading.payee == NULL ? EXIT_OK : payee_check(cli, reading.payee);
    if (result == EXIT_OK) {
        result = ask_reversed(cli, 0, reading.reversed);
    }
    if (result == EXIT_OK) {
        result = ask_events(cli,
                            json_pack("{s:[s],s:{s:s,s:s}}", "types", "payment.received",
                                      "effective", "from", from, "to", to),
                            take_payment, &reading);
    }
    if (result == EXIT_OK) {
        result =
            ask_events(cli, json_pack("{s:[s,s]}", "types", "party.registered", "party.updated"),
                       note_names, &reading);
    }
    set_names(&reading);
    json_decref(reading.reversed);
    json_decref(reading.payers);
    if (result == EXIT_OK && reading.failed) {
        message("%s", accrue_code_text(ACCRUE_NOMEM, cli->chinese ? "zh" : "en"));
        result = EXIT_FAILED;
    }
    return result;
}
