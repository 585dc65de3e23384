import { isBuiltin } from "node:module";

/**
 * @typedef {import("./sourceFile.mjs").SourceFile} SourceFile
 * @typedef {import("./importRules.mjs").Finding} Finding
 */

/**
 * @typedef {object} Manifest what counts of a package.json
 * @property {string} [name]
 * @property {Readonly<Record<string, string>>} [dependencies]
 * @property {Readonly<Record<string, string>>} [devDependencies]
 * @property {readonly string[]} [bundledDevDependencies] those that its build puts into what is published
 */

/**
 * Imports of packages that the importing package does not declare, which work only as long as another package of
 * the workspace happens to install them. Tests and tools may rely on the devDependencies of the root.
 * @param {SourceFile} file
 * @param {boolean} ships  users of the package get this file: then only `dependencies` and what is bundled count
 * @param {Manifest} own   of the package that the file lies in; the root's for a file in none
 * @param {Manifest} root
 * @returns {Finding[]}
 */
export function checkDependencies(file, ships, own, root) {
  const declared = {
    ...own.dependencies,
    ...(ships ? bundled(own) : { ...own.devDependencies, ...root.devDependencies }),
  };
  return file.imports
    .filter(({ specifier, kind }) => kind !== "worker" && /^[@a-z]/.test(specifier) && !isBuiltin(specifier))
    .map(({ specifier, line }) => ({ name: packageName(specifier), line }))
    .filter(({ name }) => name !== own.name && !Object.hasOwn(declared, name))
    .map(({ name, line }) => ({
      path: file.path,
      line,
      problem: `imports ${name}, which ${own.name ?? "the package"} does not declare`,
      remedy: `add it to the ${ships ? "dependencies" : "devDependencies"} of that package, with a row in docs/dependencies.md`,
    }));
}

/** @param {Manifest} own */
function bundled({ devDependencies = {}, bundledDevDependencies = [] }) {
  return Object.fromEntries(
    Object.entries(devDependencies).filter(([name]) => bundledDevDependencies.includes(name)),
  );
}

/**
 * @param {string} specifier such as "vitest/config" or "@scope/name/sub/path"
 */
function packageName(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
