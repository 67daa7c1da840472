/* Columns of an answer that has no rows to show them: a sheet with its headings is what a macro
 * expects, also of a month in which nothing happened.
 *
 *   F3  The columns are those that the same question has where it has rows, in their order. They
 *       are the daemon's: a test holds what stands here against its answers, projection by
 *       projection and grouping by grouping. Of a projection that is not here nothing is said. */

#include <stdlib.h>
#include <string.h>

#include "ops/cli/export/export.h"

#define KEY " key label"
/* Words with a @ are put in their place: groupings, growth, aging bands. */
#define OWED                                                                                       \
    " scheduled contingent not_due @bands disputed outstanding paid waived written_off set_off"    \
    " extinguished insured unapplied_credit"
#define INTRODUCTIONS                                                                              \
    " introduced open closed signed framework failed facilitated framework_amount currency"        \
    " sign_rate_permille median_days_tenths"
#define COMMISSIONS KEY " agreed earned scheduled paid outstanding"
#define INSURANCE                                                                                  \
    " policies live_policies exposure written_premium earned paid recovered reserves"              \
    " paid_ratio_permille"
#define TRIALS                                                                                     \
    KEY " currency started open converted declined lapsed ended conversion_permille"               \
        " amount_converted amount_decided amount_conversion_permille"

/* The first that fits; `by` NULL: whatever it is grouped by, or not. */
static const struct {
    const char *projection, *by, *columns;
} answers[] = {
    {"accreditations", NULL, KEY " parties"},
    {"agenda", NULL, KEY " date days what text agg no party currency amount"},
    {"annual_report", NULL,
     KEY " currency count contract_value received at_least_1m at_least_10m at_least_100m"
         " rewards rewards_equity rewarded_persons ventures no_rate"},
    {"claims", NULL,
     KEY " policy insurer product state verdict event_date filed_on loss approved paid recovered"
         " reserves adjust_by pay_by notice_by advance_by sla_breach breaches"},
    {"commercialization", NULL, KEY " technologies"},
    {"commissions", " payer contract ", COMMISSIONS " currency"},
    {"commissions", NULL, COMMISSIONS INTRODUCTIONS},
    {"contracts", " contract ",
     KEY " state registration expired trial_lapsed evaluation_overdue in_default sellers buyers"
         " type subtype grant pay_mode origin since sign_date term_start term_end trial_end"
         " contract_no department currency total_fen"},
    {"contracts", NULL, KEY " count expired trial_lapsed evaluation_overdue in_default"},
    {"entitlement", NULL, KEY " technologies"},
    {"entrusted", NULL, KEY " technologies"},
    {"explain", NULL, " seq type agg effective obligation currency amount what"},
    {"filings", NULL, KEY " currency filed filing_no filed_on due overdue late"},
    {"findings", " flag actor type ", KEY " count first_seq last_seq"},
    {"findings", NULL, KEY " flag seq type agg effective recorded actor"},
    {"forecast", NULL, KEY " overdue committed contingent minimums unscheduled disputed currency"},
    {"insurance", " product insurer ", KEY INSURANCE},
    {"insurance", NULL, KEY " product insurer state sum from to" INSURANCE},
    {"interest", NULL, KEY " outstanding accrued interest_paid assessed currency"},
    {"match", " origin ", KEY " contracts sellers buyers"},
    {"match", NULL, KEY INTRODUCTIONS},
    {"needs", " need ",
     KEY " state party field bounty budget published_on closed_on age_days introduced"},
    {"needs", NULL,
     KEY " needs open closed bounties introduced without_budget budget age_30 age_90 age_180"
         " age_more oldest_days"},
    {"open_items", NULL,
     KEY " contract no kind state currency contract_no title debtor debtor_label creditor"
         " creditor_label due days_past_due bucket condition waits_for" OWED
         " interest_due interest_paid limitation"},
    {"outstanding", NULL, KEY " currency" OWED},
    {"pledges", " pledgee ", KEY " pledges flow stock patents"},
    {"pledges", " pledge ",
     KEY " state pledge_no pledgor pledgee loan_date due pledges flow stock patents"},
    {"pledges", NULL, KEY " flow_growth_permille pledges flow stock patents"},
    {"pool_distribution", " pool ",
     KEY " from to gross admin_fee net patent_days amount distributed_gross distributed_fee"
         " reserve distributed"},
    {"pool_distribution", NULL,
     KEY " pool party patents patent_days amount distributed difference"},
    {"pools", NULL,
     KEY " admin admin_fee_ppm basis members patents open_patents open_share_permille"},
    {"receipts", NULL, KEY " received applied unapplied refunded returned unidentified currency"},
    {"reconciliation", NULL,
     KEY " period filter unit decimals published derived difference status explained source"},
    {"registrations", NULL,
     KEY " currency status agency applicant applied_on working_days due overdue decided_on late"
         " reason"},
    {"rewards", NULL,
     KEY " received costs net_income floor paid rewarded_persons payments currency floor_applies"
         " below_floor"},
    {"royalties", NULL,
     KEY " currency base_kind base units earned capped royalty credited min_true_up paid"
         " outstanding unreported_periods"},
    {"separately_managed", NULL, KEY " technologies"},
    {"statistics", NULL, KEY " @by count turnover tech average @growth"},
    {"targets", NULL,
     KEY " period filter unit comparator value baseline actual_thousandths progress_permille met"
         " elapsed_permille pace_thousandths on_track"},
    {"technologies", " state ip_kind field open_license owner ",
     KEY " technologies in_force expired open pledged pooled open_share_permille"},
    {"technologies", NULL,
     KEY " state expired ip_kind field trl ask ask_mode filed expiry owner owners persons_ppm"
         " open_license open_until pledged pool"},
    {"trials", " buyer seller year ", TRIALS},
    {"trials", NULL, TRIALS " trial_start trial_end"},
    {"ventures", NULL, KEY " ventures"},
};

static void add(struct headings *headings, const char *word, size_t len)
{
    if (len == 0 || len >= sizeof(headings->room) - headings->used ||
        headings->count == COLUMNS_MAX) {
        return;
    }
    char *key = headings->room + headings->used;
    memcpy(key, word, len);
    key[len] = '\0';
    headings->used += len + 1;
    headings->keys[headings->count++] = key;
    headings->keys[headings->count] = NULL;
}

/* The `at`th of a list, or of a text with commas; its length in *ret_len. NULL: there are no more.
 */
static const char *item_at(const json_t *list, size_t at, size_t *ret_len)
{
    const char *text = json_string_value(json_is_array(list) ? json_array_get(list, at) : list);
    for (; text != NULL && json_is_string(list) && at > 0; at--) {
        text = strchr(text, ',');
        text = text == NULL ? NULL : text + 1;
    }
    *ret_len = text == NULL ? 0 : strcspn(text, ",");
    return text;
}

static bool is_one_of(const char *words, const char *word, size_t len)
{
    for (const char *at = words; at != NULL; at = strchr(at + 1, ' ')) {
        if (strncmp(at + 1, word, len) == 0 && at[1 + len] == ' ') {
            return true;
        }
    }
    return false;
}

static void add_groupings(struct headings *headings, const json_t *by)
{
    size_t len;
    const char *word;
    for (size_t i = 0; (word = item_at(by, i, &len)) != NULL; i++) {
        add(headings, word, len);
    }
    if (by == NULL) {
        add(headings, "year", strlen("year"));
    }
}

/* There is growth where there is a period before, or another year to compare with. */
static void add_growth(struct headings *headings, const json_t *params)
{
    const json_t *by = json_object_get(params, "by");
    bool grows = by == NULL || json_object_get(params, "compare") != NULL;
    size_t len;
    const char *word;
    for (size_t i = 0; (word = item_at(by, i, &len)) != NULL; i++) {
        grows = grows || is_one_of(" year quarter month ", word, len);
    }
    if (grows) {
        add(headings, "count_growth_permille", strlen("count_growth_permille"));
        add(headings, "turnover_growth_permille", strlen("turnover_growth_permille"));
    }
}

/* d1_30 … d90_plus of 30, 60, 90. */
static void add_bands(struct headings *headings, const json_t *buckets)
{
    json_t *usual = json_string("30,60,90");
    const json_t *ends = buckets == NULL ? usual : buckets;
    char key[48];
    long from = 1;
    size_t len;
    const char *word;
    for (size_t i = 0; (word = item_at(ends, i, &len)) != NULL; i++) {
        long end = strtol(word, NULL, 10);
        (void)snprintf(key, sizeof(key), "d%ld_%ld", from, end);
        add(headings, key, strlen(key));
        from = end + 1;
    }
    (void)snprintf(key, sizeof(key), "d%ld_plus", from - 1);
    add(headings, key, strlen(key));
    json_decref(usual);
}

static void add_all(struct headings *headings, const char *columns, const json_t *params)
{
    while (*columns != '\0') {
        size_t len = strcspn(columns, " ");
        if (*columns != '@') {
            add(headings, columns, len);
        } else if (strncmp(columns, "@by", len) == 0) {
            add_groupings(headings, json_object_get(params, "by"));
        } else if (strncmp(columns, "@growth", len) == 0) {
            add_growth(headings, params);
        } else {
            add_bands(headings, json_object_get(params, "buckets"));
        }
        columns += len + (columns[len] == ' ');
    }
}

bool headings_find(struct headings *headings, const char *projection, const json_t *params)
{
    size_t len = 0;
    const char *by = item_at(json_object_get(params, "by"), 0, &len);
    *headings = (struct headings){0};
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        if (strcmp(answers[i].projection, projection) == 0 &&
            (answers[i].by == NULL || (by != NULL && is_one_of(answers[i].by, by, len)))) {
            add_all(headings, answers[i].columns, params);
            return true;
        }
    }
    return false;
}
