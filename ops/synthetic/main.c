/* accrue-registry: the synthetic national registry as NDJSON, in the order of recording.
 *
 *   G1  The bytes depend on profile and seed alone: integers only, no clock, no locale, no library
 *       of mathematics.
 *   G2  Totals depend on the profile alone. */

#include <argp.h>
#include <errno.h>
#include <string.h>

#include "ops/synthetic/events.h"
#include "ops/synthetic/fatal.h"

static const struct profile {
    const char *name;
    int64_t divisor;
    bool lean;
} profiles[] = {{"ci", 100, false}, {"lean", 1, true}, {"full", 1, false}};

struct options {
    const struct profile *profile;
    uint64_t seed;
};

static const struct argp_option known[] = {
    {"profile", 'p', "ci|lean|full", 0, "ci: a hundredth of full; lean: no payments", 0},
    {"seed", 's', "N", 0, "another registry with the same totals (1)", 0},
    {0},
};

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct options *options = state->input;
    char *end = NULL;
    switch (key) {
    case 'p':
        options->profile = NULL;
        for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
            if (strcmp(text, profiles[i].name) == 0) {
                options->profile = &profiles[i];
            }
        }
        if (options->profile == NULL) {
            argp_error(state, "--profile %s: ci, lean or full", text);
        }
        return 0;
    case 's':
        errno = 0;
        options->seed = strtoull(text, &end, 10);
        if (errno != 0 || *text < '0' || *text > '9' || *end != '\0') {
            argp_error(state, "--seed %s: a number from 0 to 2^64 - 1", text);
        }
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "what is %s?", text);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void emit_all(struct emitter *emitter)
{
    const struct registry *registry = emitter->registry;
    int32_t end = later_last_day(emitter);
    for (int32_t day = registry->first_day; day <= end; day++) {
        out_day(emitter->out, day);
        emit_later(emitter, day);
        if (day <= registry->last_day) {
            uint32_t at = (uint32_t)(day - registry->first_day);
            for (uint32_t i = registry->day_start[at]; i < registry->day_start[at + 1]; i++) {
                emit_registration(emitter, &registry->contracts[i]);
            }
        }
    }
    out_finish(emitter->out);
}

int main(int argc, char **argv)
{
    static struct registry registry;
    static struct parties parties;
    static struct out out;
    static const struct argp argp = {
        known,
        parse,
        NULL,
        "Write the events of the synthetic national registry to stdout, one "
        "JSON object a line, as `accrue load` takes them.",
        NULL,
        NULL,
        NULL};
    struct options options = {.profile = &profiles[0], .seed = 1};
    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0) {
        return EXIT_FAILURE;
    }
    registry_build(&registry, options.seed, options.profile->divisor);
    parties_build(&parties, &registry);
    out_init(&out, stdout, options.seed);
    struct emitter emitter = {
        .registry = &registry, .parties = &parties, .out = &out, .lean = options.profile->lean};
    emit_all(&emitter);
    parties_free(&parties);
    registry_free(&registry);
    return EXIT_SUCCESS;
}
