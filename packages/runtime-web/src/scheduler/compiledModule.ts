import { opensFiles, preopensDirectories, readsInput } from "../abi/moduleNeeds.ts";
import type { ExportInfo, InstrumentInfo } from "../instrument/index.ts";
import type { ModuleId } from "../kernel/ids.ts";

/** An instrumented module, compiled in this worker or received from the hub. */
export class CompiledModule {
  readonly id: ModuleId;
  /** For people: the file's name. */
  readonly name: string;
  readonly module: WebAssembly.Module;
  readonly info: InstrumentInfo;
  /** Whether it imports a function that can open or change files. */
  readonly opensFiles: boolean;
  /** Whether it imports the function that preopens a directory. */
  readonly preopensDirectories: boolean;
  /** Whether it imports a function that can read from stdin, or wait for it. */
  readonly readsInput: boolean;
  readonly #exports = new Map<string, ExportInfo>();

  constructor(id: ModuleId, name: string, module: WebAssembly.Module, info: InstrumentInfo) {
    this.id = id;
    this.name = name;
    this.module = module;
    this.info = info;
    this.opensFiles = opensFiles(info.imports);
    this.preopensDirectories = preopensDirectories(info.imports);
    this.readsInput = readsInput(info.imports);
    for (const each of info.exports) this.#exports.set(each.name, each);
  }

  /** undefined if the module exports no function of that name. */
  exportedFunction(name: string): ExportInfo | undefined {
    return this.#exports.get(name);
  }

  get initialBytes(): number {
    return (this.info.memory?.initialPages ?? 0) * 65536;
  }

  get maximumBytes(): number {
    return (this.info.memory?.maximumPages ?? 65536) * 65536;
  }
}
