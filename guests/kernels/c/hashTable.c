// Open-addressing hash table: n insertions, look-ups and deletions with growth; scattered accesses.
#include "kernel.h"
#include <stdlib.h>

struct entry {
  uint32_t key, value, state;
};
enum { FREE, USED, DELETED };

static struct entry *entries;
static uint32_t capacity, occupied;

static struct entry *find(uint32_t key) {
  struct entry *reusable = 0;
  for (uint32_t slot = key * 2654435761u;; slot++) {
    struct entry *e = &entries[slot & (capacity - 1)];
    if (e->state == USED && e->key == key) return e;
    if (e->state == DELETED && !reusable) reusable = e;
    if (e->state == FREE) return reusable ? reusable : e;
  }
}

static void put(uint32_t key, uint32_t value);

static void grow(void) {
  struct entry *old = entries;
  uint32_t old_capacity = capacity;
  capacity = capacity ? capacity * 2 : 16;
  entries = calloc(capacity, sizeof *entries);
  occupied = 0;
  for (uint32_t i = 0; i < old_capacity; i++) {
    if (old[i].state == USED) put(old[i].key, old[i].value);
  }
  free(old);
}

static void put(uint32_t key, uint32_t value) {
  if (occupied * 4 >= capacity * 3) grow();
  struct entry *e = find(key);
  if (e->state == FREE) occupied++;
  *e = (struct entry){key, value, USED};
}

KERNEL run(uint32_t n) {
  uint32_t random = 3, checksum = 0;
  capacity = occupied = 0;
  for (uint32_t i = 0; i < n; i++) {
    put(next_random(&random) % n, i);
    struct entry *e = capacity ? find(next_random(&random) % n) : 0;
    if (e && e->state == USED) {
      checksum = mix(checksum, e->value);
      if (e->value & 1) e->state = DELETED;
    }
  }
  free(entries);
  entries = 0;
  return mix(checksum, occupied);
}
