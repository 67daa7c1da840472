#ifndef ACCRUE_PROTO_VOCABULARY_RULES_H
#define ACCRUE_PROTO_VOCABULARY_RULES_H

/* How the tables vocabulary_*.c are written: one line a field, one call a type. Inside proto/
 * only. Help texts are part of the call so that no field can be without. */

#include "proto/vocabulary.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* clang-format off */

/* ---- flags ---- */
#define MAY 0u
#define MUST FIELD_REQUIRED
#define ONE_OF FIELD_ONE_OF
#define NULLABLE FIELD_NULLABLE
#define PERSONAL FIELD_PERSONAL
#define POSITIVE FIELD_POSITIVE

/* ---- a field ---- */
#define FIELD_HEAD(name, value_, flags_, en, zh) \
    .id = FIELD_##name, .type = VALUE_##value_, .flags = (flags_), .help_en = (en), .help_zh = (zh)

#define TEXT(name, flags, en, zh) {FIELD_HEAD(name, TEXT, flags, en, zh)}
#define TEXT_AS(name, format_, flags, en, zh) \
    {FIELD_HEAD(name, TEXT, flags, en, zh), .format = TEXT_FORMAT_##format_}
#define ID(name, kind_, flags, en, zh) {FIELD_HEAD(name, ID, flags, en, zh), .kind = KIND_##kind_}
#define EVENT_ID(name, flags, en, zh) {FIELD_HEAD(name, EVENT_ID, flags, en, zh)}
#define DATE(name, flags, en, zh) {FIELD_HEAD(name, DATE, flags, en, zh)}
#define FEN(name, flags, en, zh) \
    {FIELD_HEAD(name, FEN, flags, en, zh), .max = AMOUNT_FEN_MAX}
#define FEN_SIGNED(name, flags, en, zh) \
    {FIELD_HEAD(name, FEN_SIGNED, flags, en, zh), .min = -AMOUNT_FEN_MAX, .max = AMOUNT_FEN_MAX}
#define PPM(name, flags, en, zh) {FIELD_HEAD(name, PPM, flags, en, zh), .max = PPM_ONE}
#define PPM_WIDE(name, flags, en, zh) \
    {FIELD_HEAD(name, PPM_WIDE, flags, en, zh), .max = PPM_WIDE_MAX}
#define INT(name, min_, max_, flags, en, zh) \
    {FIELD_HEAD(name, INT, flags, en, zh), .min = (min_), .max = (max_)}
#define BOOL(name, flags, en, zh) {FIELD_HEAD(name, BOOL, flags, en, zh)}
#define ENUM(name, list, flags, en, zh) \
    {FIELD_HEAD(name, ENUM, flags, en, zh), .names = list##_names}
#define CURRENCY(name, flags, en, zh) {FIELD_HEAD(name, CURRENCY, flags, en, zh)}
#define REGION(name, flags, en, zh) {FIELD_HEAD(name, REGION, flags, en, zh)}
#define SHA256(name, flags, en, zh) {FIELD_HEAD(name, SHA256, flags, en, zh)}
#define USCC(name, flags, en, zh) {FIELD_HEAD(name, USCC, flags, en, zh)}
#define MAP_FREE(name, flags, en, zh) {FIELD_HEAD(name, MAP_FREE, flags, en, zh)}
#define STRUCT(name, of, flags, en, zh) \
    {FIELD_HEAD(name, STRUCT, flags, en, zh), .shape = &shape_##of}
#define CHANGES(name, of, flags, en, zh) \
    {FIELD_HEAD(name, CHANGES, flags, en, zh), .shape = &shape_##of}

/* ---- lists ---- */
#define LIST_HEAD(name, element_, flags, en, zh) \
    FIELD_HEAD(name, LIST, flags, en, zh), .element = VALUE_##element_
#define TEXTS(name, flags, en, zh) {LIST_HEAD(name, TEXT, flags, en, zh)}
#define IDS(name, kind_, flags, en, zh) \
    {LIST_HEAD(name, ID, flags, en, zh), .kind = KIND_##kind_}
#define PPMS(name, flags, en, zh) {LIST_HEAD(name, PPM, flags, en, zh), .max = PPM_ONE}
#define INTS(name, min_, max_, flags, en, zh) \
    {LIST_HEAD(name, INT, flags, en, zh), .min = (min_), .max = (max_)}
#define STRUCTS(name, of, flags, en, zh) \
    {LIST_HEAD(name, STRUCT, flags, en, zh), .shape = &shape_##of}

/* ---- required when the enum `other` has the value `is` ---- */
#define WHEN(other, is) .when = FIELD_##other, .when_is = (is)
#define DATE_WHEN(name, other, is, en, zh) {FIELD_HEAD(name, DATE, MAY, en, zh), WHEN(other, is)}
#define FEN_WHEN(name, other, is, en, zh) \
    {FIELD_HEAD(name, FEN, MAY, en, zh), .max = AMOUNT_FEN_MAX, WHEN(other, is)}
#define PPM_WHEN(name, other, is, en, zh) \
    {FIELD_HEAD(name, PPM, MAY, en, zh), .max = PPM_ONE, WHEN(other, is)}

/* ---- numbers that come up again ---- */
#define OBLIGATION_NO_MAX INT64_C(1000000000)

/* ---- a nested value: its rules are the array cname_rules ---- */
#define SHAPE(cname, title) \
    const struct value_shape shape_##cname = { \
        .name = (title), .fields = cname##_rules, .count = COUNT_OF(cname##_rules)}

/* ---- a type: its rules are the array group_verb_rules ---- */
#define DECIDED 1u
#define CREATES 2u
#define FUTURE 4u
#define ON_KIND(name) KIND_##name, 0u
#define ON_ANY_KIND KIND_NONE, 0u
#define ON_CONTRACT_OR_MATCH KIND_NONE, 1u << KIND_contract | 1u << KIND_match
#define NO_DATE FIELD_COUNT
#define TYPE_HEAD(group, verb, zh, kind_, kinds_, level_, marks, date, en, help_in_zh) \
    .id = TYPE_##group##_##verb, .name = #group "." #verb, .name_zh = (zh), .kind = (kind_), \
    .kinds = (kinds_), .level = (level_), .decided = ((marks) & DECIDED) != 0, \
    .creates = ((marks) & CREATES) != 0, .future = ((marks) & FUTURE) != 0, \
    .business_date = (date), .help_en = (en), .help_zh = (help_in_zh)
#define TYPE_WITH(group, verb, ...) \
    const struct event_type type_##group##_##verb = { \
        TYPE_HEAD(group, verb, __VA_ARGS__), \
        .data = {.name = #group "." #verb, .fields = group##_##verb##_rules, \
                 .count = COUNT_OF(group##_##verb##_rules)}}
#define TYPE_BARE(group, verb, ...) \
    const struct event_type type_##group##_##verb = { \
        TYPE_HEAD(group, verb, __VA_ARGS__), .data = {.name = #group "." #verb}}
/* `on` is two arguments once it is expanded, hence the step in between. */
#define EVENT_TYPE(group, verb, zh, on, level, marks, date, en, help_in_zh) \
    TYPE_WITH(group, verb, zh, on, level, marks, date, en, help_in_zh)
/* Without a field of its own. */
#define EVENT_TYPE_BARE(group, verb, zh, on, level, marks, date, en, help_in_zh) \
    TYPE_BARE(group, verb, zh, on, level, marks, date, en, help_in_zh)
/* clang-format on */

#define X(group, verb, number) extern const struct event_type type_##group##_##verb;
TYPE_LIST(X)
#undef X

/* ---- nested values ---- */
extern const struct value_shape shape_party_share;        /* PartyShare */
extern const struct value_shape shape_period;             /* Period */
extern const struct value_shape shape_due;                /* Due */
extern const struct value_shape shape_obligation_term;    /* ObligationTerm */
extern const struct value_shape shape_tier;               /* Tier */
extern const struct value_shape shape_royalty_term;       /* RoyaltyTerm */
extern const struct value_shape shape_open_royalty;       /* OpenRoyalty */
extern const struct value_shape shape_late_term;          /* LateTerm */
extern const struct value_shape shape_trial;              /* Trial */
extern const struct value_shape shape_effect;             /* Effect */
extern const struct value_shape shape_milestone;          /* Milestone */
extern const struct value_shape shape_alloc_line;         /* AllocLine */
extern const struct value_shape shape_obligation_ref;     /* ObligationRef */
extern const struct value_shape shape_deduction;          /* Deduction */
extern const struct value_shape shape_money_line;         /* MoneyLine */
extern const struct value_shape shape_obligation_changes; /* ObligationChanges */
extern const struct value_shape shape_party_changes;      /* PartyChanges */
extern const struct value_shape shape_technology_changes; /* TechnologyChanges */
extern const struct value_shape shape_contract_changes;   /* ContractChanges */
extern const struct value_shape shape_policy_changes;     /* PolicyChanges */

/* All of them, ended by NULL: for the schema. */
extern const struct value_shape *const value_shapes[];

#endif
