import { BUDGET_GLOBAL, CALL_BUDGET } from "./callBudget.ts";
import { firstDifference, type Plan } from "./compare.ts";
import type { ValueType } from "./encode.ts";
import { type FuzzFeatures, generateModule } from "./generateModule.ts";
import { Random } from "./random.ts";
import { reduceModule } from "./reduce.ts";
import { encodeModule, type ModuleTree } from "./tree.ts";

/** A module on which original and instrumented differ. */
export interface Failure {
  readonly seed: number;
  readonly features: FuzzFeatures;
  readonly difference: string;
  /** The module, reduced as far as it still differs. */
  readonly module: Uint8Array<ArrayBuffer>;
}

const CALLS_PER_MODULE = 10;

/** What a seed's module may use, given what the engine can do: seeds take turns. */
export function featuresOf(
  seed: number,
  engine: { readonly jsTag: boolean; readonly exnref: boolean },
): FuzzFeatures {
  const exceptions = (["none", "legacy", "legacyCatchAll", "exnref"] as const)[seed % 4] ?? "none";
  const possible =
    (exceptions === "legacyCatchAll" && !engine.jsTag) || (exceptions === "exnref" && !engine.exnref)
      ? "legacy"
      : exceptions;
  return { exceptions: possible, tailCalls: seed % 3 === 0 };
}

/** What this engine can do. */
export function engineFeatures(): { readonly jsTag: boolean; readonly exnref: boolean } {
  // A function with `try_table` around nothing.
  const exnref = [...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], ...[1, 4, 1, 0x60, 0, 0], ...[3, 2, 1, 0]];
  const code = [10, 8, 1, 6, 0, 0x1f, 0x40, 0, 0x0b, 0x0b];
  return {
    jsTag: WebAssembly.JSTag !== undefined,
    exnref: WebAssembly.validate(new Uint8Array([...exnref, ...code])),
  };
}

/** Generates, runs and compares the module of one seed; on a difference, the smallest module that still differs. */
export function trySeed(seed: number, features: FuzzFeatures): Failure | undefined {
  const tree = generateModule(seed, features);
  const plan = planFor(tree, seed);
  const difference = differenceOf(tree, plan);
  if (difference === undefined) return undefined;
  const reduced = reduceModule(tree, (candidate) => {
    if (!WebAssembly.validate(encodeModule(candidate))) return false;
    return differenceOf(candidate, plan) !== undefined;
  });
  return {
    seed,
    features,
    difference: differenceOf(reduced, plan) ?? difference,
    module: encodeModule(reduced),
  };
}

/** Calls of all functions with telling and random arguments. */
export function planFor(tree: ModuleTree, seed: number): Plan {
  const random = new Random(seed ^ 0x5bd1e995);
  const calls = Array.from({ length: CALLS_PER_MODULE }, (_, index) => {
    const which = index % tree.functions.length;
    const params = tree.functions[which]?.type.params ?? [];
    return { name: `f${which}`, args: params.map((type) => argument(random, type)) };
  });
  return {
    calls,
    budget: { global: `g${BUDGET_GLOBAL}`, value: CALL_BUDGET },
    sliceFuel: random.pick([1, 40, 1_000_000]),
    movesAlways: random.chance(0.5),
  };
}

function differenceOf(tree: ModuleTree, plan: Plan): string | undefined {
  try {
    return firstDifference(encodeModule(tree), plan);
  } catch (error) {
    return `the harness or the instrumenter failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function argument(random: Random, type: ValueType): number | bigint {
  const telling = [0, 1, -1, 7, 65_535, 65_536, 65_529, 0x7fffffff, -0x80000000];
  const value = random.chance(0.6) ? random.pick(telling) : random.below(2 ** 32) | 0;
  if (type === "i64") return BigInt(value) * (random.chance(0.2) ? 0x100000001n : 1n);
  return type === "i32" ? value : value / 3;
}
