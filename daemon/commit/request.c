/* The pool of requests.
 *
 *   R4  One block of memory a request, in this order: events, results, salts, bodies, and for a
 *       dry run the effects. A canonical body is never longer than its wire form but for a
 *       version that was not sent, so the block is large enough by construction.
 *   R5  Blocks come in powers of two and wait in a list for each size; more than KEPT_MAX of
 *       them are given back, so that one burst of large batches does not stay for ever. */

#include "daemon/commit/request.h"

#include <stdlib.h>

#include "daemon/base/check.h"

#define KEPT_MAX (64 * MIB)
#define BODY_EXTRA 32u /* `ver`, and the longer header of a map that grew by it */
#define EFFECTS_BYTES (256 * KIB)

void request_pool_init(struct request_pool *pool)
{
    *pool = (struct request_pool){0};
    list_init(&pool->free);
}

void request_pool_done(struct request_pool *pool)
{
    for (struct list_node *node = list_pop_front(&pool->free); node != NULL;
         node = list_pop_front(&pool->free)) {
        free(LIST_ELEMENT(node, struct request, link));
    }
    for (unsigned class = 0; class < REQUEST_CLASSES; class ++) {
        while (pool->blocks[class] != NULL) {
            void *block = pool->blocks[class];
            memcpy(&pool->blocks[class], block, sizeof(pool->blocks[class]));
            free(block);
        }
    }
}

static size_t class_bytes(unsigned class)
{
    return REQUEST_CLASS_FIRST << class;
}

static unsigned class_of(size_t bytes)
{
    unsigned class = 0;
    while (class < REQUEST_CLASSES && class_bytes(class) < bytes) {
        class ++;
    }
    return class;
}

static uint8_t *block_get(struct request_pool *pool, unsigned class)
{
    uint8_t *block = pool->blocks[class];
    if (block == NULL) {
        return malloc(class_bytes(class));
    }
    memcpy(&pool->blocks[class], block, sizeof(pool->blocks[class]));
    pool->kept_bytes -= class_bytes(class);
    return block;
}

static void block_put(struct request_pool *pool, uint8_t *block, unsigned class)
{
    if (pool->kept_bytes + class_bytes(class) > KEPT_MAX) { /* R5 */
        free(block);
        return;
    }
    memcpy(block, &pool->blocks[class], sizeof(pool->blocks[class]));
    pool->blocks[class] = block;
    pool->kept_bytes += class_bytes(class);
}

static struct request *shell_get(struct request_pool *pool)
{
    struct list_node *node = list_pop_front(&pool->free);
    return node != NULL ? LIST_ELEMENT(node, struct request, link) : malloc(sizeof(struct request));
}

struct request *request_get(struct request_pool *pool, uint32_t count, size_t wire_bytes, bool dry,
                            struct writer *ret_body)
{
    size_t events = count * sizeof(struct event);
    size_t results = count * sizeof(struct append_result);
    size_t salts = (size_t)count * PRIVATE_SALT_BYTES;
    size_t bodies = wire_bytes + (size_t)count * BODY_EXTRA;
    unsigned class = class_of(events + results + salts + bodies + (dry ? EFFECTS_BYTES : 0));
    struct request *request = class < REQUEST_CLASSES ? shell_get(pool) : NULL;
    if (request == NULL) {
        return NULL;
    }
    *request = (struct request){.count = count, .memory = block_get(pool, class)};
    list_init(&request->link);
    list_init(&request->call.link);
    if (request->memory == NULL) {
        list_push_back(&pool->free, &request->link);
        return NULL;
    }
    request->memory_bytes = class_bytes(class);
    pool->used_bytes += request->memory_bytes;
    uint8_t *at = request->memory;
    request->events = (struct event *)(void *)at;
    request->results = (struct append_result *)(void *)(at + events);
    request->salts = (uint8_t(*)[PRIVATE_SALT_BYTES])(at + events + results);
    *ret_body = writer_over(at + events + results + salts, bodies);
    request->effects = writer_over(ret_body->data + bodies, dry ? EFFECTS_BYTES : 0);
    return request;
}

void request_put(struct request_pool *pool, struct request *request)
{
    unsigned class = class_of(request->memory_bytes);
    INVARIANT(class < REQUEST_CLASSES && class_bytes(class) == request->memory_bytes);
    pool->used_bytes -= request->memory_bytes;
    block_put(pool, request->memory, class);
    request->memory = NULL;
    list_push_back(&pool->free, &request->link);
}
