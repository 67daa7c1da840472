/* In which currency the amounts of an event are.
 *
 *   C1  That of its field `currency`; else that of the contract or the payment which it is about,
 *       as the daemon knows it, also in lists and structs. Everything else counts in CNY, as the
 *       ledger does: technologies, policies, pledges, pools, what is not signed yet.
 *   C2  What the daemon does not know, or is not asked for (--print), the user is: nothing is
 *       supposed, for the minor unit of a yen is a hundred times that of a yuan.
 *   C3  Where a later answer changes the currency, amounts are asked for again. */

#include <string.h>

#include "ops/cli/new/new.h"

static bool field_has_amounts(const struct field_rule *rule);

static bool has_amounts(const struct value_shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (field_has_amounts(&shape->fields[i])) {
            return true;
        }
    }
    return false;
}

static bool field_has_amounts(const struct field_rule *rule)
{
    enum value_type type = rule->type == VALUE_LIST ? rule->element : rule->type;
    return type == VALUE_FEN || type == VALUE_FEN_SIGNED ||
           (type == VALUE_STRUCT && rule->shape != NULL && has_amounts(rule->shape));
}

static bool has_currency(const struct value_shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (shape->fields[i].type == VALUE_CURRENCY) {
            return true;
        }
    }
    return false;
}

/* ---- whose currency it is ---- */

struct owner {
    enum aggregate_kind kind;
    const char *id;
    bool named; /* by data.contract, not by agg */
};

static struct owner owner_of(const struct asking *asking)
{
    const char *agg = json_text(asking->event, "agg");
    const char *slash = strchr(agg, '/');
    const char *contract = json_text(json_object_get(asking->event, "data"), "contract");
    struct owner owner = {asking->type->kind, slash == NULL ? agg : slash + 1, false};
    if (owner.kind == KIND_NONE) {
        owner.kind =
            slash == NULL
                ? KIND_contract
                : kind_by_name((struct slice){(const uint8_t *)agg, (size_t)(slash - agg)});
    }
    if (owner.kind == KIND_match && *contract != '\0') {
        owner = (struct owner){KIND_contract, contract, true}; /* the business that came of it */
    }
    return owner;
}

/* Into `out`; "" where the owner has none yet. EXIT_OK, EXIT_NOT_FOUND with it told, or the exit
 * code with the error reported. */
static int owner_currency(const struct cli *cli, const struct owner *owner,
                          char out[CURRENCY_BYTES])
{
    int result = EXIT_OK;
    bool contract = owner->kind == KIND_contract;
    json_t *found =
        contract ? contract_row(cli, owner->id, &result) : ask_received(cli, owner->id, &result);
    (void)snprintf(out, CURRENCY_BYTES, "%.3s",
                   json_text(contract ? found : json_object_get(found, "data"), "currency"));
    json_decref(found);
    if (result == EXIT_NOT_FOUND) {
        (void)fprintf(stderr, "  %s: %s\n", owner->id,
                      contract ? in_language(cli, "there is no such contract", "无此合同")
                               : in_language(cli, "there is no such payment", "无此笔到账"));
    }
    return result;
}

/* C2, into asking->currency. */
static bool ask_currency(struct asking *asking)
{
    static const struct field_rule rule = {
        .id = FIELD_currency,
        .type = VALUE_CURRENCY,
        .help_en = "of the amounts: the contract's or payment's, ISO 4217",
        .help_zh = "金额的币种，即合同或到账的币种",
    };
    json_t *answer = json_object();
    bool good = field_ask(asking, &rule, answer, field_name(rule.id), true);
    json_decref(answer);
    return good;
}

static bool owner_find(struct asking *asking, const struct owner *owner)
{
    bool shared = owner->kind == KIND_contract || owner->kind == KIND_payment;
    int result = EXIT_OK;
    (void)snprintf(asking->currency, sizeof(asking->currency), "%s", shared ? "" : "CNY");
    if (shared && !given(asking->cli, OPTION_PRINT)) {
        result = owner_currency(asking->cli, owner, asking->currency);
    }
    if (result == EXIT_NOT_FOUND && !owner->named) {
        return agg_ask_again(asking) && currency_find(asking);
    }
    if (result != EXIT_OK && result != EXIT_NOT_FOUND) {
        asking->failed = result;
        return false;
    }
    return asking->currency[0] != '\0' || ask_currency(asking);
}

bool currency_find(struct asking *asking)
{
    char name[sizeof(asking->owner)];
    if (!has_amounts(&asking->type->data) || has_currency(&asking->type->data)) {
        return true; /* with the field's answer */
    }
    struct owner owner = owner_of(asking);
    if (asking->type->creates) {
        owner.kind = KIND_NONE;
    }
    (void)snprintf(name, sizeof(name), "%s/%s", kind_name(owner.kind), owner.id);
    if (strcmp(name, asking->owner) == 0) {
        return true;
    }
    memcpy(asking->owner, name, sizeof(name));
    return owner_find(asking, &owner);
}

/* ---- C3 ---- */

bool currency_again(struct asking *asking, const char *before)
{
    json_t *data = json_object_get(asking->event, "data");
    char was[CURRENCY_BYTES];
    (void)snprintf(was, sizeof(was), "%.3s", before);
    if (!currency_find(asking)) {
        return false;
    }
    bool changed = was[0] != '\0' && strcmp(was, asking->currency) != 0;
    for (size_t i = 0; changed && i < asking->type->data.count; i++) {
        const struct field_rule *rule = &asking->type->data.fields[i];
        const char *name = field_name(rule->id);
        if (!field_has_amounts(rule) || json_object_get(data, name) == NULL) {
            continue;
        }
        (void)fprintf(stderr, "  %s: %s %s\n", name,
                      in_language(asking->cli, "once more, in", "请重新填写，币种为"),
                      asking->currency);
        if (!field_ask(asking, rule, data, name, true)) {
            return false;
        }
    }
    return true;
}
