/** Every instruction that accesses memory, at the limits of the region, against the module as it was. */
import { beforeAll, describe, expect, test } from "vitest";
import {
  ACCESS_BYTES,
  GROUP_BASE,
  IMMEDIATE,
  IMMEDIATES,
  OP,
  OPCODE_LIMIT,
  opcodeName,
  PREFIX,
  SIGNATURES,
} from "./binary/opcodes/opcode.ts";
import { VALUE_TYPE } from "./binary/valueType.ts";
import { ByteWriter } from "./binary/writer.ts";
import { PAGE_BYTES } from "./layout.ts";
import { instantiateStandalone } from "./standalone.ts";
import { instantiateOriginal, type Outcome, outcome } from "./testing/outcome.ts";

const OFFSETS = [0, 1, 7, 65_535, 65_536, 131_071, 0x7fff_ffff, 0xffff_fff0];
const LIMITS = [2 * PAGE_BYTES, 3 * PAGE_BYTES];
/** Around an edge: every access size, its last fitting place and its first that does not fit. */
const DELTAS = [-17, -16, -15, -9, -8, -7, -5, -4, -3, -2, -1, 0, 1];
const I64X2_EXTRACT_LANE = 29;

const accesses = [...new Array(OPCODE_LIMIT).keys()].filter((op) => (ACCESS_BYTES[op] as number) > 0);

/** Addresses at which an access of the offset begins or ends to be out of bounds, as i32 values. */
function addresses(offset: number): number[] {
  const all = new Set<number>();
  for (const edge of [0, ...LIMITS, ...LIMITS.map((limit) => limit - offset), 2 ** 32 - offset, 2 ** 32]) {
    for (const delta of DELTAS) {
      const address = edge + delta;
      if (address >= 0 && address < 2 ** 32) all.add(address | 0);
    }
  }
  return [...all];
}

function writeOpcode(out: ByteWriter, op: number): void {
  if (op < GROUP_BASE.misc) out.byte(op);
  else if (op < GROUP_BASE.atomic) {
    out.byte(PREFIX.simd);
    out.u32(op - GROUP_BASE.simd);
  } else {
    out.byte(PREFIX.atomic);
    out.u32(op - GROUP_BASE.atomic);
  }
}

function writeOperand(out: ByteWriter, letter: string): void {
  switch (letter) {
    case "i":
      out.byte(OP.i32Const);
      out.s32(0x1234_5678);
      break;
    case "l":
      out.byte(OP.i64Const);
      out.s64(0x0b_cdef_0123_4567);
      break;
    case "f":
      out.raw(OP.f32Const, 1, 2, 3, 4);
      break;
    case "d":
      out.raw(OP.f64Const, 1, 2, 3, 4, 5, 6, 7, 8);
      break;
    default:
      out.raw(PREFIX.simd, 12, ...new Array(16).keys());
  }
}

/**
 * A module with two pages of memory and, per offset, three functions of an address that do one access: the address
 * read from the parameter, computed, and read again after an access of one byte at it.
 */
function accessModule(op: number): Uint8Array<ArrayBuffer> {
  const [operands = "", results = ""] = (SIGNATURES[op] as string).split(">");
  const resultType = results === "v" ? VALUE_TYPE.i64 : { i: 0x7f, l: 0x7e, f: 0x7d, d: 0x7c }[results];
  const types = new ByteWriter();
  types.raw(2, 0x60, 1, VALUE_TYPE.i32);
  if (resultType === undefined) types.raw(0);
  else types.raw(1, resultType);
  types.raw(0x60, 1, VALUE_TYPE.i32, 1, VALUE_TYPE.i32);

  const functions = new ByteWriter();
  const exports = new ByteWriter();
  const code = new ByteWriter();
  const count = OFFSETS.length * 3;
  functions.u32(count + 1);
  exports.u32(count + 2);
  code.u32(count + 1);
  const alignment = op >= GROUP_BASE.atomic ? Math.log2(ACCESS_BYTES[op] as number) : 0;
  for (let n = 0; n < count; n++) {
    const body = new ByteWriter();
    body.byte(0);
    if (n % 3 === 2) body.raw(OP.localGet, 0, 0x2d, 0, 0, OP.drop);
    body.raw(OP.localGet, 0);
    if (n % 3 === 1) body.raw(OP.i32Const, 0, OP.i32Add);
    for (const letter of operands.slice(1)) writeOperand(body, letter);
    writeOpcode(body, op);
    body.u32(alignment);
    body.u32(OFFSETS[Math.floor(n / 3)] as number);
    if (IMMEDIATES[op] === IMMEDIATE.accessAndLane) body.byte(0);
    if (results === "v") body.raw(PREFIX.simd, I64X2_EXTRACT_LANE, 0);
    body.byte(OP.end);
    functions.u32(0);
    exports.name(`${n}`);
    exports.byte(0);
    exports.u32(n);
    code.u32(body.length);
    code.append(body);
  }
  functions.u32(1);
  exports.name("grow");
  exports.raw(0, count);
  exports.name("memory");
  exports.raw(2, 0);
  code.raw(6, 0, OP.localGet, 0, OP.memoryGrow, 0, OP.end);

  const out = new ByteWriter();
  out.raw(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  out.section(1, types);
  out.section(3, functions);
  const memory = new ByteWriter();
  memory.raw(1, 0, 2);
  out.section(5, memory);
  out.section(7, exports);
  out.section(10, code);
  return out.toBytes();
}

function fill(memory: Uint8Array): void {
  for (let at = 0; at < memory.length; at++) memory[at] = (at * 31 + (at >> 8)) & 0xff;
}

function text(found: Outcome): string {
  return "trap" in found ? found.trap : String(found.value);
}

beforeAll(() => {
  // Most calls trap; collecting their stacks would be most of the work.
  Error.stackTraceLimit = 0;
});

describe("every access traps, reads and writes as in the original", () => {
  test.each(accesses.map((op) => [opcodeName(op), op] as const))("%s", (_name, op) => {
    const bytes = accessModule(op);
    const original = instantiateOriginal(bytes);
    const process = instantiateStandalone(bytes, {}, { movesAlways: true });
    const memory = original.memory as WebAssembly.Memory;
    for (const limit of LIMITS) {
      fill(new Uint8Array(memory.buffer));
      fill(process.memoryBytes());
      expect(process.memoryBytes().length).toBe(limit);
      for (const [n, offset] of OFFSETS.entries()) {
        for (const form of [0, 1, 2]) {
          const name = `${3 * n + form}`;
          for (const address of addresses(offset)) {
            const wanted = text(outcome(original[name], address));
            const found = text(outcome(process.exports[name], address));
            // A hundred thousand expectations would take minutes.
            if (found !== wanted) {
              expect(found, `offset ${offset}, address ${address >>> 0}, form ${form}`).toBe(wanted);
            }
          }
        }
      }
      expect(Buffer.compare(process.memoryBytes(), Buffer.from(memory.buffer))).toBe(0);
      expect(process.findDamage()).toBeUndefined();
      expect(outcome(process.exports.grow, 1)).toEqual(outcome(original.grow, 1));
    }
  });
});
