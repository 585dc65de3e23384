import type { HostBinding } from "../abi/binding.ts";
import type { GuestMemory } from "../abi/guestMemory.ts";
import { ParkReason } from "../inspect/events.ts";
import { tellDenied } from "../kernel/denials.ts";
import { GuestTrap } from "../kernel/guestTrap.ts";
import { beginHostWait, endHostWait } from "../kernel/hostWait.ts";
import { PARKED, type Parked } from "../kernel/parked.ts";
import type { Process } from "../kernel/process.ts";
import { Hold } from "../scheduler/domain.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { WasmBody } from "../scheduler/wasmBody.ts";
import { type Fault, StorageError } from "../storage/fault.ts";
import type { FileNeed } from "../storage/inode.ts";
import { createWasiContext, type Finish, type WasiBinding, type WasiContext } from "../wasi/index.ts";
import type { ExecutorEnvironment } from "./executorEnvironment.ts";
import { AbsentFiles } from "./runFiles.ts";

const NS_PER_MS = 1_000_000;
/** Copying, decoding and posting a byte of output, and what a write costs by itself, in wasm instructions. */
const INSTRUCTIONS_PER_BYTE_WRITTEN = 2;
const WRITE_INSTRUCTIONS = 500;

/**
 * Gives WASI calls their process, and lets them wait without blocking the executor: natively a sleeping or reading
 * guest blocks a whole thread and cannot be killed (host ABI 3.13 and ch. 17, 21).
 */
export class WasiHost implements WasiBinding {
  readonly #binding: HostBinding;
  readonly #scheduler: Scheduler;
  readonly #environmentOf: (process: Process) => ExecutorEnvironment;
  #completing: WasmBody | undefined;

  constructor(
    binding: HostBinding,
    scheduler: Scheduler,
    environmentOf: (process: Process) => ExecutorEnvironment,
  ) {
    this.#binding = binding;
    this.#scheduler = scheduler;
    this.#environmentOf = environmentOf;
  }

  context(): WasiContext {
    const body = this.#scheduler.active!;
    body.wasi ??= this.#createContext(body.process);
    return body.wasi;
  }

  memory(): GuestMemory {
    return this.#binding.memory;
  }

  sleepUntil(deadlineNs: bigint, finish: Finish): Parked {
    const body = this.#caller();
    this.#wait(body, ParkReason.Sleep);
    const { timers } = body.domain;
    const handle = timers.schedule(wholeMs(deadlineNs), () => this.#complete(body, finish));
    body.process.abandonWait = () => timers.cancel(handle);
    return PARKED;
  }

  awaitInput(finish: Finish, deadlineNs?: bigint): Parked {
    const body = this.#caller();
    this.#wait(body, ParkReason.Input);
    const { timers } = body.domain;
    let timer: number | undefined;
    const stopListening = this.#environmentOf(body.process).stdin.onInput(() => {
      if (timer !== undefined) timers.cancel(timer);
      this.#complete(body, finish);
      this.#scheduler.kick();
    });
    if (deadlineNs !== undefined) {
      timer = timers.schedule(wholeMs(deadlineNs), () => {
        stopListening();
        this.#complete(body, finish);
      });
    }
    body.process.abandonWait = () => {
      stopListening();
      if (timer !== undefined) timers.cancel(timer);
    };
    return PARKED;
  }

  awaitRoom(finish: Finish): Parked {
    const body = this.#caller();
    this.#wait(body, ParkReason.Output);
    body.process.abandonWait = this.#environmentOf(body.process).output.window.whenRoom(() => {
      this.#complete(body, finish);
      this.#scheduler.kick();
    });
    return PARKED;
  }

  awaitFile(need: FileNeed, finish: (fault: Fault | undefined) => number | Parked): Parked {
    const body = this.#caller();
    this.#wait(body, ParkReason.File);
    const { files } = this.#environmentOf(body.process);
    const abandon = files.ask(need, (fault) => {
      this.#complete(body, () => finish(fault));
      this.#scheduler.kick();
    });
    body.process.abandonWait = abandon;
    return PARKED;
  }

  yieldNow(finish: Finish): Parked {
    const body = this.#caller();
    this.#takeSignals(body);
    const result = finish();
    if (result !== PARKED) body.resume(result);
    return PARKED;
  }

  /** @throws ProcessStopped */
  #wait(body: WasmBody, reason: ParkReason): void {
    this.#takeSignals(body);
    beginHostWait(body.process, reason);
  }

  /** A call that waits is a yield point (host ABI ch. 5). @throws ProcessStopped it had killed itself, say */
  #takeSignals(body: WasmBody): void {
    if (body === this.#scheduler.active) this.#binding.kernel.yieldPoint(body.process);
  }

  /** The process that calls: the running one, or the one whose parked call is being completed and parks again. */
  #caller(): WasmBody {
    return this.#completing ?? this.#scheduler.active!;
  }

  /** Ends a parked call. A trap while its results are written is the guest's own. */
  #complete(body: WasmBody, finish: Finish): void {
    body.process.abandonWait = undefined;
    if (body.isStopped) return;
    this.#completing = body;
    try {
      const result = finish();
      if (result === PARKED) return;
      endHostWait(body.process);
      body.resume(result);
    } catch (error) {
      endHostWait(body.process);
      body.resumeWithTrap(error);
    } finally {
      this.#completing = undefined;
    }
  }

  /** Writing costs the writer of its slice; in a deterministic run, where nobody waits by himself, all wait for the page. */
  #hasWritten(environment: ExecutorEnvironment, bytes: number): void {
    if (this.#completing === undefined) {
      this.#binding.chargeSlice(WRITE_INSTRUCTIONS + bytes * INSTRUCTIONS_PER_BYTE_WRITTEN);
    }
    const { domain, output } = environment;
    if (!domain.isDeterministic || !output.window.isFull || domain.isHeld(Hold.AwaitingPage)) return;
    this.#scheduler.hold(domain, Hold.AwaitingPage);
    // What has gathered counts as well, and nothing else would make it go while nobody runs.
    output.flush();
    output.window.whenRoom(() => this.#scheduler.release(domain, Hold.AwaitingPage));
  }

  #createContext(process: Process): WasiContext {
    const environment = this.#environmentOf(process);
    const { config } = process;
    const { files } = environment;
    try {
      if (files instanceof AbsentFiles) for (const dir of config.preopenedDirs) files.tree.mkdirs(dir);
      return createWasiContext({
        tree: files.tree,
        isPersistent: files.isPersistent,
        holder: { environment: process.environment.id, pid: process.pid },
        preopens: config.preopenedDirs.map((dir) => [dir, dir] as const),
        args: config.commandLineArguments,
        env: config.environmentVariables,
        stdio: environment.stdioOf(process, (bytes) => this.#hasWritten(environment, bytes)),
        clock: environment.clock,
        denied: (path) =>
          tellDenied(
            process,
            `the path ${JSON.stringify(path)}`,
            "it leads outside the directory its config preopens",
          ),
        random: environment.randomOf(process),
      });
    } catch (error) {
      if (error instanceof StorageError) throw new GuestTrap(error.message);
      throw error;
    }
  }
}

/** A whole millisecond, rounded up: timers must not fire early. */
function wholeMs(deadlineNs: bigint): number {
  return Math.ceil(Number(deadlineNs) / NS_PER_MS);
}
