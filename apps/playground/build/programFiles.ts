import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { Plugin } from "vite";
import type { CatalogEntry } from "../src/programs/catalog.ts";

/** An entry of the guests' own index, as far as the page uses it. */
interface GuestEntry {
  readonly name: string;
  readonly kind: "example" | "load";
  readonly title: string;
  readonly description: string;
  /** Relative to the guests' folder, as `wasm`. */
  readonly source: string;
  readonly wasm: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Serves the prebuilt guests as static files under programs/: index.json, and a source and a module per program.
 * Their addresses carry a hash of the content, so that a browser's cache never pairs an old module with a new source.
 * @param guests the folder with prebuilt/index.json
 */
export function programFiles(guests: string): Plugin {
  return {
    name: "lunatic-program-files",
    generateBundle() {
      for (const [path, content] of readPrograms(guests)) {
        this.emitFile({ type: "asset", fileName: path, source: content });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "", "http://localhost").pathname.slice(1);
        // Read anew for each request: a guest rebuilt meanwhile is served.
        const content = path.startsWith("programs/") ? readPrograms(guests).get(path) : undefined;
        if (content === undefined) return next();
        response.setHeader("Content-Type", MIME_TYPES[extname(path)] ?? "application/octet-stream");
        response.end(content);
      });
    },
  };
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".rs": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** @returns path within the site to content */
function readPrograms(guests: string): Map<string, string | Buffer> {
  const index = JSON.parse(
    readFileSync(join(guests, "prebuilt/index.json"), "utf8"),
  ) as readonly GuestEntry[];
  const files = new Map<string, string | Buffer>();
  const add = (path: string) => {
    const content = readFileSync(join(guests, path));
    const address = `programs/${basename(path)}`;
    files.set(address, content);
    return `${address}?${createHash("sha256").update(content).digest("hex").slice(0, 12)}`;
  };
  const catalog = index.map(
    ({ name, kind, title, description, args, env, source, wasm }): CatalogEntry => ({
      name,
      kind,
      title,
      description,
      args,
      env,
      source: add(source),
      wasm: add(wasm),
    }),
  );
  files.set("programs/index.json", JSON.stringify(catalog));
  return files;
}
