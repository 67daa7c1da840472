/* Appends against arrays: ids, contents, versions. Every answer is foretold exactly: positions,
 * dups, codes and indexes, in batches, in groups, in dry runs and over restarts. */

#include "tests/model/commit/chance.h"

#include <stdio.h>

#include "tests/support/small/harness.h"

#define IDS 60u
#define AGGREGATES 4u
#define EVENTS_MAX 4u
#define REQUESTS 120u

static struct harness h;

enum what { PARTY, NOTE, OWN };

struct wanted {
    uint32_t id, aggregate, value;
    int expect;
    enum what what;
};

struct model {
    struct {
        bool stored;
        struct wanted content;
        uint64_t seq, agg_seq;
    } ids[IDS];
    uint32_t versions[2][AGGREGATES]; /* of parties, of our own */
    uint64_t seq;
};

static bool same(const struct wanted *a, const struct wanted *b)
{
    return a->aggregate == b->aggregate && a->value == b->value && a->what == b->what;
}

static void put_position(char *answer, uint64_t seq, uint64_t agg_seq, bool dup)
{
    char text[64];
    (void)snprintf(text, sizeof(text), "%llu/%llu%s ", (unsigned long long)seq,
                   (unsigned long long)agg_seq, dup ? "d" : "");
    memcpy(answer + strlen(answer), text, strlen(text) + 1);
}

/* One event; false: refused, with `*code`. Adds to the answer. */
static bool foretell_one(struct model *model, const struct wanted *wanted, char *answer,
                         const char **code)
{
    uint32_t *version = &model->versions[wanted->what == OWN][wanted->aggregate];
    bool dup = model->ids[wanted->id].stored;
    if (dup && !same(&model->ids[wanted->id].content, wanted)) {
        *code = "E_ID_REUSED";
        return false;
    }
    if (!dup) {
        *code = wanted->expect >= 0 && (uint32_t)wanted->expect != *version ? "E_VERSION_CONFLICT"
                : wanted->what == PARTY && *version > 0                     ? "E_EXISTS"
                : wanted->what == NOTE && *version == 0                     ? "E_UNKNOWN_AGGREGATE"
                                                                            : NULL;
        if (*code != NULL) {
            return false;
        }
        *version += 1;
        model->ids[wanted->id].stored = true;
        model->ids[wanted->id].content = *wanted;
        model->ids[wanted->id].seq = ++model->seq;
        model->ids[wanted->id].agg_seq = *version;
    }
    put_position(answer, model->ids[wanted->id].seq, model->ids[wanted->id].agg_seq, dup);
    return true;
}

/* What the answer must be: "SEQ/AGG_SEQ[d] …" or "CODE index=N". */
static void foretell(struct model *model, const struct wanted *wanted, uint32_t count, bool dry,
                     char *answer, size_t size)
{
    static struct model before;
    before = *model;
    answer[0] = '\0';
    for (uint32_t i = 0; i < count; i++) {
        const char *code = NULL;
        if (!foretell_one(model, &wanted[i], answer, &code)) {
            (void)snprintf(answer, size, "%s index=%u", code, i);
            *model = before;
            return;
        }
    }
    if (dry) {
        *model = before;
    }
}

static int64_t number_behind(const char *at, const char *key)
{
    const char *found = strstr(at, key);
    return found != NULL ? strtoll(found + strlen(key), NULL, 10) : -1;
}

/* The daemon's answer in the same words. */
static void retell(const char *given, char *answer)
{
    answer[0] = '\0';
    if (given[0] != '{') {
        const char *end = strchr(given, ' ');
        end = end != NULL ? strchr(end + 1, ' ') : NULL;
        size_t len = end != NULL ? (size_t)(end - given) : strlen(given);
        memcpy(answer, given, len);
        answer[len] = '\0';
        char *colon = strchr(answer, ':');
        if (colon != NULL) {
            *colon = '\0';
        }
        return;
    }
    for (const char *at = strstr(given, "{\"agg_seq\":"); at != NULL;
         at = strstr(at + 1, "{\"agg_seq\":")) {
        put_position(answer, (uint64_t)number_behind(at, "\"seq\":"),
                     (uint64_t)number_behind(at, "{\"agg_seq\":"),
                     strncmp(strstr(at, "\"dup\":"), "\"dup\":true", 10) == 0);
    }
}

static struct wanted want(struct chance *chance, const struct model *model)
{
    struct wanted wanted = {.id = pick(chance, IDS),
                            .aggregate = pick(chance, AGGREGATES),
                            .value = pick(chance, 3),
                            .expect = pick(chance, 5) == 0 ? (int)pick(chance, 4) : -1,
                            .what = (enum what)pick(chance, 3)};
    if (model->ids[wanted.id].stored && pick(chance, 4) > 0) { /* mostly as it was */
        int expect = wanted.expect;
        wanted = model->ids[wanted.id].content;
        wanted.expect = expect;
    }
    return wanted;
}

static void write_request(const struct wanted *wanted, uint32_t count, bool dry, char *json,
                          size_t size)
{
    static const char *const shapes[] = {
        "'type':'party.registered','agg':'p%u','data':{'kind':'ent_domestic','name':'v%u'}",
        "'type':'note.added','agg':'party/p%u','data':{'text':'v%u'}",
        "'type':'x.t.e','agg':'x/p%u','data':{'text':'v%u'}"};
    int len = snprintf(json, size, "{%s'events':[", dry ? "'dry':true," : "");
    for (uint32_t i = 0; i < count; i++) {
        len += snprintf(json + len, size - (size_t)len, "{'id':'e%u',", wanted[i].id);
        if (wanted[i].expect >= 0) {
            len += snprintf(json + len, size - (size_t)len, "'expect':%d,", wanted[i].expect);
        }
        const char *shape = shapes[wanted[i].what];
        size_t head = (size_t)(strchr(shape, '%') - shape); /* constant formats only */
        len += snprintf(json + len, size - (size_t)len, "%.*s%u", (int)head, shape,
                        wanted[i].aggregate);
        const char *rest = shape + head + 2;
        head = (size_t)(strchr(rest, '%') - rest);
        len += snprintf(json + len, size - (size_t)len, "%.*s%u%s},", (int)head, rest,
                        wanted[i].value, rest + head + 2);
    }
    (void)snprintf(json + len, size - (size_t)len, "]}");
}

static void run(struct chance *chance)
{
    static struct model model;
    memset(&model, 0, sizeof(model));
    model.seq = 2; /* the daemon's own */
    harness_start(&h);
    for (uint32_t i = 0; i < REQUESTS; i++) {
        struct wanted wanted[EVENTS_MAX];
        char json[2048], expected[512], got[512];
        uint32_t count = 1 + pick(chance, EVENTS_MAX);
        bool dry = pick(chance, 10) == 0;
        for (uint32_t e = 0; e < count; e++) {
            wanted[e] = want(chance, &model);
        }
        write_request(wanted, count, dry, json, sizeof(json));
        foretell(&model, wanted, count, dry, expected, sizeof(expected));
        h.hold = pick(chance, 3) == 0; /* then several requests share a group */
        retell(harness_ask(&h, "append", json), got);
        if (!h.hold && h.peer.inflight == 0) {
            if (strcmp(got, expected) != 0) {
                fail_msg("%s\n  gave %s\n  not  %s", json, got, expected);
            }
        }
        if (pick(chance, 40) == 0) {
            h.hold = false;
            harness_run(&h);
            harness_restart(&h);
            model.seq++;
        }
    }
    h.hold = false;
    harness_run(&h);
    assert_int_equal(h.disk.count, model.seq);
    assert_string_equal(h.disk.wrong, "");
    harness_stop(&h);
}

static void answers_are_as_foretold(void **state)
{
    (void)state;
    for_seeds(effort(300, 50), run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers_are_as_foretold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
