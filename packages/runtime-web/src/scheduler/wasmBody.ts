import { type GuestMemory, OutOfBoundsError } from "../abi/guestMemory.ts";
import { CONTROL_BLOCK } from "../instrument/index.ts";
import { GuestTrap } from "../kernel/guestTrap.ts";
import type { Process, ProcessBody } from "../kernel/process.ts";
import type { WasiContext } from "../wasi/index.ts";
import type { Arena, Region } from "./arena.ts";
import type { CompiledModule } from "./compiledModule.ts";
import type { Domain } from "./domain.ts";
import type { GuestInstance } from "./guestInstance.ts";
import { moveTrap } from "./guestStack.ts";
import { fuelLimitInstructions } from "./policy.ts";

const FUEL_WORD = CONTROL_BLOCK.fuel >>> 2;
const PENDING_WORD = CONTROL_BLOCK.pending >>> 2;
const RESULT_WORD = CONTROL_BLOCK.result >>> 2;

/** Which of its functions a process' outermost stack runs. */
export type Phase = "start function" | "entry";

/** What to do with a process when its turn comes. */
export type NextStep =
  /** Start `phase`, or the body of the innermost trap::catch, on a fiber. */
  | "job"
  /** Let the pending host call return, or throw. */
  | "resume";

/** A trap::catch that waits for its body, which runs on a stack of its own. Host ABI ch. 11. */
export interface CatchFrame {
  readonly resolve: (nothing: undefined) => void;
  readonly reject: (error: unknown) => void;
  readonly complete: (result: number) => void;
}

export interface CatchCall {
  readonly functionIndex: number;
  readonly pointer: number;
  readonly complete: (result: number) => void;
}

/** Where a process lives once it has started: its memory, its control block, the instance whose code it runs. */
export interface Placement {
  readonly arena: Arena;
  readonly instance: GuestInstance;
  readonly controlBlock: number;
}

/** What the scheduler does for a body that the kernel talks to. */
export interface BodyOwner {
  enqueue(body: WasmBody): void;
  enqueueFirst(body: WasmBody): void;
  /** A body was told to stop; it is to be released when its stacks are unwound. */
  stopping(body: WasmBody): void;
}

/** The execution of one process: what the scheduler knows of it. Thousands exist: one object each, filled when it starts. */
export class WasmBody implements ProcessBody, GuestMemory {
  readonly process: Process;
  readonly module: CompiledModule;
  readonly domain: Domain;
  readonly #owner: BodyOwner;
  /** undefined until the first job and after the end. */
  placement: Placement | undefined = undefined;
  region: Region | undefined = undefined;
  /** Size of the guest's memory, bytes. */
  limit = 0;

  phase: Phase = "entry";
  nextStep: NextStep = "job";
  /** In the run queue, or waiting for a stack. */
  isQueued = false;
  /** The next resume goes to the front of the run queue: it continues the computation of a trap::catch. */
  resumesFirst = false;
  isPreempted = false;
  isStopped = false;
  hasStarted = false;
  /** The process went to another executor; what is left here is to be forgotten. */
  hasMoved = false;
  /** Told when the start function is through. */
  launched: ((failure: string | undefined) => void) | undefined = undefined;

  /** Both are set while a host call of the innermost stack is suspended. */
  resolve: ((nothing: undefined) => void) | undefined = undefined;
  reject: ((error: unknown) => void) | undefined = undefined;
  result: number | bigint | undefined = undefined;
  error: unknown = undefined;
  pendingCatch: CatchCall | undefined = undefined;
  catches: CatchFrame[] | undefined = undefined;

  /** `resume` on its own, for host functions that hand it on. */
  readonly resumeCall = (result: number): void => this.resume(result);

  /** Instructions used in finished slices. */
  fuelUsed = 0;
  readonly fuelLimit: number;
  /** Fuel of the current slice. */
  granted = 0;
  /** Host work done for it that its slice has not been charged for yet, in instructions. */
  hostDebt = 0;

  /** Taken when it last gave its thread up, to be read when somebody asks; undefined: it was not. See Domain.stacksToTake. */
  stack: Error | undefined = undefined;
  /** Somebody has asked for its stack when none was taken: the next is, in any case. */
  wantsStack = false;

  /** Its file descriptors and arguments, made at its first WASI call. */
  wasi: WasiContext | undefined = undefined;

  constructor(process: Process, module: CompiledModule, domain: Domain, owner: BodyOwner) {
    this.process = process;
    this.module = module;
    this.domain = domain;
    this.#owner = owner;
    this.fuelLimit = fuelLimitInstructions(process.config.maxFuel);
  }

  get bytes(): Uint8Array {
    return this.placement!.arena.bytes;
  }

  get view(): DataView {
    return this.placement!.arena.view;
  }

  address(ptr: number, len: number): number {
    const start = ptr >>> 0;
    const size = len >>> 0;
    if (size !== 0 && start + size > this.limit) throw new OutOfBoundsError(ptr, len, this.limit);
    return this.region!.base + start;
  }

  resume(result: number | bigint | undefined): void {
    if (this.isStopped) return;
    this.result = result;
    this.#wake();
  }

  resumeWithTrap(error: unknown): void {
    if (this.isStopped) return;
    // It was made where the answer came, which may be on the stack of another process that waits for one too.
    if (error instanceof GuestTrap) moveTrap(error, this.stack);
    this.error = error;
    this.#wake();
  }

  stop(): void {
    this.isStopped = true;
    this.#owner.stopping(this);
  }

  #wake(): void {
    this.nextStep = "resume";
    if (this.resumesFirst) this.#owner.enqueueFirst(this);
    else this.#owner.enqueue(this);
    this.resumesFirst = false;
  }

  /** Fuel of its next slice: a whole one, or what its limit leaves. */
  nextSlice(): number {
    return Math.min(this.domain.sliceFuel, Math.max(0, this.fuelLimit - this.fuelUsed));
  }

  /** Sets the control block up for the next stretch of guest code. */
  grant(fuel: number): void {
    const { arena, controlBlock } = this.placement!;
    this.granted = fuel;
    const word = controlBlock >>> 2;
    arena.words[word + FUEL_WORD] = fuel;
    arena.words[word + PENDING_WORD] = 0;
    this.domain.work.begin(this);
  }

  /** Instructions it has executed until now, as far as they are known. */
  get executed(): number {
    const left = this.granted === 0 ? 0 : (this.placement?.instance.fuel?.value as number | undefined);
    return this.fuelUsed + this.granted - (left ?? this.granted);
  }

  /** The guest has saved itself: takes what it used from the control block into account. */
  settleFuel(): void {
    const { arena, controlBlock } = this.placement!;
    this.#settle(arena.words[(controlBlock >>> 2) + FUEL_WORD]!);
  }

  /** As `settleFuel` for a guest that trapped and could not save itself: its fuel is still in the instance. */
  settleTrappedFuel(): void {
    const left = this.placement?.instance.fuel?.value as number | undefined;
    if (left !== undefined) this.#settle(Math.min(left, this.granted));
    else this.granted = 0;
  }

  /**
   * Its innermost stack has called trap::catch (host ABI ch. 11) and waits for the catch's body, its next job: that runs on
   * another fiber with the same memory and globals.
   */
  enterCatch(): void {
    const { resolve, reject, pendingCatch } = this;
    this.catches ??= [];
    this.catches.push({ resolve: resolve!, reject: reject!, complete: pendingCatch!.complete });
    this.resolve = undefined;
    this.reject = undefined;
    this.nextStep = "job";
  }

  /** Takes its innermost suspended stack, to be ended by calling what is returned; undefined: none is left. */
  takeStack(): ((error: unknown) => void) | undefined {
    const reject = this.reject ?? this.catches?.pop()?.reject;
    this.pendingCatch = undefined;
    this.resolve = undefined;
    this.reject = undefined;
    return reject;
  }

  /** It has used all it was granted and goes on: what it is granted next adds to what it used beyond. */
  settleSlice(): void {
    this.#settle(0);
  }

  #settle(left: number): void {
    const used = this.granted - left;
    this.granted = 0;
    this.fuelUsed += used;
    this.domain.spend(used);
  }

  writeResult(): void {
    const { arena, controlBlock } = this.placement!;
    const { result } = this;
    this.result = undefined;
    if (typeof result === "number") arena.words[(controlBlock >>> 2) + RESULT_WORD] = result;
    else if (result !== undefined) {
      arena.view.setBigInt64(controlBlock + CONTROL_BLOCK.result, BigInt.asIntN(64, result), true);
    }
  }
}
