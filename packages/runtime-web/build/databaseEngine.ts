import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const ENGINE_FILE = "sqlite3.wasm";
const MARK = "__lunatic_web_database_engine";

/**
 * Keeps the engine of the databases a file of its own, beside the worker that loads it: a library's assets are inlined
 * else, as base64 in the worker's script. What the package would start workers of its own from is left out: nothing here
 * asks for them.
 */
export function databaseEngine(): Plugin {
  return {
    name: "database-engine",
    enforce: "pre",
    apply: "build",
    transform: (code, id) => {
      if (!/@sqlite\.org\/sqlite-wasm\/dist\/index\.mjs$/.test(id)) return undefined;
      const changed = code
        .replace(/new URL\("sqlite3\.wasm", import\.meta\.url\)/g, MARK)
        .replace(/new URL\("[\w-]+\.m?js", import\.meta\.url\)/g, '""');
      if (!changed.includes(MARK)) throw new Error(`${id} does not load ${ENGINE_FILE} as it did`);
      return { code: changed, map: null };
    },
    renderChunk: (code) => {
      if (!code.includes(MARK)) return undefined;
      return { code: code.replaceAll(MARK, `new URL("./${ENGINE_FILE}", import.meta.url)`), map: null };
    },
    generateBundle() {
      const path = createRequire(import.meta.url).resolve(`@sqlite.org/sqlite-wasm/${ENGINE_FILE}`);
      this.emitFile({ type: "asset", fileName: ENGINE_FILE, source: readFileSync(path) });
    },
  };
}
