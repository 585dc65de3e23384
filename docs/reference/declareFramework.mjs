#!/usr/bin/env node
/**
 * Writes declarations of the framework that programs import as "lunatic", with their doc comments, to .cache/framework for
 * TypeDoc. They are made of what editors see of the framework, because its sources are AssemblyScript.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { runnerImport } from "vite";

/** A module is a folder with an index, or the index of the framework itself. */
const MODULE = /^((?:\/\w+)?)\/index\.ts$/;
const OUTPUT = join(import.meta.dirname, ".cache/framework");
const DECORATORS = "/lunatic-types/decorators.d.ts";
const ABOUT_DECORATORS = `/**
 * Decorators of the framework. Programs use them without an import.
 * @module decorators of lunatic
 */
`;

/** @type {{ module: typeof import("@lunatic-web/sdk/editor") }} */
const { module: editor } = await runnerImport("@lunatic-web/sdk/editor", {
  root: import.meta.dirname,
  configFile: false,
  logLevel: "error",
  environments: {
    inline: { resolve: { conditions: ["@lunatic-web/source"], noExternal: ["@lunatic-web/sdk"] } },
  },
});

const libraries = new Map(editor.editorLibraries().map(({ path, text }) => [path, text]));
/** Names of the modules that programs import, by path without extension. */
const TITLES = new Map(
  [...libraries.keys()].flatMap((path) => {
    const [, part] = MODULE.exec(path.replace(editor.FRAMEWORK_FOLDER, "")) ?? [];
    return part === undefined ? [] : [/** @type {const} */ ([path.replace(/\.ts$/, ""), `lunatic${part}`])];
  }),
);
const ambient = [...libraries].filter(([path]) => path.endsWith(".d.ts"));
const roots = [...ambient.map(([path]) => path), ...[...TITLES.keys()].map((path) => `${path}.ts`)];
rmSync(OUTPUT, { recursive: true, force: true });
for (const [path, text] of ambient)
  write(path, path === DECORATORS ? `${ABOUT_DECORATORS}\n${text}` : withoutProcess(text));
declare();

/** What is not a correct declaration is an error of TypeDoc, which reads them; here correct sources show false errors. */
function declare() {
  const options = /** @type {ts.CompilerOptions} */ ({
    ...editor.editorOptions(ts),
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
  });
  /** @type {ts.CompilerHost} */
  const host = {
    getSourceFile: (path) => {
      const text = libraries.get(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
    },
    getDefaultLibFileName: () => "/lunatic-types/assemblyscript.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (path) => libraries.has(path),
    readFile: (path) => libraries.get(path),
    writeFile: (path, text) => write(path, nameModule(path, text)),
  };
  const { emitSkipped, diagnostics } = ts
    .createProgram(roots, options, host)
    .emit(undefined, undefined, undefined, true, { afterDeclarations: [withoutInternals] });
  const problems = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  if (emitSkipped || problems.length > 0)
    throw new Error(`the framework cannot be declared: ${problems.join("; ") || "nothing was written"}`);
}

/**
 * Members whose names begin with two underscores are for other parts of the framework and for generated code.
 * @param {ts.TransformationContext} context
 * @returns {ts.Transformer<ts.SourceFile | ts.Bundle>}
 */
function withoutInternals(context) {
  /** @type {ts.Visitor} */
  const visit = (node) =>
    ts.isClassElement(node) && node.name?.getText().startsWith("__")
      ? undefined
      : ts.visitEachChild(node, visit, context);
  return (file) => ts.visitEachChild(file, visit, context);
}

/**
 * AssemblyScript's own `process` would be told as a part of the decorator `@process`.
 * @param {string} types
 */
function withoutProcess(types) {
  const found = /\ndeclare namespace process \{[\s\S]*?\n\}/.exec(types)?.[0];
  if (found === undefined) throw new Error("AssemblyScript's types have no namespace process any more");
  return types.replace(found, "");
}

/**
 * TypeDoc names a module by its path, unless its first comment names it.
 * @param {string} path
 * @param {string} text
 */
function nameModule(path, text) {
  const source = path.replace(/\.d\.ts$/, "");
  const title = TITLES.get(source);
  if (title === undefined) return text;
  // An emit leaves a first comment out where the import behind it is not needed.
  const heading = /^\/\*\*(?:(?!\*\/)[\s\S])*\*\/(?=\n\n)/.exec(libraries.get(`${source}.ts`) ?? "")?.[0];
  if (heading === undefined)
    throw new Error(`the source of "${title}" does not begin with a comment that says what the module is`);
  return `${heading.replace(/\s*\*\/$/, `\n * @module ${title}\n */`)}\n\n${text.replace(heading, "")}`;
}

/**
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
  const file = join(OUTPUT, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
