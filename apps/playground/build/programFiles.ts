import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { Plugin } from "vite";
import type { CatalogEntry } from "../src/programs/catalog.ts";
import { readExamples } from "./projectPrograms.ts";

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
 * Serves programs as static files under programs/: index.json, a source and a module per prebuilt guest, and the files
 * of each example to edit.
 * Their addresses carry a hash of the content, so that a browser's cache never pairs an old module with a new source.
 * @param guests the folder with prebuilt/index.json
 * @param examples folders with an index.json of programs to edit
 */
export function programFiles(guests: string, examples: readonly string[]): Plugin {
  return {
    name: "lunatic-program-files",
    generateBundle() {
      for (const [path, content] of readPrograms(guests, examples)) {
        this.emitFile({ type: "asset", fileName: path, source: content });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "", "http://localhost").pathname.slice(1);
        // Read anew for each request: a guest rebuilt meanwhile is served.
        const content = path.startsWith("programs/") ? readPrograms(guests, examples).get(path) : undefined;
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
function readPrograms(guests: string, examples: readonly string[]): Map<string, string | Buffer> {
  const index = JSON.parse(
    readFileSync(join(guests, "prebuilt/index.json"), "utf8"),
  ) as readonly GuestEntry[];
  const files = new Map<string, string | Buffer>();
  const add = (name: string, content: string | Buffer) => {
    files.set(`programs/${name}`, content);
    return `programs/${name}?${createHash("sha256").update(content).digest("hex").slice(0, 12)}`;
  };
  const addGuest = (path: string) => add(basename(path), readFileSync(join(guests, path)));
  const projects = examples.flatMap(readExamples).map(
    ({ project, ...entry }): CatalogEntry => ({
      ...entry,
      kind: "project",
      project: add(`${entry.name}.json`, JSON.stringify(project)),
    }),
  );
  const prebuilt = index.map(
    ({ name, kind, title, description, args, env, source, wasm }): CatalogEntry => ({
      name,
      kind,
      title,
      description,
      args,
      env,
      source: addGuest(source),
      wasm: addGuest(wasm),
    }),
  );
  files.set("programs/index.json", JSON.stringify([...prebuilt, ...projects]));
  return files;
}
