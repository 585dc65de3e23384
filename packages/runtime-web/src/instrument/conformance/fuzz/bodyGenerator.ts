import { BUDGET_GLOBAL } from "./callBudget.ts";
import { constant, signed, unsigned, type ValueType } from "./encode.ts";
import { ExpressionGenerator, type Surroundings } from "./expressionGenerator.ts";
import type { FunctionTree, FunctionType, Node } from "./tree.ts";

const NOTHING = 0x40;

/** Writes one function: statements and control flow; operands come from `ExpressionGenerator`. */
export class BodyGenerator extends ExpressionGenerator {
  readonly #type: FunctionType;
  /** Statements still allowed, so that bodies stay small whatever the nesting. */
  #statementsLeft: number;

  constructor(surroundings: Surroundings, type: FunctionType) {
    super(surroundings, type.params);
    this.#type = type;
    this.#statementsLeft = 4 + this.random.below(16);
  }

  generate(): FunctionTree {
    for (let i = this.random.below(5); i > 0; i--)
      this.addLocal(this.random.pick(["i32", "i32", "i64", "v128"]));
    this.labels.push({ types: this.#type.results });
    const zeros = this.#type.results.flatMap((type) => constant(type, 0n));
    const spent: Node = {
      type: "none",
      parts: [
        [0x23, BUDGET_GLOBAL, 0x45, 0x04, NOTHING, ...zeros, 0x0f, 0x0b],
        [0x23, BUDGET_GLOBAL, 0x41, 0x01, 0x6b, 0x24, BUDGET_GLOBAL],
      ],
    };
    const statements: Node[] = [];
    while (this.#statementsLeft > 0) statements.push(this.statement());
    const results = this.#type.results.map((type) => this.expression(type, 3));
    return { type: this.#type, locals: this.ownLocals, body: [spent, ...statements, ...results] };
  }

  protected statement(): Node {
    this.#statementsLeft--;
    const { random } = this;
    const roll = random.below(100);
    if (roll < 26) return this.access("store");
    if (roll < 40) return this.#assignment();
    if (roll < 48) return this.#bulk();
    if (roll < 56) return this.#branchOut();
    if (roll < 62) return this.#discarded();
    if (this.labels.length > 4) return this.access("store");
    if (roll < 70) return this.#conditional();
    if (roll < 80) return this.#countedLoop();
    if (roll < 86) return this.#blockWithTable();
    if (roll < 94 && this.features.exceptions !== "none") return this.#guarded();
    if (roll < 96) return this.#leave();
    return { type: "none", parts: [this.expression("i32", 2), [0x10, 0x00]] };
  }

  #statements(most: number): Node[] {
    return Array.from({ length: 1 + this.random.below(most) }, () => this.statement());
  }

  #within(types: readonly ValueType[], make: () => Node[]): Node[] {
    this.labels.push({ types });
    const nodes = make();
    this.labels.pop();
    return nodes;
  }

  #assignment(): Node {
    const { random } = this;
    if (random.chance(0.4)) {
      const index = 1 + random.below(this.globals.length - 1);
      const type = this.globals[index]?.type ?? "i32";
      return { type: "none", parts: [this.expression(type, 3), [0x24, ...unsigned(index)]] };
    }
    const local = this.pickLocal();
    if (local === undefined) return this.access("store");
    return { type: "none", parts: [this.expression(local.type, 3), [0x21, ...unsigned(local.index)]] };
  }

  #bulk(): Node {
    const { random } = this;
    const length = () =>
      random.chance(0.8) ? number(random.pick([0, 1, 3, 8, 17, 40])) : this.expression("i32", 1);
    const roll = random.below(20);
    if (roll < 6)
      return {
        type: "none",
        parts: [this.address(), this.expression("i32", 1), length(), [0xfc, 0x0b, 0x00]],
      };
    if (roll < 12)
      return { type: "none", parts: [this.address(), this.address(), length(), [0xfc, 0x0a, 0x00, 0x00]] };
    if (roll < 17) {
      const segment = random.below(this.dataCount);
      const from = number(random.pick([0, 0, 1, 7, 40, 41]));
      return { type: "none", parts: [this.address(), from, length(), [0xfc, 0x08, segment, 0x00]] };
    }
    if (roll < 18) return { type: "none", parts: [[0xfc, 0x09, random.below(this.dataCount)]] };
    return { type: "none", parts: [this.expression("i32", 1), [0x41, 3, 0x71, 0x40, 0x00, 0x1a]] };
  }

  /** `br_if` to any label, with its values computed before and dropped when it is not taken. */
  #branchOut(): Node {
    const depth = this.random.below(this.labels.length);
    const { types } = this.label(depth);
    const values = types.map((type) => this.expression(type, 2));
    const drops = types.map(() => 0x1a);
    return {
      type: "none",
      parts: [...values, this.expression("i32", 2), [0x0d, ...unsigned(depth), ...drops]],
    };
  }

  #discarded(): Node {
    return {
      type: "none",
      parts: [this.expression(this.random.pick(["i32", "i64", "f64", "v128"]), 3), [0x1a]],
    };
  }

  #conditional(): Node {
    const condition = this.expression("i32", 3);
    const then = this.#within([], () => this.#statements(3));
    if (this.random.chance(0.5))
      return { type: "none", parts: [condition, [0x04, NOTHING], ...then, [0x0b]] };
    const otherwise = this.#within([], () => this.#statements(3));
    return { type: "none", parts: [condition, [0x04, NOTHING], ...then, [0x05], ...otherwise, [0x0b]] };
  }

  /** A loop of up to six turns. Its counter is a local that nothing else assigns; `continue` would not count. */
  #countedLoop(): Node {
    const counter = unsigned(this.addLocal("i32", "counter"));
    const body = this.#within([], () => this.#within([], () => this.#statements(4)));
    return {
      type: "none",
      parts: [
        [0x41, ...signed(BigInt(1 + this.random.below(6))), 0x21, ...counter],
        // Branches of the body lead out of the inner block, to the next turn, or out of the outer one.
        [0x02, NOTHING, 0x03, NOTHING],
        {
          type: "none",
          parts: [[0x20, ...counter, 0x45, 0x0d, 0x01, 0x20, ...counter, 0x41, 0x01, 0x6b, 0x21, ...counter]],
        },
        ...body,
        [0x0c, 0x00, 0x0b, 0x0b],
      ],
    };
  }

  #blockWithTable(): Node {
    const body = this.#within([], () => this.#within([], () => this.#statements(3)));
    const selector = this.expression("i32", 2);
    const after = this.#within([], () => this.#statements(2));
    return {
      type: "none",
      parts: [
        [0x02, NOTHING, 0x02, NOTHING],
        ...body,
        selector,
        [0x0e, 0x02, 0x00, 0x01, 0x00, 0x0b],
        ...after,
        [0x0b],
      ],
    };
  }

  #leave(): Node {
    const values = this.#type.results.map((type) => this.expression(type, 1));
    const roll = this.random.below(10);
    const ending =
      roll < 7 ? { type: "none" as const, parts: [...values, [0x0f]] } : this.#unreachableOrTail(roll);
    return { type: "none", parts: [this.expression("i32", 2), [0x04, NOTHING], ending, [0x0b]] };
  }

  #unreachableOrTail(roll: number): Node {
    const callee =
      this.features.tailCalls && roll < 9 ? this.functionOfResults(this.#type.results) : undefined;
    if (callee === undefined)
      return { type: "none", parts: this.random.chance(0.3) ? [[0x00]] : [...this.#results(), [0x0f]] };
    return { type: "none", parts: [...callee.args, [0x12, ...unsigned(callee.index)]] };
  }

  #results(): Node[] {
    return this.#type.results.map((type) => this.expression(type, 1));
  }

  #guarded(): Node {
    if (this.features.exceptions === "exnref") return this.#tryTable();
    const body = this.#within([], () => [...this.#statements(3), this.#thrown()]);
    const caught = this.#within([], () => this.#statements(2));
    const all = this.#within([], () => this.#statements(2));
    const roll = this.random.below(10);
    if (roll < 2)
      return {
        type: "none",
        parts: [[0x06, NOTHING], ...body, [0x18, ...unsigned(this.random.below(this.labels.length))]],
      };
    const first = [[0x07, 0x01, 0x1a, 0x1a], ...caught];
    const last =
      this.features.exceptions === "legacyCatchAll" && roll < 7 ? [[0x19], ...all] : [[0x07, 0x00], ...all];
    const again = roll === 9 ? [{ type: "none" as const, parts: [[0x09, 0x00]] }] : [];
    return { type: "none", parts: [[0x06, NOTHING], ...body, ...first, ...last, ...again, [0x0b]] };
  }

  /** Both tags and everything else land behind blocks of their own, values dropped. */
  #tryTable(): Node {
    const body = this.#within([], () =>
      this.#within([], () =>
        this.#within(["i32", "i64"], () => this.#within([], () => [...this.#statements(3), this.#thrown()])),
      ),
    );
    const after = this.#statements(1);
    const pair = unsigned(this.types.indexOf({ params: [], results: ["i32", "i64"] }));
    return {
      type: "none",
      parts: [
        [0x02, NOTHING, 0x02, NOTHING, 0x02, ...pair],
        [0x1f, NOTHING, 0x02, 0x00, 0x01, 0x00, 0x02, 0x01],
        ...body,
        [0x0b, 0x0c, 0x02, 0x0b, 0x1a, 0x1a, 0x0b, 0x0b],
        ...after,
      ],
    };
  }

  #thrown(): Node {
    const withValues = this.random.chance(0.5);
    const values = withValues ? [this.expression("i32", 1), this.expression("i64", 1)] : [];
    return {
      type: "none",
      parts: [
        this.expression("i32", 2),
        [0x04, NOTHING],
        { type: "none", parts: [...values, [0x08, withValues ? 1 : 0]] },
        [0x0b],
      ],
    };
  }
}

function number(value: number): Node {
  return { type: "i32", parts: [[0x41, ...signed(BigInt(value))]] };
}
