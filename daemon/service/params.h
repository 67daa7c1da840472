#ifndef ACCRUE_DAEMON_SERVICE_PARAMS_H
#define ACCRUE_DAEMON_SERVICE_PARAMS_H

/* A method's parameters: one map with known keys. Every function gives STATUS_BAD_PARAMS naming
 * the key; nil counts as not given, since some clients cannot leave a key out. */

#include "proto/cursor.h"
#include "proto/fault.h"

#define PARAMS_MAX 16u

/* Encoded values, .data NULL if not given, in the order of the names asked for. */
struct params {
    struct slice at[PARAMS_MAX];
    int64_t deadline_ms; /* `_deadline_ms`, or -1 */
};

/* `names` ends with NULL. Any other key is refused, but for _deadline_ms, _trace and _client. */
enum status params_read(struct slice map, const char *const *names, struct params *ret_params,
                        struct fault *fault);

/* Each leaves *ret alone if the parameter was not given. */
enum status param_int(const struct params *params, unsigned at, const char *const *names,
                      int64_t min, int64_t max, int64_t *ret, struct fault *fault);
enum status param_bool(const struct params *params, unsigned at, const char *const *names,
                       bool *ret, struct fault *fault);
enum status param_str(const struct params *params, unsigned at, const char *const *names,
                      size_t bytes_max, struct slice *ret, struct fault *fault);

/* STATUS_BAD_PARAMS for `name`, which had to be given, or has a value that is none. Here, so that
 * it is known in every caller that they never give STATUS_OK. */
static inline enum status param_missing(struct fault *fault, const char *name)
{
    (void)fault_set(fault, STATUS_BAD_PARAMS, name);
    fault_detail(fault, "missing");
    return STATUS_BAD_PARAMS;
}

static inline enum status param_wrong(struct fault *fault, const char *name, const char *expected)
{
    (void)fault_set(fault, STATUS_BAD_PARAMS, name);
    fault_detail(fault, "expected=%s", expected);
    return STATUS_BAD_PARAMS;
}

#endif
