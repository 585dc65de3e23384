import type {
  DeclarationStatement,
  ExportStatement,
  ImportStatement,
  Node,
  Parser,
  Source,
  Statement,
} from "assemblyscript";
import { NodeKind } from "./ast.ts";

/** A declaration, and the file that it stands in: names inside it are looked up there. */
export interface Declared {
  readonly declaration: DeclarationStatement;
  readonly source: Source;
}

/** Finds what names of a program stand for, as far as files, imports and re-exports tell; nothing in namespaces. */
export class Declarations {
  readonly #sources: ReadonlyMap<string, Source>;

  constructor(parser: Parser) {
    this.#sources = new Map(parser.sources.map((source) => [source.internalPath, source]));
  }

  /** What a name stands for in a file; undefined: it is declared nowhere that can be seen from here. */
  find(source: Source, name: string): Declared | undefined {
    return this.#find(source, name, new Set());
  }

  /** A class or function of AssemblyScript's own library, which every file sees. */
  findGlobal(name: string): Declared | undefined {
    for (const [path, source] of this.#sources) {
      if (!/^~lib\/[^/]+$/.test(path)) continue;
      const declaration = declarationOf(source, name);
      if (declaration !== undefined) return { declaration, source };
    }
    return undefined;
  }

  #find(source: Source, name: string, visited: Set<Source>): Declared | undefined {
    if (visited.has(source)) return undefined;
    visited.add(source);
    const declaration = declarationOf(source, name);
    if (declaration !== undefined) return { declaration, source };
    for (const statement of source.statements) {
      for (const [path, foreignName] of originsOf(statement, name)) {
        const origin = this.#sources.get(path) ?? this.#sources.get(`${path}/index`);
        const found = origin === undefined ? undefined : this.#find(origin, foreignName, visited);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
}

const DECLARATIONS = new Set([
  NodeKind.ClassDeclaration,
  NodeKind.EnumDeclaration,
  NodeKind.InterfaceDeclaration,
  NodeKind.TypeDeclaration,
  NodeKind.FunctionDeclaration,
]);

function declarationOf(source: Source, name: string): DeclarationStatement | undefined {
  return source.statements
    .filter((statement): statement is DeclarationStatement => DECLARATIONS.has(statement.kind))
    .find((declaration) => declaration.name.text === name);
}

/** Where a statement says that a name comes from: the file's path, and the name there. */
function originsOf(statement: Statement, name: string): [path: string, foreignName: string][] {
  if (isImport(statement)) {
    return (statement.declarations ?? [])
      .filter((declaration) => declaration.name.text === name)
      .map(({ foreignName }) => [statement.internalPath, foreignName.text]);
  }
  if (!isExport(statement) || statement.internalPath === null) return [];
  const path = statement.internalPath;
  // export * from "…"
  if (statement.members === null) return [[path, name]];
  return statement.members
    .filter(({ exportedName }) => exportedName.text === name)
    .map(({ localName }) => [path, localName.text]);
}

function isImport(node: Node): node is ImportStatement {
  return node.kind === NodeKind.Import;
}

function isExport(node: Node): node is ExportStatement {
  return node.kind === NodeKind.Export;
}
