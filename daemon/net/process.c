/* What getrusage() and /proc tell. Descriptors in use are not counted: with ten thousand of them
 * that is milliseconds, and accrued_connections says it. */

#include "daemon/net/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static void put(struct buffer *out, const char *name, const char *kind, const char *help,
                unsigned long long value)
{
    buffer_format(out, "# HELP %s %s\n# TYPE %s %s\n%s %llu\n", name, help, name, kind, name,
                  value);
}

static void put_memory(struct buffer *out)
{
    char text[128];
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL) {
        return;
    }
    bool there = fgets(text, sizeof(text), file) != NULL;
    (void)fclose(file);
    if (there) {
        char *rest;
        unsigned long long page = (unsigned long long)sysconf(_SC_PAGESIZE);
        unsigned long long size = strtoull(text, &rest, 10);
        unsigned long long resident = strtoull(rest, NULL, 10);
        put(out, "process_resident_memory_bytes", "gauge",
            "Memory held, pages of the log's map included.", resident * page);
        put(out, "process_virtual_memory_bytes", "gauge", "Address space.", size * page);
    }
}

void process_write(struct buffer *out)
{
    struct rusage usage;
    struct rlimit files;
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        long seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec;
        long micros = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
        buffer_format(out,
                      "# HELP process_cpu_seconds_total Processor time used.\n"
                      "# TYPE process_cpu_seconds_total counter\n"
                      "process_cpu_seconds_total %ld.%06ld\n",
                      seconds + micros / 1000000, micros % 1000000);
    }
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        put(out, "process_max_fds", "gauge", "Descriptors that there may be.", files.rlim_cur);
    }
    put_memory(out);
}
