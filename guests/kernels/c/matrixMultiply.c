// Dense n x n product in doubles: three nested loops, strided loads.
#include "kernel.h"
#include <stdlib.h>

KERNEL run(uint32_t n) {
  double *a = malloc(n * n * sizeof *a), *b = malloc(n * n * sizeof *b), *c = malloc(n * n * sizeof *c);
  uint32_t random = 4, checksum = 0;
  for (uint32_t i = 0; i < n * n; i++) {
    a[i] = next_random(&random) % 16;
    b[i] = next_random(&random) % 16;
  }
  for (uint32_t row = 0; row < n; row++) {
    for (uint32_t column = 0; column < n; column++) {
      double sum = 0;
      for (uint32_t k = 0; k < n; k++) sum += a[row * n + k] * b[k * n + column];
      c[row * n + column] = sum;
    }
  }
  for (uint32_t i = 0; i < n * n; i++) checksum = mix(checksum, (uint32_t)c[i]);
  free(a);
  free(b);
  free(c);
  return checksum;
}
