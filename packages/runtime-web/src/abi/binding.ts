import type { Kernel } from "../kernel/kernel.ts";
import type { Parked } from "../kernel/parked.ts";
import type { Process } from "../kernel/process.ts";
import type { Databases } from "./databases.ts";
import type { GuestMemory } from "./guestMemory.ts";
import type { MetricsStore } from "./metricsStore.ts";

/**
 * What host functions need to know about their caller. One mutable object per executor; the scheduler sets
 * `process`, `memory` and `resume` at every switch, before guest code runs. One set of host functions thereby serves all
 * processes of an instance.
 */
export interface HostBinding {
  readonly kernel: Kernel;
  readonly metrics: MetricsStore;
  readonly databases: Databases;
  /** The caller: the process whose guest code is running. */
  process: Process;
  /**
   * The caller's memory. An object per process, valid while the process lives: an answer that arrives after the
   * caller was parked is written through the object captured at the call. NO_MEMORY if the module exports none.
   */
  memory: GuestMemory;
  /** `process.body.resume` as a function of its own, one per process: a parked receive then allocates none. */
  resume: (result: number) => void;
  /**
   * Runs the caller's export `_lunatic_catch_trap(functionIndex, pointer)` on a stack of its own.
   * Answers with its result, 0 if it failed in any way but a kill (host ABI 3.5, ch. 11).
   * @throws GuestTrap the module has no such export, or it is not a function
   */
  catchTrap(functionIndex: number, pointer: number, complete: (result: number) => void): Parked | number;
  /**
   * Calls the caller's export `lunatic_alloc` (host ABI ch. 11). Its memory may have grown and moved on return, so only a
   * host function that may block can do this: its caller then reads anew where its memory is.
   * @returns the address of so many bytes
   * @throws GuestTrap there is no such export, it has another type, or it waits; what it throws itself
   */
  allocate(bytes: number): number;
  /** While the caller's allocator runs: nothing may park then. */
  readonly isAllocating: boolean;
  /**
   * A host function of the caller has parked: its answer comes by `process.body.resume`. Called before the host
   * function returns to wasm; what it returns then is a placeholder of the right type that nobody reads.
   */
  parked(): void;
  /**
   * Shortens the caller's slice by host work done for it, so that a process that mostly calls the host is
   * preempted like any other. Not counted towards `max_fuel`: time in host calls is free (host ABI ch. 9).
   * @param instructions about how many wasm instructions the work is worth
   */
  chargeSlice(instructions: number): void;
}
