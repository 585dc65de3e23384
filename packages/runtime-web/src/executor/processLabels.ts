import type { ModuleId } from "../kernel/ids.ts";
import type { Process } from "../kernel/process.ts";
import type { CompiledModule } from "../scheduler/compiledModule.ts";

/** What a process is called for people; see abi/processName.ts. */
export class ProcessLabels {
  readonly #module: (id: ModuleId) => CompiledModule;

  constructor(module: (id: ModuleId) => CompiledModule) {
    this.#module = module;
  }

  label(process: Process): string {
    return process.entry === "_start" ? this.#module(process.module).name : process.entry;
  }

  names(_process: Process): readonly string[] {
    return [];
  }
}
