#ifndef ACCRUE_TESTS_UNIT_LIFECYCLE_OFFICE_H
#define ACCRUE_TESTS_UNIT_LIFECYCLE_OFFICE_H

/* A transfer office: a ledger with a few parties and a patent, and short words for posting to it.
 * Events are written as JSON with ' for ", as printf formats. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "daemon/ledger/states.h"
#include "tests/support/ledger_fixture.h"

struct office {
    struct ledger_fixture fixture;
    struct fault fault; /* of the last refusal */
    uint64_t flags;     /* of the last event accepted */
};

/* cmocka fixtures: parties univ, inst (sellers), firm, other (buyers), broker, insurer; technology
 * patent, an invention in force, owned by univ. It is 2026-12-01. */
int office_open(void **state);
int office_close(void **state);

enum status post(struct office *office, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same for a JSON array as one request. */
enum status post_batch(struct office *office, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Takes the event over. */
enum status post_json(struct office *office, json_t *event);
json_t *json_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Fails the test with the fault if it is not accepted. */
#define ACCEPT(office, ...) accepted((office), post((office), __VA_ARGS__), __FILE__, __LINE__)
void accepted(const struct office *office, enum status status, const char *file, int line);
/* Refused with this code and field. */
#define REFUSE(office, code, field_, ...)                                                          \
    refused((office), post((office), __VA_ARGS__), STATUS_##code, (field_), __FILE__, __LINE__)
void refused(const struct office *office, enum status status, enum status expected,
             const char *field, const char *file, int line);

/* The last refusal names its code, its field and `state`, in both languages. */
void refusal_says(const struct office *office, const char *state);

/* By the id of the event that is taken back. */
#define REVERSE_EVENT                                                                              \
    "{'type':'event.reversed','agg':'any','data':{'event_id':'%s','reason':'wrong'}}"

bool flagged(const struct office *office, enum warning warning);
bool unflagged(const struct office *office);

/* A licence of `patent` from univ to firm, in effect at once, signed 2026-01-10 for a year, with a
 * trial, a milestone m1 and an effect; `more` is put into its data, and wins. */
enum status sign(struct office *office, const char *contract, const char *more);
#define SIGN(office, contract, more)                                                               \
    accepted((office), sign((office), (contract), (more)), __FILE__, __LINE__)

/* Bring a contract from nothing to a state; SUSP from ACTIVE. */
void bring(struct office *office, const char *contract, enum contract_state state);

uint32_t aggregate_of(const struct office *office, enum aggregate_kind kind, const char *id);
uint8_t state_of(const struct office *office, enum machine machine, enum aggregate_kind kind,
                 const char *id, const char *as_of);
uint8_t contract_state_of(const struct office *office, const char *contract);
uint8_t registration_of(const struct office *office, const char *contract);
int32_t day(const char *text);

#endif
