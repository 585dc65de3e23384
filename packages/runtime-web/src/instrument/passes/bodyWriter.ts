import { GROUP_BASE, OP, PREFIX } from "../binary/opcodes/opcode.ts";
import { VALUE_TYPE, type ValueType } from "../binary/valueType.ts";
import { ByteWriter } from "../binary/writer.ts";
import { GrowableInts } from "./growableInts.ts";

/** Marks a branch that is rarely taken, as `metadata.code.branch_hint` numbers it. */
export const UNLIKELY = 0;

/**
 * The output of one function body: copied spans of the input with code in between, the locals that code needs,
 * branch hints, and which output bytes are copies of which input bytes.
 */
export class BodyWriter {
  /** Instructions; the locals are written when all are known. */
  readonly code = new ByteWriter(1 << 14);
  /** Triples per copied span: input offset, offset in `code`, length. Empty spans mark where code belongs to. */
  readonly spans = new GrowableInts();
  /** Pairs per hint: offset in `code`, value. */
  readonly hints = new GrowableInts();
  /** Types of added locals. */
  readonly addedLocals: ValueType[] = [];

  private readonly source: Uint8Array;
  private pending = 0;
  private localCount = 0;
  private readonly temporaries = new Map<string, number>();

  constructor(source: Uint8Array) {
    this.source = source;
  }

  begin(start: number, localCount: number): void {
    this.code.length = 0;
    this.spans.length = 0;
    this.hints.length = 0;
    this.addedLocals.length = 0;
    this.temporaries.clear();
    this.pending = start;
    this.localCount = localCount;
  }

  /** Copies the input up to `offset`; code written next belongs to the instruction there. */
  copyUpTo(offset: number): void {
    this.spans.push(this.pending);
    this.spans.push(this.code.length);
    this.spans.push(offset - this.pending);
    this.code.copy(this.source, this.pending, offset);
    this.pending = offset;
  }

  /** Leaves the input up to `offset` out. */
  skipTo(offset: number): void {
    this.pending = offset;
  }

  /** A new local. */
  addLocal(type: ValueType): number {
    this.addedLocals.push(type);
    return this.localCount + this.addedLocals.length - 1;
  }

  /** The local that holds values of this type for the length of one inserted sequence, the `n`th such. */
  temporary(type: ValueType, n = 0): number {
    const key = `${type} ${n}`;
    let local = this.temporaries.get(key);
    if (local === undefined) {
      local = this.addLocal(type);
      this.temporaries.set(key, local);
    }
    return local;
  }

  /** Marks the branch or `if` written next. */
  hint(value: number): void {
    this.hints.push(this.code.length);
    this.hints.push(value);
  }

  /** An opcode number with its prefix, if it has one. */
  opcode(op: number): void {
    const { code } = this;
    if (op < GROUP_BASE.misc) code.byte(op);
    else if (op < GROUP_BASE.simd) code.raw(PREFIX.misc, op - GROUP_BASE.misc);
    else {
      const isSimd = op < GROUP_BASE.atomic;
      code.byte(isSimd ? PREFIX.simd : PREFIX.atomic);
      code.u32(op - (isSimd ? GROUP_BASE.simd : GROUP_BASE.atomic));
    }
  }

  localGet(local: number): void {
    this.code.byte(OP.localGet);
    this.code.u32(local);
  }

  localSet(local: number): void {
    this.code.byte(OP.localSet);
    this.code.u32(local);
  }

  localTee(local: number): void {
    this.code.byte(OP.localTee);
    this.code.u32(local);
  }

  globalGet(global: number): void {
    this.code.byte(OP.globalGet);
    this.code.u32(global);
  }

  globalSet(global: number): void {
    this.code.byte(OP.globalSet);
    this.code.u32(global);
  }

  i32Const(value: number): void {
    this.code.byte(OP.i32Const);
    this.code.s32(value);
  }

  call(functionIndex: number): void {
    this.code.byte(OP.call);
    this.code.u32(functionIndex);
  }

  /** An i32 local for addresses and counters within one inserted sequence. */
  get scratch(): number {
    return this.temporary(VALUE_TYPE.i32);
  }
}
