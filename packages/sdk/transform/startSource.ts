import type { FunctionDeclaration, Parser, Source } from "assemblyscript";
import { CommonFlags, NodeKind } from "./ast.ts";
import { reportError } from "./transformError.ts";

/** Where the generated entry lies: in the library, so that no file of an author can have the same name. */
const START_PATH = "~lib/lunatic/start.ts";

/** What the host calls by name: where spawned processes start, and where a caught function does. */
const ENTRIES = `
export function _lunatic_spawn_by_index_as(start: u32, entry: u32): void { call_indirect<void>(start, entry); }
export function _lunatic_catch_trap(start: u32, pointer: usize): usize { return call_indirect<usize>(start, pointer); }
`;

/**
 * Adds the entry of the module: `_start`, which runs the author's `main`.
 * @param entry the author's entry file
 */
export function addStartSource(parser: Parser, entry: Source): void {
  if (!exportsMain(entry)) {
    reportError(parser, entry.range, `${entry.normalizedPath} has no "export function main(): void {}"`);
    return;
  }
  const text = [
    `import { main } from "../../${entry.internalPath}";`,
    "export function _start(): void { main(); }",
    ENTRIES,
  ].join("\n");
  parser.parseFile(text, START_PATH, true);
}

function exportsMain(entry: Source): boolean {
  return entry.statements.some((statement) => {
    if (statement.kind !== NodeKind.FunctionDeclaration) return false;
    const { name, flags } = statement as FunctionDeclaration;
    return name.text === "main" && (flags & CommonFlags.Export) !== 0;
  });
}
