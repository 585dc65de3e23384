import { InstrumentError, type InstrumentInfo, instrument } from "@lunatic-web/runtime/instrument";
import { CommandError } from "../errors.ts";
import type { ModuleFile } from "./guestSettings.ts";

/**
 * What a module holds, read by the runtime's own decoder.
 * @throws InstrumentError it is malformed or uses what the runtime does not run; says where and what to do
 */
export function describeModule({ bytes }: ModuleFile): InstrumentInfo {
  return instrument(bytes).info;
}

/**
 * Names of the functions a module exports, in its order. The engine of this process reads them some ten times as fast
 * as the instrumenter, which a test binary of 20 MB makes felt; what it cannot read, the instrumenter explains.
 * @throws CommandError it is malformed or uses what the runtime does not run
 */
export function exportedFunctions(module: ModuleFile): string[] {
  try {
    const compiled = new WebAssembly.Module(module.bytes.slice());
    return WebAssembly.Module.exports(compiled)
      .filter(({ kind }) => kind === "function")
      .map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    return explained(module).exports.map(({ name }) => name);
  }
}

function explained(module: ModuleFile): InstrumentInfo {
  try {
    return describeModule(module);
  } catch (error) {
    if (error instanceof InstrumentError)
      throw new CommandError(`${module.name} cannot run: ${error.message}`);
    throw error;
  }
}
