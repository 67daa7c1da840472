#ifndef ACCRUE_TESTS_SUPPORT_EFFORT_H
#define ACCRUE_TESTS_SUPPORT_EFFORT_H

/* How much of a campaign a build runs. Where the code is as it ships, the whole: figures can be
 * wrong for one seed in a hundred. Under a sanitizer a share: it looks at memory and threads,
 * which the first seeds show, and takes ten times as long. ACCRUE_SEEDS=N is stronger than
 * either. */

#include <stdint.h>
#include <stdlib.h>

#if defined(__has_feature)
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define SANITIZED 0
#endif

static inline uint32_t effort(uint32_t whole, uint32_t sanitized)
{
    const char *told = getenv("ACCRUE_SEEDS");
    if (told != NULL) {
        return (uint32_t)strtoul(told, NULL, 10);
    }
    return SANITIZED ? sanitized : whole;
}

#endif
