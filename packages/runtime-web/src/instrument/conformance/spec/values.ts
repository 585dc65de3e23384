/**
 * Values of the test suite as texts: `i32 7` (unsigned decimal bits), `f64 4607182418800017408`, `f32 nan:canonical`,
 * `v128 i16 1 2 …`, `externref 3`, `externref null`, `funcref` (any that is not null), and alternatives joined by `|`.
 */

/** Byte width of the types whose values are plain bits. */
export const NUMERIC_BYTES: Readonly<Record<string, number>> = { i32: 4, i64: 8, f32: 4, f64: 8, v128: 16 };

const LANE_BITS: Readonly<Record<string, number>> = { i8: 8, i16: 16, i32: 32, i64: 64, f32: 32, f64: 64 };

/** Quiet bit and exponent, and the bits that say nothing about a NaN's kind. */
const NAN: Readonly<Record<number, { readonly quiet: bigint; readonly sign: bigint }>> = {
  32: { quiet: 0x7fc00000n, sign: 0x80000000n },
  64: { quiet: 0x7ff8000000000000n, sign: 0x8000000000000000n },
};

/** The type of a value's text. Alternatives agree in it. */
export function typeOf(value: string): string {
  return value.split(/[ |]/, 1)[0] ?? "";
}

/** Whether a value is plain bits, which JavaScript could change or cannot carry (NaN payloads, v128). */
export function isNumeric(type: string): boolean {
  return type in NUMERIC_BYTES;
}

/** Little-endian bits of a numeric value. */
export function bitsOf(value: string): bigint {
  const { width, lanes } = lanesOf(value);
  return lanes.reduceRight((bits, lane) => (bits << BigInt(width)) | BigInt.asUintN(width, BigInt(lane)), 0n);
}

/** Whether a result is what the assertion asks for. `bits` are the result's. */
export function matchesBits(bits: bigint, expected: string): boolean {
  return expected.split("|").some((alternative) => {
    const { width, lanes } = lanesOf(alternative);
    return lanes.every((lane, index) =>
      matchesLane(BigInt.asUintN(width, bits >> BigInt(index * width)), lane, width),
    );
  });
}

/** A reference for a guest: the same object for the same text, so that identity can be asserted. */
export function referenceOf(value: string): unknown {
  const [type, id] = value.split(" ");
  if (id === undefined || id === "null") return null;
  const key = `${type} ${id}`;
  let reference = references.get(key);
  if (reference === undefined) {
    reference = Object.freeze({ reference: key });
    references.set(key, reference);
  }
  return reference;
}

/** Whether a reference that came out of a guest is what the assertion asks for. */
export function matchesReference(reference: unknown, expected: string): boolean {
  const [type = "", id] = expected.split(" ");
  if (id === "null" || type.startsWith("null") || type === "refnull") return reference === null;
  if (type === "externref" && id !== undefined) return reference === referenceOf(expected);
  return type === "funcref" ? typeof reference === "function" : reference !== null && reference !== undefined;
}

const references = new Map<string, object>();

function lanesOf(value: string): { width: number; lanes: string[] } {
  const [type = "", ...rest] = value.split(" ");
  const laneType = type === "v128" ? (rest.shift() ?? "") : type;
  const width = LANE_BITS[laneType];
  if (width === undefined)
    throw new TypeError(`Cannot take the bits of "${value}": ${laneType} is no number`);
  return { width, lanes: rest };
}

function matchesLane(bits: bigint, expected: string, width: number): boolean {
  const nan = NAN[width];
  if (expected === "nan:canonical") return nan !== undefined && (bits & ~nan.sign) === nan.quiet;
  if (expected === "nan:arithmetic") return nan !== undefined && (bits & nan.quiet) === nan.quiet;
  return bits === BigInt.asUintN(width, BigInt(expected));
}
