import type { ModuleId } from "../kernel/ids.ts";
import type { ModuleParcel } from "../protocol/hubExecutor.ts";
import type { ModuleSource } from "../scheduler/bodyLauncher.ts";
import { CompiledModule } from "../scheduler/compiledModule.ts";

/** The modules that the hub has given to an executor. */
export class ExecutorModules implements ModuleSource {
  readonly #executor: number;
  readonly #modules = new Map<number, CompiledModule>();
  readonly #awaited = new Map<number, (() => void)[]>();

  /** @param executor  its index */
  constructor(executor: number) {
    this.#executor = executor;
  }

  module(id: ModuleId): CompiledModule | undefined {
    return this.#modules.get(id);
  }

  /** @throws Error a fault of ours: nobody may name a module before it is here */
  require(id: ModuleId): CompiledModule {
    const module = this.#modules.get(id);
    if (module === undefined) throw new Error(`Module ${id} is not on executor ${this.#executor}`);
    return module;
  }

  add(parcel: ModuleParcel): void {
    const code =
      parcel.code instanceof WebAssembly.Module ? parcel.code : new WebAssembly.Module(parcel.code);
    this.#modules.set(parcel.id, new CompiledModule(parcel.id as ModuleId, parcel.name, code, parcel.info));
    for (const then of this.#awaited.get(parcel.id) ?? []) then();
    this.#awaited.delete(parcel.id);
  }

  /** A spawn from another executor can outrun the hub's message with a module that a guest compiled. */
  awaitModule(id: ModuleId, then: () => void): void {
    const waiting = this.#awaited.get(id);
    if (waiting === undefined) this.#awaited.set(id, [then]);
    else waiting.push(then);
  }
}
