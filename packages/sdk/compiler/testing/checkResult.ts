import type { Place } from "../diagnostic.ts";
import type { CompileRequest, CompileResult } from "../request.ts";

/**
 * What must hold of every compile, whatever the program.
 * @returns what does not hold, or undefined
 */
export function findBrokenPromise(request: CompileRequest, result: CompileResult): string | undefined {
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  if (result.crashed !== result.diagnostics.some(({ code }) => code === 0)) return "a crash is not told of";
  if ((result.wasm === undefined) !== errors.length > 0)
    return `${errors.length} errors, but wasm: ${result.wasm?.length}`;
  if (result.wasm !== undefined && !WebAssembly.validate(result.wasm)) return "the module is not valid";
  for (const { message, place, related } of result.diagnostics) {
    for (const one of [place, related]) {
      if (one !== undefined && !isPlausible(one, request)) {
        return `"${message}" is said of ${JSON.stringify(one)}, which is no place`;
      }
    }
  }
  return undefined;
}

function isPlausible({ file, range: { start, end } }: Place, { files }: CompileRequest): boolean {
  if (start.line < 1 || start.column < 1 || end.line < start.line) return false;
  if (end.line === start.line && end.column < start.column) return false;
  if (file.startsWith("~lib/")) return true;
  const lines = files.get(file)?.split("\n");
  const last = lines?.[end.line - 1];
  return last !== undefined && end.column <= last.length + 1;
}
