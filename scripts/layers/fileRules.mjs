import { posix } from "node:path";
import { BANNED_NAME_WORDS, MAX_LINES } from "./table.mjs";

/** @typedef {import("./importRules.mjs").Finding} Finding */

/**
 * @param {string} path
 * @param {string} text
 * @returns {Finding[]}
 */
export function checkLength(path, text) {
  const lines = countLines(text);
  if (lines <= MAX_LINES) return [];
  return [
    {
      path,
      problem: `has ${lines} lines, more than ${MAX_LINES}`,
      remedy: "find the second idea in it and give it a file",
    },
  ];
}

/**
 * As `wc -l` counts, plus a last line without a line break.
 * @param {string} text
 */
export function countLines(text) {
  return text.split("\n").length - (text.endsWith("\n") || text === "" ? 1 : 0);
}

/**
 * Names that say nothing, and names in one folder that a reader or a case-insensitive file system takes for the same
 * (runQueue.ts, run-queue.ts, RunQueue.tsx).
 * @param {readonly string[]} paths
 * @returns {Finding[]}
 */
export function checkNames(paths) {
  /** @type {Finding[]} */
  const findings = [];
  /** @type {Map<string, string>} */
  const seen = new Map();
  for (const path of [...paths].sort()) {
    const banned = nameWords(path).find((word) => BANNED_NAME_WORDS.includes(word));
    if (banned) {
      findings.push({
        path,
        problem: `is named "${banned}"`,
        remedy: "name the noun or the one verb in it",
      });
    }
    const stem = nameStem(path);
    const twin = seen.get(stem);
    if (twin) {
      findings.push({ path, problem: `has the same name as ${twin}`, remedy: "rename or join them" });
    }
    seen.set(stem, path);
  }
  return findings;
}

/**
 * The words of every folder and file name of a path, in lower case.
 * @param {string} path
 */
function nameWords(path) {
  return path
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

/**
 * Folder and bare name; what follows the first dot distinguishes only roles (a.ts, a.test.ts, a.css), so of two
 * files with the same role the language does not count.
 * @param {string} path
 */
function nameStem(path) {
  const [name = "", ...suffixes] = posix.basename(path).split(".");
  const role = suffixes.join(".").replace(/(^|\.)(tsx?|m?js)$/, "$1module");
  return `${posix.dirname(path)}/${name.replace(/[-_]/g, "")}.${role}`.toLowerCase();
}
