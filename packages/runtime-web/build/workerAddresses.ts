import type { Plugin } from "vite";

/**
 * Keeps the workers files of their own beside the entry, under addresses that bundlers and browsers understand alike:
 * `new Worker(new URL("./hub.worker.js", import.meta.url), …)`. Vite itself would give them hashed names and an address
 * that the bundler of an embedding page does not recognise.
 */
export function workerAddresses(): Plugin {
  return {
    name: "worker-addresses",
    enforce: "pre",
    apply: "build",
    transform: (code, id) => {
      if (!id.endsWith(".ts")) return undefined;
      const marked = code.replace(SOURCE_ADDRESS, (_, name: string) => `${MARK}${name.replace(".", "_")}`);
      return marked === code ? undefined : { code: marked, map: null };
    },
    renderChunk: (code, chunk) => {
      const final = code.replace(
        MARKED_ADDRESS,
        (_, name: string) => `new URL("./${name}.worker.js", import.meta.url)`,
      );
      if (final === code) return undefined;
      if (chunk.fileName.includes("/")) {
        throw new Error(`${chunk.fileName} starts workers, but only files beside them can: keep it an entry`);
      }
      return { code: final, map: null };
    },
  };
}

/** As it stands in src/page: relative to the sources. */
const SOURCE_ADDRESS = /new URL\("[./]+\/\w+\/(\w+\.worker)\.ts", import\.meta\.url\)/g;
const MARK = "__lunatic_web_address_of_";
const MARKED_ADDRESS = /__lunatic_web_address_of_(\w+?)_worker/g;
