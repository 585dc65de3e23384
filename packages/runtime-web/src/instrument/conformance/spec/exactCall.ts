import {
  bitsOf,
  isNumeric,
  matchesBits,
  matchesReference,
  NUMERIC_BYTES,
  referenceOf,
  typeOf,
} from "./values.ts";

const TYPE_CODE: Readonly<Record<string, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};
/** Opcodes of the loads and stores that move a whole value; v128's carry the SIMD prefix. */
const LOAD: Readonly<Record<string, readonly number[]>> = {
  i32: [0x28],
  i64: [0x29],
  f32: [0x2a],
  f64: [0x2b],
  v128: [0xfd, 0x00],
};
const STORE: Readonly<Record<string, readonly number[]>> = {
  i32: [0x36],
  i64: [0x37],
  f32: [0x38],
  f64: [0x39],
  v128: [0xfd, 0x0b],
};
const SLOT_BYTES = 16;

/** A result: bits of a numeric type, or a reference. */
export type ResultValue = { readonly bits: bigint } | { readonly reference: unknown };

/**
 * Calls an exported wasm function without letting JavaScript touch numbers: a small module built for the signature
 * loads the arguments from memory, calls, and stores the results. Functions with references are called directly.
 * @param results  types; `undefined` when unknown: then the call is direct and results are not looked at
 * @throws whatever the call throws
 */
export function callExactly(
  target: (...args: unknown[]) => unknown,
  args: readonly string[],
  results: readonly string[] | undefined,
): readonly ResultValue[] {
  const params = args.map(typeOf);
  if (results === undefined || ![...params, ...results].every(isNumeric))
    return callDirectly(target, args, results);
  const call = caller(target, params, results);
  args.forEach((arg, index) => {
    const bits = bitsOf(arg);
    slots.setBigUint64(index * SLOT_BYTES, BigInt.asUintN(64, bits), true);
    slots.setBigUint64(index * SLOT_BYTES + 8, bits >> 64n, true);
  });
  call();
  return results.map((type, index) => {
    const at = (args.length + index) * SLOT_BYTES;
    const bits = (slots.getBigUint64(at + 8, true) << 64n) | slots.getBigUint64(at, true);
    return { bits: BigInt.asUintN((NUMERIC_BYTES[type] ?? 0) * 8, bits) };
  });
}

/** Whether results are those the assertion asks for. */
export function matches(results: readonly ResultValue[], expected: readonly string[]): boolean {
  return (
    results.length === expected.length &&
    results.every((result, index) => {
      const text = expected[index] ?? "";
      return "bits" in result ? matchesBits(result.bits, text) : matchesReference(result.reference, text);
    })
  );
}

function callDirectly(
  target: (...args: unknown[]) => unknown,
  args: readonly string[],
  results: readonly string[] | undefined,
): readonly ResultValue[] {
  const returned = target(...args.map(toJs));
  if (results === undefined || results.length === 0) return [];
  const values: unknown[] = results.length === 1 ? [returned] : [...(returned as Iterable<unknown>)];
  return values.map((value, index) => {
    const type = results[index] ?? "";
    return isNumeric(type) ? { bits: numberBits(value as number | bigint, type) } : { reference: value };
  });
}

function toJs(value: string): unknown {
  const type = typeOf(value);
  if (!isNumeric(type)) return referenceOf(value);
  const bits = bitsOf(value);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt.asUintN(64, bits), true);
  if (type === "i64") return bits;
  if (type === "i32") return view.getInt32(0, true);
  return type === "f32" ? view.getFloat32(0, true) : view.getFloat64(0, true);
}

function numberBits(value: number | bigint, type: string): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (typeof value === "bigint") view.setBigInt64(0, value, true);
  else if (type === "i32") view.setInt32(0, value, true);
  else if (type === "f32") view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return view.getBigUint64(0, true);
}

/** One memory for all callers: engines bear few, and making them is slow. Calls do not nest. */
const memory = new WebAssembly.Memory({ initial: 4 });
const slots = new DataView(memory.buffer);
const callers = new WeakMap<WebAssembly.ImportValue & object, Map<WebAssembly.Module, () => void>>();

function caller(
  target: WebAssembly.ImportValue & object,
  params: readonly string[],
  results: readonly string[],
): () => void {
  const module = callerModule(params, results);
  let ofTarget = callers.get(target);
  if (ofTarget === undefined) {
    ofTarget = new Map();
    callers.set(target, ofTarget);
  }
  let call = ofTarget.get(module);
  if (call === undefined) {
    call = new WebAssembly.Instance(module, { host: { target, memory } }).exports.call as () => void;
    ofTarget.set(module, call);
  }
  return call;
}

const callerModules = new Map<string, WebAssembly.Module>();

function callerModule(params: readonly string[], results: readonly string[]): WebAssembly.Module {
  const key = `${params} → ${results}`;
  let module = callerModules.get(key);
  if (module === undefined) {
    module = new WebAssembly.Module(encodeCaller(params, results));
    callerModules.set(key, module);
  }
  return module;
}

function encodeCaller(params: readonly string[], results: readonly string[]): Uint8Array<ArrayBuffer> {
  const codes = (types: readonly string[]) => [
    ...leb(types.length),
    ...types.map((type) => TYPE_CODE[type] ?? 0),
  ];
  const load = (type: string, slot: number) => [0x41, 0, ...(LOAD[type] ?? []), 0, ...leb(slot * SLOT_BYTES)];
  // Results lie on the stack last first: each is put into a local, then stored with its address below it.
  const store = (type: string, index: number) => [
    ...[0x21, ...leb(index)],
    ...[0x41, 0, 0x20, ...leb(index)],
    ...[...(STORE[type] ?? []), 0, ...leb((params.length + index) * SLOT_BYTES)],
  ];
  const body = [
    ...leb(results.length),
    ...results.flatMap((type) => [1, TYPE_CODE[type] ?? 0]),
    ...params.flatMap(load),
    ...[0x10, 0],
    ...results
      .map((type, index) => store(type, index))
      .reverse()
      .flat(),
    0x0b,
  ];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [2, 0x60, ...codes(params), ...codes(results), 0x60, 0, 0]),
    ...section(2, [
      ...[2, ...text("host"), ...text("target"), 0x00, 0],
      ...[...text("host"), ...text("memory"), 0x02, 0, 1],
    ]),
    ...section(3, [1, 1]),
    ...section(7, [1, ...text("call"), 0x00, 1]),
    ...section(10, [1, ...leb(body.length), ...body]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

function text(ascii: string): number[] {
  return [ascii.length, ...Array.from(ascii, (char) => char.charCodeAt(0))];
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
