/* Numbers by text: see tally.h. */

#include "ops/import/tally.h"

#include <stdlib.h>
#include <string.h>

#include "ops/import/content.h"

#define ROOM_FIRST 1024

static size_t place_of(const struct tally *tally, uint64_t hash)
{
    size_t at = hash & (tally->room - 1);
    while (tally->hashes[at] != 0 && tally->hashes[at] != hash) {
        at = (at + 1) & (tally->room - 1);
    }
    return at;
}

static bool grow(struct tally *tally)
{
    struct tally wider = {.count = tally->count,
                          .room = tally->room == 0 ? ROOM_FIRST : 2 * tally->room};
    wider.hashes = calloc(wider.room, sizeof(*wider.hashes));
    wider.values = calloc(wider.room, sizeof(*wider.values));
    if (wider.hashes == NULL || wider.values == NULL) {
        free(wider.hashes);
        free(wider.values);
        return false;
    }
    for (size_t i = 0; i < tally->room; i++) {
        if (tally->hashes[i] != 0) {
            size_t at = place_of(&wider, tally->hashes[i]);
            wider.hashes[at] = tally->hashes[i];
            wider.values[at] = tally->values[i];
        }
    }
    free(tally->hashes);
    free(tally->values);
    tally->hashes = wider.hashes;
    tally->values = wider.values;
    tally->room = wider.room;
    return true;
}

uint32_t *tally_at(struct tally *tally, const char *text)
{
    char digest[CONTENT_HASH_BYTES];
    uint64_t hash;
    if (4 * (tally->count + 1) > 3 * tally->room && !grow(tally)) {
        return NULL;
    }
    content_hash(text, strlen(text), digest);
    memcpy(&hash, digest, sizeof(hash));
    hash += hash == 0;
    size_t at = place_of(tally, hash);
    tally->count += tally->hashes[at] == 0;
    tally->hashes[at] = hash;
    return &tally->values[at];
}

void tally_free(struct tally *tally)
{
    free(tally->hashes);
    free(tally->values);
    *tally = (struct tally){0};
}
