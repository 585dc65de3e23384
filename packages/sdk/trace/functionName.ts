/** Path of a file in front of a name: `main/`, `src/worker/`, `~lib/array/`. */
const PATH = /(?:~lib\/)?(?:[\w.@-]+\/)+/g;

/**
 * A function's name as its author wrote it, of what the compiler calls it:
 * `src/stack/Stack<~lib/string/String>#push` is `Stack<String>#push`.
 */
export function readableName(name: string): string {
  return name.replace(PATH, "").replace(/~anonymous\|\d+/g, "(anonymous)");
}
