#ifndef ACCRUE_DAEMON_VIEW_PARAMS_H
#define ACCRUE_DAEMON_VIEW_PARAMS_H

/* Reading a question's parameters. Each function gives STATUS_BAD_PARAMS naming the parameter
 * (`params.by`) when a value is not what it should be; nil counts as not given. What is a list
 * may also come as one text with commas, as on a command line. */

#include "daemon/ledger/states.h"
#include "daemon/view/query.h"

#define PARAM_LIST_MAX 32u

struct param_list {
    bool given;
    uint32_t count;
    struct slice text[PARAM_LIST_MAX]; /* empty for an integer */
    int64_t number[PARAM_LIST_MAX];    /* of an integer, or of a text that is one, else -1 */
};

/* Refuses a parameter that is not in `known` (ended by NULL): a misspelt filter is none. */
enum status params_check(const struct query *query, const char *const *known, struct fault *fault);

enum status param_text(const struct query *query, const char *name, struct slice *ret_text,
                       struct fault *fault);
enum status param_enum(const struct query *query, const char *name, const char *const *names,
                       int otherwise, int *ret_index, struct fault *fault);
/* The parameter `state`: one of the machine's, not its state 0; -1 if not given. */
enum status param_state(const struct query *query, enum machine machine, int *ret_state,
                        struct fault *fault);
enum status param_list(const struct query *query, const char *name, struct param_list *ret_list,
                       struct fault *fault);
/* `FROM..TO`, both inclusive; false in *ret_given if not there. */
enum status param_period(const struct query *query, const char *name, int32_t *ret_from,
                         int32_t *ret_to, bool *ret_given, struct fault *fault);

/* An aggregate of `kind`, or of any kind as kind/id where kind is KIND_NONE (plain: contract).
 * AGGREGATE_NONE if not given; STATUS_NOT_FOUND if the log has never seen it. */
enum status param_aggregate(const struct query *query, const char *name, enum aggregate_kind kind,
                            uint32_t *ret_aggregate, struct fault *fault);
/* The same for a text in hand. */
uint32_t aggregate_named(const struct query *query, enum aggregate_kind kind, struct slice text);

/* `params.NAME` is wrong. */
enum status param_fault(struct fault *fault, enum status code, const char *name);

#endif
