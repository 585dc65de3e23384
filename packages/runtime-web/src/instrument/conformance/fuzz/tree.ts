import { constant, name, section, TYPE_CODE, types, unsigned, type ValueType, vector } from "./encode.ts";

/**
 * A generated instruction with its operands: bytes and nodes in the order of the binary. `type` is what it leaves
 * on the stack. Any node may be exchanged for another of its type, which is how failing modules are reduced; the
 * engine says whether labels inside still fit.
 */
export interface Node {
  readonly type: ValueType | "none";
  readonly parts: readonly (readonly number[] | Node)[];
}

export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export interface FunctionTree {
  readonly type: FunctionType;
  /** Without the parameters. */
  readonly locals: readonly ValueType[];
  /** Statements, then the results. */
  readonly body: readonly Node[];
}

export interface DataTree {
  /** Where an active segment goes; `undefined` for a passive one. */
  readonly offset: number | undefined;
  readonly bytes: readonly number[];
}

/** A whole module in the terms its generator chose. Function indices count the imports first. */
export interface ModuleTree {
  readonly imports: readonly { readonly name: string; readonly type: FunctionType }[];
  readonly functions: readonly FunctionTree[];
  readonly memory: { readonly initial: number; readonly maximum: number };
  readonly globals: readonly { readonly type: ValueType; readonly bits: bigint }[];
  readonly tags: readonly FunctionType[];
  readonly tableSize: number;
  /** Function indices from slot 0 on. */
  readonly elements: readonly number[];
  readonly data: readonly DataTree[];
  readonly start: number | undefined;
  /** Types used by blocks, calls and functions; indices are positions in it. */
  readonly types: readonly FunctionType[];
}

/** The node that stands for nothing: no instruction, or the constant zero. */
export function trivial(type: Node["type"]): Node {
  return { type, parts: type === "none" ? [] : [constant(type, 0n)] };
}

/** The binary module: functions are exported as `f0`, `f1` …, globals as `g0` …, the memory as `memory`. */
export function encodeModule(module: ModuleTree): Uint8Array<ArrayBuffer> {
  const typeIndex = (type: FunctionType) =>
    unsigned(module.types.findIndex((known) => sameType(known, type)));
  const functions = module.functions.map((f, i) => ({ f, index: module.imports.length + i }));
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(module.types.map((type) => [0x60, ...types(type.params), ...types(type.results)]))),
    ...section(
      2,
      vector(module.imports.map((i) => [...name("host"), ...name(i.name), 0x00, ...typeIndex(i.type)])),
    ),
    ...section(3, vector(functions.map(({ f }) => typeIndex(f.type)))),
    ...section(4, vector([[0x70, 0x00, ...unsigned(module.tableSize)]])),
    ...section(5, vector([[0x01, ...unsigned(module.memory.initial), ...unsigned(module.memory.maximum)]])),
    ...(module.tags.length > 0
      ? section(13, vector(module.tags.map((tag) => [0x00, ...typeIndex(tag)])))
      : []),
    ...section(
      6,
      vector(module.globals.map((g) => [TYPE_CODE[g.type], 0x01, ...constant(g.type, g.bits), 0x0b])),
    ),
    ...section(
      7,
      vector([
        ...functions.map(({ index }, i) => [...name(`f${i}`), 0x00, ...unsigned(index)]),
        ...module.globals.map((_, i) => [...name(`g${i}`), 0x03, ...unsigned(i)]),
        [...name("memory"), 0x02, 0x00],
      ]),
    ),
    ...(module.start === undefined ? [] : section(8, unsigned(module.start))),
    ...section(9, vector([[0x00, 0x41, 0x00, 0x0b, ...vector(module.elements.map(unsigned))]])),
    ...section(12, unsigned(module.data.length)),
    ...section(10, vector(functions.map(({ f }) => encodeFunction(f)))),
    ...section(11, vector(module.data.map(encodeData))),
  ]);
}

export function sameType(a: FunctionType, b: FunctionType): boolean {
  return `${a.params}→${a.results}` === `${b.params}→${b.results}`;
}

function encodeFunction(f: FunctionTree): number[] {
  const bytes: number[] = [...vector(f.locals.map((type) => [1, TYPE_CODE[type]]))];
  for (const node of f.body) append(bytes, node);
  bytes.push(0x0b);
  return [...unsigned(bytes.length), ...bytes];
}

function append(bytes: number[], node: Node): void {
  for (const part of node.parts) {
    if ("parts" in part) append(bytes, part);
    else bytes.push(...part);
  }
}

function encodeData({ offset, bytes }: DataTree): number[] {
  const place = offset === undefined ? [0x01] : [0x00, ...constant("i32", BigInt(offset)), 0x0b];
  return [...place, ...unsigned(bytes.length), ...bytes];
}
