// Builds, walks and frees binary trees of depth n: malloc, pointers and recursion.
#include "kernel.h"
#include <stdlib.h>

struct tree {
  struct tree *left, *right;
  uint32_t value;
};

static struct tree *grow(int depth, uint32_t *random) {
  struct tree *t = malloc(sizeof *t);
  t->value = next_random(random);
  t->left = depth > 0 ? grow(depth - 1, random) : 0;
  t->right = depth > 0 ? grow(depth - 1, random) : 0;
  return t;
}

static uint32_t walk(const struct tree *t, uint32_t checksum) {
  if (!t) return checksum;
  return walk(t->right, mix(walk(t->left, checksum), t->value));
}

static void fell(struct tree *t) {
  if (!t) return;
  fell(t->left);
  fell(t->right);
  free(t);
}

KERNEL run(uint32_t n) {
  uint32_t random = 7, checksum = 0;
  for (int i = 0; i < 4; i++) {
    struct tree *t = grow(n, &random);
    checksum = walk(t, checksum);
    fell(t);
  }
  return checksum;
}
