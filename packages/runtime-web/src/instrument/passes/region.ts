import type { Instructions } from "../binary/instructions.ts";
import { ACCESS_BYTES, ACCESS_OPERANDS, IMMEDIATE, IMMEDIATES, OP } from "../binary/opcodes/opcode.ts";
import { VALUE_TYPE, type ValueType } from "../binary/valueType.ts";
import { TRAP } from "../layout.ts";
import type { BodyPlan } from "./bodyPlan.ts";
import { type BodyWriter, UNLIKELY } from "./bodyWriter.ts";
import { type CheckedRanges, NO_LOCAL } from "./checkedRanges.ts";
import type { HostIndices } from "./hostIndices.ts";

/** Largest constant a two-byte signed LEB128 holds: checks reserve that much, so that they can be raised later. */
const MAX_PATCHABLE = 0x1fff;

/** Operands above an address, by letter of the opcode table. */
const OPERAND_TYPES: Readonly<Record<string, ValueType>> = {
  i: VALUE_TYPE.i32,
  l: VALUE_TYPE.i64,
  f: VALUE_TYPE.f32,
  d: VALUE_TYPE.f64,
  v: VALUE_TYPE.v128,
};

/** Counts for `InstrumentStatistics`. */
export interface RegionStatistics {
  checks: number;
  elidedChecks: number;
  constantAccesses: number;
  wideChecks: number;
}

/**
 * The memory pass: turns addresses of the guest into addresses of its region in the arena.
 *
 * An access at address a with offset o of n bytes stays within the region if a + o + n ≤ limit. With C = o + n no larger
 * than the initial memory, which the limit never falls below, that is a ≤ limit - C without overflow, in 32 bits; other
 * accesses compare in 64 bits. The access itself keeps its bytes: only base is added to the address below it.
 */
export class RegionPass {
  readonly statistics: RegionStatistics = { checks: 0, elidedChecks: 0, constantAccesses: 0, wideChecks: 0 };
  /** Whether base and limit are in locals at the current instruction. */
  isCached = false;

  private baseLocal = NO_LOCAL;
  private limitLocal = NO_LOCAL;
  private readonly host: HostIndices;
  private readonly writer: BodyWriter;
  private readonly ranges: CheckedRanges;
  private readonly plan: BodyPlan;
  private readonly initialBytes: number;

  constructor(
    host: HostIndices,
    writer: BodyWriter,
    ranges: CheckedRanges,
    plan: BodyPlan,
    initialBytes: number,
  ) {
    this.host = host;
    this.writer = writer;
    this.ranges = ranges;
    this.plan = plan;
    this.initialBytes = initialBytes;
  }

  begin(): void {
    this.isCached = false;
    this.baseLocal = this.limitLocal = NO_LOCAL;
  }

  /** Loads base and limit into their locals, if this place keeps them there. */
  refresh(): void {
    if (!this.isCached) return;
    const { writer, host } = this;
    if (this.baseLocal === NO_LOCAL) {
      this.baseLocal = writer.addLocal(VALUE_TYPE.i32);
      this.limitLocal = writer.addLocal(VALUE_TYPE.i32);
    }
    writer.globalGet(host.baseGlobal);
    writer.localSet(this.baseLocal);
    writer.globalGet(host.limitGlobal);
    writer.localSet(this.limitLocal);
  }

  /** `memory.size`, in pages. */
  size(): void {
    this.limit();
    this.writer.i32Const(16);
    this.writer.code.byte(OP.i32ShrU);
  }

  /**
   * Follows instruction `n`, which may have left the address of a later access on the stack.
   * @param trapLabel label of the block whose end traps
   */
  afterInstruction(n: number, instructions: Instructions, trapLabel: number): void {
    const access = this.plan.accessAfter.at(n);
    if (access === 0) return;
    const { writer } = this;
    const next = instructions.at[n + 1] as number;
    if (this.isConstant(access, instructions)) {
      // The access adds the constant to its offset.
      writer.copyUpTo(instructions.at[n] as number);
      writer.skipTo(next);
      this.base();
    } else {
      writer.copyUpTo(next);
      this.checkAddress(n, access, instructions, trapLabel);
    }
  }

  /** Instruction `n` is an access. */
  access(n: number, instructions: Instructions, trapLabel: number): void {
    const { writer, plan } = this;
    const producer = instructions.link[n] as number;
    const start = instructions.at[n] as number;
    if (producer >= 0 && plan.accessAfter.at(producer) === n) {
      if (this.isConstant(n, instructions)) this.constantAccess(n, producer, instructions);
      return;
    }
    writer.copyUpTo(start);
    const operands = ACCESS_OPERANDS[instructions.op[n] as number] as string;
    const locals = [...operands].map((letter, k) =>
      writer.temporary(OPERAND_TYPES[letter] as ValueType, k + 1),
    );
    for (let k = locals.length - 1; k >= 0; k--) writer.localSet(locals[k] as number);
    this.checkAddress(n, n, instructions, trapLabel);
    for (const local of locals) writer.localGet(local);
  }

  /** The shared end of failed checks. */
  trap(): void {
    const { writer, host } = this;
    writer.i32Const(TRAP.outOfBounds);
    writer.call(host.trap);
    writer.code.byte(OP.unreachable);
  }

  private base(): void {
    if (this.isCached) this.writer.localGet(this.baseLocal);
    else this.writer.globalGet(this.host.baseGlobal);
  }

  private limit(): void {
    if (this.isCached) this.writer.localGet(this.limitLocal);
    else this.writer.globalGet(this.host.limitGlobal);
  }

  /** Bytes from the address to the access's end. */
  private reach(access: number, instructions: Instructions): number {
    const offset = (instructions.a[access] as number) >>> 0;
    return offset + (ACCESS_BYTES[instructions.op[access] as number] as number);
  }

  /** Whether the access's address is a constant with all of the access inside the initial memory. */
  private isConstant(access: number, instructions: Instructions): boolean {
    const producer = instructions.link[access] as number;
    if (instructions.op[producer] !== OP.i32Const) return false;
    const address = (instructions.a[producer] as number) >>> 0;
    return address + this.reach(access, instructions) <= this.initialBytes;
  }

  /** The access with the constant address below it folded into its offset. */
  private constantAccess(n: number, producer: number, instructions: Instructions): void {
    const { writer } = this;
    const { code } = writer;
    writer.copyUpTo(instructions.at[n] as number);
    writer.opcode(instructions.op[n] as number);
    code.u32(instructions.b[n] as number);
    code.u32(((instructions.a[producer] as number) >>> 0) + ((instructions.a[n] as number) >>> 0));
    const end = instructions.at[n + 1] as number;
    const hasLane = IMMEDIATES[instructions.op[n] as number] === IMMEDIATE.accessAndLane;
    writer.skipTo(hasLane ? end - 1 : end);
    this.statistics.constantAccesses++;
  }

  /** Checks and displaces the address on top of the stack, which instruction `n` left there. */
  private checkAddress(n: number, access: number, instructions: Instructions, trapLabel: number): void {
    const { writer, ranges, statistics } = this;
    const reach = this.reach(access, instructions);
    const local = ranges.local(n === access ? (instructions.link[n] as number) : n, instructions);
    if (local !== NO_LOCAL) {
      const known = ranges.knownBytes(local, n);
      if (known >= reach || (known > 0 && this.raise(local, reach))) {
        statistics.elidedChecks++;
        this.displace();
        return;
      }
    }
    statistics.checks++;
    const address = local === NO_LOCAL ? writer.scratch : local;
    if (local === NO_LOCAL) writer.localTee(address);
    let patch = -1;
    if (reach > this.initialBytes) this.compareWide(reach);
    else patch = this.compare(reach);
    writer.hint(UNLIKELY);
    writer.code.byte(OP.brIf);
    writer.code.u32(trapLabel);
    writer.localGet(address);
    this.displace();
    if (local !== NO_LOCAL) ranges.record(local, reach, n, patch);
  }

  private displace(): void {
    this.base();
    this.writer.code.byte(OP.i32Add);
  }

  /** Compares the address with limit - reach; returns where the constant stands if it can be raised. */
  private compare(reach: number): number {
    const { code } = this.writer;
    this.limit();
    code.byte(OP.i32Const);
    let patch = -1;
    if (reach <= MAX_PATCHABLE) {
      patch = code.length;
      code.raw((reach & 0x7f) | 0x80, reach >> 7);
    } else {
      code.s32(reach);
    }
    code.byte(OP.i32Sub);
    code.byte(OP.i32GtU);
    return patch;
  }

  private compareWide(reach: number): void {
    const { code } = this.writer;
    code.byte(OP.i64ExtendI32U);
    code.byte(OP.i64Const);
    code.s64(reach);
    code.byte(OP.i64Add);
    this.limit();
    code.byte(OP.i64ExtendI32U);
    code.byte(OP.i64GtU);
    this.statistics.wideChecks++;
  }

  /** Makes an earlier check cover this access too, if nothing in between can tell. */
  private raise(local: number, reach: number): boolean {
    const patch = this.ranges.patchable(local);
    if (patch < 0 || reach > MAX_PATCHABLE || reach > this.initialBytes) return false;
    const { bytes } = this.writer.code;
    bytes[patch] = (reach & 0x7f) | 0x80;
    bytes[patch + 1] = reach >> 7;
    this.ranges.raise(local, reach);
    return true;
  }
}
