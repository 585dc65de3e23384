import type { BodyDecoder } from "../binary/decodeBody.ts";
import type { Instructions } from "../binary/instructions.ts";
import type { GuestModule } from "../binary/module.ts";
import { ACCESS_BYTES, EFFECT_ANY, EFFECTS, OP, POPS } from "../binary/opcodes/opcode.ts";
import { FuelPlan } from "./fuelPlan.ts";
import { GrowableInts } from "./growableInts.ts";
import { OperandStack } from "./operandStack.ts";

/** How a function counts fuel. */
export const FUEL_NONE = 0;
/** It only pays, at its entry: it neither calls nor loops. */
export const FUEL_PAY = 1;
/** The counter stays in the global. */
export const FUEL_GLOBAL = 2;
/** The counter is kept in a local, and in the global around calls. */
export const FUEL_LOCAL = 3;

/** Base and limit move into locals where accesses outnumber calls by this factor; each call costs a refresh. */
const ACCESSES_PER_CALL = 2;
/** The same for a function as a whole, which pays for the locals at every entry. */
const FUNCTION_ACCESSES_PER_CALL = 4;
const MIN_FUNCTION_ACCESSES = 4;

/**
 * A loop of at most this many instructions counts as tight: its turns are so short that a counter in memory would be
 * what they wait for. In longer ones, with many charges, a local costs more than it saves (an interpreter's loop took
 * 1.8 times plain with a local counter, 1.1 with the global; Chromium 156).
 */
const MAX_TIGHT_INSTRUCTIONS = 150;
/** A function with loops that is no longer than that, its calls no more than this, counts as tight as a whole. */
const MAX_TIGHT_CALLS = 2;

/** A loop reads base and limit from the globals; */
export const NOT_CACHED = 0;
/** it loads them into locals before it begins; */
export const CACHES = 1;
/** what encloses it has done so. */
export const CACHED_OUTSIDE = 2;

/** What the passes need to know of a body before they can write its first instruction. */
export class BodyPlan {
  readonly fuel = new FuelPlan();
  /**
   * Per instruction, the memory access whose address it leaves on the stack, if that access can be checked right
   * there; 0 for none. An access itself has its address's producer in `Instructions.link`. Checking a store there
   * saves keeping its value in a local meanwhile.
   */
  readonly accessAfter = new GrowableInts();
  /** Per loop in order, the function being loop 0: `NOT_CACHED`, `CACHES` or `CACHED_OUTSIDE`. */
  readonly cachingLoops = new GrowableInts();
  /** Per loop: whether it is tight and can be left and entered again at its head, see `Reentry`. */
  readonly reentrantLoops = new GrowableInts();
  /** The whole function keeps base and limit in locals. */
  cachesFunction = false;
  hasAccesses = false;
  hasLoops = false;
  /** Calls that come back, tail calls included. */
  hasCalls = false;
  /** Some of them lie outside all loops, so that calling in a circle need not pass the check at a loop's head. */
  hasCallsOutsideLoops = false;
  hasTryTable = false;
  /** Some loop is short and calls nothing, or the whole function is short and hardly calls. */
  hasTightLoop = false;

  /** Position of the current body's first instruction; positions of earlier bodies lie below it. */
  base = 1;

  private previousCount = 0;
  private readonly stack: OperandStack;
  private readonly latestAssignments = new GrowableInts();
  private readonly firstAssignments = new GrowableInts();
  /** Loops in order of their start, the function itself being loop 0. */
  private readonly loopAccesses = new GrowableInts();
  private readonly loopCalls = new GrowableInts();
  private readonly loopParents = new GrowableInts();
  private readonly loopStarts = new GrowableInts();
  private readonly loopEnds = new GrowableInts();
  private loop = 0;

  constructor(module: GuestModule) {
    this.stack = new OperandStack(module);
  }

  /** Prepares for the body that `decoder` holds. */
  analyse(decoder: BodyDecoder): void {
    const { instructions } = decoder;
    this.reset(decoder);
    const { stack, fuel } = this;
    const { op: ops, count } = instructions;
    let latestEffect = -1;
    for (let n = 0; n < count; n++) {
      const op = ops[n] as number;
      fuel.step(n, op, branchLabel(n, op, instructions));
      if ((ACCESS_BYTES[op] as number) > 0) this.noteAccess(n, op, instructions, latestEffect);
      else if (op === OP.localSet || op === OP.localTee) this.noteAssignment(n, instructions);
      if (EFFECTS[op] === EFFECT_ANY) {
        this.noteEffect(n, op, instructions);
        latestEffect = n;
      }
      stack.step(n, instructions);
    }
    this.closeLoop();
    if (this.hasLoops && count <= MAX_TIGHT_INSTRUCTIONS && this.loopCalls.at(0) <= MAX_TIGHT_CALLS) {
      this.hasTightLoop = true;
    }
    fuel.finish();
    this.chooseCaches();
  }

  /** Position of the local's first assignment in the current body; below `base` if there is none. */
  firstAssignment(local: number): number {
    return this.firstAssignments.at(local);
  }

  private reset(decoder: BodyDecoder): void {
    const { count } = decoder.instructions;
    this.base += this.previousCount;
    this.previousCount = count;
    this.fuel.reset();
    this.stack.reset();
    this.accessAfter.ensure(count);
    this.accessAfter.values.fill(0, 0, count);
    this.latestAssignments.ensure(decoder.localCount);
    this.firstAssignments.ensure(decoder.localCount);
    this.cachingLoops.length = this.reentrantLoops.length = 0;
    this.loopAccesses.length = this.loopCalls.length = this.loopParents.length = 0;
    this.loopStarts.length = this.loopEnds.length = 0;
    this.hasAccesses = this.hasLoops = this.hasCalls = this.hasTryTable = false;
    this.hasTightLoop = this.hasCallsOutsideLoops = false;
    this.openLoop(0, 0, count);
  }

  private noteAccess(n: number, op: number, instructions: Instructions, latestEffect: number): void {
    const operands = POPS[op] as number;
    const producer = this.stack.producer(operands - 1);
    instructions.link[n] = producer;
    this.hasAccesses = true;
    this.loopAccesses.values[this.loop] = this.loopAccesses.at(this.loop) + 1;
    // Between the two only pure instructions and loads run, so trapping early is not to be told from trapping late.
    if (producer >= 0 && latestEffect <= producer) this.accessAfter.values[producer] = n;
  }

  private noteAssignment(n: number, instructions: Instructions): void {
    const local = instructions.a[n] as number;
    const latest = this.latestAssignments.at(local);
    if (latest >= this.base) instructions.link[latest - this.base] = n;
    else this.firstAssignments.values[local] = this.base + n;
    this.latestAssignments.values[local] = this.base + n;
    instructions.link[n] = 0;
  }

  private noteEffect(n: number, op: number, instructions: Instructions): void {
    switch (op) {
      case OP.loop:
        this.hasLoops = true;
        this.reentrantLoops.values[this.loop] = 0;
        this.openLoop(this.loop, n, instructions.link[n] as number);
        // What a loop takes from the stack would be gone when it is entered again.
        if (instructions.a[n] !== 0) this.reentrantLoops.values[this.loop] = 0;
        break;
      case OP.end:
        if (n === this.loopEnds.at(this.loop) && this.loop > 0) this.closeLoop();
        break;
      case OP.call:
      case OP.callIndirect:
      case OP.callRef:
      case OP.memoryGrow:
      case OP.memoryInit:
      case OP.memoryCopy:
      case OP.memoryFill:
        // A call that does not come back costs no refresh and makes no cycle of calls endless.
        if (instructions.op[n + 1] !== OP.unreachable) this.noteCall();
        break;
      case OP.returnCall:
      case OP.returnCallIndirect:
      case OP.returnCallRef:
        this.hasCalls = true;
        if (this.loop === 0) this.hasCallsOutsideLoops = true;
        break;
      case OP.try:
      case OP.rethrow:
      case OP.brOnNull:
      case OP.brOnNonNull:
        this.reentrantLoops.values[this.loop] = 0;
        break;
      case OP.tryTable:
        this.reentrantLoops.values[this.loop] = 0;
        this.hasTryTable = true;
        break;
    }
  }

  private noteCall(): void {
    this.hasCalls = true;
    if (this.loop === 0) this.hasCallsOutsideLoops = true;
    this.loopCalls.values[this.loop] = this.loopCalls.at(this.loop) + 1;
  }

  private openLoop(parent: number, start: number, end: number): void {
    this.loop = this.loopAccesses.length;
    this.loopAccesses.push(0);
    this.loopCalls.push(0);
    this.loopParents.push(parent);
    this.loopStarts.push(start);
    this.loopEnds.push(end);
    this.cachingLoops.push(0);
    this.reentrantLoops.push(1);
  }

  private closeLoop(): void {
    const { loop } = this;
    const parent = this.loopParents.at(loop);
    if (loop > 0) {
      const length = this.loopEnds.at(loop) - this.loopStarts.at(loop);
      if (this.loopCalls.at(loop) === 0 && length <= MAX_TIGHT_INSTRUCTIONS) this.hasTightLoop = true;
      else this.reentrantLoops.values[loop] = 0;
      this.loopAccesses.values[parent] = this.loopAccesses.at(parent) + this.loopAccesses.at(loop);
      this.loopCalls.values[parent] = this.loopCalls.at(parent) + this.loopCalls.at(loop);
    }
    this.loop = parent;
  }

  private chooseCaches(): void {
    const accesses = this.loopAccesses.at(0);
    this.cachesFunction =
      !this.hasTryTable &&
      accesses >= MIN_FUNCTION_ACCESSES &&
      accesses >= FUNCTION_ACCESSES_PER_CALL * this.loopCalls.at(0);
    if (this.hasTryTable) return;
    const caching = this.cachingLoops.values;
    for (let loop = 1; loop < this.cachingLoops.length; loop++) {
      const isCached = this.cachesFunction || caching[this.loopParents.at(loop)] !== NOT_CACHED;
      const enough = this.loopAccesses.at(loop) >= Math.max(1, ACCESSES_PER_CALL * this.loopCalls.at(loop));
      caching[loop] = isCached ? CACHED_OUTSIDE : enough ? CACHES : NOT_CACHED;
    }
  }
}

/** The deepest label an instruction may branch to, -1 for none. A return is a branch to the outermost. */
function branchLabel(n: number, op: number, instructions: Instructions): number {
  switch (op) {
    case OP.br:
    case OP.brIf:
    case OP.brOnNull:
    case OP.brOnNonNull:
      return instructions.a[n] as number;
    case OP.brTable:
      return instructions.b[n] as number;
    default:
      return -1;
  }
}
