/* The program whose crash is played through: makes a log in DIR and tells the story of SEED
 * into it, group by group, saying "ACK <last seq>" after each.
 *
 *   crash_teller DIR SEED GROUPS [ack-early]
 *
 * ack-early is a planted fault: the word is given before the deed. Every tenth group the log
 * is closed and opened again, so that starts and anchors are crashed into, too; and after every
 * third a snapshot is written. */

#include "tests/crash/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct log_options options = {
    .create = true, .ephemeral = true, .map_bytes = GIB, .zero_step = 64 * KIB};

static bool acknowledge(uint64_t seq)
{
    char line[64];
    int len = snprintf(line, sizeof(line), "ACK %llu\n", (unsigned long long)seq);
    return write(STDOUT_FILENO, line, (size_t)len) == len;
}

int main(int argc, char **argv)
{
    struct fault fault = {0};
    struct log *log = NULL;

    if (argc < 4) {
        return 2;
    }
    uint64_t seed = strtoull(argv[2], NULL, 10);
    uint64_t groups = strtoull(argv[3], NULL, 10);
    bool early = argc > 4 && strcmp(argv[4], "ack-early") == 0;
    for (uint64_t k = 0; k < groups; k++) {
        if (k % 10 == 0) {
            log_close(log);
            enum status status = log_open(argv[1], &options, &log, &fault);
            if (status != STATUS_OK) {
                (void)fprintf(stderr, "%s %s\n", status_name(status), fault.detail);
                return 1;
            }
            uint64_t found = 0;
            if (!story_snapshot_holds(log, seed, &found)) {
                return 1;
            }
        }
        uint64_t last = log_head(log).seq + story_group(seed, k);
        if ((early && !acknowledge(last)) || story_append(log, seed, k) != STATUS_OK) {
            return 1;
        }
        if (!acknowledge(last)) {
            return 1;
        }
        if (k % 3 == 1 && story_snapshot(log, seed) != STATUS_OK) {
            return 1;
        }
    }
    log_close(log);
    return 0;
}
