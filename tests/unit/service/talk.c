#include "tests/unit/service/talk.h"

#include <stdio.h>

struct harness h;

int setup(void **state)
{
    (void)state;
    h.init_load = false;
    harness_start(&h);
    return 0;
}

int setup_loading(void **state)
{
    (void)state;
    h.init_load = true;
    harness_start(&h);
    return 0;
}

int teardown(void **state)
{
    (void)state;
    bool right = h.disk.wrong[0] == '\0';
    harness_stop(&h);
    return right ? 0 : -1;
}

void answers(const char *method, const char *json, const char *part)
{
    const char *answer = harness_ask(&h, method, json);
    if (strstr(answer, part) == NULL) {
        fail_msg("%s %s\n  gave %s\n  not  %s", method, json, answer, part);
    }
}

void begins(const char *method, const char *json, const char *start)
{
    const char *answer = harness_ask(&h, method, json);
    if (strncmp(answer, start, strlen(start)) != 0) {
        fail_msg("%s %s\n  gave %s\n  not  %s", method, json, answer, start);
    }
}

const char *add(const char *id, const char *agg, const char *text)
{
    char json[512];
    (void)snprintf(json, sizeof(json),
                   "{'events':[{'id':'%s','type':'x.t.e','agg':'x/%s','data':{'text':'%s'}}]}", id,
                   agg, text);
    return harness_ask(&h, "append", json);
}
