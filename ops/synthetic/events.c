/* Parties, technology, signing, registration: V1 to V3 of events.h. */

#include "ops/synthetic/events.h"

#include "ops/synthetic/fatal.h"
#include "ops/synthetic/mix.h"

#define SIGNED_AT_MOST_BEFORE 120u
#define AGENCIES 12u /* of a province */

static void put_head(struct emitter *emitter, const char *type)
{
    put(emitter->out, "\",\"type\":\"");
    put(emitter->out, type);
    put(emitter->out, "\",\"agg\":\"");
}

static void put_middle(struct emitter *emitter)
{
    put(emitter->out, "\",\"recorded\":");
    put_number(emitter->out, out_recorded(emitter->out));
    put(emitter->out, ",\"data\":{");
}

void put_contract_id(struct out *out, const struct contract *contract)
{
    put_padded(out, YEAR_FIRST + contract->year, 4);
    put(out, contract->revoked ? "-X" : "-");
    put_padded(out, contract->number, contract->revoked ? 5 : 6);
}

void event_begin(struct emitter *emitter, const struct contract *contract, const char *type,
                 const char *letter, uint32_t number)
{
    struct out *out = emitter->out;
    out_line_begin(out);
    put(out, "{\"id\":\"");
    put_contract_id(out, contract);
    put(out, letter);
    if (number > 0) {
        put_number(out, number);
    }
    put_head(emitter, type);
    put_contract_id(out, contract);
    put_middle(emitter);
}

void put_member_date(struct out *out, const char *member, int32_t day)
{
    put(out, member);
    put_date(out, day);
}

void put_member_fen(struct out *out, const char *member, int64_t fen)
{
    put(out, member);
    put_number(out, fen);
}

static void put_member(struct out *out, const char *member, const char *text)
{
    put(out, member);
    put(out, "\"");
    put(out, text);
    put(out, "\"");
}

static int32_t sign_day(const struct emitter *emitter, const struct contract *contract)
{
    uint64_t drawn = contract_draw(emitter->registry, contract, DRAW_SIGN);
    return contract->day - (int32_t)draw_below(drawn, SIGNED_AT_MOST_BEFORE + 1);
}

static void emit_party(struct emitter *emitter, const struct party *party)
{
    struct out *out = emitter->out;
    if (emitter->parties->known[party->index]) {
        return;
    }
    emitter->parties->known[party->index] = true;
    out_line_begin(out);
    put(out, "{\"id\":\"");
    put_party_id(out, party);
    put_head(emitter, "party.registered");
    put_party_id(out, party);
    put_middle(emitter);
    put_party_data(out, emitter->parties, party);
    out_line_end(out);
}

static void put_share(struct out *out, const char *member, const struct party *party)
{
    put(out, member);
    put(out, "[{\"party\":\"");
    put_party_id(out, party);
    put(out, "\",\"share_ppm\":1000000}]");
}

static const char *topic_of(const struct emitter *emitter, const struct contract *contract)
{
    uint64_t drawn = contract_draw(emitter->registry, contract, DRAW_TITLE);
    return field_topics[contract->field][draw_below(drawn, 4)];
}

static bool has_technology(const struct contract *contract)
{
    return contract->type == TYPE_TRANSFER || contract->type == TYPE_LICENSE;
}

/* V3 */
static void emit_technology(struct emitter *emitter, const struct contract *contract,
                            const struct party *seller)
{
    struct out *out = emitter->out;
    out_line_begin(out);
    put(out, "{\"id\":\"T");
    put_contract_id(out, contract);
    put_head(emitter, "technology.published");
    put(out, "T");
    put_contract_id(out, contract);
    put_member_date(out, "\",\"effective\":", sign_day(emitter, contract));
    put(out, ",\"recorded\":");
    put_number(out, out_recorded(out));
    put(out, ",\"data\":{\"title\":\"");
    put(out, topic_of(emitter, contract));
    put_member(out, "\",\"ip_kind\":", ip_names[contract->ip_kind]);
    put_member(out, ",\"field\":", field_names[contract->field]);
    put_share(out, ",\"owners\":", seller);
    out_line_end(out);
}

static void put_department(struct emitter *emitter, const struct contract *contract)
{
    static const char *const departments[] = {"机械学院", "电子学院", "材料学院", "化工学院",
                                              "生物学院", "土木学院", "环境学院", "成果转化处"};
    if (contract->kind_out == KIND_UNIVERSITY || contract->kind_out == KIND_INSTITUTE) {
        uint64_t drawn = contract_draw(emitter->registry, contract, DRAW_DEPARTMENT);
        put_member(emitter->out, ",\"department\":", departments[draw_below(drawn, 8)]);
    }
}

static void put_dates(struct emitter *emitter, const struct contract *contract)
{
    struct out *out = emitter->out;
    int32_t day = sign_day(emitter, contract);
    uint32_t years = 1 + draw_below(contract_draw(emitter->registry, contract, DRAW_TERM), 3);
    put_member_date(out, ",\"sign_date\":", day);
    put(out, ",\"effective_rule\":\"immediate\"");
    put_member_date(out, ",\"term_start\":", day);
    put_member_date(out, ",\"term_end\":", day + (int32_t)(365 * (years + 1)) - 1);
}

static void emit_signed(struct emitter *emitter, const struct contract *contract,
                        const struct party *seller, const struct party *buyer)
{
    struct out *out = emitter->out;
    event_begin(emitter, contract, "contract.signed", ".s", 0);
    put(out, "\"title\":\"");
    put(out, topic_of(emitter, contract));
    put(out, type_titles[contract->type]);
    put(out, " ");
    put_contract_id(out, contract);
    put_member(out, "\",\"type\":", type_names[contract->type]);
    if (contract->subtype != SUB_NONE) {
        put_member(out, ",\"subtype\":", subtype_names[contract->subtype]);
    }
    if (contract->grant < GRANTS) {
        put_member(out, ",\"grant\":", grant_names[contract->grant]);
    }
    put_share(out, ",\"sellers\":", seller);
    put_share(out, ",\"buyers\":", buyer);
    if (has_technology(contract)) {
        put(out, ",\"technologies\":[\"T");
        put_contract_id(out, contract);
        put(out, "\"]");
    }
    put_member(out, ",\"ip_kind\":", ip_names[contract->ip_kind]);
    put_member(out, ",\"field\":", field_names[contract->field]);
    put_member(out, ",\"program\":", program_names[contract->program]);
    put_department(emitter, contract);
    put_dates(emitter, contract);
    put_member_fen(out, ",\"currency\":\"CNY\",\"total_fen\":", contract->amount_fen);
    put_member(out, ",\"pay_mode\":", pay_names[contract->pay_mode]);
    put_terms(emitter, contract);
    out_line_end(out);
}

/* An estimate is half of what it comes to. */
static int64_t first_of(const struct contract *contract, int64_t fen)
{
    return contract->first_total == TOTAL_FINAL  ? fen
           : contract->first_total == TOTAL_ZERO ? 0
                                                 : fen / 2;
}

static void emit_registered(struct emitter *emitter, const struct contract *contract)
{
    struct out *out = emitter->out;
    uint64_t drawn = contract_draw(emitter->registry, contract, DRAW_AGENCY);
    /* An importer registers at home, an exporter too. */
    uint32_t at =
        contract->region_out == REGION_ABROAD ? contract->region_in : contract->region_out;
    uint32_t agency = draw_below(drawn, AGENCIES) + 1;
    int64_t total = first_of(contract, contract->amount_fen);
    int64_t tech = first_of(contract, contract_tech_fen(emitter->registry, contract));
    event_begin(emitter, contract, "contract.registered", ".r", 0);
    put(out, "\"reg_no\":\"");
    put_padded(out, YEAR_FIRST + contract->year, 4);
    put(out, regions[at].code);
    put_padded(out, agency, 2);
    put(out, contract->revoked ? "9" : "0");
    put_padded(out, contract->number, 7);
    put(out, "\",\"agency\":\"");
    put(out, regions[at].name);
    put(out, "登记处");
    put_padded(out, agency, 2);
    put_member_date(out, "\",\"reg_date\":", contract->day);
    put_member(out, ",\"type\":", type_names[contract->type]);
    put_member(out, ",\"pay_form\":", pay_forms[contract->pay_mode]);
    put_member_fen(out, ",\"total_fen\":", total);
    put_member_fen(out, ",\"tech_fen\":", tech);
    put_member_fen(out, ",\"equipment_fen\":", total - tech);
    out_line_end(out);
}

void emit_registration(struct emitter *emitter, const struct contract *contract)
{
    struct party seller = party_of(emitter->parties, contract, SIDE_SELLER);
    struct party buyer = party_of(emitter->parties, contract, SIDE_BUYER);
    emit_party(emitter, &seller);
    emit_party(emitter, &buyer);
    if (has_technology(contract)) {
        emit_technology(emitter, contract, &seller);
    }
    emit_signed(emitter, contract, &seller, &buyer);
    emit_registered(emitter, contract);
}
