/* The bar: see progress.h. */

#include "ops/cli/progress.h"

#include <inttypes.h>

#define BAR_CELLS 30
#define REDRAW_MS 250

void progress_begin(struct progress *progress, const struct cli *cli)
{
    *progress = (struct progress){.cli = cli, .started_ms = now_ms()};
}

uint64_t progress_rate(const struct progress *progress, uint64_t events)
{
    uint64_t spent = now_ms() - progress->started_ms;
    return events * 1000 / (spent == 0 ? 1 : spent);
}

static void print_left(const struct progress *progress, uint64_t done, uint64_t total)
{
    uint64_t spent = now_ms() - progress->started_ms;
    if (done > 0 && done <= total) {
        uint64_t left = spent * (total - done) / done / 1000;
        (void)fprintf(stderr, "  %s %" PRIu64 ":%02" PRIu64,
                      in_language(progress->cli, "ETA", "剩余"), left / 60, left % 60);
    }
}

void progress_show(struct progress *progress, uint64_t done, uint64_t total, uint64_t events)
{
    uint64_t now = now_ms();
    if (!progress->cli->talkative || now - progress->shown_ms < REDRAW_MS) {
        return;
    }
    progress->shown_ms = now;
    progress->shown = true;
    (void)fputs("\r\033[K", stderr);
    if (total > 0) {
        uint64_t filled = done >= total ? BAR_CELLS : done * BAR_CELLS / total;
        (void)fputc('[', stderr);
        for (uint64_t i = 0; i < BAR_CELLS; i++) {
            (void)fputc(i < filled ? '#' : '.', stderr);
        }
        (void)fprintf(stderr, "] %3" PRIu64 "%%  ", done >= total ? 100 : done * 100 / total);
    }
    (void)fprintf(stderr, "%" PRIu64 " %s  %" PRIu64 "/s", events,
                  in_language(progress->cli, "events", "个事件"), progress_rate(progress, events));
    print_left(progress, done, total);
    (void)fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (progress->shown) {
        (void)fputs("\r\033[K", stderr);
        progress->shown = false;
    }
}
