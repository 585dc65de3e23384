import { posix } from "node:path";
import { DATA_ROOTS, LAYERS, PACKAGE_ROOTS, POSTING, SHIPPED } from "./table.mjs";

/**
 * @typedef {import("./sourceFile.mjs").SourceFile} SourceFile
 * @typedef {import("./table.mjs").Layer} Layer
 * @typedef {{ path: string, line?: number, problem: string, remedy: string }} Finding
 */

/**
 * Tests and what is written for tests alone: free of the layer table, but nothing that ships may import them.
 * @param {string} path
 */
export function isTestCode(path) {
  return /\.(test|spec)\.tsx?$|\/(testing|conformance)\//.test(path);
}

/**
 * Whether users of a package get the file.
 * @param {string} path
 */
export function isShipped(path) {
  return !isTestCode(path) && SHIPPED.some((pattern) => pattern.test(path));
}

/**
 * Which imports and calls of one file break the table.
 * @param {SourceFile} file
 * @returns {Finding[]}
 */
export function checkImports(file) {
  /** @type {Finding[]} */
  const findings = [];
  const isTest = isTestCode(file.path);
  for (const imported of file.imports) {
    if (!imported.specifier.startsWith(".")) continue;
    const target = resolveImport(file.path, imported.specifier);
    const broken =
      borderFinding(file.path, target) ??
      (isTest ? undefined : (testCodeFinding(target) ?? layerFinding(file.path, target, imported.kind)));
    if (broken) findings.push({ path: file.path, line: imported.line, ...broken });
  }
  if (!isTest) {
    for (const line of file.posts) {
      if (!mayPost(file.path)) {
        findings.push({
          path: file.path,
          line,
          problem: "calls postMessage",
          remedy: `only ${POSTING.allowedIn.join(", ")} posts: add the message to a union there and call its sender`,
        });
      }
    }
  }
  return findings;
}

/**
 * The path a relative import leads to, from the root of the repository.
 * @param {string} from
 * @param {string} specifier
 */
export function resolveImport(from, specifier) {
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}

/**
 * @param {string} from
 * @param {string} target
 */
function borderFinding(from, target) {
  const own = packageOf(from);
  const other = packageOf(target);
  if (own === other || isInside(target, DATA_ROOTS)) return undefined;
  return {
    problem: `reaches from ${own ?? "the root"} into ${other ?? "the root"} by a relative path (${target})`,
    remedy: "import what that package exports, by its name",
  };
}

/** @param {string} target */
function testCodeFinding(target) {
  if (!isTestCode(target)) return undefined;
  return { problem: `imports test code (${target})`, remedy: "move what both need into a module that ships" };
}

/**
 * @param {string} from
 * @param {string} target
 * @param {import("./sourceFile.mjs").ImportKind} kind
 */
function layerFinding(from, target, kind) {
  const root = Object.keys(LAYERS).find((one) => isInside(from, [one]) && isInside(target, [one]));
  if (root === undefined) return undefined;
  const fromLayer = layerOf(root, from);
  const targetLayer = layerOf(root, target);
  if (fromLayer === targetLayer) return undefined;
  const rule = LAYERS[root]?.[fromLayer];
  if (!rule) {
    return {
      problem: `${fromLayer} has no row in the layer table`,
      remedy: "add what it may import to LAYERS in scripts/layers/table.mjs",
    };
  }
  const allowed = {
    value: rule.imports ?? [],
    type: [...(rule.imports ?? []), ...(rule.types ?? [])],
    worker: rule.workers ?? [],
  }[kind];
  if (allowed.includes(targetLayer)) return undefined;
  const verb = { value: "imports", type: "imports types of", worker: "takes the address of a file of" }[kind];
  const isTypeOnly = kind === "value" && (rule.types ?? []).includes(targetLayer);
  return {
    problem: `${fromLayer} ${verb} ${targetLayer} (${target})`,
    remedy: isTypeOnly
      ? `${fromLayer} may use its types: write "import type"`
      : `${fromLayer} may use ${describeRule(rule)}: move the code, or pass it in through an interface`,
  };
}

/** @param {Layer} rule */
function describeRule(rule) {
  const parts = [
    rule.imports?.join(", "),
    rule.types && `types of ${rule.types.join(", ")}`,
    rule.workers && `workers of ${rule.workers.join(", ")}`,
  ].filter(Boolean);
  return parts.length === 0 ? "no other folder" : parts.join("; ");
}

/**
 * The folder below `root` a file lies in, or its own name when it lies in `root` itself.
 * @param {string} root
 * @param {string} path
 */
function layerOf(root, path) {
  return path.slice(root.length + 1).split("/", 1)[0] ?? "";
}

/**
 * The folder of the package a file lies in.
 * @param {string} path
 * @returns {string | undefined} undefined: the file lies in no package
 */
export function packageOf(path) {
  for (const pattern of PACKAGE_ROOTS) {
    const depth = pattern.split("/").length;
    const candidate = path.split("/").slice(0, depth).join("/");
    if (candidate === pattern || (pattern.endsWith("/*") && candidate.startsWith(pattern.slice(0, -1)))) {
      return candidate;
    }
  }
  return undefined;
}

/** @param {string} path */
function mayPost(path) {
  return !isInside(path, POSTING.roots) || isInside(path, POSTING.allowedIn);
}

/**
 * @param {string} path
 * @param {readonly string[]} folders
 */
export function isInside(path, folders) {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}
