import { HostFault } from "../abi/hostFault.ts";
import { EventKind, ParkReason } from "../inspect/events.ts";
import { CONTROL_BLOCK, HOST_IMPORT, HOST_MODULE, SLOT_BYTES, TRAP_MESSAGE } from "../instrument/index.ts";
import { tellDenied } from "../kernel/denials.ts";
import { GuestTrap, ProcessStopped } from "../kernel/guestTrap.ts";
import type { Parked } from "../kernel/parked.ts";
import { PARKED } from "../kernel/parked.ts";
import { OutOfFuel } from "./failure.ts";
import type { Scheduler } from "./scheduler.ts";
import type { CatchCall, WasmBody } from "./wasmBody.ts";

const WASM_PAGE = 65536;

/** The export of lunatic-sys that `trap::catch` calls. Host ABI ch. 11. */
const CATCH_EXPORT = "_lunatic_catch_trap";

/** The export of lunatic-sys that host functions get memory from. Host ABI ch. 11. */
const ALLOC_EXPORT = "lunatic_alloc";
/** What an allocation may use beyond the slice: it runs above a frame of the host and cannot give way. */
const ALLOC_FUEL = 50_000_000;

/** Instructions of host work that are taken off a slice together. */
const CHARGE_AT_ONCE = 50_000;

/**
 * What instrumented code imports besides the host functions of the ABI, and the host's part in blocking calls.
 * Everything here acts on the running process. The protocol is told in instrument/layout.ts.
 */
export class GuestHost {
  readonly imports: WebAssembly.Imports;
  readonly #scheduler: Scheduler;
  #isAllocating = false;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
    this.imports = {
      [HOST_MODULE]: {
        [HOST_IMPORT.trap]: raiseTrap,
        [HOST_IMPORT.grow]: (deltaPages: number) => this.#grow(deltaPages),
        [HOST_IMPORT.yield]: () => this.#yield(),
        [HOST_IMPORT.wait]: new WebAssembly.Suspending(() => scheduler.suspend()),
        [HOST_IMPORT.exceptionTag]: WebAssembly.JSTag!,
      },
    };
  }

  /** The running process' host call waits: makes the guest save itself and call `wait`. */
  park(): void {
    const body = this.#scheduler.active!;
    const { arena, controlBlock } = body.placement!;
    arena.words[(controlBlock + CONTROL_BLOCK.pending) >>> 2] = 1;
    const isOfSample = body.domain.stacksToTake > 0;
    if (isOfSample) body.domain.stacksToTake--;
    // What the host answers may be a trap, of which nobody would know where. Chromium makes a text of it only when it is read.
    const isTaken = isOfSample || body.wantsStack || body.process.waitReason === ParkReason.Other;
    body.wantsStack = false;
    body.stack = isTaken ? new Error() : undefined;
  }

  /** Puts the arguments of a catch body into the control block; returns the slot of its thunk. */
  passCatchArguments(body: WasmBody, call: CatchCall): number {
    const { arena, controlBlock, instance } = body.placement!;
    const at = controlBlock + CONTROL_BLOCK.arguments;
    arena.view.setInt32(at, call.functionIndex, true);
    arena.view.setInt32(at + SLOT_BYTES, call.pointer, true);
    body.grant(body.nextSlice());
    return instance.entrySlot(CATCH_EXPORT);
  }

  /**
   * trap::catch, host ABI 3.5.
   * @throws GuestTrap no such export. A wrong signature answers 0, as a failing call does.
   */
  catchTrap(functionIndex: number, pointer: number, complete: (result: number) => void): Parked | number {
    const body = this.#scheduler.active!;
    const target = body.module.exportedFunction(CATCH_EXPORT);
    if (target === undefined) throw new GuestTrap(`the module exports no function ${CATCH_EXPORT}`);
    if (target.params.join() !== "i32,i32" || target.results.join() !== "i32") return 0;
    this.#scheduler.kernel.yieldPoint(body.process);
    body.pendingCatch = { functionIndex, pointer, complete };
    return PARKED;
  }

  get isAllocating(): boolean {
    return this.#isAllocating;
  }

  /** @throws GuestTrap, and whatever the guest's allocator ends with. See HostBinding. */
  allocate(bytes: number): number {
    const { module, placement } = this.#scheduler.active!;
    const target = module.exportedFunction(ALLOC_EXPORT);
    if (target === undefined) throw new GuestTrap(`the module exports no function ${ALLOC_EXPORT}`);
    if (target.params.join() !== "i32" || target.results.join() !== "i32") {
      throw new GuestTrap(`the module's ${ALLOC_EXPORT} is not (i32) -> i32`);
    }
    const { fuel } = placement!.instance;
    const allocate = placement!.instance.export(ALLOC_EXPORT)!;
    if (fuel !== undefined) fuel.value = (fuel.value as number) + ALLOC_FUEL;
    this.#isAllocating = true;
    try {
      return allocate(bytes);
    } catch (error) {
      if (error instanceof GuestTrap || error instanceof ProcessStopped || error instanceof HostFault)
        throw error;
      // Its own trap, or its exit: natively the call that needed the memory fails with it.
      throw new GuestTrap(
        `${ALLOC_EXPORT} failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      this.#isAllocating = false;
      if (fuel !== undefined) fuel.value = (fuel.value as number) - ALLOC_FUEL;
    }
  }

  /**
   * Takes host work off the running process' slice. Reading and writing the fuel global costs about 50 ns, so small
   * charges are gathered first.
   */
  chargeSlice(instructions: number): void {
    const body = this.#scheduler.active!;
    body.hostDebt += instructions;
    if (body.hostDebt < CHARGE_AT_ONCE) return;
    const { fuel } = body.placement!.instance;
    if (fuel !== undefined) {
      fuel.value = Math.max((fuel.value as number) - body.hostDebt, -1);
      body.granted = Math.max(body.granted - body.hostDebt, 0);
    }
    body.hostDebt = 0;
  }

  #grow(deltaPages: number): number {
    const body = this.#scheduler.active!;
    const pages = this.#scheduler.residence.grow(body, deltaPages);
    const { process, limit } = body;
    if (pages >= 0) process.environment.sink?.emit(EventKind.MemorySize, process.pid, 0, 0n, limit);
    else {
      const attempt = `memory.grow from ${limit / WASM_PAGE} by ${deltaPages >>> 0} pages`;
      tellDenied(process, `${attempt}, which answered -1`, growthLimit(body, deltaPages));
    }
    return pages;
  }

  /** The slice is used up: a yield point (host ABI ch. 5). @throws OutOfFuel, ProcessStopped */
  #yield(): number {
    if (this.#isAllocating) throw new GuestTrap(`${ALLOC_EXPORT} does not come to an end`);
    const scheduler = this.#scheduler;
    const body = scheduler.active!;
    body.settleSlice();
    if (body.fuelUsed >= body.fuelLimit) throw new OutOfFuel(body.process.config.maxFuel);
    scheduler.kernel.yieldPoint(body.process);
    if (scheduler.mayContinue(body)) {
      body.granted = body.nextSlice();
      return body.granted;
    }
    body.isPreempted = true;
    this.park();
    return 0;
  }
}

/** Why a process may not grow its memory. */
function growthLimit({ process, module, limit }: WasmBody, deltaPages: number): string {
  const wanted = limit + (deltaPages >>> 0) * WASM_PAGE;
  const { maxMemory } = process.config;
  if (BigInt(wanted) > maxMemory) return `max_memory of its config is ${maxMemory} bytes`;
  if (wanted > module.maximumBytes) return `its module declares at most ${module.maximumBytes} bytes`;
  return "the browser has no more memory for it";
}

function raiseTrap(kind: number): never {
  throw new WebAssembly.RuntimeError(TRAP_MESSAGE[kind] ?? `trap ${kind}`);
}
