import type { Instructions } from "../binary/instructions.ts";
import type { FunctionType, GuestModule } from "../binary/module.ts";
import { OP, POPS, PUSHES } from "../binary/opcodes/opcode.ts";
import { GrowableInts } from "./growableInts.ts";

/** No producer, or none that leaves its value on top of the stack. */
export const UNKNOWN = -1;

/**
 * Follows the operand stack of one function: for every operand the instruction that left it there.
 * It knows as much as valid code needs; on operands that are missing (unreachable code, or invalid code that the
 * engine will refuse) it answers `UNKNOWN`.
 */
export class OperandStack {
  private readonly producers = new GrowableInts();
  /** Height below which the innermost block may not pop, and what blocks leave: three numbers per open block. */
  private readonly frames = new GrowableInts();
  private readonly module: GuestModule;
  private floor = 0;

  constructor(module: GuestModule) {
    this.module = module;
  }

  reset(): void {
    this.producers.length = 0;
    this.frames.length = 0;
    this.floor = 0;
  }

  /** The producer of the operand `depth` below the top (0 is the top). */
  producer(depth: number): number {
    const index = this.producers.length - 1 - depth;
    return index < this.floor ? UNKNOWN : this.producers.at(index);
  }

  /** Follows instruction `n`. */
  step(n: number, instructions: Instructions): void {
    const op = instructions.op[n] as number;
    const pops = POPS[op] as number;
    if (pops >= 0) {
      this.pop(pops);
      if ((PUSHES[op] as number) > 0) this.producers.push(n);
    } else {
      this.stepControl(n, op, instructions);
    }
  }

  private stepControl(n: number, op: number, instructions: Instructions): void {
    const a = instructions.a[n] as number;
    switch (op) {
      case OP.block:
      case OP.loop:
      case OP.try:
      case OP.tryTable:
        this.openBlock(a, instructions.b[n] as number);
        break;
      case OP.if:
        this.pop(1);
        this.openBlock(a, instructions.b[n] as number);
        break;
      case OP.else:
        this.restart(this.frames.at(this.frames.length - 2));
        break;
      case OP.catch:
        this.restart(this.tagType(a).params.length);
        break;
      case OP.catchAll:
        this.restart(0);
        break;
      case OP.end:
      case OP.delegate:
        this.closeBlock(n);
        break;
      case OP.call:
        this.apply(n, this.functionType(a), 0);
        break;
      case OP.callIndirect:
      case OP.callRef:
        this.apply(n, this.module.types[a] as FunctionType, 1);
        break;
      case OP.brOnNull:
        // The reference stays when it is not null.
        this.pop(1);
        this.producers.push(n);
        break;
      case OP.brOnNonNull:
        this.pop(1);
        break;
      default:
        // Everything else without fixed operands leaves the straight path: br, br_table, return, throw, tail calls.
        this.producers.length = this.floor;
    }
  }

  private apply(n: number, type: FunctionType, extraOperands: number): void {
    this.pop(type.params.length + extraOperands);
    this.push(type.results.length, n);
  }

  /** Pushes `count` operands, of which only the last is on top after instruction `n`. */
  private push(count: number, n: number): void {
    for (let left = count; left > 1; left--) this.producers.push(UNKNOWN);
    if (count > 0) this.producers.push(n);
  }

  private pop(count: number): void {
    this.producers.length = Math.max(this.floor, this.producers.length - count);
  }

  private openBlock(params: number, results: number): void {
    this.pop(params);
    this.frames.push(this.floor);
    this.frames.push(params);
    this.frames.push(results);
    this.floor = this.producers.length;
    this.push(params, UNKNOWN);
  }

  private restart(params: number): void {
    this.producers.length = this.floor;
    this.push(params, UNKNOWN);
  }

  private closeBlock(n: number): void {
    if (this.frames.length === 0) return;
    const results = this.frames.at(this.frames.length - 1);
    this.producers.length = this.floor;
    this.floor = this.frames.at(this.frames.length - 3);
    this.frames.length -= 3;
    this.push(results, n);
  }

  private functionType(index: number): FunctionType {
    return this.module.types[this.module.functionTypes[index] as number] as FunctionType;
  }

  private tagType(index: number): FunctionType {
    return this.module.types[this.module.tagTypes[index] as number] as FunctionType;
  }
}
