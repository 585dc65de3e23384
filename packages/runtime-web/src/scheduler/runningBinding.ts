import type { HostBinding } from "../abi/binding.ts";
import type { Databases } from "../abi/databases.ts";
import { type GuestMemory, NO_MEMORY } from "../abi/guestMemory.ts";
import type { MetricsStore } from "../abi/metricsStore.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Parked } from "../kernel/parked.ts";
import type { Process } from "../kernel/process.ts";
import type { GuestHost } from "./guestHost.ts";

/** The one HostBinding of an executor: who is calling, as the scheduler last set it. */
export class RunningBinding implements HostBinding {
  readonly kernel: Kernel;
  readonly metrics: MetricsStore;
  readonly databases: Databases;
  /** Set before any guest code runs. */
  process!: Process;
  memory: GuestMemory = NO_MEMORY;
  resume!: (result: number) => void;
  readonly #guestHost: GuestHost;

  constructor(kernel: Kernel, metrics: MetricsStore, databases: Databases, guestHost: GuestHost) {
    this.kernel = kernel;
    this.metrics = metrics;
    this.databases = databases;
    this.#guestHost = guestHost;
  }

  catchTrap(functionIndex: number, pointer: number, complete: (result: number) => void): Parked | number {
    return this.#guestHost.catchTrap(functionIndex, pointer, complete);
  }

  allocate(bytes: number): number {
    return this.#guestHost.allocate(bytes);
  }

  get isAllocating(): boolean {
    return this.#guestHost.isAllocating;
  }

  parked(): void {
    this.#guestHost.park();
  }

  chargeSlice(instructions: number): void {
    this.#guestHost.chargeSlice(instructions);
  }
}
