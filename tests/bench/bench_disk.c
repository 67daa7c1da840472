/* What the device gives: 4 KiB overwrites of a pre-written file, a sync after each.
 *
 *   bench_disk FILE SECONDS */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PAGES 256
#define PAGE 4096

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    static char page[PAGE];
    if (argc != 3) {
        (void)fprintf(stderr, "bench_disk FILE SECONDS\n");
        return 2;
    }
    int fd = open(argv[1], O_RDWR | O_CREAT | O_TRUNC, 0600);
    memset(page, 1, sizeof(page));
    for (int i = 0; i < PAGES; i++) {
        if (pwrite(fd, page, PAGE, (off_t)i * PAGE) != PAGE) {
            return 1;
        }
    }
    if (fsync(fd) != 0) {
        return 1;
    }
    double start = seconds();
    double end = start + strtod(argv[2], NULL);
    unsigned long count = 0;
    while (seconds() < end) {
        page[0] = (char)count;
        if (pwrite(fd, page, PAGE, (off_t)(count % PAGES) * PAGE) != PAGE || fdatasync(fd) != 0) {
            return 1;
        }
        count++;
    }
    (void)printf("server=disk connections=1 inflight=1 events=%lu rate=%.0f\n", count,
                 (double)count / (seconds() - start));
    (void)close(fd);
    return unlink(argv[1]) == 0 ? 0 : 1;
}
