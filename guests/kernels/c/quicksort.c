// Quicksort of n numbers with insertion sort for short runs: data-dependent branches and swaps.
#include "kernel.h"
#include <stdlib.h>

static void insertion_sort(int32_t *a, int length) {
  for (int i = 1; i < length; i++) {
    int32_t value = a[i];
    int k = i;
    for (; k > 0 && a[k - 1] > value; k--) a[k] = a[k - 1];
    a[k] = value;
  }
}

static void sort(int32_t *a, int length) {
  while (length > 12) {
    int32_t pivot = a[length / 2];
    int low = 0, high = length - 1;
    while (low <= high) {
      while (a[low] < pivot) low++;
      while (a[high] > pivot) high--;
      if (low > high) break;
      int32_t t = a[low];
      a[low++] = a[high];
      a[high--] = t;
    }
    // The shorter part by recursion keeps the stack at log2(n) frames.
    if (high + 1 < length - low) {
      sort(a, high + 1);
      a += low;
      length -= low;
    } else {
      sort(a + low, length - low);
      length = high + 1;
    }
  }
  insertion_sort(a, length);
}

KERNEL run(uint32_t n) {
  int32_t *a = malloc(n * sizeof *a);
  uint32_t random = 2, checksum = 0;
  for (uint32_t i = 0; i < n; i++) a[i] = next_random(&random);
  sort(a, n);
  for (uint32_t i = 1; i < n; i++) {
    if (a[i - 1] > a[i]) __builtin_trap();
    checksum = mix(checksum, a[i]);
  }
  free(a);
  return checksum;
}
