#ifndef ACCRUE_OPS_SYNTHETIC_MODEL_H
#define ACCRUE_OPS_SYNTHETIC_MODEL_H

/* The national figures that the synthetic registry reproduces.
 *
 *   N1  Published and reproduced to the fen: each year's contracts and turnover, the turnover of
 *       sellers abroad, the enterprises' shares of output and absorption, overseas buyers.
 *       The counts of 2018, 2020 and 2022 are recalled figures consistent with the published ones.
 *   N2  Published and reproduced as printed: services 2019, Beijing's share, Jiangsu 2021.
 *   N3  Every other share is a model and illustrative: it was not published. */

#include <stdint.h>

#define YEAR_FIRST 2018
#define YEARS 5u
#define TYPES 5u
#define REGIONS 32u /* 31 provinces, and abroad */
#define REGION_ABROAD 31u
#define REGION_BEIJING 0u
#define REGION_JIANGSU 9u
#define KINDS 12u
#define FIELDS 11u
#define PROGRAMS 5u
#define IP_KINDS 11u
#define PAY_MODES 8u
#define SUBTYPES 9u
#define GRANTS 4u
#define MONTHS 12u

enum type { TYPE_DEVELOPMENT, TYPE_TRANSFER, TYPE_LICENSE, TYPE_CONSULTING, TYPE_SERVICE };
enum kind {
    KIND_GOV,
    KIND_INSTITUTE,
    KIND_UNIVERSITY,
    KIND_MEDICAL,
    KIND_INST_OTHER,
    KIND_ASSOC,
    KIND_ENT_DOMESTIC,
    KIND_ENT_HMT,
    KIND_ENT_FOREIGN,
    KIND_IND_BUSINESS,
    KIND_NATURAL,
    KIND_OVERSEAS_ORG
};
enum pay_mode {
    PAY_LUMP,
    PAY_INSTALMENT,
    PAY_ROYALTY,
    PAY_ENTRY_PLUS_ROYALTY,
    PAY_EQUITY,
    PAY_CONDITIONAL,
    PAY_DEFERRED,
    PAY_PENDING /* a trial that is undecided */
};
enum ip_kind {
    IP_NONE,
    IP_KNOW_HOW,
    IP_INVENTION,
    IP_UTILITY_MODEL,
    IP_DESIGN,
    IP_SOFTWARE,
    IP_IC_LAYOUT,
    IP_PLANT_VARIETY,
    IP_BIO_MEDICINE,
    IP_PATENT_APPLICATION,
    IP_OTHER
};
enum subtype {
    SUB_COMMISSIONED,
    SUB_COOPERATIVE,
    SUB_PATENT,
    SUB_PATENT_APPLICATION,
    SUB_KNOW_HOW,
    SUB_OTHER_IP,
    SUB_GENERAL,
    SUB_TRAINING,
    SUB_INTERMEDIARY,
    SUB_NONE
};

struct year_model {
    int64_t contracts, turnover_fen, overseas_seller_fen, overseas_buyer_fen;
    int64_t enterprise_out_permille, enterprise_in_permille;
    int64_t beijing_per_10000;          /* of the sum of the 31 provinces */
    int64_t type_fen_per_10000[TYPES];  /* of turnover */
    int64_t type_count_permille[TYPES]; /* of contracts */
    int64_t jiangsu_count, jiangsu_fen; /* 0: by weight */
};

extern const struct year_model year_models[YEARS];

struct region_model {
    const char *code, *name;      /* two digits of GB/T 2260 */
    int64_t fen, sellers, buyers; /* weights: money, contracts by seller and by buyer */
};
extern const struct region_model regions[REGIONS];

/* Names as the vocabulary spells them, in the order of the enumerations above. */
extern const char *const type_names[TYPES];
extern const char *const type_titles[TYPES];
extern const char *const kind_codes[KINDS][4]; /* legal codes, NULL where there are fewer */
extern const char *const kind_titles[KINDS];
extern const char *const field_names[FIELDS];
extern const char *const field_topics[FIELDS][4];
extern const char *const program_names[PROGRAMS];
extern const char *const ip_names[IP_KINDS];
extern const char *const pay_names[PAY_MODES];
extern const char *const pay_forms[PAY_MODES];
extern const char *const subtype_names[SUBTYPES];
extern const char *const grant_names[GRANTS];

/* Permille, unless said otherwise. */
extern const int64_t month_weights[MONTHS];
extern const int64_t field_weights[FIELDS];
extern const int64_t program_weights[PROGRAMS];
extern const int64_t pay_weights[PAY_MODES];
extern const int64_t seller_kind_weights[KINDS]; /* per 309, the sellers that are no enterprises */
extern const int64_t buyer_kind_weights[KINDS];  /* the buyers that are no enterprises */
extern const int64_t enterprise_weights[KINDS];  /* domestic enterprises */
extern const int64_t subtype_weights[TYPES][SUBTYPES];
extern const int64_t
    ip_weights[IP_KINDS]; /* contracts that are no transfer and no licence, with IP */
extern const int64_t grant_weights[GRANTS];

#define ENTERPRISE_SELLERS_PERMILLE 691 /* of contracts, those abroad included */
#define OVERSEAS_SELLERS_PERMILLE 8
#define OVERSEAS_BUYERS_PERMILLE 12
#define OTHER_BUYERS_PERMILLE 240 /* no enterprises */
#define IP_PERMILLE 413
#define LOCAL_PERMILLE 550 /* the buyer is in the seller's province */

/* The amount before scaling, in fen, at place `at` of 2^32 of the quantile table. */
int64_t raw_amount_fen(uint32_t at);

#endif
