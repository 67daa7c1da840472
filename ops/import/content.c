/* SHA-256 of a text: see content.h. */

#include "ops/import/content.h"

#include <openssl/evp.h>
#include <stdlib.h>

void content_hash(const void *bytes, size_t len, char out[CONTENT_HASH_BYTES])
{
    unsigned size = 0;
    if (EVP_Digest(bytes, len, (unsigned char *)out, &size, EVP_sha256(), NULL) != 1) {
        abort(); /* no digest, no ids: nothing good can follow */
    }
}

void content_hex(const void *bytes, size_t len, char out[CONTENT_HEX_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    char digest[CONTENT_HASH_BYTES];
    content_hash(bytes, len, digest);
    for (size_t i = 0; i < CONTENT_HASH_BYTES; i++) {
        out[2 * i] = digits[(unsigned char)digest[i] >> 4];
        out[2 * i + 1] = digits[(unsigned char)digest[i] & 15];
    }
    out[CONTENT_HEX_BYTES - 1] = '\0';
}
