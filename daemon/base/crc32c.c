/* CRC-32C by the processor's instruction where there is one.
 *
 *   K1  The register is linear: after A then B it is zeros(A's register, B's length) xor the
 *       register of B alone begun at 0. So three lanes can run side by side and be joined.
 *   K2  One instruction takes 8 bytes in 3 cycles but can begin every cycle: three lanes keep
 *       it busy. One lane alone would make the checksum the slowest part of a scan.
 *   K3  zeros() for a lane's fixed length is four look-ups; the tables are made once. */

#include "daemon/base/crc32c.h"

#include <pthread.h>

#define POLYNOMIAL 0x82f63b78U /* bits reversed */
#define LONG_LANE 2048u        /* bytes */
#define SHORT_LANE 256u

struct zeros {
    uint32_t at[4][256];
};

static pthread_once_t tables_once = PTHREAD_ONCE_INIT;
static uint32_t byte_table[256];
static struct zeros long_zeros;
static struct zeros short_zeros;

static uint32_t step(uint32_t reg, uint8_t byte)
{
    return byte_table[(reg ^ byte) & 0xff] ^ (reg >> 8);
}

static void make_zeros(struct zeros *zeros, size_t len)
{
    uint32_t of_bit[32];
    for (unsigned bit = 0; bit < 32; bit++) {
        of_bit[bit] = UINT32_C(1) << bit;
        for (size_t i = 0; i < len; i++) {
            of_bit[bit] = step(of_bit[bit], 0);
        }
    }
    for (unsigned at = 0; at < 4; at++) {
        for (unsigned value = 0; value < 256; value++) {
            uint32_t sum = 0;
            for (unsigned bit = 0; bit < 8; bit++) {
                sum ^= (value >> bit & 1) != 0 ? of_bit[8 * at + bit] : 0;
            }
            zeros->at[at][value] = sum;
        }
    }
}

static void make_tables(void)
{
    for (uint32_t value = 0; value < 256; value++) {
        uint32_t reg = value;
        for (unsigned bit = 0; bit < 8; bit++) {
            reg = (reg >> 1) ^ ((reg & 1) != 0 ? POLYNOMIAL : 0);
        }
        byte_table[value] = reg;
    }
    make_zeros(&long_zeros, LONG_LANE);
    make_zeros(&short_zeros, SHORT_LANE);
}

static uint32_t by_table(uint32_t reg, struct slice bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        reg = step(reg, bytes.data[i]);
    }
    return reg;
}

uint32_t crc32c_portable(struct slice bytes)
{
    (void)pthread_once(&tables_once, make_tables);
    return ~by_table(UINT32_MAX, bytes);
}

#if defined(__x86_64__)

#include <nmmintrin.h>

static uint32_t after_zeros(const struct zeros *zeros, uint32_t reg) /* K3 */
{
    return zeros->at[0][reg & 0xff] ^ zeros->at[1][reg >> 8 & 0xff] ^
           zeros->at[2][reg >> 16 & 0xff] ^ zeros->at[3][reg >> 24];
}

__attribute__((target("sse4.2"))) static const uint8_t *
three_lanes(const uint8_t *at, size_t lane, const struct zeros *zeros, uint32_t *reg)
{
    uint64_t first = *reg;
    uint64_t second = 0;
    uint64_t third = 0;
    for (size_t i = 0; i < lane; i += 8) {
        uint64_t a;
        uint64_t b;
        uint64_t c;
        memcpy(&a, at + i, 8);
        memcpy(&b, at + lane + i, 8);
        memcpy(&c, at + 2 * lane + i, 8);
        first = _mm_crc32_u64(first, a);
        second = _mm_crc32_u64(second, b);
        third = _mm_crc32_u64(third, c);
    }
    uint32_t joined = after_zeros(zeros, (uint32_t)first) ^ (uint32_t)second; /* K1 */
    *reg = after_zeros(zeros, joined) ^ (uint32_t)third;
    return at + 3 * lane;
}

__attribute__((target("sse4.2"))) static uint32_t by_instruction(uint32_t reg, struct slice bytes)
{
    const uint8_t *at = bytes.data;
    size_t left = bytes.len;

    for (; left >= 3 * (size_t)LONG_LANE; left -= 3 * (size_t)LONG_LANE) {
        at = three_lanes(at, LONG_LANE, &long_zeros, &reg);
    }
    for (; left >= 3 * (size_t)SHORT_LANE; left -= 3 * (size_t)SHORT_LANE) {
        at = three_lanes(at, SHORT_LANE, &short_zeros, &reg);
    }
    for (; left >= 8; left -= 8, at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        reg = (uint32_t)_mm_crc32_u64(reg, word);
    }
    for (; left > 0; left--, at++) {
        reg = _mm_crc32_u8(reg, *at);
    }
    return reg;
}

static uint32_t go_on(uint32_t reg, struct slice bytes)
{
    return __builtin_cpu_supports("sse4.2") ? by_instruction(reg, bytes) : by_table(reg, bytes);
}

#else

static uint32_t go_on(uint32_t reg, struct slice bytes)
{
    return by_table(reg, bytes);
}

#endif

uint32_t crc32c_more(uint32_t crc, struct slice bytes)
{
    (void)pthread_once(&tables_once, make_tables);
    return ~go_on(~crc, bytes);
}

uint32_t crc32c(struct slice bytes)
{
    return crc32c_more(0, bytes);
}
