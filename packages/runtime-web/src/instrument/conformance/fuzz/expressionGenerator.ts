import { constant, TYPE_CODE, unsigned, type ValueType } from "./encode.ts";
import type { FuzzFeatures, TypeTable } from "./generateModule.ts";
import {
  MEMORY,
  MEMORY_ATOMIC,
  MEMORY_SIMD,
  type MemoryInstruction,
  mayTrap,
  NUMERIC,
} from "./instructions.ts";
import type { Random } from "./random.ts";
import { type FunctionType, type Node, trivial } from "./tree.ts";

/** What the functions of a module share. */
export interface Surroundings {
  readonly random: Random;
  readonly features: FuzzFeatures;
  readonly types: TypeTable;
  /** By function index, imports first. */
  readonly functionTypes: readonly FunctionType[];
  readonly globals: readonly { readonly type: ValueType }[];
  readonly memory: { readonly initial: number; readonly maximum: number };
  readonly dataCount: number;
  /** Function indices in the table, from slot 0 on. */
  readonly elements: readonly number[];
}

const PAGE = 65_536;

/** Values of a type that are worth more than a random one. */
const TELLING: Readonly<Record<ValueType, readonly bigint[]>> = {
  i32: [0n, 1n, 2n, 0x7fffffffn, 0x80000000n, 0xffffffffn, 0xfff8n, 0x10000n],
  i64: [0n, 1n, -1n, 0x7fffffffffffffffn, 0x8000000000000000n, 0xffffffffn, 0x100000000n],
  f32: [0n, 0x3f800000n, 0xbf800000n, 0x7f800000n, 0x7fc00000n, 0x4f000000n, 0xcf000001n, 0x00000001n],
  f64: [
    0n,
    0x3ff0000000000000n,
    0xbff0000000000000n,
    0x7ff0000000000000n,
    0x7ff8000000000000n,
    0x41dfffffffc00000n,
  ],
  v128: [0n, 1n, (1n << 128n) - 1n, 0x0102030405060708090a0b0c0d0e0f10n],
};

const NUMERIC_BY_RESULT: Readonly<Record<ValueType, typeof NUMERIC>> = {
  i32: NUMERIC.filter(({ result }) => result === "i32"),
  i64: NUMERIC.filter(({ result }) => result === "i64"),
  f32: NUMERIC.filter(({ result }) => result === "f32"),
  f64: NUMERIC.filter(({ result }) => result === "f64"),
  v128: NUMERIC.filter(({ result }) => result === "v128"),
};

/** Writes expressions: the right type, a bounded depth, and addresses that are mostly, not always, inside. */
export class ExpressionGenerator {
  protected readonly random: Random;
  protected readonly features: FuzzFeatures;
  protected readonly types: TypeTable;
  protected readonly globals: Surroundings["globals"];
  protected readonly dataCount: number;
  /** Locals that are no parameters. */
  protected readonly ownLocals: ValueType[] = [];
  /** From the outside in: the values that a branch to each takes along. */
  protected readonly labels: { readonly types: readonly ValueType[] }[] = [];
  readonly #functionTypes: readonly FunctionType[];
  readonly #params: readonly ValueType[];
  readonly #memory: Surroundings["memory"];
  readonly #elements: Surroundings["elements"];
  readonly #reserved = new Set<number>();
  readonly #scratch = new Map<ValueType, number>();

  constructor(surroundings: Surroundings, params: readonly ValueType[]) {
    this.random = surroundings.random;
    this.features = surroundings.features;
    this.types = surroundings.types;
    this.globals = surroundings.globals;
    this.dataCount = surroundings.dataCount;
    this.#functionTypes = surroundings.functionTypes;
    this.#memory = surroundings.memory;
    this.#elements = surroundings.elements;
    this.#params = params;
  }

  /** Index of a new local; a counter's is not handed out by `pickLocal`. */
  protected addLocal(type: ValueType, use: "free" | "counter" = "free"): number {
    const index = this.#params.length + this.ownLocals.push(type) - 1;
    if (use === "counter") this.#reserved.add(index);
    return index;
  }

  protected pickLocal(type?: ValueType): { readonly index: number; readonly type: ValueType } | undefined {
    const locals = [...this.#params, ...this.ownLocals].map((local, index) => ({ index, type: local }));
    const fitting = locals.filter(
      (l) => !this.#reserved.has(l.index) && (type === undefined || l.type === type),
    );
    return fitting.length === 0 ? undefined : this.random.pick(fitting);
  }

  protected label(depth: number): { readonly types: readonly ValueType[] } {
    return this.labels[this.labels.length - 1 - depth] ?? { types: [] };
  }

  protected expression(type: ValueType, depth: number): Node {
    const { random } = this;
    const roll = random.below(100);
    if (depth <= 0 || roll < 12) return this.#leaf(type);
    if (roll < 24) return this.#localOrGlobal(type);
    if (roll < 50) return this.access("load", type);
    if (roll < 56) return this.#select(type, depth);
    if (roll < 61) return this.#choice(type, depth);
    if (roll < 66) return this.#call(type) ?? this.#leaf(type);
    if (roll < 69) return this.#tee(type, depth);
    if (type === "i32" && roll < 73) return { type, parts: [[0x3f, 0x00]] };
    if (type === "i32" && roll < 75)
      return { type, parts: [this.expression("i32", 0), [0x41, 1, 0x71, 0x40, 0x00]] };
    return this.#numeric(type, depth);
  }

  /** A load of `type`, or a store of anything, of every width and kind. */
  protected access(kind: "load" | "store", type?: ValueType): Node {
    const family = this.random.below(10);
    const all = family < 6 ? MEMORY : family < 8 ? MEMORY_SIMD : MEMORY_ATOMIC;
    const fits = (i: MemoryInstruction) => (kind === "store" ? i.result === undefined : i.result === type);
    const fitting = all.filter(fits);
    const instruction = this.random.pick(
      fitting.length > 0 ? fitting : MEMORY.concat(MEMORY_SIMD).filter(fits),
    );
    const operands = instruction.params.map((param) => this.expression(param, 1));
    const align = instruction.atomic ? instruction.natural : this.random.below(instruction.natural + 1);
    const lane = instruction.lanes === undefined ? [] : [this.random.below(instruction.lanes)];
    const bytes = [...instruction.code, ...unsigned(align), ...unsigned(this.#offset(instruction)), ...lane];
    return {
      type: instruction.result ?? "none",
      parts: [this.address(instruction.atomic), ...operands, bytes],
    };
  }

  /** An address: a masked value, a local (so that checks repeat), an edge, seldom anything at all. */
  protected address(aligned = false): Node {
    const { random } = this;
    const roll = random.below(100);
    const largest = random.pick([0xff, 0xfff, 0x7fff, 0x7fff, random.chance(0.1) ? 0x1ffff : 0xbfff]);
    const mask = constant("i32", BigInt(largest & (aligned ? ~7 : ~0)));
    if (roll < 40) return { type: "i32", parts: [this.expression("i32", 1), mask, [0x71]] };
    if (roll < 65) {
      const local = this.pickLocal("i32");
      if (local === undefined) return this.#edge(aligned);
      const bytes = [0x20, ...unsigned(local.index)];
      if (random.chance(0.1)) return { type: "i32", parts: [bytes] };
      return { type: "i32", parts: [[...bytes, ...mask, 0x71, 0x22, ...unsigned(local.index)]] };
    }
    return roll < 99 ? this.#edge(aligned) : this.expression("i32", 1);
  }

  /** A call of a function with exactly these results, or none when there is no such function. */
  protected functionOfResults(results: readonly ValueType[]): { index: number; args: Node[] } | undefined {
    const fitting = this.#functionTypes.flatMap((type, index) =>
      `${type.results}` === `${results}` ? [{ index, type }] : [],
    );
    if (fitting.length === 0) return undefined;
    const { index, type } = this.random.pick(fitting);
    return { index, args: type.params.map((param) => this.expression(param, 1)) };
  }

  #edge(aligned: boolean): Node {
    const { random } = this;
    // Sixteen bytes reach from here to the end, no access is wider; seldom nearer.
    const nearer = random.chance(0.07) ? random.below(16) : 0;
    const below = aligned ? 16 - (nearer & ~7) : 16 + random.below(3) - nearer;
    if (random.chance(0.3)) {
      return {
        type: "i32",
        parts: [[0x3f, 0x00], constant("i32", 16n), [0x74], constant("i32", BigInt(below)), [0x6b]],
      };
    }
    const pages = random.chance(0.05) ? this.#memory.maximum : this.#memory.initial;
    const value =
      pages === 0 || random.chance(0.5) ? random.below(64) & (aligned ? ~7 : ~0) : pages * PAGE - below;
    return { type: "i32", parts: [constant("i32", BigInt(value))] };
  }

  #offset(instruction: MemoryInstruction): number {
    const { random } = this;
    const roll = random.below(100);
    const step = instruction.atomic ? 8 : 1;
    if (roll < 60) return 0;
    if (roll < 85) return step * random.below(17);
    if (roll < 98) return step * random.below(4096);
    if (roll < 99) return PAGE * random.below(3) + step * random.below(3);
    return random.pick([0x7fffffff, 0xffffffff, 0xfffffff8, 0x80000000]);
  }

  #leaf(type: ValueType): Node {
    const { random } = this;
    const bits = random.chance(0.5)
      ? random.pick(TELLING[type])
      : (BigInt(random.below(2 ** 32)) << 32n) | BigInt(random.below(2 ** 32));
    return { type, parts: [constant(type, bits)] };
  }

  #localOrGlobal(type: ValueType): Node {
    const globals = this.globals.flatMap((global, index) =>
      global.type === type && index > 0 ? [index] : [],
    );
    if (globals.length > 0 && this.random.chance(0.4)) {
      return { type, parts: [[0x23, ...unsigned(this.random.pick(globals))]] };
    }
    const local = this.pickLocal(type);
    return local === undefined ? this.#leaf(type) : { type, parts: [[0x20, ...unsigned(local.index)]] };
  }

  #select(type: ValueType, depth: number): Node {
    const sides = [this.expression(type, depth - 1), this.expression(type, depth - 1)];
    return { type, parts: [...sides, this.expression("i32", depth - 1), [0x1b]] };
  }

  /** An `if` with a result; branches from its arms carry the result. */
  #choice(type: ValueType, depth: number): Node {
    if (this.labels.length > 5) return this.#leaf(type);
    const condition = this.expression("i32", depth - 1);
    this.labels.push({ types: [type] });
    const arms = [this.expression(type, depth - 1), this.expression(type, depth - 1)] as const;
    const early = { type, parts: [arms[0], this.expression("i32", 1), [0x0d, 0x00]] };
    this.labels.pop();
    return { type, parts: [condition, [0x04, TYPE_CODE[type]], early, [0x05], arms[1], [0x0b]] };
  }

  #call(type: ValueType): Node | undefined {
    const callee = this.functionOfResults([type]);
    if (callee === undefined) return undefined;
    const isInTable = this.#elements.includes(callee.index);
    if (this.random.chance(isInTable ? 0.3 : 0.97))
      return { type, parts: [...callee.args, [0x10, ...unsigned(callee.index)]] };
    const typeIndex = this.types.indexOf(
      this.#functionTypes[callee.index] ?? { params: [], results: [type] },
    );
    // A slot of another type, an empty one or one behind the table's end traps: seldom.
    const right = this.#elements.indexOf(callee.index);
    const wrong = this.random.below(this.#elements.length + 4);
    const slot = constant("i32", BigInt(right >= 0 && this.random.chance(0.9) ? right : wrong));
    return { type, parts: [...callee.args, slot, [0x11, ...unsigned(typeIndex), 0x00]] };
  }

  #tee(type: ValueType, depth: number): Node {
    const local = this.pickLocal(type);
    if (local === undefined) return this.#leaf(type);
    return { type, parts: [this.expression(type, depth - 1), [0x22, ...unsigned(local.index)]] };
  }

  #numeric(type: ValueType, depth: number): Node {
    let instruction = this.random.pick(NUMERIC_BY_RESULT[type]);
    // A trap ends the call and with it what the rest of the function would show.
    while (mayTrap(instruction) && this.random.chance(0.95))
      instruction = this.random.pick(NUMERIC_BY_RESULT[type]);
    const operands = instruction.params.map((param) => this.expression(param, depth - 1));
    const parts: Node["parts"] = [...operands, instruction.code];
    if (!instruction.freeNan) return { type, parts };
    // Zero in place of any NaN: which bits a NaN has is up to the engine, from run to run.
    let scratch = this.#scratch.get(type);
    if (scratch === undefined) {
      scratch = this.addLocal(type, "counter");
      this.#scratch.set(type, scratch);
    }
    const at = unsigned(scratch);
    const same = type === "f32" ? 0x5b : 0x61;
    return { type, parts: [...parts, [0x22, ...at], trivial(type), [0x20, ...at, 0x20, ...at, same, 0x1b]] };
  }
}
