// Five bodies under gravity, n steps: double arithmetic on a small array of structs.
#include "kernel.h"

enum { BODIES = 5 };
struct body {
  double x, y, z, vx, vy, vz, mass;
};
static struct body bodies[BODIES];

static void step(double dt) {
  for (int i = 0; i < BODIES; i++) {
    for (int j = i + 1; j < BODIES; j++) {
      struct body *p = &bodies[i], *q = &bodies[j];
      double dx = p->x - q->x, dy = p->y - q->y, dz = p->z - q->z;
      double square = dx * dx + dy * dy + dz * dz + 0.25;
      double pull = dt / (square * __builtin_sqrt(square));
      p->vx -= dx * q->mass * pull;
      p->vy -= dy * q->mass * pull;
      p->vz -= dz * q->mass * pull;
      q->vx += dx * p->mass * pull;
      q->vy += dy * p->mass * pull;
      q->vz += dz * p->mass * pull;
    }
  }
  for (int i = 0; i < BODIES; i++) {
    bodies[i].x += dt * bodies[i].vx;
    bodies[i].y += dt * bodies[i].vy;
    bodies[i].z += dt * bodies[i].vz;
  }
}

KERNEL run(uint32_t n) {
  uint32_t random = 5, checksum = 0;
  for (int i = 0; i < BODIES; i++) {
    double *fields = &bodies[i].x;
    for (int f = 0; f < 7; f++) fields[f] = 0.5 + (next_random(&random) % 1024) / 1024.0;
  }
  for (uint32_t i = 0; i < n; i++) step(0.001);
  // Only +, -, *, / and sqrt are used, which wasm defines to the last bit: the checksum is exact.
  for (int i = 0; i < BODIES; i++) {
    union {
      double value;
      uint32_t words[2];
    } bits = {bodies[i].x};
    checksum = mix(mix(checksum, bits.words[0]), bits.words[1]);
  }
  return checksum;
}
