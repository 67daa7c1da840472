/* read and get. */

#include <stdio.h>

#include "daemon/service/filter.h"
#include "tests/unit/service/talk.h"

static int ten_events(void **state)
{
    (void)setup(state);
    for (int i = 0; i < 10; i++) {
        char json[256];
        (void)snprintf(json, sizeof(json),
                       "{'events':[{'id':'e%d','type':'x.%s.e','agg':'x/%d','actor':'w%d',"
                       "'data':{'text':'t'}}]}",
                       i, i % 2 ? "odd" : "even", i % 3, i % 4);
        (void)harness_ask(&h, "append", json);
    }
    return 0;
}

#define TEN(name) cmocka_unit_test_setup_teardown(name, ten_events, teardown)

/* The seqs of an answer's events as "3 5 7 ". */
static const char *seqs(const char *json)
{
    static char out[512];
    const char *at = harness_ask(&h, "read", json);
    size_t len = 0;
    while ((at = strstr(at, "\"seq\":")) != NULL) {
        at += 6;
        size_t digits = strspn(at, "0123456789");
        memcpy(out + len, at, digits);
        len += digits;
        out[len++] = ' ';
    }
    out[len] = '\0';
    return out;
}

static void events_come_in_order_and_pages(void **state)
{
    (void)state;
    assert_string_equal(seqs("{'from':3,'limit':4}"), "3 4 5 6 ");
    assert_non_null(strstr(h.answer, "\"next\":7"));
    assert_string_equal(seqs("{'from':11}"), "11 12 ");
    assert_non_null(strstr(h.answer, "\"next\":null"));
    assert_string_equal(seqs("{'from':5,'to':6}"), "5 6 ");
    assert_string_equal(seqs("{'from':13}"), "");
    assert_string_equal(seqs("{'from':4,'reverse':true,'limit':2}"), "4 3 ");
    assert_non_null(strstr(h.answer, "\"next\":2"));
    assert_string_equal(seqs("{'reverse':true,'limit':2}"), "12 11 ");
}

static void filters_choose(void **state)
{
    (void)state;
    assert_string_equal(seqs("{'types':['x.odd.*']}"), "4 6 8 10 12 ");
    assert_string_equal(seqs("{'types':'system.*'}"), "1 2 ");
    assert_string_equal(seqs("{'actor':'w2'}"), "5 9 ");
    assert_string_equal(seqs("{'flags':['W_PLEDGED']}"), "");
    assert_string_equal(seqs("{'effective':{'from':'2023-11-15','to':'2023-11-15'},'limit':2}"),
                        "1 2 ");
    assert_string_equal(seqs("{'effective':{'to':'2023-11-14'}}"), "");
    assert_string_equal(seqs("{'recorded':{'from':'2023-11-16'}}"), "");
    assert_string_equal(seqs("{'recorded':{'to':1700000000000003}}"), "1 2 3 4 ");
}

static void an_aggregate_has_its_own_way(void **state)
{
    (void)state;
    assert_string_equal(seqs("{'agg':'x/1'}"), "4 7 10 ");
    assert_non_null(strstr(h.answer, "\"next\":null"));
    assert_string_equal(seqs("{'agg':'x/1','limit':2}"), "4 7 ");
    assert_non_null(strstr(h.answer, "\"next\":10"));
    assert_string_equal(seqs("{'agg':'x/1','from':5}"), "7 10 ");
    assert_string_equal(seqs("{'agg':'x/1','reverse':true,'limit':2}"), "10 7 ");
    assert_non_null(strstr(h.answer, "\"next\":4"));
    assert_string_equal(seqs("{'agg':'x/1','types':'x.odd.e'}"), "4 10 ");
    assert_string_equal(seqs("{'agg':'x/none'}"), "");
    assert_string_equal(seqs("{'agg':'plain'}"), "");
}

static void get_finds_by_seq_and_by_id(void **state)
{
    (void)state;
    answers("get", "{'seq':4}", "\"id\":\"e1\"");
    answers("get", "{'id':'e1'}", "\"seq\":4");
    begins("get", "{'id':'none'}", "NOT_FOUND field=id");
    begins("get", "{'seq':13}", "NOT_FOUND field=seq");
    begins("get", "{'seq':0}", "BAD_PARAMS field=seq");
    begins("get", "{}", "BAD_PARAMS");
    begins("get", "{'seq':1,'id':'e1'}", "BAD_PARAMS");
}

static void parameters_are_checked(void **state)
{
    (void)state;
    begins("read", "{'from':-1}", "BAD_PARAMS field=from");
    begins("read", "{'limit':0}", "BAD_PARAMS field=limit");
    begins("read", "{'limit':1001}", "BAD_PARAMS field=limit");
    begins("read", "{'agg':'nokind/1'}", "BAD_PARAMS field=agg");
    begins("read", "{'types':[]}", "BAD_PARAMS field=types");
    begins("read", "{'flags':['W_NO']}", "BAD_PARAMS field=flags");
    begins("read", "{'effective':'2020-01-01'}", "BAD_PARAMS field=effective");
    begins("read", "{'effective':{'since':'2020-01-01'}}", "BAD_PARAMS field=effective");
    begins("read", "{'recorded':{'from':'x'}}", "BAD_PARAMS field=recorded");
    begins("read", "{'actor':7}", "BAD_PARAMS field=actor");
    begins("read", "{'typ':'x'}", "BAD_PARAMS field=typ");
}

static void globs(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text;
        bool match;
    } cases[] = {
        {"*", "", true},
        {"*", "abc", true},
        {"a*c", "abc", true},
        {"a*c", "ac", true},
        {"a*c", "acb", false},
        {"", "", true},
        {"", "a", false},
        {"a", "", false},
        {"*a*b*", "xaxbx", true},
        {"*a*b*", "xbxax", false},
        {"a**", "a", true},
        {"ab*", "a", false},
        {"*.added", "note.added", true},
        {"*aab", "aaaab", true},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(glob_match(slice_text(cases[i].pattern), slice_text(cases[i].text)),
                         cases[i].match);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEN(events_come_in_order_and_pages), TEN(filters_choose),
        TEN(an_aggregate_has_its_own_way),   TEN(get_finds_by_seq_and_by_id),
        TEN(parameters_are_checked),         TEST(globs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
