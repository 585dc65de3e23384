import type { SourceFiles } from "./request.ts";

/** What we use of a source map, version 3. */
interface SourceMapJson {
  readonly sources: readonly string[];
}

/**
 * Puts the texts of the author's files into a source map, so that whoever shows a line needs nothing else. Those of the
 * library stay out: they are half a megabyte, and the same for everybody.
 * @param json as binaryen writes it
 */
export function completeSourceMap(json: string, files: SourceFiles): string {
  const map = JSON.parse(json) as SourceMapJson;
  return JSON.stringify({ ...map, sourcesContent: map.sources.map((name) => files.get(name) ?? null) });
}
