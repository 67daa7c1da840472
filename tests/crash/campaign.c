/* Runs the teller under the recorder, then plays a crash at every point where something was
 * about to become durable or had just been acknowledged, and lets a log be opened on what is
 * left.
 *
 *   crash_campaign [--images N] [--seeds N] [--seed FIRST] [--groups N] [--plant FAULT]
 *
 * Of every image: it opens (or is made anew, if nothing was acknowledged); every acknowledged
 * event is there; a snapshot is whole or not there; what is there is a beginning of the story that
 * ends with a group; everything verifies; six more groups can be appended and read. With --plant
 * (ack-early, no-sync) the campaign fails unless it finds lost events. */

#include "tests/crash/disk.h"
#include "tests/crash/story.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum verdict {
    GOOD,
    NOT_OPENED,
    ACKED_LOST,
    PHANTOM,
    NOT_VERIFIED,
    NOT_APPENDED,
    SNAPSHOT_ODD,
    ENDED_BY_SIGNAL,
    VERDICTS,
};

static const char *const verdict_names[VERDICTS] = {"good",         "not opened",   "acked lost",
                                                    "phantom",      "not verified", "not appended",
                                                    "snapshot odd", "signal"};

struct campaign {
    uint64_t images, seeds, seed, groups;
    const char *plant;
    char base[64];
    char program[512]; /* directory of the programs */
    unsigned long made, found[VERDICTS];
};

static void need(bool good, const char *what)
{
    if (!good) {
        (void)fprintf(stderr, "crash campaign: %s: %s\n", what, strerror(errno));
        exit(2);
    }
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

static void remove_tree(const char *path)
{
    (void)nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- what is left ---- */

static enum verdict examine(const char *path, uint64_t seed, uint64_t acked)
{
    const struct log_options options = {
        .create = true, .ephemeral = true, .map_bytes = GIB, .zero_step = 64 * KIB};
    struct fault fault = {0};
    struct log *log;
    uint64_t k = 0;

    if (log_open(path, &options, &log, &fault) != STATUS_OK) {
        (void)fprintf(stderr, "%s %s\n", status_name(fault.code), fault.detail);
        return NOT_OPENED;
    }
    if (log_head(log).seq < acked) {
        return ACKED_LOST;
    }
    if (!story_boundary(seed, log_head(log).seq, &k) || !story_holds(log, seed)) {
        return PHANTOM;
    }
    if (log_verify(log, NULL, NULL, &fault) != STATUS_OK) {
        (void)fprintf(stderr, "%s\n", fault.detail);
        return NOT_VERIFIED;
    }
    uint64_t snapshot = 0;
    if (!story_snapshot_holds(log, seed, &snapshot)) {
        return SNAPSHOT_ODD;
    }
    for (unsigned more = 0; more < 6; more++, k++) {
        if (story_append(log, seed, k) != STATUS_OK) {
            return NOT_APPENDED;
        }
    }
    if (story_snapshot(log, seed) != STATUS_OK || !story_snapshot_holds(log, seed, &snapshot) ||
        snapshot != log_head(log).seq) {
        return SNAPSHOT_ODD;
    }
    bool good = story_holds(log, seed) && log_verify(log, NULL, NULL, &fault) == STATUS_OK;
    log_close(log);
    return good ? GOOD : NOT_APPENDED;
}

static enum verdict examine_in_child(const char *path, uint64_t seed, uint64_t acked)
{
    int how = 0;
    pid_t pid = fork();
    need(pid >= 0, "fork");
    if (pid == 0) {
        (void)alarm(20);
        _exit((int)examine(path, seed, acked));
    }
    need(waitpid(pid, &how, 0) == pid, "waitpid");
    return WIFEXITED(how) && WEXITSTATUS(how) < VERDICTS ? (enum verdict)WEXITSTATUS(how)
                                                         : ENDED_BY_SIGNAL;
}

static void crash_here(struct campaign *campaign, const struct disk *disk, uint64_t seed,
                       uint64_t acked)
{
    char image[96];
    char path[112];
    uint64_t random = seed << 32 ^ campaign->made;
    struct crash crash = {.reach = (enum reach)(campaign->made % REACH_COUNT),
                          .unit = story_random(&random) % 2 == 0 ? 512 : 4096};
    crash.seed = story_random(&random);

    (void)snprintf(image, sizeof(image), "%s/image", campaign->base);
    (void)snprintf(path, sizeof(path), "%s/log", image);
    need(mkdir(image, 0700) == 0, "mkdir");
    need(disk_image(disk, &crash, image), "image");
    enum verdict verdict = examine_in_child(path, seed, acked);
    if (verdict != GOOD && campaign->plant == NULL) {
        (void)fprintf(stderr, "seed %llu image %lu acked %llu reach %d unit %zu: %s\n",
                      (unsigned long long)seed, campaign->made, (unsigned long long)acked,
                      (int)crash.reach, crash.unit, verdict_names[verdict]);
    }
    campaign->found[verdict]++;
    campaign->made++;
    remove_tree(image);
}

/* ---- the story, and its crashes ---- */

static void run_teller(const struct campaign *campaign, uint64_t seed, const char *root,
                       const char *record)
{
    char preload[600];
    char teller[600];
    char log[128];
    char seed_text[32];
    char groups[32];
    int how = 0;
    const char *early = campaign->plant;

    (void)snprintf(preload, sizeof(preload), "%s/libcrash_recorder.so", campaign->program);
    (void)snprintf(teller, sizeof(teller), "%s/crash_teller", campaign->program);
    (void)snprintf(log, sizeof(log), "%s/log", root);
    (void)snprintf(seed_text, sizeof(seed_text), "%llu", (unsigned long long)seed);
    (void)snprintf(groups, sizeof(groups), "%llu", (unsigned long long)campaign->groups);
    pid_t pid = fork();
    need(pid >= 0, "fork");
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        bool forget = early != NULL && strcmp(early, "no-sync") == 0;
        if (null < 0 || dup2(null, STDOUT_FILENO) < 0 || setenv("LD_PRELOAD", preload, 1) != 0 ||
            setenv("IORECORD_ROOT", root, 1) != 0 || setenv("IORECORD_LOG", record, 1) != 0 ||
            (forget && setenv("IORECORD_FORGET", "sync", 1) != 0)) {
            _exit(3);
        }
        (void)execl(teller, teller, log, seed_text, groups, early, (char *)NULL);
        _exit(4);
    }
    need(waitpid(pid, &how, 0) == pid, "waitpid");
    need(WIFEXITED(how) && WEXITSTATUS(how) == 0, "the teller failed");
}

static struct slice load(const char *path)
{
    struct stat info;
    int fd = open(path, O_RDONLY);
    need(fd >= 0 && fstat(fd, &info) == 0, "the record");
    uint8_t *bytes = malloc((size_t)info.st_size + 1);
    need(bytes != NULL && read(fd, bytes, (size_t)info.st_size) == info.st_size, "the record");
    (void)close(fd);
    return slice_of(bytes, (size_t)info.st_size);
}

static uint64_t count_entries(struct slice record, uint64_t *ret_acks)
{
    struct entry entry;
    uint64_t entries = 0;
    *ret_acks = 0;
    while (entry_next(&record, &entry)) {
        entries++;
        *ret_acks += entry.op == RECORD_ACK;
    }
    return entries;
}

/* A crash may come after every call. Every acknowledgement is tried, and every call before the
 * first one, in which the log is made, several times; the rest of the images is spread. */
static void play(struct campaign *campaign, uint64_t seed, struct slice record)
{
    struct disk *disk = disk_new();
    struct entry entry;
    uint64_t acked = 0;
    uint64_t acks = 0;
    uint64_t points = count_entries(record, &acks);
    uint64_t wanted = campaign->images / campaign->seeds;
    uint64_t random = seed;

    need(points > 0, "the record is empty");
    wanted = wanted > acks ? wanted - acks : 0;
    while (entry_next(&record, &entry)) {
        disk_change(disk, &entry);
        uint64_t here = wanted / points + (story_random(&random) % points < wanted % points);
        here = acked == 0 && here < 2 ? 2 : here;
        for (uint64_t i = 0; i < here && entry.op != RECORD_ROOT; i++) {
            crash_here(campaign, disk, seed, acked);
        }
        disk_settle(disk, &entry);
        if (entry.op == RECORD_ACK) {
            acked = entry.other;
            crash_here(campaign, disk, seed, acked);
        }
    }
    disk_free(disk);
}

static void run_seed(struct campaign *campaign, uint64_t seed)
{
    char root[96];
    char path[96];
    (void)snprintf(root, sizeof(root), "%s/told", campaign->base);
    (void)snprintf(path, sizeof(path), "%s/record", campaign->base);
    need(mkdir(root, 0700) == 0, "mkdir");
    run_teller(campaign, seed, root, path);
    struct slice record = load(path);
    remove_tree(root);
    play(campaign, seed, record);
    free((void *)(uintptr_t)record.data);
}

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void take_options(struct campaign *campaign, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        uint64_t number = strtoull(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "--images") == 0) {
            campaign->images = number;
        } else if (strcmp(argv[i], "--seeds") == 0) {
            campaign->seeds = number;
        } else if (strcmp(argv[i], "--seed") == 0) {
            campaign->seed = number;
        } else if (strcmp(argv[i], "--groups") == 0) {
            campaign->groups = number;
        } else if (strcmp(argv[i], "--plant") == 0) {
            campaign->plant = argv[i + 1];
        } else {
            (void)fprintf(stderr, "what is %s?\n", argv[i]);
            exit(2);
        }
    }
    char *slash = strrchr(argv[0], '/');
    size_t len = slash != NULL ? (size_t)(slash - argv[0]) : 0;
    need(len > 0 && len < sizeof(campaign->program), "name the program with its path");
    memcpy(campaign->program, argv[0], len);
}

int main(int argc, char **argv)
{
    struct campaign campaign = {.images = 1000, .seeds = 5, .seed = 1, .groups = 24};
    const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    double begun = seconds();

    take_options(&campaign, argc, argv);
    (void)snprintf(campaign.base, sizeof(campaign.base), "%s/accrue-crash-XXXXXX", memory);
    need(mkdtemp(campaign.base) != NULL, "mkdtemp");
    for (uint64_t i = 0; i < campaign.seeds; i++) {
        run_seed(&campaign, campaign.seed + i);
    }
    remove_tree(campaign.base);
    for (unsigned i = 0; i < VERDICTS; i++) {
        (void)printf("%-14s %lu\n", verdict_names[i], campaign.found[i]);
    }
    (void)printf("%lu images, %.0f a second\n", campaign.made,
                 (double)campaign.made / (seconds() - begun));
    if (campaign.plant != NULL) {
        return campaign.found[ACKED_LOST] > 0 ? 0 : 1;
    }
    return campaign.found[GOOD] == campaign.made ? 0 : 1;
}
