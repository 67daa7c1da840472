/* SHA-256 by OpenSSL.
 *
 *   H1  EVP_MD_fetch happens once a process, EVP_MD_CTX_new once an object or thread.
 *   H2  A failure inside OpenSSL here can only be lack of memory or a broken build: it is an
 *       INVARIANT, for a wrong hash must never be stored. */

#include "daemon/base/sha256.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>

#include "daemon/base/check.h"

struct sha256 {
    EVP_MD_CTX *context;
};

static EVP_MD *digest;
static pthread_once_t fetch_once = PTHREAD_ONCE_INIT;

static void fetch(void)
{
    digest = EVP_MD_fetch(NULL, "SHA256", NULL);
    INVARIANT(digest != NULL); /* H2 */
}

struct sha256 *sha256_new(void)
{
    (void)pthread_once(&fetch_once, fetch);
    struct sha256 *hash = malloc(sizeof(*hash));
    INVARIANT(hash != NULL);
    hash->context = EVP_MD_CTX_new();
    INVARIANT(hash->context != NULL);
    return hash;
}

void sha256_free(struct sha256 *hash)
{
    if (hash != NULL) {
        EVP_MD_CTX_free(hash->context);
        free(hash);
    }
}

void sha256_begin(struct sha256 *hash)
{
    INVARIANT(EVP_DigestInit_ex2(hash->context, digest, NULL) == 1);
}

void sha256_add(struct sha256 *hash, struct slice bytes)
{
    INVARIANT(EVP_DigestUpdate(hash->context, bytes.data, bytes.len) == 1);
}

void sha256_end(struct sha256 *hash, uint8_t ret_digest[32])
{
    INVARIANT(EVP_DigestFinal_ex(hash->context, ret_digest, NULL) == 1);
}

static pthread_key_t thread_hash;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;

static void free_thread_hash(void *hash)
{
    sha256_free(hash);
}

static void make_key(void)
{
    INVARIANT(pthread_key_create(&thread_hash, free_thread_hash) == 0);
}

void sha256_of(struct slice first, struct slice second, uint8_t ret_digest[32])
{
    (void)pthread_once(&key_once, make_key);
    struct sha256 *hash = pthread_getspecific(thread_hash);
    if (hash == NULL) {
        hash = sha256_new();
        INVARIANT(pthread_setspecific(thread_hash, hash) == 0);
    }
    sha256_begin(hash);
    sha256_add(hash, first);
    sha256_add(hash, second);
    sha256_end(hash, ret_digest);
}
