import { OP, OPCODE_LIMIT } from "../binary/opcodes/opcode.ts";
import { GrowableInts } from "./growableInts.ts";

/** Instructions that only structure code cost nothing, as in the native runtime's fuel. */
const FREE = [
  OP.nop,
  OP.block,
  OP.loop,
  OP.else,
  OP.end,
  OP.drop,
  OP.return,
  OP.unreachable,
  OP.try,
  OP.delegate,
];

/**
 * A call pays for this many instructions of its callee's head; the callee pays only for the rest. So a small leaf
 * writes no counter (it would be what its caller waits for), at the price of counting calls of still smaller ones, and
 * of imports, as this much. Who calls from outside the module pays nothing for them.
 */
export const PREPAID_BY_CALL = 16;

/** Fuel per instruction, by opcode. */
const WEIGHTS = new Uint8Array(OPCODE_LIMIT).fill(1);
for (const op of FREE) WEIGHTS[op] = 0;
for (const op of [
  OP.call,
  OP.callIndirect,
  OP.callRef,
  OP.returnCall,
  OP.returnCallIndirect,
  OP.returnCallRef,
]) {
  WEIGHTS[op] = 1 + PREPAID_BY_CALL;
}

/** No branch left the block. */
const NONE_LEFT = 0x7fff_ffff;

/** Conditional code lighter than this is paid by the code before it, taken or not… */
const SMALL_WEIGHT = 48;

/** …as long as no charge prepays more than this of it. */
const MAX_PREPAID_WEIGHT = 128;

/**
 * Decides where a function pays for its instructions, and how much.
 *
 * Code is cut into segments. All code of a function or loop body that runs whenever its head runs is one segment,
 * which its head pays. What runs only sometimes (the arms of an `if`, what follows a conditional branch out of a
 * block, a handler) is a segment of its own, paid where it begins, unless it is small. So fuel never counts too
 * little, and too much by at most `MAX_PREPAID_WEIGHT` per charge plus what an early exit leaves unexecuted. It is a
 * pure function of the code and the path taken: the same run costs the same fuel.
 */
export class FuelPlan {
  /** Parallel arrays over segments in order of their first instruction. */
  private readonly starts = new GrowableInts();
  private readonly weights = new GrowableInts();
  /** The segment that pays for a small one; -1 for heads, which always pay themselves. */
  private readonly owners = new GrowableInts();
  private readonly prepaid = new GrowableInts();

  /** Two numbers per enclosing block: its segment, and the outermost block that was branched out of. */
  private readonly frames = new GrowableInts();
  private segment = 0;
  private outermostLeft = NONE_LEFT;
  private depth = 0;
  /** The path was left since the current segment began: what follows is another one. */
  private isStale = false;

  reset(): void {
    this.starts.length = this.weights.length = this.owners.length = this.prepaid.length = 0;
    this.frames.length = 0;
    this.depth = 0;
    this.outermostLeft = NONE_LEFT;
    this.isStale = false;
    this.segment = this.addSegment(0, -1);
  }

  /** Takes in instruction `n`; `label` is its deepest branch target, -1 for none. */
  step(n: number, op: number, label: number): void {
    const weight = WEIGHTS[op] as number;
    if (weight > 0) {
      if (this.isStale) this.renew(n);
      this.weights.values[this.segment] = this.weights.at(this.segment) + weight;
    }
    if (label >= 0) {
      this.outermostLeft = Math.min(this.outermostLeft, this.depth - label);
      this.isStale = true;
    }
    switch (op) {
      case OP.return:
        this.outermostLeft = 0;
        this.isStale = true;
        break;
      case OP.block:
      case OP.try:
      case OP.tryTable:
        if (this.isStale) this.renew(n);
        this.open(this.segment);
        break;
      case OP.loop:
        this.open(this.addSegment(n + 1, -1));
        break;
      case OP.if:
        this.open(this.segment);
        this.isStale = true;
        break;
      case OP.else:
      case OP.catch:
      case OP.catchAll:
        this.segment = this.frames.at(this.frames.length - 2);
        this.isStale = true;
        break;
      case OP.end:
      case OP.delegate:
        this.close();
        break;
    }
  }

  /** Settles who pays for what, when the whole body was taken in. */
  finish(): void {
    const { weights, owners, prepaid } = this;
    for (let segment = weights.length - 1; segment > 0; segment--) {
      const weight = weights.at(segment);
      const owner = owners.at(segment);
      // An owner lies before its segments, so going backwards settles what a segment prepays before its own turn.
      if (owner < 0 || weight >= SMALL_WEIGHT || prepaid.at(owner) + weight > MAX_PREPAID_WEIGHT) continue;
      weights.values[owner] = weights.at(owner) + weight;
      prepaid.values[owner] = prepaid.at(owner) + weight + prepaid.at(segment);
      weights.values[segment] = 0;
    }
    weights.values[0] = Math.max(0, weights.at(0) - PREPAID_BY_CALL);
  }

  /** Number of segments; the first is the function's head. */
  get count(): number {
    return this.starts.length;
  }

  /** Instruction before which the segment pays. */
  start(segment: number): number {
    return this.starts.at(segment);
  }

  /** What it pays; 0 when another does. */
  weight(segment: number): number {
    return this.weights.at(segment);
  }

  /** Whether it begins a function or a loop body. */
  isHead(segment: number): boolean {
    return this.owners.at(segment) < 0;
  }

  private addSegment(start: number, owner: number): number {
    this.starts.push(start);
    this.weights.push(0);
    this.owners.push(owner);
    this.prepaid.push(0);
    return this.starts.length - 1;
  }

  private renew(n: number): void {
    this.segment = this.addSegment(n, this.segment);
    this.isStale = false;
  }

  private open(segment: number): void {
    this.frames.push(this.segment);
    this.frames.push(this.outermostLeft);
    this.depth++;
    this.segment = segment;
    this.outermostLeft = NONE_LEFT;
    this.isStale = false;
  }

  private close(): void {
    if (this.depth === 0) return;
    const left = this.outermostLeft;
    this.segment = this.frames.at(this.frames.length - 2);
    this.outermostLeft = Math.min(left, this.frames.at(this.frames.length - 1));
    this.frames.length -= 2;
    this.depth--;
    this.isStale = left <= this.depth;
  }
}
