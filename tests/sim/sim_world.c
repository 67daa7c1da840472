/* The world: time, chance, disk, threads and the end of everything.
 *
 *   - Two threads are two places where steps may happen: between calls, and inside an append
 *     while it is being synced. There the loop's work goes on: messages, answers, jobs, ticks.
 *   - A crash throws the service away without a word; the disk stays. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "daemon/commit/fault_point.h"
#include "tests/sim/sim.h"

const char *planted;

bool fault_point(const char *name)
{
    return planted != NULL && strcmp(planted, name) == 0;
}

uint64_t world_random(struct world *world)
{
    uint64_t z = world->random += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64 */
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint32_t world_pick(struct world *world, uint32_t below)
{
    return below == 0 ? 0 : (uint32_t)(world_random(world) % below);
}

bool world_chance(struct world *world, uint32_t percent)
{
    return world_pick(world, 100) < percent;
}

void world_fail(struct world *world, const char *format, ...)
{
    if (world->failure[0] != '\0') {
        return;
    }
    va_list args;
    va_start(args, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): started on the line above */
    (void)vsnprintf(world->failure, sizeof(world->failure), format, args);
    va_end(args);
}

void world_trace(struct world *world, const void *bytes, size_t len)
{
    world->trace = hash_bytes(slice_of(bytes, len), world->trace);
}

/* ---- struct env ---- */

static int64_t wall_us(void *arg)
{
    return ((struct world *)arg)->wall;
}

static int64_t mono_us(void *arg)
{
    return ((struct world *)arg)->mono;
}

static void fill_random(void *arg, void *out, size_t len)
{
    uint8_t *at = out;
    for (size_t i = 0; i < len; i++) {
        at[i] = (uint8_t)world_random(arg);
    }
}

static bool send_to(void *arg, struct peer *peer, struct slice message)
{
    struct world *world = arg;
    struct client *client = LIST_ELEMENT(peer, struct wire, peer)->client;
    world_trace(world, message.data, message.len);
    if (client == NULL) {
        world_fail(world, "sent to a peer that is gone");
        return false;
    }
    client->unsent += message.len;
    client_hear(client, message);
    return true;
}

static void close_peer(void *arg, struct peer *peer)
{
    (void)arg;
    (void)peer;
}

static size_t unsent(void *arg, const struct peer *peer)
{
    (void)arg;
    const struct client *client =
        LIST_ELEMENT((struct peer *)(uintptr_t)peer, struct wire, peer)->client;
    return client->slow ? client->unsent * 4096 : client->unsent;
}

static void start_job(void *arg, struct job *job)
{
    struct world *world = arg;
    if (world->job_count == READER_JOBS_RUNNING + 1) {
        world_fail(world, "more jobs than may run");
        return;
    }
    world->job_ran[world->job_count] = false;
    world->jobs[world->job_count++] = job;
}

static void nothing(void *arg)
{
    (void)arg;
}

static enum status spawn(void *arg, const char *const *argv, void *child_arg)
{
    (void)arg;
    (void)argv;
    (void)child_arg;
    return STATUS_UNAVAILABLE;
}

/* ---- what may happen ---- */

static void step_job(struct world *world)
{
    if (world->job_count == 0) {
        return;
    }
    uint32_t at = world_pick(world, (uint32_t)world->job_count);
    struct job *job = world->jobs[at];
    if (!world->job_ran[at]) {
        job->run(job);
        world->job_ran[at] = true;
        return;
    }
    world->job_count--;
    world->jobs[at] = world->jobs[world->job_count];
    world->job_ran[at] = world->job_ran[world->job_count];
    service_job_done(world->service, job);
}

static void free_gone(struct world *world)
{
    struct list_node *node = world->gone.next;
    while (node != &world->gone) {
        struct wire *wire = LIST_ELEMENT(node, struct wire, link);
        node = node->next;
        if (service_peer_idle(&wire->peer)) {
            list_remove(&wire->link);
            free(wire);
        }
    }
}

static void step_client(struct world *world, struct client *client)
{
    uint32_t what = world_pick(world, 20);
    if (client->peer == NULL) {
        client_connect(client);
    } else if (what < 8) {
        client_act(client);
    } else if (what < 17) {
        client_deliver(client, world_chance(world, 60));
    } else if (what < 19) {
        client->unsent = 0;
        service_peer_drained(world->service, client->peer);
    } else if (world_chance(world, 30)) {
        client_cut(client);
    }
}

static void step_clock(struct world *world)
{
    int64_t us = world_pick(world, 5000);
    world->mono += us;
    world->wall += us;
    if (world_chance(world, 3)) { /* a step, now and then further than may be believed */
        int64_t most = world_chance(world, 10) ? INT64_C(9000000000) : INT64_C(3000000);
        world->wall += (int64_t)(world_random(world) % (uint64_t)(2 * most)) - most;
    }
}

/* What the loop thread does, at any time. */
static void step_loop(struct world *world)
{
    uint32_t what = world_pick(world, 20);
    if (what < 14) {
        step_client(world, &world->clients[world_pick(world, CLIENTS)]);
    } else if (what < 16) {
        service_collect(world->service);
    } else if (what < 18) {
        step_job(world);
    } else if (what < 19) {
        service_tick(world->service);
    } else {
        step_clock(world);
    }
    free_gone(world);
}

static void while_syncing(void *arg)
{
    struct world *world = arg;
    if (world->service == NULL || world->nested) {
        return;
    }
    world->nested = true;
    for (uint32_t i = world_pick(world, 6); i > 0 && world->failure[0] == '\0'; i--) {
        step_loop(world);
    }
    if (FAULT(ack_before_sync)) {
        service_collect(world->service); /* as its wake-up would have made the loop do */
    }
    world->nested = false;
}

/* ---- starting and ending ---- */

static struct sha256 *hasher;

static void digest_facts(struct facts *facts, uint8_t ret_digest[32])
{
    hasher = hasher != NULL ? hasher : sha256_new();
    sha256_begin(hasher);
    for (uint64_t seq = 1; seq <= facts_seq(facts); seq++) {
        const struct event_row *row = event_row_at(facts, seq);
        uint64_t numbers[8] = {(uint64_t)row->recorded,  row->prev_seq,   row->flags,
                               row->aggregate,           row->agg_seq,    row->type,
                               (uint64_t)row->effective, row->reversed_by};
        sha256_add(hasher, slice_of(numbers, sizeof(numbers)));
    }
    for (uint32_t i = 0; i < aggregate_count(facts); i++) {
        const struct aggregate_row *row = aggregate_at(facts, i);
        uint64_t numbers[5] = {row->first_seq, row->last_seq, row->agg_seq, row->touches,
                               (uint64_t)row->kind};
        sha256_add(hasher, aggregate_id(facts, i));
        sha256_add(hasher, slice_of(numbers, sizeof(numbers)));
    }
    for (unsigned table = 0; table < FACT_TABLES; table++) {
        uint64_t count = facts_count(facts, (enum fact_table)table);
        sha256_add(hasher, slice_of(&count, sizeof(count)));
    }
    sha256_end(hasher, ret_digest);
}

/* The facts of the service are those of its log and nothing else. */
static void check_facts(struct world *world)
{
    struct ledger *ledger = ledger_new();
    uint8_t folded[32], live[32];
    for (uint64_t i = 0; i < world->disk.count; i++) {
        struct event event;
        (void)event_from_stored(world->disk.records[i].row.stored, &event);
        ledger_fold(ledger, &event);
    }
    digest_facts(ledger_facts(ledger), folded);
    digest_facts(world->service->committer.apply.facts, live);
    if (memcmp(folded, live, sizeof(live)) != 0) {
        world_fail(world, "facts are not the fold of the log");
    }
    world_trace(world, live, sizeof(live));
    ledger_free(ledger);
}

static void start(struct world *world)
{
    static const struct env functions = {.wall_us = wall_us,
                                         .mono_us = mono_us,
                                         .random = fill_random,
                                         .send = send_to,
                                         .close = close_peer,
                                         .unsent = unsent,
                                         .start_job = start_job,
                                         .wake_writer = nothing,
                                         .wake_loop = nothing,
                                         .spawn = spawn};
    struct service_config config = {.data_dir = "simulated",
                                    .create = true,
                                    .after_io_error = true,
                                    .accept_clock = world_chance(world, 70),
                                    .snapshot_events = 1 + world_pick(world, 12),
                                    .release = "0.0.0"};
    struct env env = functions;
    struct fault fault;
    env.arg = world;
    world->disk.no_room = STATUS_OK;
    world->disk.next = DISK_OK;
    enum status status = service_open(&config, &env, &world->service, &fault);
    if (status != STATUS_OK) {
        world_fail(world, "start: %s", status_name(status));
        return;
    }
    if (log_head(world->service->log).seq < world->max_acked) {
        world_fail(world, "an acked event is gone");
    }
    check_facts(world);
    world->restarts++;
    world->snapshots_used += world->disk.snapshots_used;
    world->disk.snapshots_used = 0;
}

static void stop(struct world *world)
{
    for (uint32_t i = 0; i < CLIENTS; i++) {
        if (world->clients[i].peer != NULL) {
            client_cut(&world->clients[i]);
        }
    }
    while (world->job_count > 0) {
        step_job(world);
    }
    service_close(world->service);
    world->service = NULL;
    free_gone(world);
    if (!list_empty(&world->gone)) {
        world_fail(world, "requests that were never finished");
    }
}

static void restart(struct world *world)
{
    stop(world);
    start(world);
}

static void step_writer(struct world *world)
{
    uint32_t what = world_pick(world, 100);
    struct disk *disk = &world->disk;
    disk->next = what < 96   ? DISK_OK
                 : what < 97 ? DISK_ERROR_LOST
                 : what < 98 ? DISK_ERROR_STORED
                 : what < 99 ? DISK_CRASH_LOST
                             : DISK_CRASH_STORED;
    (void)service_write(world->service);
    disk->next = DISK_OK;
    disk->snapshot_fate = world_chance(world, 80)   ? STATUS_OK
                          : world_chance(world, 50) ? STATUS_DISK_FULL
                                                    : STATUS_IO;
    disk->snapshot_rots = world_chance(world, 5);
    if (disk->crashed) {
        restart(world);
    }
}

static void step(struct world *world)
{
    uint32_t what = world_pick(world, 100);
    if (what < 82) {
        step_loop(world);
    } else if (what < 98) {
        step_writer(world);
    } else if (what < 99) {
        world->disk.no_room = world->disk.no_room != STATUS_OK ? STATUS_OK
                              : world_chance(world, 50)        ? STATUS_DISK_FULL
                                                               : STATUS_LOG_FULL;
    } else if (world_chance(world, 40) || service_exit_code(world->service) != 0) {
        restart(world);
    }
    if (world->disk.wrong[0] != '\0') {
        world_fail(world, "%s", world->disk.wrong);
    }
}

static void check_caps(struct world *world)
{
    const struct service *service = world->service;
    if (service->readers.waiting_count > READER_JOBS_WAITING ||
        service->committer.queue.held_bytes > INFLIGHT_TOTAL_MAX) {
        world_fail(world, "a bound is not kept");
    }
    for (uint32_t i = 0; i < CLIENTS; i++) {
        const struct peer *peer = world->clients[i].peer;
        if (peer != NULL && (peer->inflight > INFLIGHT_REQUESTS_MAX ||
                             peer->inflight > world->clients[i].owed_count)) {
            world_fail(world, "more calls in flight than were sent");
        }
    }
}

/* Nothing more goes wrong: every open request must now be answered, every tail be at the end. */
static void settle(struct world *world)
{
    world->disk.no_room = STATUS_OK;
    for (uint32_t turn = 0; turn < 200; turn++) {
        for (uint32_t i = 0; i < CLIENTS; i++) {
            struct client *client = &world->clients[i];
            if (client->peer != NULL) {
                client->unsent = 0;
                client_deliver(client, true);
                service_peer_drained(world->service, client->peer);
            }
        }
        (void)service_write(world->service);
        service_collect(world->service);
        service_tick(world->service);
        step_job(world);
    }
    for (uint32_t i = 0; i < CLIENTS; i++) {
        const struct client *client = &world->clients[i];
        if (client->peer != NULL && client->owed_count > 0) {
            world_fail(world, "%u requests without an answer", client->owed_count);
        }
        if (client->peer != NULL && client->tail_answered && client->tail_credit > 0 &&
            client->tail_next <= world->service->state.published.seq) {
            world_fail(world, "a tail that stands still");
        }
    }
}

bool world_run(struct world *world, uint64_t seed, uint32_t steps)
{
    uint8_t *inboxes = world->clients[0].inbox; /* kept from run to run */
    *world = (struct world){
        .seed = seed, .random = seed, .wall = INT64_C(1700000000000000), .mono = 1000000};
    inboxes = inboxes != NULL ? inboxes : malloc(CLIENTS * INBOX_BYTES);
    list_init(&world->gone);
    disk_init(&world->disk);
    disk_use(&world->disk);
    world->disk.while_syncing = while_syncing;
    world->disk.arg = world;
    for (uint32_t i = 0; i < CLIENTS; i++) {
        world->clients[i].world = world;
        world->clients[i].inbox = inboxes + i * INBOX_BYTES;
    }
    start(world);
    while (world->steps < steps && world->failure[0] == '\0') {
        step(world);
        check_caps(world);
        world->steps++;
    }
    if (world->failure[0] == '\0') {
        settle(world);
    }
    if (world->failure[0] == '\0' && service_exit_code(world->service) == 0) {
        check_facts(world);
    }
    if (world->service != NULL) {
        stop(world);
    }
    disk_done(&world->disk);
    return world->failure[0] == '\0';
}
