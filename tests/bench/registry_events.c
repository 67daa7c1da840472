/* See registry_events.h. */

#include "tests/bench/registry_events.h"

static void text_pair(struct writer *out, const char *key, const char *value)
{
    write_text(out, key);
    write_text(out, value);
}

static void int_pair(struct writer *out, const char *key, int64_t value)
{
    write_text(out, key);
    write_int(out, value);
}

static void share(struct writer *out, const char *key, const char *party)
{
    write_text(out, key);
    write_array(out, 1);
    write_map(out, 2);
    text_pair(out, "party", party);
    int_pair(out, "share_ppm", 1000000);
}

void registry_envelope(struct writer *out, const char *agg, const char *id, const char *type)
{
    write_map(out, 4);
    text_pair(out, "agg", agg);
    text_pair(out, "id", id);
    text_pair(out, "type", type);
    write_text(out, "data");
}

void registry_party(struct writer *out, const char *name)
{
    write_map(out, 3);
    text_pair(out, "legal_code", "170");
    text_pair(out, "name", name);
    text_pair(out, "region", "110000");
}

void registry_signed(struct writer *out)
{
    write_map(out, 14);
    share(out, "buyers", REGISTRY_BUYER);
    text_pair(out, "currency", "CNY");
    text_pair(out, "effective_rule", "immediate");
    text_pair(out, "field", "electronics");
    text_pair(out, "ip_kind", "none");
    text_pair(out, "pay_mode", "lump");
    share(out, "sellers", REGISTRY_SELLER);
    text_pair(out, "sign_date", "2022-05-06");
    text_pair(out, "term_end", "2024-05-05");
    text_pair(out, "term_start", "2022-05-06");
    text_pair(out, "title", "synthetic contract of the registry");
    text_pair(out, "total_basis", "fixed");
    int_pair(out, "total_fen", 43000000);
    text_pair(out, "type", "service");
}

void registry_registered(struct writer *out, const char *number)
{
    write_map(out, 6);
    text_pair(out, "agency", "bench-agency");
    text_pair(out, "reg_date", "2022-06-01");
    text_pair(out, "reg_no", number);
    int_pair(out, "tech_fen", 33000000);
    int_pair(out, "total_fen", 43000000);
    text_pair(out, "type", "service");
}
