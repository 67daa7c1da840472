/* Ids of events that came without one.
 *
 *   I1  An id is made before the event is sent for the first time, so every retry carries it.
 *   I2  From content: SHA-256 over the event's JSON with sorted keys, so the same line has the
 *       same id for ever, whatever the order of its keys. Equal lines are then one event. */

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cli/append.h"

#define CONTENT_BYTES ((size_t)20)

static bool id_from_content(const json_t *event, char out[2 * CONTENT_BYTES + 1])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[EVP_MAX_MD_SIZE];
    char *text = json_dumps(event, JSON_COMPACT | JSON_SORT_KEYS);
    bool made =
        text != NULL && EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL) == 1;
    for (size_t i = 0; made && i < CONTENT_BYTES; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[made ? 2 * CONTENT_BYTES : 0] = '\0';
    free(text);
    return made;
}

void event_give_id(json_t *event, bool from_content)
{
    char id[2 * CONTENT_BYTES + 1];
    if (!json_is_object(event) || json_object_get(event, "id") != NULL) {
        return;
    }
    if (from_content ? id_from_content(event, id) : accrue_event_id(id) == ACCRUE_OK) {
        json_set_text(event, "id", id);
    }
}
