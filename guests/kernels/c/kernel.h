// Every kernel module exports one function: run(n) does n units of work and returns a checksum of all it computed.
#pragma once
#include <stdint.h>

#define KERNEL __attribute__((export_name("run"))) uint32_t

// xorshift32: kernels make their own input, so that a module needs no import and every run is the same.
static inline uint32_t next_random(uint32_t *state) {
  uint32_t x = *state;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return *state = x;
}

static inline uint32_t mix(uint32_t checksum, uint32_t value) { return (checksum ^ value) * 16777619u; }
