import { checkImports, LinkError } from "@lunatic-web/runtime/abi";
import { InstrumentError, type InstrumentInfo } from "@lunatic-web/runtime/instrument";
import { ExitStatus } from "../errors.ts";
import type { Io } from "../io.ts";
import type { ParsedArguments } from "../options/parseArguments.ts";
import { parseTestName } from "../suite/testName.ts";
import { describeModule } from "./describeModule.ts";
import { readModule } from "./guestSettings.ts";

const PAGE_BYTES = 65_536;

/**
 * `lunatic-web inspect`: what a module holds and whether it will run here; exit code 1 when it will not.
 * @throws CommandError the file is missing or no wasm
 */
export async function inspectCommand(args: ParsedArguments, io: Io): Promise<number> {
  const [path = ""] = args.positionals;
  const module = await readModule(path, io.cwd);
  const findings = examine(() => describeModule(module));
  const report = args.has("json")
    ? `${JSON.stringify(toJson(module.name, module.bytes.length, findings))}\n`
    : toText(module.name, module.bytes.length, findings);
  await io.stdout.write(report);
  return findings.obstacle === undefined ? ExitStatus.success : ExitStatus.failure;
}

interface Findings {
  /** Undefined when the module could not be read to its end. */
  readonly info: InstrumentInfo | undefined;
  /** Why it will not run, and what to do. */
  readonly obstacle: string | undefined;
}

function examine(describe: () => InstrumentInfo): Findings {
  let info: InstrumentInfo | undefined;
  try {
    info = describe();
    checkImports(info.imports);
    return { info, obstacle: entryObstacle(info) };
  } catch (error) {
    if (!(error instanceof InstrumentError || error instanceof LinkError)) throw error;
    return { info, obstacle: error.message };
  }
}

function entryObstacle({ exports }: InstrumentInfo): string | undefined {
  const isProgram = exports.some(({ name, hasEntry }) => name === "_start" && hasEntry);
  if (isProgram || exports.some(({ name }) => parseTestName(name) !== undefined)) return undefined;
  return "It exports neither _start nor tests, so there is nothing to begin with; build it as a program with a main function";
}

function toJson(name: string, sizeBytes: number, { info, obstacle }: Findings): object {
  return {
    name,
    sizeBytes,
    runs: obstacle === undefined,
    ...(obstacle === undefined ? {} : { obstacle }),
    ...(info === undefined
      ? {}
      : {
          imports: info.imports.map(({ module, name, kind, params, results }) => ({
            module,
            name,
            kind,
            params,
            results,
          })),
          exports: info.exports.map(({ name, params, results }) => ({ name, params, results })),
          tests: testNames(info),
          memory: info.memory && {
            initialPages: info.memory.initialPages,
            maximumPages: info.memory.maximumPages,
          },
          functions: info.functions.defined,
        }),
  };
}

function toText(name: string, sizeBytes: number, { info, obstacle }: Findings): string {
  const lines = [`${name}: ${sizeBytes.toLocaleString("en")} bytes`];
  if (info !== undefined) {
    const tests = testNames(info);
    const exported = info.exports.filter(({ name }) => parseTestName(name) === undefined);
    lines.push(
      `Memory: ${memoryText(info.memory)}`,
      `Functions: ${info.functions.defined}`,
      "",
      `Imports (${info.imports.length}):`,
      ...info.imports.map(
        ({ module, name, kind, params, results }) =>
          `  ${module}::${name}  ${kind === "function" ? signature(params, results) : kind}`,
      ),
      "",
      `Exported functions (${exported.length}):`,
      ...exported.map(({ name, params, results }) => `  ${name}  ${signature(params, results)}`),
      "",
      `Tests (${tests.length})${tests.length === 0 ? "" : ":"}`,
      ...tests.map((test) => `  ${test}`),
      "",
    );
  }
  lines.push(obstacle === undefined ? "It will run here." : `It will not run here: ${obstacle}`, "");
  return lines.join("\n");
}

function testNames({ exports }: InstrumentInfo): string[] {
  return exports.flatMap(({ name }) => parseTestName(name)?.name ?? []);
}

function memoryText(memory: InstrumentInfo["memory"]): string {
  if (memory === undefined) return "none";
  const { initialPages, maximumPages } = memory;
  return `${pages(initialPages)} at first, ${maximumPages === undefined ? "no maximum" : `at most ${pages(maximumPages)}`}`;
}

function pages(count: number): string {
  return `${count} page${count === 1 ? "" : "s"} (${((count * PAGE_BYTES) / 2 ** 20).toFixed(1)} MiB)`;
}

function signature(params: readonly string[], results: readonly string[]): string {
  return `(${params.join(", ")}) → (${results.join(", ")})`;
}
