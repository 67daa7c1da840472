#ifndef ACCRUE_OPS_CLI_TRANSCODE_H
#define ACCRUE_OPS_CLI_TRANSCODE_H

/* One event from JSON straight to MessagePack, for bulk loading: ten times as fast as by way of
 * a tree of values.
 *
 *   R1  What this takes, it takes as json.c would. Whatever is unusual (an error, a key twice,
 *       a very wide object) it leaves to json.c, which then says what is wrong. */

#include "ops/cli/cli.h"
#include "proto/writer.h"

#define MEMBERS_MAX 64u

/* A pair of the outermost object, as written. */
struct member {
    struct slice key;   /* its text */
    struct slice value; /* encoded */
};

struct transcoded {
    struct member members[MEMBERS_MAX];
    uint32_t count;
};

/* Writes the object's map into `out`, which is empty; the members lie there. False: what `out`
 * holds then means nothing. */
bool transcode(const char *text, size_t len, struct writer *out, struct transcoded *ret);
/* The members of the map that `out` holds; false if there are more than MEMBERS_MAX. */
bool transcoded_read(const struct writer *out, struct transcoded *ret);

#endif
