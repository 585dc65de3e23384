// SHA-256 (FIPS 180-4) of n blocks of 64 KiB: rotates and a small hot array.
#include "kernel.h"

enum { MESSAGE_BYTES = 65536 };

static uint32_t round_constants[64];
static uint32_t digest[8];
static uint8_t message[MESSAGE_BYTES];

static uint32_t rotate(uint32_t x, int count) { return x >> count | x << (32 - count); }

// The constants are the first 32 bits of the fractional parts of cube and square roots of primes. Integer
// arithmetic: the largest r with r^k <= p * 2^(32 k) ends in those 32 bits.
static uint64_t root_bits(uint64_t prime, int power) {
  uint64_t root = 0;
  for (int bit = 35; bit >= 0; bit--) {
    uint64_t candidate = root | 1ull << bit;
    unsigned __int128 product = (unsigned __int128)candidate * candidate;
    int fits;
    if (power == 2) {
      fits = product <= (unsigned __int128)prime << 64;
    } else {
      // candidate^3 <= prime * 2^96, kept below 128 bits: compare the upper part, then the rest.
      unsigned __int128 high = (product >> 32) * candidate, low = (product & 0xffffffffu) * candidate;
      unsigned __int128 upper = high + (low >> 32);
      unsigned __int128 bound = (unsigned __int128)prime << 64;
      fits = upper < bound || (upper == bound && (low & 0xffffffffu) == 0);
    }
    if (fits) root = candidate;
  }
  return root;
}

static void make_constants(void) {
  int found = 0;
  for (uint32_t p = 2; found < 64; p++) {
    int prime = 1;
    for (uint32_t q = 2; q * q <= p; q++) prime &= p % q != 0;
    if (!prime) continue;
    if (found < 8) digest[found] = (uint32_t)root_bits(p, 2);
    round_constants[found++] = (uint32_t)root_bits(p, 3);
  }
}

static void compress(const uint8_t *block) {
  uint32_t w[64];
  for (int i = 0; i < 16; i++) {
    w[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
  }
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  uint32_t s[8];
  for (int i = 0; i < 8; i++) s[i] = digest[i];
  for (int i = 0; i < 64; i++) {
    uint32_t big1 = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
    uint32_t choose = (s[4] & s[5]) ^ (~s[4] & s[6]);
    uint32_t t1 = s[7] + big1 + choose + round_constants[i] + w[i];
    uint32_t big0 = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
    uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    for (int k = 7; k > 0; k--) s[k] = s[k - 1];
    s[4] += t1;
    s[0] = t1 + big0 + majority;
  }
  for (int i = 0; i < 8; i++) digest[i] += s[i];
}

KERNEL run(uint32_t n) {
  make_constants();
  uint32_t random = 1;
  for (int i = 0; i < MESSAGE_BYTES; i++) message[i] = next_random(&random);
  for (uint32_t k = 0; k < n; k++) {
    for (int i = 0; i < MESSAGE_BYTES; i += 64) compress(message + i);
  }
  // Padding of a message of n * 64 KiB: one more block with the length in bits.
  uint8_t last[64] = {0x80};
  uint64_t bits = (uint64_t)n * MESSAGE_BYTES * 8;
  for (int i = 0; i < 8; i++) last[63 - i] = bits >> (8 * i);
  compress(last);
  return digest[0];
}
