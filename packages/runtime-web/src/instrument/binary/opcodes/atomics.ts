/**
 * The 0xfe group: atomic accesses. We run them on unshared memory only, where engines accept them; notify and wait
 * keep their meaning there (0 woken, a trap). Source: the threads proposal's opcode list.
 */
import { access, type OpcodeFamily } from "./family.ts";

/** Base of the 0xfe group in our opcode numbers. */
export const ATOMIC_BASE = 0x400;

const OPERATIONS = ["add", "sub", "and", "or", "xor", "xchg"];

/** i32, i64, then the narrow ones, in the order every read-modify-write group has. */
const WIDTHS: readonly [bytes: number, value: "i" | "l", prefix: string, suffix: string][] = [
  [4, "i", "i32", ""],
  [8, "l", "i64", ""],
  [1, "i", "i32", "8_u"],
  [2, "i", "i32", "16_u"],
  [1, "l", "i64", "8_u"],
  [2, "l", "i64", "16_u"],
  [4, "l", "i64", "32_u"],
];

/** `i32.atomic.rmw8.add_u` from its parts. */
function rmwName(prefix: string, suffix: string, operation: string): string {
  const [width, sign] = suffix.split("_");
  return `${prefix}.atomic.rmw${width}.${operation}${sign === undefined ? "" : `_${sign}`}`;
}

export const ATOMIC_FAMILIES: readonly OpcodeFamily[] = [
  access(ATOMIC_BASE + 0x00, 4, "ii>i", "memory.atomic.notify"),
  access(ATOMIC_BASE + 0x01, 4, "iil>i", "memory.atomic.wait32"),
  access(ATOMIC_BASE + 0x02, 8, "ill>i", "memory.atomic.wait64"),
  { first: ATOMIC_BASE + 0x03, immediate: "fence", signature: ">", names: "atomic.fence" },
  ...WIDTHS.map(([bytes, value, prefix, suffix], n) =>
    access(ATOMIC_BASE + 0x10 + n, bytes, `i>${value}`, `${prefix}.atomic.load${suffix}`),
  ),
  ...WIDTHS.map(([bytes, value, prefix, suffix], n) =>
    access(ATOMIC_BASE + 0x17 + n, bytes, `i${value}>`, `${prefix}.atomic.store${suffix.replace("_u", "")}`),
  ),
  ...OPERATIONS.flatMap((operation, group) =>
    WIDTHS.map(([bytes, value, prefix, suffix], n) =>
      access(
        ATOMIC_BASE + 0x1e + 7 * group + n,
        bytes,
        `i${value}>${value}`,
        rmwName(prefix, suffix, operation),
      ),
    ),
  ),
  ...WIDTHS.map(([bytes, value, prefix, suffix], n) =>
    access(ATOMIC_BASE + 0x48 + n, bytes, `i${value}${value}>${value}`, rmwName(prefix, suffix, "cmpxchg")),
  ),
];
