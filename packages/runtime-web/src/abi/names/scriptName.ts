/** Path of a file in front of a name: `main/`, `src/worker/`, `~lib/array/`. */
const PATH = /(?:~lib\/)?(?:[\w.@-]+\/)+/g;
/** A name of AssemblyScript begins with the path of its file; paths of Rust have no slash there. */
const SCRIPT_NAME = /^~?[\w.@-]+\//;
/** What `@process` and `@supervisor` make of a class `Counter`: the function `main/__initCounter` starts its processes. */
const INIT = /\/__init(\w+)$/;

/** Whether the compiler of AssemblyScript has given a function this name. */
export function isScriptName(symbol: string): boolean {
  return SCRIPT_NAME.test(symbol);
}

/** The class whose processes a function starts; undefined: it is no such function. */
export function processClassOf(symbol: string): string | undefined {
  return isScriptName(symbol) ? INIT.exec(symbol)?.[1] : undefined;
}

/**
 * A name as its author wrote it: `src/stack/Stack<~lib/string/String>#push` is `Stack<String>#push`,
 * `main/main~anonymous|0` is `main (anonymous)`.
 */
export function shortScriptName(symbol: string): string {
  return symbol.replace(PATH, "").replace(/~anonymous\|\d+/g, " (anonymous)");
}
