import { BodyGenerator } from "./bodyGenerator.ts";
import { CALL_BUDGET } from "./callBudget.ts";
import type { ValueType } from "./encode.ts";
import { Random } from "./random.ts";
import { type FunctionType, type ModuleTree, sameType } from "./tree.ts";

/** What a generated module may use; engines differ in it. */
export interface FuzzFeatures {
  /** `catch_all` needs the engine's `WebAssembly.JSTag` once instrumented. */
  readonly exceptions: "none" | "legacy" | "legacyCatchAll" | "exnref";
  readonly tailCalls: boolean;
}

const VALUE_TYPES: readonly ValueType[] = ["i32", "i64", "f32", "f64", "v128"];

/**
 * A random valid module that comes to an end whatever is called: loops count down and calls are budgeted. It works
 * on its memory above all, at the edges more often than chance would.
 */
export function generateModule(seed: number, features: FuzzFeatures): ModuleTree {
  const random = new Random(seed);
  const imports = [
    { name: "log_i32", type: { params: ["i32"], results: [] } as FunctionType },
    { name: "log_i64", type: { params: ["i64"], results: ["i32"] } as FunctionType },
  ];
  const signatures = Array.from({ length: 3 + random.below(4) }, () => signature(random));
  const initial = random.chance(0.04) ? 0 : random.pick([1, 1, 2]);
  const memory = { initial, maximum: initial + random.below(3) };
  const globals = [
    { type: "i32" as const, bits: BigInt(CALL_BUDGET) },
    ...VALUE_TYPES.filter((type) => type !== "v128").map((type) => ({
      type,
      bits: BigInt(random.below(2 ** 31)),
    })),
  ];
  const tags: FunctionType[] =
    features.exceptions === "none"
      ? []
      : [
          { params: [], results: [] },
          { params: ["i32", "i64"], results: [] },
        ];
  const types = new TypeTable([...imports.map((i) => i.type), ...signatures, ...tags]);
  const functionTypes = [...imports.map((i) => i.type), ...signatures];
  const elements = Array.from({ length: 4 }, () => imports.length + random.below(signatures.length));
  const data = [
    {
      offset: random.chance(0.9) ? random.below(64) : 65_536 * initial - random.below(9),
      bytes: noise(random, 24),
    },
    { offset: undefined, bytes: noise(random, 40) },
  ];
  const surroundings = {
    random,
    features,
    types,
    functionTypes,
    globals,
    tags,
    memory,
    dataCount: data.length,
    elements,
  };
  const functions = signatures.map((type) => new BodyGenerator(surroundings, type).generate());
  const start = random.chance(0.1)
    ? signatures.findIndex((s) => s.params.length + s.results.length === 0)
    : -1;
  return {
    imports,
    functions,
    memory,
    globals,
    tags,
    tableSize: elements.length + 2,
    elements,
    data,
    start: start < 0 ? undefined : imports.length + start,
    types: types.list,
  };
}

/** Interns function types: equal ones share an index. */
export class TypeTable {
  readonly list: FunctionType[] = [];

  constructor(types: readonly FunctionType[]) {
    for (const type of types) this.indexOf(type);
  }

  indexOf(type: FunctionType): number {
    const known = this.list.findIndex((other) => sameType(other, type));
    return known >= 0 ? known : this.list.push(type) - 1;
  }
}

function signature(random: Random): FunctionType {
  const some = (bound: number, choices: readonly ValueType[]) =>
    Array.from({ length: random.below(bound) }, () => random.pick(choices));
  // JavaScript calls them, so v128 stays inside.
  const outside = VALUE_TYPES.filter((type) => type !== "v128");
  return { params: some(4, outside), results: some(3, outside) };
}

function noise(random: Random, length: number): number[] {
  return Array.from({ length }, () => random.below(256));
}
