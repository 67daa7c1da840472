/* The compact tree against RFC 6962 section 2.1 written down as it stands there: by recursion
 * over the whole list of leaves. */

#include "daemon/audit/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "daemon/base/sha256.h"

#define LEAVES 1000

static uint8_t leaves[LEAVES][HASH_BYTES];

/* MTH(D[n]): split at the largest power of two below n. */
static void naive_root(size_t first, size_t count, uint8_t ret_root[HASH_BYTES])
{
    uint8_t node[1 + 2 * HASH_BYTES] = {0x01};
    if (count == 0) {
        sha256_of(slice_of("", 0), slice_of("", 0), ret_root);
        return;
    }
    if (count == 1) {
        memcpy(ret_root, leaves[first], HASH_BYTES);
        return;
    }
    size_t split = 1;
    while (split * 2 < count) {
        split *= 2;
    }
    naive_root(first, split, node + 1);
    naive_root(first + split, count - split, node + 1 + HASH_BYTES);
    sha256_of(slice_of(node, sizeof(node)), slice_of("", 0), ret_root);
}

static void every_size_has_the_root_of_the_definition(void **state)
{
    struct tree tree;
    uint8_t expected[HASH_BYTES];
    uint8_t found[HASH_BYTES];
    (void)state;
    tree_init(&tree);
    for (size_t count = 0; count < LEAVES; count++) {
        naive_root(0, count, expected);
        tree_root(&tree, found);
        assert_memory_equal(found, expected, HASH_BYTES);
        assert_int_equal(tree.size, count);
        uint8_t data[8];
        store_u64(data, count);
        tree_leaf(slice_of(data, sizeof(data)), leaves[count]);
        tree_add(&tree, leaves[count]);
    }
}

static void expect_hex(const uint8_t *hash, const char *expected)
{
    char hex[2 * HASH_BYTES + 1];
    for (unsigned i = 0; i < HASH_BYTES; i++) {
        (void)snprintf(hex + (size_t)2 * i, 3, "%02x", hash[i]);
    }
    assert_string_equal(hex, expected);
}

/* Leaves and roots that other implementations of RFC 6962 publish for these inputs. */
static void known_answers(void **state)
{
    struct tree tree;
    uint8_t hash[HASH_BYTES];
    (void)state;
    tree_init(&tree);
    tree_root(&tree, hash);
    expect_hex(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    tree_leaf(slice_of("", 0), hash);
    expect_hex(hash, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    tree_add(&tree, hash);
    tree_root(&tree, hash);
    expect_hex(hash, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    tree_leaf(slice_of("\x00", 1), hash);
    tree_add(&tree, hash);
    tree_root(&tree, hash);
    expect_hex(hash, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

static void one_changed_leaf_changes_the_root(void **state)
{
    struct tree tree;
    struct tree other;
    uint8_t leaf[HASH_BYTES];
    uint8_t left[HASH_BYTES];
    uint8_t right[HASH_BYTES];
    (void)state;
    for (uint8_t changed = 0; changed < 37; changed++) {
        tree_init(&tree);
        tree_init(&other);
        for (uint8_t i = 0; i < 37; i++) {
            tree_leaf(slice_of(&i, 1), leaf);
            tree_add(&tree, leaf);
            leaf[0] ^= i == changed;
            tree_add(&other, leaf);
        }
        tree_root(&tree, left);
        tree_root(&other, right);
        assert_memory_not_equal(left, right, HASH_BYTES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_has_the_root_of_the_definition),
        cmocka_unit_test(known_answers),
        cmocka_unit_test(one_changed_leaf_changes_the_root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
