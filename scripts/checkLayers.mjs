#!/usr/bin/env node
/** Checks the rules of scripts/layers/table.mjs on the working tree; `npm run check` runs it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { findCycles } from "./layers/cycles.mjs";
import { checkDependencies } from "./layers/dependencies.mjs";
import { checkLength, checkNames, countLines } from "./layers/fileRules.mjs";
import { checkImports, isShipped, packageOf } from "./layers/importRules.mjs";
import { readSourceFile } from "./layers/sourceFile.mjs";
import {
  AUTHORED_EXTENSIONS,
  GUEST_SOURCES,
  IGNORED_FOLDERS,
  MAX_LINES,
  MODULE_EXTENSIONS,
} from "./layers/table.mjs";

const root = join(import.meta.dirname, "..");
const texts = new Map(
  listAuthored(root).map((path) => [relative(root, path).split(sep).join("/"), readFileSync(path, "utf8")]),
);
const paths = [...texts.keys()];
const modules = paths
  .filter((path) => MODULE_EXTENSIONS.includes(extname(path)) && !isGuestSource(path))
  .map((path) => readSourceFile(path, texts.get(path) ?? ""));

const findings = [
  ...modules.flatMap(checkImports),
  ...modules.flatMap((file) =>
    checkDependencies(file, isShipped(file.path), readManifest(packageOf(file.path)), readManifest()),
  ),
  ...findCycles(modules).map((cycle) => ({
    path: cycle[0] ?? "",
    line: undefined,
    problem: `imports itself in a circle: ${cycle.join(" → ")}`,
    remedy: "move what both need into a file of its own, or import the type only",
  })),
  ...[...texts].flatMap(([path, text]) => checkLength(path, text)),
  ...checkNames(paths),
];

for (const { path, line, problem, remedy } of findings) {
  console.error(`${path}${line === undefined ? "" : `:${line}`}\n    ${problem}\n    to do: ${remedy}`);
}
const [longestPath, longestLines] = [...texts]
  .map(([path, text]) => /** @type {const} */ ([path, countLines(text)]))
  .reduce((longest, one) => (one[1] > longest[1] ? one : longest), ["", 0]);
const imports = modules.reduce((sum, file) => sum + file.imports.length, 0);
console.log(
  `layers: ${findings.length} findings in ${paths.length} files with ${imports} imports; ` +
    `the longest file is ${longestPath}, ${longestLines} of at most ${MAX_LINES} lines`,
);
process.exitCode = findings.length === 0 ? 0 : 1;

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listAuthored(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return IGNORED_FOLDERS.includes(entry.name) ? [] : listAuthored(path);
    return AUTHORED_EXTENSIONS.includes(extname(entry.name)) ? [path] : [];
  });
}

/**
 * @param {string} [folder] of a package; without, or where it has none of its own (scripts), the root's
 * @returns {import("./layers/dependencies.mjs").Manifest}
 */
function readManifest(folder = ".") {
  const path = join(root, folder, "package.json");
  return JSON.parse(readFileSync(existsSync(path) ? path : join(root, "package.json"), "utf8"));
}

/** @param {string} path */
function isGuestSource(path) {
  return GUEST_SOURCES.some((pattern) => pattern.test(path));
}
