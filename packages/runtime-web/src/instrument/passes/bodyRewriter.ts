import { BodyDecoder } from "../binary/decodeBody.ts";
import type { FunctionType, GuestModule, Range } from "../binary/module.ts";
import { ACCESS_BYTES, EFFECT_ANY, EFFECTS, OP } from "../binary/opcodes/opcode.ts";
import { VALUE_TYPE } from "../binary/valueType.ts";
import { TRAP } from "../layout.ts";
import { BodyPlan, CACHES } from "./bodyPlan.ts";
import { BodyWriter } from "./bodyWriter.ts";
import { CheckedRanges } from "./checkedRanges.ts";
import { ExceptionPass } from "./exceptions.ts";
import { FuelPass } from "./fuel.ts";
import { ABSENT, type HelperFunctions, type HostIndices } from "./hostIndices.ts";
import { Reentry } from "./reentry.ts";
import { RegionPass } from "./region.ts";

const EMPTY_BLOCK = 0x40;
/** Instructions after which counter, base and limit are loaded again. */
const RELOADING: ReadonlySet<number> = new Set([
  OP.call,
  OP.callIndirect,
  OP.callRef,
  OP.memoryGrow,
  OP.memoryCopy,
  OP.memoryFill,
  OP.memoryInit,
  OP.catch,
  OP.catchAll,
]);

/** Which passes run. */
export interface EnabledPasses {
  readonly memory: boolean;
  readonly fuel: boolean;
}

/**
 * Rewrites function bodies, one at a time: copies what stays, and lets the passes write where something changes.
 *
 * A function with checks or handlers for everything is wrapped; the guest's labels keep their numbers:
 * ```
 * block                      failed checks branch here
 *   block (result externref) a host's exception that a catch-all would swallow lands here
 *     block (result …)       the body
 *     end
 *     return
 *   end
 *   throw js_exception
 * end
 * call trap
 * ```
 */
export class BodyRewriter {
  readonly decoder: BodyDecoder;
  readonly writer: BodyWriter;
  readonly region: RegionPass;
  readonly fuel: FuelPass;
  instructionCount = 0;

  private readonly exceptions: ExceptionPass;
  private readonly plan: BodyPlan;
  private readonly ranges: CheckedRanges;
  private readonly reentry: Reentry;
  private readonly host: HostIndices;
  private readonly helpers: HelperFunctions;
  readonly passes: EnabledPasses;
  private type: FunctionType = { params: [], results: [] };
  /** Instructions that opened the blocks around the current one. */
  private readonly open: number[] = [];
  private loopCount = 0;
  private cachingLoopEnd = 0;
  private trapsInBlock = false;
  private landsHostExceptions = false;

  constructor(module: GuestModule, host: HostIndices, helpers: HelperFunctions, passes: EnabledPasses) {
    this.decoder = new BodyDecoder(module);
    this.writer = new BodyWriter(module.bytes);
    this.plan = new BodyPlan(module);
    this.ranges = new CheckedRanges(this.plan);
    const initialBytes = (module.memory?.initialPages ?? 0) * 0x1_0000;
    this.region = new RegionPass(host, this.writer, this.ranges, this.plan, initialBytes);
    this.fuel = new FuelPass(host, helpers, this.writer, this.plan, passes.fuel);
    this.exceptions = new ExceptionPass(host, this.writer, this.decoder);
    this.reentry = new Reentry(module.bytes, this.writer);
    this.host = host;
    this.helpers = helpers;
    this.passes = passes;
  }

  /** Leaves the function's new code in `writer`; `decoder` tells its locals. */
  rewrite(body: Range, functionIndex: number, type: FunctionType): void {
    const { decoder, plan, writer, passes, host } = this;
    decoder.decode(body, functionIndex, type);
    const { instructions } = decoder;
    this.instructionCount += instructions.count;
    plan.analyse(decoder);
    writer.begin(instructions.at[0] as number, decoder.localCount);
    this.ranges.begin(decoder.localCount);
    this.region.begin();
    this.reentry.begin();
    this.type = type;
    this.open.length = 0;
    this.loopCount = 0;
    this.cachingLoopEnd = 0;
    this.trapsInBlock = passes.memory && plan.hasAccesses;
    this.landsHostExceptions = host.exceptionTag !== ABSENT && decoder.tryTableCatchesAll;
    this.openWrapper();
    this.fuel.begin();
    this.region.isCached = passes.memory && plan.cachesFunction;
    this.region.refresh();
    this.rewriteInstructions();
  }

  private get isWrapped(): boolean {
    return this.trapsInBlock || this.landsHostExceptions;
  }

  /** Label of the block whose end traps, seen from the current instruction. */
  private get trapLabel(): number {
    return this.open.length + 1 + (this.landsHostExceptions ? 1 : 0) + this.reentry.labels;
  }

  private openWrapper(): void {
    const { code } = this.writer;
    if (this.trapsInBlock) code.raw(OP.block, EMPTY_BLOCK);
    if (this.landsHostExceptions) code.raw(OP.block, VALUE_TYPE.externref);
    if (this.isWrapped) {
      code.byte(OP.block);
      this.helpers.resultType(this.type.results, code);
    }
  }

  private rewriteInstructions(): void {
    const { writer, ranges, region, fuel, plan, passes } = this;
    const { instructions } = this.decoder;
    const { op: ops, at: starts, count } = instructions;
    const accessAfter = plan.accessAfter.values;
    for (let n = 0; n < count; n++) {
      const op = ops[n] as number;
      if (n === fuel.nextCharge) {
        writer.copyUpTo(starts[n] as number);
        fuel.charge(n);
      }
      if ((ACCESS_BYTES[op] as number) > 0) {
        if (passes.memory) region.access(n, instructions, this.trapLabel);
        if (EFFECTS[op] === EFFECT_ANY) ranges.noteEffect(n);
      } else if (op === OP.localSet || op === OP.localTee) {
        ranges.assign(n, instructions.a[n] as number, instructions.link[n] as number);
      } else if (op === OP.refFunc) {
        this.nameFunction(n, op, instructions.a[n] as number);
      } else if (EFFECTS[op] === EFFECT_ANY) {
        ranges.noteEffect(n);
        this.rewriteInstruction(n, op);
      }
      if (passes.memory && accessAfter[n] !== 0) region.afterInstruction(n, instructions, this.trapLabel);
    }
    writer.copyUpTo(starts[count] as number);
  }

  private rewriteInstruction(n: number, op: number): void {
    const { instructions } = this.decoder;
    const a = instructions.a[n] as number;
    switch (op) {
      case OP.block:
      case OP.loop:
      case OP.if:
      case OP.try:
        this.openBlock(n, op);
        break;
      case OP.tryTable:
        if (this.host.exceptionTag !== ABSENT) this.exceptions.rewriteCatches(n, this.open.length);
        this.openBlock(n, op);
        break;
      case OP.else:
        this.changeArm();
        break;
      case OP.catch:
        this.exceptions.replaceTag(n, a);
        this.landException(n);
        break;
      case OP.catchAll:
        if (this.host.exceptionTag !== ABSENT) this.exceptions.rethrowHostExceptions(n);
        this.landException(n);
        break;
      case OP.end:
      case OP.delegate:
        this.closeBlock(n);
        break;
      case OP.br:
      case OP.brIf:
      case OP.brOnNull:
      case OP.brOnNonNull:
        this.branch(n, a);
        break;
      case OP.brTable:
        this.branch(n, instructions.b[n] as number);
        break;
      case OP.return:
      case OP.rethrow:
      case OP.throwRef:
        this.leave(n);
        break;
      case OP.throw:
        this.leave(n);
        this.exceptions.replaceTag(n, a);
        break;
      case OP.unreachable:
        if (this.passes.memory) this.trap(n);
        break;
      case OP.call:
      case OP.returnCall:
        this.nameFunction(n, op, a);
        break;
      case OP.callIndirect:
      case OP.callRef:
        this.call(n);
        break;
      case OP.returnCallIndirect:
      case OP.returnCallRef:
        this.leave(n);
        break;
      default:
        if (this.passes.memory) this.rewriteBulk(n, op, a);
    }
  }

  private rewriteBulk(n: number, op: number, segment: number): void {
    switch (op) {
      case OP.memorySize:
        this.replace(n);
        this.region.size();
        break;
      case OP.memoryGrow:
        this.replaceByCall(n, this.helpers.growFunction());
        break;
      case OP.memoryCopy:
        this.replaceByCall(n, this.helpers.copyFunction());
        break;
      case OP.memoryFill:
        this.replaceByCall(n, this.helpers.fillFunction());
        break;
      case OP.memoryInit:
        this.replaceByCall(n, this.helpers.initFunction(segment));
        break;
      case OP.dataDrop:
        // Other processes still need an active segment; for this one it has been dropped since it began.
        if (this.helpers.isActiveSegment(segment)) this.replace(n);
        break;
    }
  }

  private openBlock(n: number, op: number): void {
    const { instructions } = this.decoder;
    const end = instructions.link[n] as number;
    this.open.push(n);
    if (op !== OP.loop) {
      this.ranges.openScope();
      return;
    }
    this.ranges.openLoop(n, end);
    this.loopCount++;
    if (this.passes.memory && this.plan.cachingLoops.at(this.loopCount) === CACHES) {
      this.writer.copyUpTo(instructions.at[n] as number);
      this.region.isCached = true;
      this.region.refresh();
      this.cachingLoopEnd = end;
    }
    if (this.plan.reentrantLoops.at(this.loopCount) === 1 && this.fuel.canReenter(n)) {
      this.reentry.open(n, this.open.length - 1, instructions);
      this.fuel.yieldOutside();
    }
  }

  private changeArm(): void {
    this.ranges.closeScope();
    this.ranges.openScope();
  }

  private closeBlock(n: number): void {
    const { instructions } = this.decoder;
    const opener = this.open.pop();
    if (opener === undefined) {
      this.closeFunction(n);
      return;
    }
    if (instructions.op[opener] === OP.loop) this.ranges.closeLoop();
    else this.ranges.closeScope();
    this.reentry.close(n, instructions);
    if (n === this.cachingLoopEnd) {
      this.region.isCached = false;
      this.cachingLoopEnd = 0;
    }
  }

  private closeFunction(n: number): void {
    const { writer } = this;
    const { code } = writer;
    if (!this.isWrapped) {
      if (this.fuel.isLocal) {
        writer.copyUpTo(this.startOf(n));
        this.fuel.flush();
      }
      return;
    }
    // The guest's end closes the inner block; ours the function.
    writer.copyUpTo(this.startOf(n));
    code.byte(OP.end);
    this.fuel.flush();
    code.raw(OP.return, OP.end);
    if (this.landsHostExceptions) {
      code.byte(OP.throw);
      code.u32(this.host.exceptionTag);
      if (this.trapsInBlock) code.byte(OP.end);
    }
    if (this.trapsInBlock) {
      this.fuel.flush();
      this.region.trap();
    }
  }

  /** A branch out of the function's outermost block is a return, unless the wrapper's block is there to land on. */
  private branch(n: number, label: number): void {
    if (label === this.open.length && !this.isWrapped) this.leave(n);
    this.reentry.branch(n, this.open.length, this.decoder.instructions);
  }

  private leave(n: number): void {
    if (!this.fuel.isLocal) return;
    this.writer.copyUpTo(this.startOf(n));
    this.fuel.flush();
  }

  /** `unreachable` asks the host to throw: a real trap would destroy the process's stack and leak its mapping. */
  private trap(n: number): void {
    const { writer } = this;
    writer.copyUpTo(this.startOf(n));
    if (!this.isReloadSkippedBefore(n)) this.fuel.flush();
    writer.i32Const(TRAP.unreachable);
    writer.call(this.host.trap);
  }

  /** The local counter is stale where a call or handler is directly followed by `unreachable`; see `comeBack`. */
  private isReloadSkippedBefore(n: number): boolean {
    const before = n === 0 ? OP.nop : (this.decoder.instructions.op[n - 1] as number);
    return RELOADING.has(before);
  }

  private call(n: number): void {
    this.leave(n);
    this.comeBack(n);
  }

  /** What may have changed while others ran is loaded again, unless the call does not come back. */
  private comeBack(n: number): void {
    const { writer, decoder } = this;
    if (!this.fuel.isLocal && !this.region.isCached) return;
    if (decoder.instructions.op[n + 1] === OP.unreachable) return;
    writer.copyUpTo(this.endOf(n));
    this.fuel.reload();
    this.region.refresh();
  }

  private nameFunction(n: number, op: number, original: number): void {
    const { writer } = this;
    const index = this.host.functionIndex(original);
    if (op !== OP.refFunc) this.leave(n);
    if (index !== original) {
      writer.copyUpTo(this.startOf(n));
      writer.opcode(op);
      writer.code.u32(index);
      writer.skipTo(this.endOf(n));
    }
    if (op === OP.call) this.comeBack(n);
  }

  private landException(n: number): void {
    this.changeArm();
    this.comeBack(n);
  }

  private replace(n: number): void {
    this.writer.copyUpTo(this.startOf(n));
    this.writer.skipTo(this.endOf(n));
  }

  private replaceByCall(n: number, functionIndex: number): void {
    this.replace(n);
    this.fuel.flush();
    this.writer.call(functionIndex);
    this.comeBack(n);
  }

  private startOf(n: number): number {
    return this.decoder.instructions.at[n] as number;
  }

  private endOf(n: number): number {
    return this.decoder.instructions.at[n + 1] as number;
  }
}
