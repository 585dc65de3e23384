import type { Instructions } from "../binary/instructions.ts";
import { OP } from "../binary/opcodes/opcode.ts";
import type { BodyPlan } from "./bodyPlan.ts";
import { GrowableInts } from "./growableInts.ts";

/** No local is known to hold the operand. */
export const NO_LOCAL = -1;

/**
 * Remembers what range checks have proved: "local l's value plus b bytes lies within the limit". A memory never
 * shrinks, so this holds wherever the check dominates and the local still has the value, across calls and yields.
 *
 * Structured control makes dominance cheap: a check dominates what follows it in its block and the blocks nested in
 * that, until the block or arm ends (a loop's end is only reached from its body, so a loop ends nothing). A local
 * still has the value if no assignment lies between in program order and, for loops entered in between, none lies
 * anywhere in the loop. Positions grow from body to body, so nothing has to be cleared between bodies: what is older
 * than `base` belongs to another one. All work is linear in the instructions.
 */
export class CheckedRanges {
  private readonly bytes = new GrowableInts();
  private readonly positions = new GrowableInts();
  private readonly scopeDepths = new GrowableInts();
  private readonly scopeSerials = new GrowableInts();
  private readonly patches = new GrowableInts();
  private readonly latestAssignments = new GrowableInts();
  private readonly nextAssignments = new GrowableInts();
  /** Open scopes: serial number and the undo log's length at their start. */
  private readonly openSerials = new GrowableInts();
  private readonly undoMarks = new GrowableInts();
  /** What inner scopes overwrote: local, bytes, position, scope depth, scope serial. */
  private readonly undo = new GrowableInts();
  private readonly loopStarts = new GrowableInts();
  private readonly loopEnds = new GrowableInts();
  private serial = 0;
  private latestEffect = 0;

  private readonly plan: BodyPlan;

  constructor(plan: BodyPlan) {
    this.plan = plan;
  }

  begin(localCount: number): void {
    for (const array of [this.bytes, this.positions, this.scopeDepths, this.scopeSerials, this.patches]) {
      array.ensure(localCount);
    }
    this.latestAssignments.ensure(localCount);
    this.nextAssignments.ensure(localCount);
    this.openSerials.length = this.undoMarks.length = this.undo.length = 0;
    this.loopStarts.length = this.loopEnds.length = 0;
    this.latestEffect = this.plan.base;
    this.openScope();
  }

  openScope(): void {
    this.openSerials.push(++this.serial);
    this.undoMarks.push(this.undo.length);
  }

  closeScope(): void {
    const mark = this.undoMarks.at(this.undoMarks.length - 1);
    while (this.undo.length > mark) {
      const entry = this.undo.length - 5;
      const local = this.undo.at(entry);
      this.bytes.values[local] = this.undo.at(entry + 1);
      this.positions.values[local] = this.undo.at(entry + 2);
      this.scopeDepths.values[local] = this.undo.at(entry + 3);
      this.scopeSerials.values[local] = this.undo.at(entry + 4);
      this.undo.length = entry;
    }
    this.openSerials.length--;
    this.undoMarks.length--;
  }

  openLoop(n: number, end: number): void {
    this.loopStarts.push(this.plan.base + n);
    this.loopEnds.push(this.plan.base + end);
  }

  closeLoop(): void {
    this.loopStarts.length--;
    this.loopEnds.length--;
  }

  /** Instruction `n` assigns `local`; `next` is the next one that does, 0 for none. */
  assign(n: number, local: number, next: number): void {
    this.latestAssignments.values[local] = this.plan.base + n;
    this.nextAssignments.values[local] = next === 0 ? 0 : this.plan.base + next;
  }

  /** Instruction `n` does something that a trap must not come before. */
  noteEffect(n: number): void {
    this.latestEffect = this.plan.base + n;
  }

  /** The local whose value instruction `producer` pushed, if it still has it; else `NO_LOCAL`. */
  local(producer: number, instructions: Instructions): number {
    if (producer < 0) return NO_LOCAL;
    const op = instructions.op[producer];
    if (op !== OP.localGet && op !== OP.localTee) return NO_LOCAL;
    const local = instructions.a[producer] as number;
    return this.latestAssignments.at(local) <= this.plan.base + producer ? local : NO_LOCAL;
  }

  /** Bytes from the local's value that are known to lie within the limit at instruction `n`; 0 for none. */
  knownBytes(local: number, n: number): number {
    const position = this.positions.at(local);
    if (position < this.plan.base || this.latestAssignments.at(local) > position) return 0;
    const depth = this.scopeDepths.at(local);
    const isOpen =
      depth < this.openSerials.length && this.openSerials.at(depth) === this.scopeSerials.at(local);
    if (!isOpen || this.isReassigned(local, n, position)) return 0;
    return this.bytes.at(local);
  }

  /** Where the constant of the local's latest check stands, if raising it now goes unnoticed; else -1. */
  patchable(local: number): number {
    return this.positions.at(local) > this.latestEffect ? this.patches.at(local) : -1;
  }

  /**
   * A check before or at instruction `n` proves that `bytes` from the local's value lie within the limit.
   * @param patch where the check's constant stands in the output, -1 if it cannot be raised
   */
  record(local: number, bytes: number, n: number, patch: number): void {
    const { plan, openSerials } = this;
    const depth = openSerials.length - 1;
    const serial = openSerials.at(depth);
    if (this.positions.at(local) >= plan.base && this.scopeSerials.at(local) !== serial) {
      this.undo.push(local);
      this.undo.push(this.bytes.at(local));
      this.undo.push(this.positions.at(local));
      this.undo.push(this.scopeDepths.at(local));
      this.undo.push(this.scopeSerials.at(local));
    }
    this.bytes.values[local] = bytes;
    this.positions.values[local] = plan.base + n;
    this.scopeDepths.values[local] = depth;
    this.scopeSerials.values[local] = serial;
    this.patches.values[local] = patch;
  }

  /** The local's latest check now proves `bytes`. */
  raise(local: number, bytes: number): void {
    this.bytes.values[local] = bytes;
  }

  /** Whether a loop entered after `position` assigns the local after instruction `n`. */
  private isReassigned(local: number, n: number, position: number): boolean {
    const { loopStarts } = this;
    let low = 0;
    let high = loopStarts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (loopStarts.at(middle) > position) high = middle;
      else low = middle + 1;
    }
    if (low === loopStarts.length) return false;
    const { base } = this.plan;
    const next =
      this.latestAssignments.at(local) >= base
        ? this.nextAssignments.at(local)
        : this.plan.firstAssignment(local);
    return next > base + n && next < this.loopEnds.at(low);
  }
}
