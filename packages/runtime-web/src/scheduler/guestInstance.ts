import { EXPORT_PREFIX, entryExport, HOST_EXPORT } from "../instrument/index.ts";
import type { CompiledModule } from "./compiledModule.ts";
import type { Thunk, ThunkTable } from "./thunkTable.ts";

/**
 * One WebAssembly.Instance of a module on one arena. Normally all processes of the module on that arena share it;
 * a module that changes what is not saved in the control block (InstrumentInfo.needsOwnInstance) gets one per process.
 */
export class GuestInstance {
  readonly module: CompiledModule;
  /** (control block, base, limit, fuel): a fresh process; applies the active data segments. */
  readonly init: (controlBlock: number, base: number, limit: number, fuel: number) => void;
  /** Saves the running process' globals into its control block. */
  readonly save: () => void;
  readonly fuel: WebAssembly.Global | undefined;
  readonly #exports: WebAssembly.Exports;
  readonly #thunks: ThunkTable;
  readonly #slots = new Map<string, number>();
  /** By the names that guests know, so that a spawn need not put the exports' together. */
  readonly #entrySlots = new Map<string, number>();

  /** @throws WebAssembly.LinkError, WebAssembly.RuntimeError (an element segment does not fit) */
  constructor(module: CompiledModule, thunks: ThunkTable, imports: WebAssembly.Imports) {
    this.module = module;
    this.#thunks = thunks;
    this.#exports = new WebAssembly.Instance(module.module, imports).exports;
    this.init = this.#exports[EXPORT_PREFIX + HOST_EXPORT.init] as GuestInstance["init"];
    this.save = this.#exports[EXPORT_PREFIX + HOST_EXPORT.save] as GuestInstance["save"];
    this.fuel = this.#exports[EXPORT_PREFIX + HOST_EXPORT.fuel] as WebAssembly.Global | undefined;
  }

  /** Table slot of the thunk that calls the guest's export `name`, which must have `hasEntry`. */
  entrySlot(name: string): number {
    return this.#entrySlots.get(name) ?? this.#findEntry(name);
  }

  /** The guest's own export, which runs as part of whatever the running process is in; undefined: there is none. */
  export(name: string): ((...values: number[]) => number) | undefined {
    return this.#exports[name] as ((...values: number[]) => number) | undefined;
  }

  /** Table slot of the module's start function. */
  startSlot(): number {
    return this.#slot(EXPORT_PREFIX + HOST_EXPORT.start);
  }

  /** Gives the table slots back; for an instance that served one process. */
  close(): void {
    for (const slot of this.#slots.values()) this.#thunks.release(slot);
    this.#slots.clear();
    this.#entrySlots.clear();
  }

  #findEntry(name: string): number {
    const slot = this.#slot(entryExport(name));
    this.#entrySlots.set(name, slot);
    return slot;
  }

  #slot(exportName: string): number {
    let slot = this.#slots.get(exportName);
    if (slot === undefined) {
      slot = this.#thunks.put(this.#exports[exportName] as Thunk);
      this.#slots.set(exportName, slot);
    }
    return slot;
  }
}
