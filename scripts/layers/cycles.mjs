import { resolveImport } from "./importRules.mjs";

/**
 * Circles of imports that exist at run time (type imports are erased and may go round).
 * @param {readonly import("./sourceFile.mjs").SourceFile[]} files
 * @returns {string[][]} each a path a → b → … → a, once per circle that a depth-first walk closes
 */
export function findCycles(files) {
  /** @type {Map<string, string[]>} */
  const edges = new Map(files.map((file) => [file.path, runtimeTargets(file)]));
  /** @type {string[][]} */
  const cycles = [];
  /** @type {Set<string>} */
  const finished = new Set();
  /** @type {string[]} */
  const trail = [];
  /** @type {(path: string) => void} */
  const walk = (path) => {
    const start = trail.indexOf(path);
    if (start !== -1) cycles.push([...trail.slice(start), path]);
    if (start !== -1 || finished.has(path)) return;
    trail.push(path);
    for (const target of edges.get(path) ?? []) walk(target);
    trail.pop();
    finished.add(path);
  };
  for (const path of edges.keys()) walk(path);
  return cycles;
}

/** @param {import("./sourceFile.mjs").SourceFile} file */
function runtimeTargets(file) {
  return file.imports
    .filter((imported) => imported.kind === "value" && imported.specifier.startsWith("."))
    .map((imported) => resolveImport(file.path, imported.specifier));
}
