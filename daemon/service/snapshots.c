/* When snapshots of the facts are written: after every so many events, and at an orderly stop.
 *
 *   S31 A snapshot is made in a job of its own, from published rows, at a point between two
 *       groups: neither the writer nor the readers wait for it.
 *   S32 A failure is told, shown in status, and tried again after as many events; the log knows
 *       nothing of it. After a failed commit, or of a log found corrupt, none is written.
 *   S33 At a stop it is written while there is time, and given up after: the one before stays. */

#include "daemon/base/diag.h"
#include "daemon/service/service_inner.h"

#define STOP_EVENTS 1000u /* fewer new events are folded faster than a snapshot is written */
#define STOP_MS 3000

static void run(struct job *job)
{
    struct snapshots *snapshots = LIST_ELEMENT(job, struct snapshots, job);
    const struct service *service = LIST_ELEMENT(snapshots, struct service, snapshots);
    snapshots->status = apply_write_snapshot(&service->committer.apply, &snapshots->point,
                                             &snapshots->pace, &snapshots->written_bytes,
                                             &snapshots->written_time, &snapshots->fault);
}

void snapshots_init(struct service *service, uint64_t every)
{
    struct snapshots *snapshots = &service->snapshots;
    const struct apply *apply = &service->committer.apply;
    *snapshots = (struct snapshots){.every = every, .job.run = run};
    list_init(&snapshots->job.link);
    snapshots->seq = snapshots->tried = apply->snapshot_seq;
    snapshots->time = apply->snapshot_time;
}

static void start(struct service *service)
{
    struct snapshots *snapshots = &service->snapshots;
    if (!committer_point(&service->committer, &snapshots->point)) {
        return; /* asked for: there at one of the next ticks */
    }
    snapshots->running = true;
    snapshots->tried = snapshots->point.published.seq;
    snapshots->begun = service->env.mono_us(service->env.arg);
    service->env.start_job(service->env.arg, &snapshots->job);
}

static bool wanted(const struct service *service, uint64_t events)
{
    const struct snapshots *snapshots = &service->snapshots;
    return snapshots->every > 0 && !snapshots->running && service_exit_code(service) == 0 &&
           service->state.published.seq - snapshots->tried >= events;
}

void snapshots_tick(struct service *service)
{
    if (!service->draining && wanted(service, service->snapshots.every)) {
        start(service);
    }
}

bool snapshots_drain(struct service *service)
{
    struct snapshots *snapshots = &service->snapshots;
    int64_t now_ms = service->env.mono_us(service->env.arg) / 1000;
    if (!snapshots->draining) {
        snapshots->draining = true;
        atomic_store_explicit(&snapshots->pace.until_ms, now_ms + STOP_MS, memory_order_relaxed);
    }
    if (service->appends == 0 && wanted(service, STOP_EVENTS)) {
        start(service);
    }
    return !snapshots->running;
}

bool snapshots_done(struct service *service, const struct job *job)
{
    struct snapshots *snapshots = &service->snapshots;
    if (job != &snapshots->job) {
        return false;
    }
    int64_t us = service->env.mono_us(service->env.arg) - snapshots->begun;
    uint64_t seq = snapshots->point.published.seq;
    snapshots->running = false;
    snapshots->failed = snapshots->status;
    if (snapshots->status == STATUS_OK) {
        snapshots->seq = seq;
        snapshots->time = snapshots->written_time;
        snapshots->bytes = snapshots->written_bytes;
        snapshots->took_us = us;
        snapshots->written++;
        diag(DIAG_INFO, "snapshot of the facts written", "seq=%llu bytes=%llu ms=%lld",
             (unsigned long long)seq, (unsigned long long)snapshots->bytes, (long long)(us / 1000));
        return true;
    }
    if (snapshots->status != STATUS_DISK_FULL && snapshots->status != STATUS_CANCELLED) {
        snapshots->seq = 0; /* H4 of store/snapshot.h: the last one is gone, too */
        snapshots->time = 0;
    }
    diag(DIAG_WARN, "no snapshot of the facts could be written, the log is not concerned",
         "seq=%llu code=%s %s", (unsigned long long)seq, status_name(snapshots->status),
         snapshots->fault.detail);
    return true;
}

void snapshots_status(const struct service *service, struct writer *out)
{
    const struct snapshots *snapshots = &service->snapshots;
    write_map(out, 7);
    write_text(out, "bytes");
    write_uint(out, snapshots->bytes);
    write_text(out, "every");
    write_uint(out, snapshots->every);
    write_text(out, "failed");
    write_text(out, snapshots->failed == STATUS_OK ? "" : status_name(snapshots->failed));
    write_text(out, "seq");
    write_uint(out, snapshots->seq);
    write_text(out, "time");
    write_int(out, snapshots->time);
    write_text(out, "took_us");
    write_int(out, snapshots->took_us);
    write_text(out, "written");
    write_uint(out, snapshots->written);
}
