import { LinkError } from "../abi/linkError.ts";
import { checkImports } from "../abi/linkImports.ts";
import { opensFiles, preopensDirectories, usesStorage } from "../abi/moduleNeeds.ts";
import { mayBlock } from "../abi/signatures/index.ts";
import { InstrumentError, type Instrumented, instrument } from "../instrument/index.ts";
import type { ModuleParcel } from "../protocol/hubExecutor.ts";
import type { CompiledSummary, Outcome, WireError } from "../protocol/pageHub.ts";
import { cacheKey, ModuleCache } from "./moduleCache.ts";

/** All modules of a runtime: each is instrumented and compiled once, then shared by the executors. */
export class ModuleStore {
  readonly #cache: ModuleCache | undefined;
  readonly #distribute: (parcel: ModuleParcel) => Promise<void>;
  readonly #byKey = new Map<string, Promise<Outcome<CompiledSummary>>>();
  readonly #openFiles = new Set<number>();
  #nextId = 1;

  /** @param distribute gives a module to every executor; resolves when all have it */
  constructor(useCache: boolean, distribute: (parcel: ModuleParcel) => Promise<void>) {
    // The console is where the author of an embedding page looks; a cache that is missing changes no result.
    this.#cache = useCache ? new ModuleCache((reason) => console.info(reason)) : undefined;
    this.#distribute = distribute;
  }

  /** The same bytes give the same module. The promise never rejects for a fault of the module. */
  async compile(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Outcome<CompiledSummary>> {
    const key = await cacheKey(bytes);
    let compiling = this.#byKey.get(key);
    if (compiling === undefined) {
      compiling = this.#compile(bytes, name, key);
      this.#byKey.set(key, compiling);
    }
    const outcome = await compiling;
    if (!outcome.ok) this.#byKey.delete(key);
    return outcome;
  }

  /** Whether a module imports what opens or changes files, or preopens a directory. */
  opensFiles(id: number): boolean {
    return this.#openFiles.has(id);
  }

  async #compile(
    bytes: Uint8Array<ArrayBuffer>,
    name: string,
    key: string,
  ): Promise<Outcome<CompiledSummary>> {
    const startMs = performance.now();
    try {
      const cached = await this.#cache?.get(key);
      const instrumented = cached ?? instrument(bytes, { suspends: mayBlock });
      const instrumentMs = cached === undefined ? performance.now() - startMs : 0;
      checkImports(instrumented.info.imports);
      const code = await WebAssembly.compile(instrumented.bytes);
      if (cached === undefined) await this.#cache?.put(key, instrumented);
      const id = this.#nextId++;
      const { imports } = instrumented.info;
      if (opensFiles(imports) || preopensDirectories(imports)) this.#openFiles.add(id);
      await this.#distribute({ id, name, code, info: instrumented.info });
      return { ok: true, value: summarise(id, name, instrumented, instrumentMs) };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    }
  }
}

function summarise(
  id: number,
  name: string,
  { bytes, info }: Instrumented,
  instrumentMs: number,
): CompiledSummary {
  const entries = info.exports.filter((each) => each.hasEntry && each.results.length === 0);
  return {
    id,
    name,
    sizeBytes: info.statistics.originalBytes,
    instrumentedSizeBytes: bytes.length,
    entries: entries.map((each) => each.name),
    usesStorage: usesStorage(info.imports),
    instrumentMs,
  };
}

/** @throws what is no fault of the module */
function toWireError(error: unknown): WireError {
  if (error instanceof InstrumentError) {
    const { kind, finding, advice, byteOffset, functionIndex, functionName } = error;
    const place = { byteOffset, functionIndex, functionName };
    return { type: "instrument", kind, finding, advice, place };
  }
  if (error instanceof LinkError) {
    return { type: "import", message: error.message, module: error.module, name: error.importName };
  }
  if (error instanceof WebAssembly.CompileError) {
    return {
      type: "instrument",
      kind: "invalid",
      finding: `the browser's engine does not accept it: ${error.message}`,
      advice: "check the module with wasm-validate, or try a newer browser",
      place: { byteOffset: 0 },
    };
  }
  throw error;
}
