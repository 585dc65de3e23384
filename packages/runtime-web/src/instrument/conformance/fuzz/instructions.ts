import type { ValueType } from "./encode.ts";

/** An instruction without immediates that takes and gives numbers. */
export interface NumericInstruction {
  readonly code: readonly number[];
  readonly params: readonly ValueType[];
  readonly result: ValueType;
  /** Whether the bits of a NaN result are the engine's choice, so that two runs may differ in them. */
  readonly freeNan: boolean;
}

/** Integer division and float-to-integer conversion: they trap for many operands. */
export function mayTrap({ code }: NumericInstruction): boolean {
  const [opcode = 0] = code;
  const divides = (opcode >= 0x6d && opcode <= 0x70) || (opcode >= 0x7f && opcode <= 0x82);
  return divides || (opcode >= 0xa8 && opcode <= 0xab) || (opcode >= 0xae && opcode <= 0xb1);
}

/** An access to memory. `natural` is the exponent of its size in bytes. */
export interface MemoryInstruction {
  readonly code: readonly number[];
  readonly params: readonly ValueType[];
  readonly result: ValueType | undefined;
  readonly natural: number;
  /** Number of lanes, when a lane index follows the offset. */
  readonly lanes?: number;
  /** Atomic accesses trap when unaligned, and name exactly their natural alignment. */
  readonly atomic?: boolean;
}

function range(
  first: number,
  last: number,
  params: readonly ValueType[],
  result: ValueType,
  freeNan = false,
): NumericInstruction[] {
  return Array.from({ length: last - first + 1 }, (_, i) => ({ code: [first + i], params, result, freeNan }));
}

/** Conversions with one parameter, in the order of their opcodes. */
function conversions(
  first: number,
  result: ValueType,
  params: readonly ValueType[],
  freeNan = false,
): NumericInstruction[] {
  return params.map((param, i) => ({ code: [first + i], params: [param], result, freeNan }));
}

function simd(
  codes: readonly number[],
  params: readonly ValueType[],
  result: ValueType,
): NumericInstruction[] {
  const leb = (code: number) => (code < 0x80 ? [code] : [(code & 0x7f) | 0x80, code >> 7]);
  return codes.map((code) => ({ code: [0xfd, ...leb(code)], params, result, freeNan: false }));
}

export const NUMERIC: readonly NumericInstruction[] = [
  ...range(0x45, 0x45, ["i32"], "i32"),
  ...range(0x46, 0x4f, ["i32", "i32"], "i32"),
  ...range(0x50, 0x50, ["i64"], "i32"),
  ...range(0x51, 0x5a, ["i64", "i64"], "i32"),
  ...range(0x5b, 0x60, ["f32", "f32"], "i32"),
  ...range(0x61, 0x66, ["f64", "f64"], "i32"),
  ...range(0x67, 0x69, ["i32"], "i32"),
  ...range(0x6a, 0x78, ["i32", "i32"], "i32"),
  ...range(0x79, 0x7b, ["i64"], "i64"),
  ...range(0x7c, 0x8a, ["i64", "i64"], "i64"),
  ...range(0x8b, 0x8c, ["f32"], "f32"),
  ...range(0x8d, 0x91, ["f32"], "f32", true),
  ...range(0x92, 0x97, ["f32", "f32"], "f32", true),
  ...range(0x98, 0x98, ["f32", "f32"], "f32"),
  ...range(0x99, 0x9a, ["f64"], "f64"),
  ...range(0x9b, 0x9f, ["f64"], "f64", true),
  ...range(0xa0, 0xa5, ["f64", "f64"], "f64", true),
  ...range(0xa6, 0xa6, ["f64", "f64"], "f64"),
  ...conversions(0xa7, "i32", ["i64", "f32", "f32", "f64", "f64"]),
  ...conversions(0xac, "i64", ["i32", "i32", "f32", "f32", "f64", "f64"]),
  ...conversions(0xb2, "f32", ["i32", "i32", "i64", "i64"]),
  ...conversions(0xb6, "f32", ["f64"], true),
  ...conversions(0xb7, "f64", ["i32", "i32", "i64", "i64"]),
  ...conversions(0xbb, "f64", ["f32"], true),
  ...conversions(0xbc, "i32", ["f32"]),
  ...conversions(0xbd, "i64", ["f64"]),
  ...conversions(0xbe, "f32", ["i32"]),
  ...conversions(0xbf, "f64", ["i64"]),
  ...range(0xc0, 0xc1, ["i32"], "i32"),
  ...range(0xc2, 0xc4, ["i64"], "i64"),
  ...(["f32", "f32", "f64", "f64"] as const).flatMap((param, i): NumericInstruction[] => [
    { code: [0xfc, i], params: [param], result: "i32", freeNan: false },
    { code: [0xfc, 4 + i], params: [param], result: "i64", freeNan: false },
  ]),
  // Splats, integer comparisons, bit operations and integer arithmetic; no float lanes, whose NaNs are free.
  ...simd([0x0f, 0x10, 0x11], ["i32"], "v128"),
  ...simd([0x12], ["i64"], "v128"),
  ...simd([0x13], ["f32"], "v128"),
  ...simd([0x14], ["f64"], "v128"),
  ...simd(
    [0x0e, 0x23, 0x2d, 0x37, 0x41, 0x4e, 0x50, 0x51, 0x6e, 0x71, 0x8e, 0x95, 0xae, 0xb5, 0xba, 0xce, 0xd5],
    ["v128", "v128"],
    "v128",
  ),
  ...simd([0x4d, 0x60, 0x62, 0x80, 0xa0, 0xa7, 0xc1, 0xc7], ["v128"], "v128"),
  ...simd([0x53, 0x63, 0x64, 0x83, 0xa3, 0xc3], ["v128"], "i32"),
  ...simd([0x6b, 0x8c, 0xab, 0xcb], ["v128", "i32"], "v128"),
];

const LOAD_TYPES: readonly (readonly [ValueType, number])[] = [
  ["i32", 2],
  ["i64", 3],
  ["f32", 2],
  ["f64", 3],
  ["i32", 0],
  ["i32", 0],
  ["i32", 1],
  ["i32", 1],
  ["i64", 0],
  ["i64", 0],
  ["i64", 1],
  ["i64", 1],
  ["i64", 2],
  ["i64", 2],
];
const STORE_TYPES: readonly (readonly [ValueType, number])[] = [
  ["i32", 2],
  ["i64", 3],
  ["f32", 2],
  ["f64", 3],
  ["i32", 0],
  ["i32", 1],
  ["i64", 0],
  ["i64", 1],
  ["i64", 2],
];
/** The seven widths in which every atomic operation comes, in the order of their opcodes. */
const ATOMIC_TYPES: readonly (readonly [ValueType, number])[] = [
  ["i32", 2],
  ["i64", 3],
  ["i32", 0],
  ["i32", 1],
  ["i64", 0],
  ["i64", 1],
  ["i64", 2],
];
const SIMD_LOAD_SIZES = [4, 3, 3, 3, 3, 3, 3, 0, 1, 2, 3];

function atomic(first: number, values: number, hasResult: boolean): MemoryInstruction[] {
  return ATOMIC_TYPES.map(([type, natural], i) => ({
    code: [0xfe, first + i],
    params: Array.from({ length: values }, () => type),
    result: hasResult ? type : undefined,
    natural,
    atomic: true,
  }));
}

/** Loads, stores and read-modify-writes; `params` come after the address. */
export const MEMORY: readonly MemoryInstruction[] = [
  ...LOAD_TYPES.map(([result, natural], i) => ({ code: [0x28 + i], params: [], result, natural })),
  ...STORE_TYPES.map(([type, natural], i) => ({
    code: [0x36 + i],
    params: [type],
    result: undefined,
    natural,
  })),
];

export const MEMORY_SIMD: readonly MemoryInstruction[] = [
  ...SIMD_LOAD_SIZES.map((natural, i) => ({ code: [0xfd, i], params: [], result: "v128" as const, natural })),
  { code: [0xfd, 0x0b], params: ["v128"], result: undefined, natural: 4 },
  ...[0, 1, 2, 3].flatMap((natural): MemoryInstruction[] => [
    { code: [0xfd, 0x54 + natural], params: ["v128"], result: "v128", natural, lanes: 16 >> natural },
    { code: [0xfd, 0x58 + natural], params: ["v128"], result: undefined, natural, lanes: 16 >> natural },
  ]),
  { code: [0xfd, 0x5c], params: [], result: "v128", natural: 2 },
  { code: [0xfd, 0x5d], params: [], result: "v128", natural: 3 },
];

export const MEMORY_ATOMIC: readonly MemoryInstruction[] = [
  ...atomic(0x10, 0, true),
  ...atomic(0x17, 1, false),
  ...[0x1e, 0x25, 0x2c, 0x33, 0x3a, 0x41].flatMap((first) => atomic(first, 1, true)),
  ...atomic(0x48, 2, true),
  { code: [0xfe, 0x00], params: ["i32"], result: "i32", natural: 2, atomic: true },
];
