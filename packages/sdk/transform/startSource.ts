import type { FunctionDeclaration, Parser, Program, Source } from "assemblyscript";
import { CommonFlags, NodeKind } from "./ast.ts";
import { addStatements } from "./generatedSource.ts";
import { textOf } from "./syntax.ts";
import type { TestFunction } from "./tests/readTests.ts";
import { reportError } from "./transformError.ts";

/** Where the generated entry lies: in the library, so that no file of an author can have the same name. */
const START_PATH = "~lib/lunatic/start";

/** What the host calls by name: where spawned processes start, and where a caught function does. */
const ENTRIES = `
export function _lunatic_spawn_by_index_as(start: u32, entry: u32): void { call_indirect<void>(start, entry); }
export function _lunatic_catch_trap(start: u32, pointer: usize): usize { return call_indirect<usize>(start, pointer); }
`;

/** The name in the author's entry file of a main function without parameters. */
const WRAPPED_MAIN = "__lunatic_main";

/**
 * Adds the entry of the module: `_start`, which runs the author's `main`, and the tests.
 * @param entry the author's entry file
 */
export function addStartSource(parser: Parser, entry: Source, tests: readonly TestFunction[]): void {
  const main = findMain(entry);
  if (main === undefined && tests.length === 0) {
    reportError(parser, entry.range, `${entry.normalizedPath} has no "export function main(): void {}"`);
    return;
  }
  const text = [ENTRIES];
  if (usesSqlite(parser)) text.push('export { lunatic_alloc } from "lunatic/sqlite/hostAllocation";');
  if (main !== undefined) {
    text.push(
      `import { ${prepareMain(parser, entry, main)} as main } from "../../${entry.internalPath}";`,
      "export function _start(): void { main(); }",
    );
  }
  tests.forEach(({ source, declaration }, index) => {
    text.push(
      `export { ${declaration.name.text} as ${testExport(index)} } from "../../${source.internalPath}";`,
    );
  });
  parser.parseFile(text.join("\n"), `${START_PATH}.ts`, true);
}

/** Answers of databases are written to memory that the host asks the program for. */
function usesSqlite({ sources }: Parser): boolean {
  return sources.some(({ internalPath }) => internalPath.startsWith("~lib/lunatic/sqlite/"));
}

/** Gives the exports of tests their names, which no source could write. */
export function nameTests(program: Program, tests: readonly TestFunction[]): void {
  const exports = program.filesByName.get(START_PATH)?.exports;
  tests.forEach(({ exportName }, index) => {
    const element = exports?.get(testExport(index));
    if (exports === undefined || exports === null || element === undefined) return;
    exports.delete(testExport(index));
    exports.set(exportName, element);
  });
}

function testExport(index: number): string {
  return `__lunatic_test_${index}`;
}

function findMain(entry: Source): FunctionDeclaration | undefined {
  return entry.statements
    .filter((statement): statement is FunctionDeclaration => statement.kind === NodeKind.FunctionDeclaration)
    .find(({ name, flags }) => name.text === "main" && (flags & CommonFlags.Export) !== 0);
}

/**
 * `main` may have one parameter, its mailbox.
 * @returns the name of a function of the entry file that takes nothing
 */
function prepareMain(parser: Parser, entry: Source, main: FunctionDeclaration): string {
  const { name, signature } = main;
  const [mailbox, ...others] = signature.parameters;
  if (mailbox === undefined) return "main";
  if (others.length > 0) {
    reportError(
      parser,
      name.range,
      "main has at most one parameter, its mailbox: main(mailbox: Mailbox<string>)",
    );
  }
  // Nobody outside could give it a mailbox. Moreover the compiler crashes on an exported function that takes an object
  // if it is the only function that does.
  main.flags &= ~CommonFlags.Export;
  const call = `main(changetype<${textOf(mailbox.type)}>(<usize>0));`;
  addStatements(parser, entry, `export function ${WRAPPED_MAIN}(): void { ${call} }`, name.range);
  return WRAPPED_MAIN;
}
