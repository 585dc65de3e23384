import { OP } from "../binary/opcodes/opcode.ts";
import { VALUE_TYPE } from "../binary/valueType.ts";
import { type BodyPlan, FUEL_GLOBAL, FUEL_LOCAL, FUEL_NONE, FUEL_PAY } from "./bodyPlan.ts";
import { type BodyWriter, UNLIKELY } from "./bodyWriter.ts";
import type { HelperFunctions, HostIndices } from "./hostIndices.ts";

/**
 * The fuel pass: the function pays as its `FuelPlan` says, and where a loop or a function that calls others begins, a
 * counter below zero yields. The counter lives in a global; in functions whose loops are tight it is kept
 * in a local, written back before whatever leaves the function or reads the counter and reloaded after.
 */
export class FuelPass {
  checks = 0;

  private mode = FUEL_NONE;
  private counter = 0;
  private nextSegment = 0;
  private nextStart = 0;
  private isReentered = false;

  private readonly host: HostIndices;
  private readonly helpers: HelperFunctions;
  private readonly writer: BodyWriter;
  private readonly plan: BodyPlan;
  private readonly isOn: boolean;

  constructor(
    host: HostIndices,
    helpers: HelperFunctions,
    writer: BodyWriter,
    plan: BodyPlan,
    isOn: boolean,
  ) {
    this.host = host;
    this.helpers = helpers;
    this.writer = writer;
    this.plan = plan;
    this.isOn = isOn;
  }

  /** Chooses how the function counts; to be called before its first instruction is written. */
  begin(): void {
    const { plan } = this;
    if (!this.isOn) this.mode = FUEL_NONE;
    else if (plan.hasTightLoop && !plan.hasTryTable) this.mode = FUEL_LOCAL;
    else if (plan.hasLoops || plan.hasCalls) this.mode = FUEL_GLOBAL;
    else this.mode = plan.fuel.weight(0) > 0 || plan.fuel.count > 1 ? FUEL_PAY : FUEL_NONE;
    this.nextSegment = 0;
    this.nextStart = 0;
    this.isReentered = false;
    if (this.mode === FUEL_NONE) this.nextStart = Number.POSITIVE_INFINITY;
    if (this.mode === FUEL_LOCAL) {
      this.counter = this.writer.addLocal(VALUE_TYPE.i32);
      this.reload();
    }
  }

  /** Whether the function has to write its counter back where it ends. */
  get isLocal(): boolean {
    return this.mode === FUEL_LOCAL;
  }

  /** Instruction of the next charge; infinity when there is none. */
  get nextCharge(): number {
    return this.nextStart;
  }

  /** Writes the charges due before instruction `n`. */
  charge(n: number): void {
    const { plan } = this;
    const { fuel } = plan;
    while (this.nextStart === n) {
      const segment = this.nextSegment;
      const weight = fuel.weight(segment);
      const isLoop = segment > 0 && fuel.isHead(segment);
      const isChecked = isLoop || (segment === 0 && plan.hasCallsOutsideLoops);
      if (isLoop && this.isReentered) this.payOrLeave(weight);
      else if (isChecked && weight === 0 && this.mode === FUEL_GLOBAL) this.check();
      else if (isChecked) this.payAndCheck(weight);
      else if (weight > 0) this.pay(weight);
      this.nextSegment++;
      this.nextStart =
        this.nextSegment < fuel.count ? fuel.start(this.nextSegment) : Number.POSITIVE_INFINITY;
    }
  }

  /** Whether the loop at instruction `n` can yield outside itself. */
  canReenter(n: number): boolean {
    const { fuel } = this.plan;
    const segment = this.nextSegment;
    return this.mode === FUEL_LOCAL && this.nextStart === n + 1 && fuel.weight(segment) > 0;
  }

  /** At the head of the loop around such a loop: the same charge as at its own head, but taken back after the yield. */
  yieldOutside(): void {
    const { writer, counter } = this;
    const weight = this.plan.fuel.weight(this.nextSegment);
    this.isReentered = true;
    this.checks++;
    writer.localGet(counter);
    writer.i32Const(weight);
    writer.code.byte(OP.i32LtS);
    writer.hint(UNLIKELY);
    writer.code.raw(OP.if, EMPTY_BLOCK);
    this.subtract(weight);
    writer.call(this.helpers.yieldFunction());
    writer.i32Const(weight);
    writer.code.byte(OP.i32Add);
    writer.localSet(counter);
    writer.code.byte(OP.end);
  }

  /** Before a call, a return, or anything else after which the global is read. */
  flush(): void {
    if (this.mode !== FUEL_LOCAL) return;
    this.writer.localGet(this.counter);
    this.writer.globalSet(this.host.fuelGlobal);
  }

  /** After a call, and where an exception arrives. */
  reload(): void {
    if (this.mode !== FUEL_LOCAL) return;
    this.writer.globalGet(this.host.fuelGlobal);
    this.writer.localSet(this.counter);
  }

  private subtract(weight: number): void {
    const { writer } = this;
    if (this.mode === FUEL_LOCAL) writer.localGet(this.counter);
    else writer.globalGet(this.host.fuelGlobal);
    writer.i32Const(weight);
    writer.code.byte(OP.i32Sub);
  }

  private pay(weight: number): void {
    this.subtract(weight);
    if (this.mode === FUEL_LOCAL) this.writer.localSet(this.counter);
    else this.writer.globalSet(this.host.fuelGlobal);
  }

  private payOrLeave(weight: number): void {
    const { writer } = this;
    this.isReentered = false;
    this.checks++;
    writer.localGet(this.counter);
    writer.i32Const(weight);
    writer.code.byte(OP.i32LtS);
    writer.hint(UNLIKELY);
    writer.code.raw(OP.brIf, 1);
    this.pay(weight);
  }

  /** For a function whose callers paid its head: without a store, calls need not wait for each other's. */
  private check(): void {
    const { writer, host } = this;
    this.checks++;
    writer.globalGet(host.fuelGlobal);
    writer.i32Const(0);
    writer.code.byte(OP.i32LtS);
    writer.hint(UNLIKELY);
    writer.code.raw(OP.if, EMPTY_BLOCK);
    writer.call(this.helpers.refuelFunction());
    writer.code.byte(OP.end);
  }

  private payAndCheck(weight: number): void {
    const { writer, host } = this;
    this.checks++;
    this.subtract(weight);
    const counter = this.mode === FUEL_LOCAL ? this.counter : writer.scratch;
    writer.localTee(counter);
    writer.i32Const(0);
    writer.code.byte(OP.i32LtS);
    writer.hint(UNLIKELY);
    writer.code.raw(OP.if, EMPTY_BLOCK);
    writer.localGet(counter);
    writer.call(this.helpers.yieldFunction());
    writer.localSet(counter);
    // Base and limit stay: a yielding process's region does not move (layout.ts), so loops keep them as invariants.
    writer.code.byte(OP.end);
    if (this.mode === FUEL_LOCAL) return;
    // Stored where both ways join, the value is known to what follows; after a call it would have to be loaded again.
    writer.localGet(counter);
    writer.globalSet(host.fuelGlobal);
  }
}

const EMPTY_BLOCK = 0x40;
