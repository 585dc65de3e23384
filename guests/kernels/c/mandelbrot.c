// Mandelbrot set on an n x n grid: floating point in locals, one store per pixel.
#include "kernel.h"
#include <stdlib.h>

enum { MAX_ITERATIONS = 64 };

KERNEL run(uint32_t n) {
  uint8_t *pixels = malloc(n * n);
  uint32_t checksum = 0;
  for (uint32_t row = 0; row < n; row++) {
    for (uint32_t column = 0; column < n; column++) {
      double cr = 3.0 * column / n - 2.0, ci = 2.5 * row / n - 1.25, zr = 0, zi = 0;
      int count = 0;
      while (count < MAX_ITERATIONS && zr * zr + zi * zi < 4) {
        double t = zr * zr - zi * zi + cr;
        zi = 2 * zr * zi + ci;
        zr = t;
        count++;
      }
      pixels[row * n + column] = count;
    }
  }
  for (uint32_t i = 0; i < n * n; i++) checksum = mix(checksum, pixels[i]);
  free(pixels);
  return checksum;
}
