/* The profiles that ship, as they stand in profiles/: the build puts their text here. */

#include <string.h>

#include "ops/import/profile.h"
#include "ops/import/profile_texts.h"

static const struct {
    const char *name;
    const unsigned char *text;
} shipped[] = {
    {"cn-contract", profile_cn_contract},
    {"cn-registration", profile_cn_registration},
    {"bank", profile_bank},
};

const char *profile_shipped(const char *name)
{
    for (size_t i = 0; i < sizeof(shipped) / sizeof(shipped[0]); i++) {
        if (strcmp(shipped[i].name, name) == 0) {
            return (const char *)shipped[i].text;
        }
    }
    return NULL;
}

const char *profile_shipped_name(size_t index)
{
    return index < sizeof(shipped) / sizeof(shipped[0]) ? shipped[index].name : NULL;
}
