#ifndef TESTS_CRASH_STORY_H
#define TESTS_CRASH_STORY_H

/* Events that anybody can say again from a seed and a seq: what a log must hold after a crash
 * is known without having seen what was written. The bytes are no stored forms; the store does
 * not look inside. */

#include "daemon/store/log.h"
#include "proto/limits.h"

#define STORY_GROUP_MAX 400u
#define STORY_AGGREGATES 7u

/* How many events the k-th group has, k from 0: mostly few, sometimes several blocks. */
size_t story_group(uint64_t seed, uint64_t k);

/* Event `seq`, its bytes in `bytes` (room for EVENT_BYTES_MAX + PRIVATE_BYTES_MAX + 16). */
void story_event(uint64_t seed, uint64_t seq, uint8_t *bytes, struct log_event *ret_event);

/* Append group k, which begins at log_head() + 1. */
enum status story_append(struct log *log, uint64_t seed, uint64_t k);

/* Is everything from 1 to the head as told, private parts too, forwards? */
bool story_holds(struct log *log, uint64_t seed);

/* Does a group end at `seq`? On true *ret_k is the number of groups up to there. */
bool story_boundary(uint64_t seed, uint64_t seq, uint64_t *ret_k);

/* Write a snapshot of rows that follow from the seed, as far as the log goes. */
enum status story_snapshot(struct log *log, uint64_t seed);
/* As a start would find it: none at all, or one whose every row is as told; then *ret_seq is how
 * far it goes, else 0. It is kept for the next one to go on from. */
bool story_snapshot_holds(struct log *log, uint64_t seed, uint64_t *ret_seq);

/* A small generator for tests: the same numbers on every machine. */
uint64_t story_random(uint64_t *state);

#endif
