/**
 * What we know of every instruction, as tables indexed by opcode number. A prefixed instruction's number is its
 * group's base plus its number in the group, so that one small integer names each instruction.
 */
import { ATOMIC_BASE, ATOMIC_FAMILIES } from "./atomics.ts";
import { CORE_FAMILIES, MISC_BASE } from "./core.ts";
import type { Effect, Immediate, OpcodeFamily } from "./family.ts";
import { SIMD_BASE, SIMD_FAMILIES } from "./simd.ts";

/** One more than the largest opcode number. */
export const OPCODE_LIMIT = 0x500;

/** Opcode numbers the passes name. */
export const OP = {
  unreachable: 0x00,
  nop: 0x01,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  try: 0x06,
  catch: 0x07,
  throw: 0x08,
  rethrow: 0x09,
  throwRef: 0x0a,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  returnCall: 0x12,
  returnCallIndirect: 0x13,
  callRef: 0x14,
  returnCallRef: 0x15,
  delegate: 0x18,
  catchAll: 0x19,
  drop: 0x1a,
  tryTable: 0x1f,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  tableSet: 0x26,
  i32Load: 0x28,
  i64Load: 0x29,
  f32Load: 0x2a,
  f64Load: 0x2b,
  i32Store: 0x36,
  i64Store: 0x37,
  f32Store: 0x38,
  f64Store: 0x39,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  i32Eqz: 0x45,
  i32LtS: 0x48,
  i32GtU: 0x4b,
  i64GtU: 0x56,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Mul: 0x6c,
  i32Or: 0x72,
  i32ShrU: 0x76,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64Mul: 0x7e,
  i64ExtendI32U: 0xad,
  refNull: 0xd0,
  refFunc: 0xd2,
  brOnNull: 0xd5,
  brOnNonNull: 0xd6,
  memoryInit: MISC_BASE + 8,
  dataDrop: MISC_BASE + 9,
  memoryCopy: MISC_BASE + 10,
  memoryFill: MISC_BASE + 11,
  tableInit: MISC_BASE + 12,
  elemDrop: MISC_BASE + 13,
  tableCopy: MISC_BASE + 14,
  tableGrow: MISC_BASE + 15,
  tableFill: MISC_BASE + 17,
  v128Load: SIMD_BASE,
  v128Store: SIMD_BASE + 11,
  v128Const: SIMD_BASE + 12,
} as const;

/** Prefix bytes and the base of their group. */
export const PREFIX = { misc: 0xfc, simd: 0xfd, atomic: 0xfe } as const;
export const GROUP_BASE = { misc: MISC_BASE, simd: SIMD_BASE, atomic: ATOMIC_BASE } as const;

/** Numbers of the immediates, for the decoder's switch. */
export const IMMEDIATE = {
  none: 0,
  block: 1,
  label: 2,
  labels: 3,
  catches: 4,
  local: 5,
  global: 6,
  function: 7,
  type: 8,
  indirect: 9,
  tag: 10,
  table: 11,
  twoTables: 12,
  element: 13,
  elementAndTable: 14,
  data: 15,
  dataAndMemory: 16,
  memory: 17,
  twoMemories: 18,
  access: 19,
  accessAndLane: 20,
  i32: 21,
  i64: 22,
  f32: 23,
  f64: 24,
  v128: 25,
  lane: 26,
  heapType: 27,
  types: 28,
  fence: 29,
} as const satisfies Record<Immediate, number>;

/** In `IMMEDIATES`: no such instruction. */
export const UNKNOWN_OPCODE = 255;

const EFFECT: Record<Effect, number> = { pure: 0, access: 1, effect: 2 };
export const EFFECT_PURE = 0;
export const EFFECT_ACCESS = 1;
export const EFFECT_ANY = 2;

/** Immediate kind by opcode, `UNKNOWN_OPCODE` where there is none. */
export const IMMEDIATES = new Uint8Array(OPCODE_LIMIT).fill(UNKNOWN_OPCODE);
/** `EFFECT_PURE`, `EFFECT_ACCESS` or `EFFECT_ANY` by opcode. */
export const EFFECTS = new Uint8Array(OPCODE_LIMIT);
/** Operand and result counts by opcode; -1 when they depend on immediates. */
export const POPS = new Int8Array(OPCODE_LIMIT).fill(-1);
export const PUSHES = new Int8Array(OPCODE_LIMIT).fill(-1);
/** Bytes accessed by opcode, 0 for instructions that access no memory at an address operand. */
export const ACCESS_BYTES = new Uint8Array(OPCODE_LIMIT);
/** Operand letters above the address by opcode, for accesses. */
export const ACCESS_OPERANDS: string[] = new Array<string>(OPCODE_LIMIT).fill("");
/** Signatures and names by opcode, empty where unknown. */
export const SIGNATURES: string[] = new Array<string>(OPCODE_LIMIT).fill("");
const NAMES: string[] = new Array<string>(OPCODE_LIMIT).fill("");

function register(family: OpcodeFamily): void {
  family.names.split(" ").forEach((name, offset) => {
    const op = family.first + offset;
    NAMES[op] = name;
    SIGNATURES[op] = family.signature;
    IMMEDIATES[op] = IMMEDIATE[family.immediate];
    EFFECTS[op] = EFFECT[family.effect ?? "effect"];
    if (family.signature !== "") {
      const [operands = "", results = ""] = family.signature.split(">");
      POPS[op] = operands.length;
      PUSHES[op] = results.length;
      if (family.bytes !== undefined) ACCESS_OPERANDS[op] = operands.slice(1);
    }
    ACCESS_BYTES[op] = family.bytes ?? 0;
  });
}

for (const families of [CORE_FAMILIES, SIMD_FAMILIES, ATOMIC_FAMILIES]) families.forEach(register);

/** The instruction's name in the text format, or its number when there is none. */
export function opcodeName(op: number): string {
  return NAMES[op] || `0x${op.toString(16)}`;
}
