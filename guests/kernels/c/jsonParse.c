// Recursive-descent JSON reader over a 256 KiB document, n times: byte loads, a cursor in memory, recursion.
#include "kernel.h"
#include <string.h>

enum { DOCUMENT_BYTES = 262144 };

static char document[DOCUMENT_BYTES];
static const char *cursor;
static uint32_t checksum;

static char skip_space(void) {
  while (*cursor == ' ' || *cursor == '\n') cursor++;
  return *cursor;
}

static void expect(char c) {
  if (skip_space() != c) __builtin_trap();
  cursor++;
}

static void read_string(void) {
  expect('"');
  while (*cursor != '"') {
    if (*cursor == '\\') cursor++;
    checksum = mix(checksum, (uint8_t)*cursor++);
  }
  cursor++;
}

static void read_number(void) {
  double value = 0, scale = 1;
  int negative = *cursor == '-';
  if (negative) cursor++;
  while (*cursor >= '0' && *cursor <= '9') value = value * 10 + (*cursor++ - '0');
  if (*cursor == '.') {
    for (cursor++; *cursor >= '0' && *cursor <= '9'; cursor++) value += (*cursor - '0') * (scale /= 10);
  }
  checksum = mix(checksum, (uint32_t)(int32_t)((negative ? -value : value) * 256));
}

static void read_value(int depth);

static void read_members(char close, int with_keys, int depth) {
  cursor++;
  while (skip_space() != close) {
    if (with_keys) {
      read_string();
      expect(':');
    }
    read_value(depth + 1);
    if (skip_space() == ',') cursor++;
  }
  cursor++;
  checksum = mix(checksum, depth);
}

static void read_value(int depth) {
  switch (skip_space()) {
    case '{': return read_members('}', 1, depth);
    case '[': return read_members(']', 0, depth);
    case '"': return read_string();
    case 't': cursor += 4; checksum = mix(checksum, 1); return;
    case 'f': cursor += 5; checksum = mix(checksum, 2); return;
    case 'n': cursor += 4; checksum = mix(checksum, 3); return;
    default: return read_number();
  }
}

static void write_document(void) {
  static const char *const records[] = {
      "{\"id\": 4711, \"name\": \"Ada \\\"the first\\\" L.\", \"tags\": [\"math\", \"poetry\"], \"score\": 99.125},\n",
      "{\"id\": -12, \"nested\": {\"a\": [[1, 2.5], [3, 4]], \"b\": null}, \"ok\": true, \"text\": \"x\\ty\"},\n",
  };
  char *end = document;
  *end++ = '[';
  for (int i = 0; end - document < DOCUMENT_BYTES - 256; i++) {
    size_t length = strlen(records[i & 1]);
    memcpy(end, records[i & 1], length);
    end += length;
  }
  strcpy(end, "false]");
}

KERNEL run(uint32_t n) {
  checksum = 0;
  write_document();
  for (uint32_t i = 0; i < n; i++) {
    cursor = document;
    read_value(0);
  }
  return checksum;
}
