import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

interface Size {
  readonly files: string;
  readonly raw: number;
  readonly gzip: number;
}

/** What a page loads for what, by the entry files of the build. */
const PARTS: readonly { readonly files: string; readonly entries: readonly string[] }[] = [
  { files: "page: `index.js` and what it imports", entries: ["index.js"] },
  { files: "hub: `hub.worker.js` and what it imports", entries: ["hub.worker.js"] },
  { files: "executor: `executor.worker.js` and what it imports", entries: ["executor.worker.js"] },
  { files: "databases: `database.worker.js`, when a process opens one", entries: ["database.worker.js"] },
  { files: "its engine: `sqlite3.wasm`", entries: ["sqlite3.wasm"] },
  {
    files: "page, hub and executor, shared files once",
    entries: ["index.js", "hub.worker.js", "executor.worker.js"],
  },
];

const START = "<!-- bundle sizes: npm run sizes writes what follows -->";
const END = "<!-- end of bundle sizes -->";

/** Prints the sizes of what was built, raw and gzipped, as the last step of a build. */
export function bundleSizes(): Plugin {
  return {
    name: "bundle-sizes",
    apply: "build",
    writeBundle: (options) => {
      console.log(table(measure(options.dir!)));
    },
  };
}

/**
 * Writes the table into a document, between its two marks.
 * @returns whether it changed
 * @throws {Error} the document has no place for it
 */
export function writeSizes(distFolder: string, document: string): boolean {
  const text = readFileSync(document, "utf8");
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${document} lacks "${START}" … "${END}"`);
  const changed = `${text.slice(0, from)}${START}\n\n${table(measure(distFolder))}\n\n${text.slice(to)}`;
  if (changed !== text) writeFileSync(document, changed);
  return changed !== text;
}

function measure(folder: string): Size[] {
  return PARTS.map(({ files, entries }) => {
    const contents = [...closure(folder, entries)].map((file) => readFileSync(join(folder, file)));
    const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
    return {
      files,
      raw: sum(contents.map((content) => content.length)),
      gzip: sum(contents.map((content) => gzipSync(content, { level: 9 }).length)),
    };
  });
}

/** The files that some files of the build import, themselves included. */
function closure(folder: string, entries: readonly string[]): Set<string> {
  const known = new Set(readdirSync(folder, { recursive: true }).map(String));
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    if (!known.has(file)) throw new Error(`${file} is imported but was not built`);
    found.add(file);
    const code = readFileSync(join(folder, file), "utf8");
    for (const [, specifier] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) {
      visit(join(file, "..", specifier!));
    }
  };
  for (const entry of entries) visit(entry);
  return found;
}

function table(sizes: readonly Size[]): string {
  const rows = sizes.map(({ files, raw, gzip }) => `| ${files} | ${kilobytes(raw)} | ${kilobytes(gzip)} |`);
  return ["| Files | Raw | Gzipped |", "| --- | ---: | ---: |", ...rows].join("\n");
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
