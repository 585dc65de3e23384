import { parseSync, Visitor } from "vite";

/**
 * @typedef {"value" | "type" | "worker"} ImportKind
 *   value: exists at run time · type: erased · worker: only the file's address is taken, by
 *   `new URL("…", import.meta.url)` or Vite's `?worker` and `?url`
 * @typedef {{ specifier: string, kind: ImportKind, line: number }} Import
 * @typedef {object} SourceFile
 * @property {string} path    from the root of the repository, with forward slashes
 * @property {Import[]} imports
 * @property {number[]} posts lines that call `postMessage`
 */

/**
 * Reads what a module imports and where it calls `postMessage`, from its syntax tree.
 * @param {string} path decides the language (.ts, .tsx, .mjs, .js)
 * @param {string} text
 * @returns {SourceFile}
 * @throws {Error} the file does not parse; says where
 */
export function readSourceFile(path, text) {
  const { program, errors } = parseSync(path, text);
  const error = errors[0];
  if (error) {
    throw new Error(`${path}:${lineAt(text, error.labels[0]?.start ?? 0)} does not parse: ${error.message}`);
  }
  /** @type {Import[]} */
  const imports = [];
  /** @type {number[]} */
  const posts = [];
  /** @type {(node: { start: number }, specifier: unknown, kind: ImportKind) => void} */
  const add = (node, specifier, kind) => {
    if (typeof specifier !== "string") return;
    const [path, query = ""] = specifier.split("?");
    const isAddress = /\b(worker|sharedworker|url)\b/.test(query);
    imports.push({
      specifier: path ?? "",
      kind: isAddress ? "worker" : kind,
      line: lineAt(text, node.start),
    });
  };
  new Visitor({
    // `import { type A } from "x"` still runs x (verbatimModuleSyntax); only `import type` is erased.
    ImportDeclaration: (node) => add(node, node.source.value, node.importKind === "type" ? "type" : "value"),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node, node.source.value, node.exportKind === "type" ? "type" : "value");
    },
    ExportAllDeclaration: (node) =>
      add(node, node.source.value, node.exportKind === "type" ? "type" : "value"),
    ImportExpression: (node) => {
      if (node.source.type === "Literal") add(node, node.source.value, "value");
    },
    TSImportType: (node) => add(node, node.source.value, "type"),
    NewExpression: (node) => {
      const [first, second] = node.arguments;
      if (node.callee.type !== "Identifier" || node.callee.name !== "URL") return;
      if (first?.type === "Literal" && isImportMetaUrl(second)) add(node, first.value, "worker");
    },
    CallExpression: (node) => {
      if (calledName(node.callee) === "postMessage") posts.push(lineAt(text, node.start));
    },
  }).visit(program);
  return { path, imports, posts };
}

/** @param {import("vite").ESTree.Node | undefined} node */
function isImportMetaUrl(node) {
  return (
    node?.type === "MemberExpression" &&
    node.object.type === "MetaProperty" &&
    node.property.type === "Identifier" &&
    node.property.name === "url"
  );
}

/**
 * The name of what is called: `f()`, `x.f()`, `x?.f()` and `x["f"]()` are all f.
 * @param {import("vite").ESTree.Node} callee
 * @returns {unknown}
 */
function calledName(callee) {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type !== "MemberExpression") return undefined;
  if (callee.property.type === "Identifier" && !callee.computed) return callee.property.name;
  return callee.property.type === "Literal" ? callee.property.value : undefined;
}

/**
 * @param {string} text
 * @param {number} offset in UTF-16 units, as the parser counts
 */
function lineAt(text, offset) {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
