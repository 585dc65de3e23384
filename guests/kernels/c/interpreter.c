// A stack machine that counts primes below n: one br_table per operation, an operand stack in memory, and an
// indirect call per arithmetic operation.
#include "kernel.h"

enum { PUSH, LOAD, STORE, BINARY, JUMP_IF_ZERO, JUMP, HALT };
enum { LESS, ADD, REMAINDER, MULTIPLY };
struct operation {
  int32_t code, argument;
};

static int32_t less(int32_t a, int32_t b) { return a < b; }
static int32_t add(int32_t a, int32_t b) { return a + b; }
static int32_t rest(int32_t a, int32_t b) { return a % b; }
static int32_t multiply(int32_t a, int32_t b) { return a * b; }
static int32_t (*const operators[])(int32_t, int32_t) = {less, add, rest, multiply};

enum { LIMIT, CANDIDATE, DIVISOR, COUNT, VARIABLES };

// for (candidate = 2; candidate < limit; candidate++) {
//   for (divisor = 2; divisor * divisor < candidate + 1; divisor++) if (candidate % divisor == 0) goto next;
//   count++; next: }
static const struct operation program[] = {
    {PUSH, 2}, {STORE, CANDIDATE},
    {LOAD, CANDIDATE}, {LOAD, LIMIT}, {BINARY, LESS}, {JUMP_IF_ZERO, 33},
    {PUSH, 2}, {STORE, DIVISOR},
    {LOAD, DIVISOR}, {LOAD, DIVISOR}, {BINARY, MULTIPLY}, {LOAD, CANDIDATE}, {PUSH, 1}, {BINARY, ADD}, {BINARY, LESS},
    {JUMP_IF_ZERO, 24},
    {LOAD, CANDIDATE}, {LOAD, DIVISOR}, {BINARY, REMAINDER}, {JUMP_IF_ZERO, 28},
    {LOAD, DIVISOR}, {PUSH, 1}, {BINARY, ADD}, {JUMP, 7},
    {LOAD, COUNT}, {PUSH, 1}, {BINARY, ADD}, {STORE, COUNT},
    {LOAD, CANDIDATE}, {PUSH, 1}, {BINARY, ADD}, {STORE, CANDIDATE}, {JUMP, 2},
    {HALT, 0},
};

static int32_t stack[64], variables[VARIABLES];

static uint32_t execute(void) {
  uint32_t steps = 0;
  int32_t *top = stack;
  for (const struct operation *next = program;; steps++) {
    const struct operation *current = next++;
    switch (current->code) {
      case PUSH: *top++ = current->argument; break;
      case LOAD: *top++ = variables[current->argument]; break;
      case STORE: variables[current->argument] = *--top; break;
      case BINARY: top--; top[-1] = operators[current->argument](top[-1], top[0]); break;
      case JUMP_IF_ZERO: if (*--top == 0) next = program + current->argument; break;
      case JUMP: next = program + current->argument; break;
      default: return steps;
    }
  }
}

KERNEL run(uint32_t n) {
  for (int i = 0; i < VARIABLES; i++) variables[i] = 0;
  variables[LIMIT] = n;
  return mix(execute(), variables[COUNT]);
}
