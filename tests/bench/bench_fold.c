/* The core without a socket or a disk: N events from the wire to their stored form and into the
 * facts, then the fold of all of them into an empty ledger.
 *
 *   bench_fold EVENTS [fold]
 *
 * Under callgrind its instructions are repeatable, whatever else the machine does; `fold` skips
 * nothing but says so in the counts. Prints one line of key=value pairs. */

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/support/ledger_fixture.h"

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void append(struct ledger_fixture *fixture, json_t *event)
{
    struct fault fault;
    (void)fault_set(&fault, STATUS_NOMEM, NULL); /* of a NULL */
    if (event == NULL || ledger_fixture_append(fixture, event, &fault) != STATUS_OK) {
        (void)fprintf(stderr, "bench_fold: refused: %s %s %s\n", status_name(fault.code),
                      fault.field, fault.detail);
        exit(1);
    }
    json_decref(event);
}

static json_t *party(const char *id)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:{s:s,s:s,s:s}}", "id", id, "type", "party.registered",
                     "agg", id, "recorded", "2022-01-01", "data", "legal_code", "170", "name", id,
                     "region", "110000");
}

static json_t *signed_event(unsigned long at)
{
    char id[32];
    char agg[32];
    (void)snprintf(id, sizeof(id), "s%lu", at);
    (void)snprintf(agg, sizeof(agg), "C%lu", at);
    return json_pack("{s:s,s:s,s:s,s:{s:[{s:s,s:i}],s:[{s:s,s:i}],s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,"
                     "s:s,s:s,s:I,s:s}}",
                     "id", id, "type", "contract.signed", "agg", agg, "data", "buyers", "party",
                     "buyer", "share_ppm", 1000000, "sellers", "party", "seller", "share_ppm",
                     1000000, "currency", "CNY", "effective_rule", "immediate", "field",
                     "electronics", "ip_kind", "none", "pay_mode", "lump", "sign_date",
                     "2021-12-01", "term_start", "2021-12-01", "term_end", "2023-12-01", "title",
                     "synthetic contract of the registry", "total_basis", "fixed", "total_fen",
                     (json_int_t)43000000, "type", "service");
}

static json_t *registered_event(unsigned long at)
{
    char id[32];
    char agg[32];
    char number[24];
    (void)snprintf(id, sizeof(id), "r%lu", at);
    (void)snprintf(agg, sizeof(agg), "C%lu", at);
    (void)snprintf(number, sizeof(number), "%016lu", at);
    return json_pack("{s:s,s:s,s:s,s:{s:s,s:s,s:s,s:I,s:I,s:s}}", "id", id, "type",
                     "contract.registered", "agg", agg, "data", "agency", "agency", "reg_date",
                     "2021-12-20", "reg_no", number, "tech_fen", (json_int_t)33000000, "total_fen",
                     (json_int_t)43000000, "type", "service");
}

int main(int argc, char **argv)
{
    unsigned long events = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000;
    struct ledger_fixture fixture;
    ledger_fixture_init(&fixture);
    append(&fixture, party("seller"));
    append(&fixture, party("buyer"));
    for (unsigned long at = 0; at < events / 2; at++) {
        append(&fixture, signed_event(at));
        append(&fixture, registered_event(at));
    }
    struct ledger *again = ledger_new();
    double start = seconds();
    for (size_t i = 0; i < fixture.log_count; i++) {
        struct event event;
        if (event_from_stored(fixture.log[i], &event) != STATUS_OK) {
            return 1;
        }
        ledger_fold(again, &event);
    }
    double spent = seconds() - start;
    (void)printf("server=fold events=%zu rate=%.0f\n", fixture.log_count,
                 (double)fixture.log_count / spent);
    ledger_free(again);
    ledger_fixture_done(&fixture);
    return 0;
}
