import { decodeEntryParams } from "../abi/entryParams.ts";
import { describeProcess, type ModuleNames } from "../abi/names/processName.ts";
import { functionName, type InstrumentInfo, tableFunctionIndex } from "../instrument/index.ts";
import { type ModuleId, PAGE_MODULE } from "../kernel/ids.ts";
import type { Process } from "../kernel/process.ts";
import type { CompiledModule } from "../scheduler/compiledModule.ts";

/** What a label depends on. */
type Call = Pick<Process, "module" | "entry" | "params">;

/** What processes and functions are called for people. */
export class ProcessLabels {
  readonly #module: (id: ModuleId) => CompiledModule;
  readonly #names = new Map<ModuleId, ModuleNames>();
  /** Label by module, entry and arguments: thousands of processes run the same function. */
  readonly #labels = new Map<string, string>();
  /** The process that was named last: its siblings, which often come one after the other, are called the same. */
  #last: { readonly call: Call; readonly label: string } | undefined;

  constructor(module: (id: ModuleId) => CompiledModule) {
    this.#module = module;
  }

  /** Short name of what the process runs: `main`, `worker`, `Counter`. */
  label(process: Process): string {
    // Its entry is the label its author gave.
    if (process.module === PAGE_MODULE) return process.entry;
    if (this.#last !== undefined && isSameCall(this.#last.call, process)) return this.#last.label;
    const label = this.#lookUp(process);
    // Not the process itself, which would be kept alive.
    const { module, entry, params } = process;
    this.#last = { call: { module, entry, params }, label };
    return label;
  }

  #lookUp(process: Process): string {
    const key = `${process.module}/${process.entry}/${process.params.join()}`;
    let label = this.#labels.get(key);
    if (label === undefined) {
      const params = decodeEntryParams(process.params);
      label = describeProcess(process.entry, params, this.#namesOf(process.module)).name;
      this.#labels.set(key, label);
    }
    return label;
  }

  #namesOf(id: ModuleId): ModuleNames {
    let names = this.#names.get(id);
    if (names === undefined) {
      names = moduleNames(this.#module(id).info);
      this.#names.set(id, names);
    }
    return names;
  }
}

function isSameCall(one: Call, other: Call): boolean {
  if (one.module !== other.module || one.entry !== other.entry) return false;
  const [params, others] = [one.params, other.params];
  if (params.length !== others.length) return false;
  for (let at = 0; at < params.length; at++) if (params[at] !== others[at]) return false;
  return true;
}

function moduleNames(info: InstrumentInfo): ModuleNames {
  return {
    functionName(tableIndex) {
      const index = tableFunctionIndex(info, tableIndex);
      return index === undefined ? undefined : functionName(info, index);
    },
    *allFunctionNames() {
      const { imported, defined } = info.functions;
      for (let index = 0; index < imported + defined; index++) {
        const name = functionName(info, index);
        if (name !== undefined) yield name;
      }
    },
  };
}
