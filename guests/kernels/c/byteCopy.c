// Expands n LZ77-coded blocks of 64 KiB: short overlapping byte copies, the inner loop of every decompressor.
#include "kernel.h"
#include <string.h>

enum { WINDOW = 65536 };
static uint8_t output[WINDOW * 2];

static void copy_match(uint8_t *to, uint32_t distance, uint32_t length) {
  const uint8_t *from = to - distance;
  // Source and target overlap when distance < length: byte by byte is the format's meaning.
  while (length--) *to++ = *from++;
}

KERNEL run(uint32_t n) {
  uint32_t random = 6, checksum = 0;
  for (int i = 0; i < WINDOW; i++) output[i] = next_random(&random) >> 24;
  for (uint32_t block = 0; block < n; block++) {
    uint32_t at = WINDOW;
    while (at < 2 * WINDOW) {
      uint32_t choice = next_random(&random);
      uint32_t length = 1 + (choice & 31), distance = 1 + (choice >> 8 & 0x7fff);
      if (at + length > 2 * WINDOW) length = 2 * WINDOW - at;
      if (choice >> 31) {
        memcpy(output + at, output + (choice >> 5 & 0x7fff), length);
      } else {
        copy_match(output + at, distance, length);
      }
      at += length;
    }
    memmove(output, output + WINDOW, WINDOW);
    for (int i = 0; i < WINDOW; i += 64) checksum = mix(checksum, output[i]);
  }
  return checksum;
}
