/* Parties: R1 and R2 of parties.h. */

#include "ops/synthetic/parties.h"

#include "ops/synthetic/fatal.h"
#include "ops/synthetic/mix.h"
#include "ops/synthetic/out.h"

#define CONTRACTS_A_SELLER 24u
#define CONTRACTS_A_BUYER 9u
#define PARTY_STREAM UINT64_C(1001)

enum attribute {
    ATTRIBUTE_CODE,
    ATTRIBUTE_CITY,
    ATTRIBUTE_COUNTY,
    ATTRIBUTE_SIZE,
    ATTRIBUTE_SME,
    ATTRIBUTE_HIGH,
    ATTRIBUTE_ZONE,
    ATTRIBUTE_COUNTRY
};

void parties_build(struct parties *parties, const struct registry *registry)
{
    *parties = (struct parties){.registry = registry};
    for (uint32_t i = 0; i < registry->count; i++) {
        const struct contract *c = &registry->contracts[i];
        parties->size[SIDE_SELLER][c->region_out][c->kind_out]++;
        parties->size[SIDE_BUYER][c->region_in][c->kind_in]++;
    }
    for (uint32_t side = 0; side < 2; side++) {
        uint32_t each = side == SIDE_SELLER ? CONTRACTS_A_SELLER : CONTRACTS_A_BUYER;
        for (uint32_t r = 0; r < REGIONS; r++) {
            for (uint32_t k = 0; k < KINDS; k++) {
                uint32_t *size = &parties->size[side][r][k];
                *size = (*size + each - 1) / each;
                parties->base[side][r][k] = parties->count;
                parties->count += *size;
            }
        }
    }
    parties->known = calloc((size_t)parties->count + 1, sizeof(bool));
    CHECK(parties->known != NULL);
}

void parties_free(struct parties *parties)
{
    free(parties->known);
}

struct party party_of(const struct parties *parties, const struct contract *contract,
                      enum side side)
{
    bool seller = side == SIDE_SELLER;
    struct party party = {.side = side,
                          .region = seller ? contract->region_out : contract->region_in,
                          .kind = seller ? contract->kind_out : contract->kind_in};
    uint32_t size = parties->size[side][party.region][party.kind];
    uint32_t octaves = 1;
    while (size >> octaves != 0) {
        octaves++;
    }
    const struct registry *registry = parties->registry;
    uint64_t first =
        contract_draw(registry, contract, seller ? DRAW_SELLER_OCTAVE : DRAW_BUYER_OCTAVE);
    uint64_t second = contract_draw(registry, contract, seller ? DRAW_SELLER : DRAW_BUYER);
    uint32_t width = UINT32_C(1) << draw_below(first, octaves); /* R1 */
    party.number = (width - 1 + draw_below(second, width)) % size;
    party.index = parties->base[side][party.region][party.kind] + party.number;
    return party;
}

void put_party_id(struct out *out, const struct party *party)
{
    put(out, party->side == SIDE_SELLER ? "S" : "B");
    put(out, regions[party->region].code);
    put(out, "-");
    put_padded(out, party->kind, 2);
    put(out, "-");
    put_padded(out, party->number + 1, 6);
}

static uint32_t attribute(const struct parties *parties, const struct party *party,
                          enum attribute which, uint32_t n)
{
    uint64_t lane = DRAW_PARTY + (uint64_t)which * 64; /* lanes of their own */
    return draw_below(draw(parties->registry->seed, PARTY_STREAM, party->index, lane), n);
}

static bool is_enterprise(uint32_t kind)
{
    return kind == KIND_ENT_DOMESTIC || kind == KIND_ENT_HMT || kind == KIND_ENT_FOREIGN;
}

/* GB 32100: authority, type, six digits of region, nine of the body, a check character. The body
 * begins with MA, so that the whole is never taken for a resident identity number. */
static void put_uscc(struct out *out, const struct party *party, const char region[7])
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const uint32_t weights[] = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                       29, 25, 13, 8,  24, 10, 30, 28};
    char code[19] = {is_enterprise(party->kind) ? '9' : '1',
                     is_enterprise(party->kind) ? '1' : '2'};
    uint32_t sum = 0;
    for (uint32_t i = 0; i < 6; i++) {
        code[2 + i] = region[i];
    }
    code[8] = 'M';
    code[9] = 'A';
    uint32_t rest = party->index;
    for (uint32_t i = 16; i > 9; i--) {
        code[i] = alphabet[rest % 31];
        rest /= 31;
    }
    for (uint32_t i = 0; i < 17; i++) {
        uint32_t value = 0;
        while (alphabet[value] != code[i]) {
            value++;
        }
        sum += weights[i] * value;
    }
    code[17] = alphabet[(31 - sum % 31) % 31];
    put(out, ",\"uscc\":\"");
    put(out, code);
    put(out, "\"");
}

static void put_enterprise(struct out *out, const struct parties *parties,
                           const struct party *party)
{
    uint32_t size = attribute(parties, party, ATTRIBUTE_SIZE, 100);
    put(out, ",\"size\":\"");
    put(out, size < 5 ? "large" : size < 20 ? "medium" : size < 68 ? "small" : "micro");
    bool small = size >= 20 && attribute(parties, party, ATTRIBUTE_SME, 100) < 45;
    put(out, small ? "\",\"sme_tech\":true" : "\",\"sme_tech\":false");
    put(out, attribute(parties, party, ATTRIBUTE_HIGH, 100) < 35 ? ",\"hi_tech\":true"
                                                                 : ",\"hi_tech\":false");
    uint32_t zone = attribute(parties, party, ATTRIBUTE_ZONE, 10);
    if (zone < 3) {
        put(out, ",\"zone\":\"");
        put(out, regions[party->region].name);
        put(out, zone == 0 ? "高新区" : zone == 1 ? "经开区" : "大学科技园");
        put(out, "\"");
    }
}

void put_party_data(struct out *out, const struct parties *parties, const struct party *party)
{
    static const char *const countries[] = {"840", "276", "392", "410", "702", "756", "826"};
    const char *const *codes = kind_codes[party->kind];
    char region[7] = "000000";
    uint32_t n = 1;
    while (n < 4 && codes[n] != NULL) {
        n++;
    }
    if (party->region != REGION_ABROAD) {
        uint32_t city = attribute(parties, party, ATTRIBUTE_CITY, 9);
        region[0] = regions[party->region].code[0];
        region[1] = regions[party->region].code[1];
        region[3] = (char)('1' + city);
        region[5] = (char)('1' + attribute(parties, party, ATTRIBUTE_COUNTY, 8));
    }
    put(out, "\"name\":\"");
    put(out, regions[party->region].name);
    put(out, kind_titles[party->kind]);
    put(out, party->side == SIDE_SELLER ? "甲" : "乙");
    put_padded(out, party->number + 1, 6);
    put(out, "\",\"legal_code\":\"");
    put(out, codes[attribute(parties, party, ATTRIBUTE_CODE, n)]);
    put(out, "\",\"region\":\"");
    put(out, region);
    put(out, "\",\"country\":\"");
    put(out, party->region == REGION_ABROAD
                 ? countries[attribute(parties, party, ATTRIBUTE_COUNTRY, 7)]
                 : "156");
    put(out, "\"");
    if (party->kind != KIND_NATURAL && party->kind != KIND_OVERSEAS_ORG) {
        put_uscc(out, party, region);
    }
    if (is_enterprise(party->kind)) {
        put_enterprise(out, parties, party);
    }
}
