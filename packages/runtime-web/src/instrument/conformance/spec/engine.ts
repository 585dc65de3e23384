import { InstrumentError, type InstrumentInfo, instantiateStandalone, instrument } from "../../index.ts";

/** Two ways to run a module of the suite: by the engine as it is, or instrumented. */
export interface Engine {
  /**
   * Compiles without running anything.
   * @throws WebAssembly.CompileError or InstrumentError when the module is refused
   */
  compile(bytes: Uint8Array<ArrayBuffer>): void;
  /**
   * Instantiates, start function included.
   * @throws also WebAssembly.LinkError, and WebAssembly.RuntimeError when a segment or the start function traps
   */
  instantiate(bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports): WebAssembly.Exports;
}

export const originalEngine: Engine = {
  compile: (bytes) => void new WebAssembly.Module(bytes),
  instantiate: (bytes, imports) => new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports,
};

export const instrumentedEngine: Engine = {
  compile: (bytes) => void new WebAssembly.Module(instrument(bytes).bytes),
  instantiate: (bytes, imports) => instantiateStandalone(bytes, imports).exports as WebAssembly.Exports,
};

/** Result types of a module's exported functions, as the instrumenter read them; none for a module it refuses. */
export function resultTypes(bytes: Uint8Array<ArrayBuffer>): ReadonlyMap<string, readonly string[]> {
  const info = tryInstrument(bytes);
  return info instanceof InstrumentError
    ? new Map()
    : new Map(info.exports.map((entry) => [entry.name, entry.results]));
}

/** What the instrumenter says of a module: about it, or why it refuses it. */
export function tryInstrument(bytes: Uint8Array<ArrayBuffer>): InstrumentInfo | InstrumentError {
  try {
    return instrument(bytes).info;
  } catch (error) {
    if (error instanceof InstrumentError) return error;
    throw error;
  }
}
