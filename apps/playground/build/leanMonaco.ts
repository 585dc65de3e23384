import type { Plugin } from "vite";

const MANAGER = /monaco-editor\/esm\/vs\/languages\/features\/typescript\/workerManager\.js$/;
const OWN_WORKER = /new Worker\(new URL\('ts\.worker\.js', import\.meta\.url\), \{ type: "module" \}\)/;

/**
 * Leaves out Monaco's own TypeScript worker, 7 MB that nobody loads: the page gives it another one
 * (src/editor/monaco/languages.ts), but Monaco names it, so that a bundler takes it along.
 * @throws Error Monaco names it in another way now
 */
export function leanMonaco(): Plugin {
  return {
    name: "lunatic-lean-monaco",
    enforce: "pre",
    apply: "build",
    transform(code, id) {
      if (!MANAGER.test(id.split("?", 1)[0]!.replaceAll("\\", "/"))) return undefined;
      const changed = code.replace(OWN_WORKER, () => "undefined");
      if (changed === code)
        throw new Error(`${id} starts its worker in another way: see build/leanMonaco.ts`);
      return { code: changed, map: null };
    },
  };
}
