import { originalPositionFor, sourceContentFor, TraceMap } from "@jridgewell/trace-mapping";

/** A place in the author's source; lines and columns count from 1. */
export interface SourcePlace {
  /** As the compiler was given it; `~lib/…` for the framework and AssemblyScript's library. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a compile tells of where its module's code comes from. */
export interface SourceMap {
  /**
   * @param offset in bytes from the beginning of the module, as a frame of the runtime has it
   * @returns undefined: no source is known for it
   */
  locate(offset: number): SourcePlace | undefined;
  /** The text of a file; undefined for those of libraries, and for unknown ones. */
  text(file: string): string | undefined;
}

/** What was given is no source map that can be used; says why. */
export class SourceMapError extends Error {
  override readonly name = "SourceMapError";
}

/**
 * @param json a source map, version 3, of a wasm module: `CompileResult.sourceMap`, or the file beside the module
 * @throws SourceMapError
 */
export function readSourceMap(json: string): SourceMap {
  const map = parse(json);
  return {
    locate(offset) {
      // In maps of wasm a module is one line, and its bytes are columns.
      const { source, line, column } = originalPositionFor(map, { line: 1, column: offset });
      return source === null ? undefined : { file: source, line, column: column + 1 };
    },
    text: (file) => sourceContentFor(map, file) ?? undefined,
  };
}

function parse(json: string): TraceMap {
  try {
    const map = new TraceMap(json);
    if (map.version !== 3) throw new Error(`its version is ${map.version}`);
    return map;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SourceMapError(`This is no source map of version 3 (${reason}); compile the program again`);
  }
}
