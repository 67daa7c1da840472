/* The core without a socket or a disk: N events from the wire to their stored form and into the
 * facts, then the fold of all of them into an empty ledger.
 *
 *   bench_fold EVENTS [fold]
 *
 * Under callgrind its instructions are repeatable, whatever else the machine does; `fold` skips
 * nothing but says so in the counts. Prints one line of key=value pairs. */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "daemon/ledger/replay.h"
#include "tests/bench/registry_events.h"
#include "tests/support/ledger_fixture.h"

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void append(struct ledger_fixture *fixture, struct slice wire)
{
    struct fault fault;
    if (ledger_fixture_append_wire(fixture, wire, &fault) != STATUS_OK) {
        (void)fprintf(stderr, "bench_fold: refused: %s %s %s\n", status_name(fault.code),
                      fault.field, fault.detail);
        exit(1);
    }
}

static void append_party(struct ledger_fixture *fixture, const char *name)
{
    uint8_t bytes[512];
    struct writer out = writer_over(bytes, sizeof(bytes));
    registry_envelope(&out, name, name, "party.registered");
    registry_party(&out, name);
    append(fixture, writer_slice(&out));
}

/* Signed, then registered. */
static void append_contract(struct ledger_fixture *fixture, unsigned long at)
{
    uint8_t bytes[1024];
    char agg[32];
    char id[32];
    char number[24];
    struct writer out = writer_over(bytes, sizeof(bytes));
    (void)snprintf(agg, sizeof(agg), "C%lu", at);
    (void)snprintf(id, sizeof(id), "s%lu", at);
    registry_envelope(&out, agg, id, "contract.signed");
    registry_signed(&out);
    append(fixture, writer_slice(&out));

    out = writer_over(bytes, sizeof(bytes));
    (void)snprintf(id, sizeof(id), "r%lu", at);
    (void)snprintf(number, sizeof(number), "%016lu", at);
    registry_envelope(&out, agg, id, "contract.registered");
    registry_registered(&out, number);
    append(fixture, writer_slice(&out));
}

int main(int argc, char **argv)
{
    unsigned long events = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000;
    struct ledger_fixture fixture;
    ledger_fixture_init(&fixture);
    fixture.recorded = fixture_time("2023-01-01");
    append_party(&fixture, REGISTRY_SELLER);
    append_party(&fixture, REGISTRY_BUYER);
    for (unsigned long at = 0; at < events / 2; at++) {
        append_contract(&fixture, at);
    }
    struct ledger *again = ledger_new();
    struct replay *replay = replay_new(again);
    double start = seconds();
    for (size_t i = 0; i < fixture.log_count; i++) {
        const struct event *event;
        if (replay_take(replay, fixture.log[i], &event) != STATUS_OK) {
            return 1;
        }
    }
    replay_end(replay);
    double spent = seconds() - start;
    (void)printf("server=fold events=%zu rate=%.0f\n", fixture.log_count,
                 (double)fixture.log_count / spent);
    replay_free(replay);
    ledger_free(again);
    ledger_fixture_done(&fixture);
    return 0;
}
