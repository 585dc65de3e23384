import { availableParallelism } from "node:os";
import { ExitStatus } from "../errors.ts";
import { planMounts } from "../files/mounts.ts";
import { emptyMounts, readMounts } from "../files/readMounts.ts";
import { writeBack } from "../files/writeBack.ts";
import { type Io, interruptStatus, mayColour } from "../io.ts";
import type { ParsedArguments } from "../options/parseArguments.ts";
import { openProgram } from "../sdk/openProgram.ts";
import type { FileSet } from "../session/fileArchive.ts";
import { applyChanges } from "../session/fileChanges.ts";
import { type Counts, jsonReport, prettyReport, type Report, terseReport } from "../suite/report.ts";
import { runSuite, type SuiteOptions, type TestResult } from "../suite/runSuite.ts";
import { parseTestName, type Selection, selectTests, type TestCase } from "../suite/testName.ts";
import { exportedFunctions } from "./describeModule.ts";
import { guestEnvironment, opensFiles, sessionOptions } from "./guestSettings.ts";
import type { Host } from "./host.ts";

/** Enough that tests which sleep do not add up; few enough that one which computes does not starve the others. */
const DEFAULT_CONCURRENCY = 16;
const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * `lunatic-web test`: the functions marked #[lunatic::test], as lunatic's own runner and Rust's harness run theirs.
 * @throws CommandError
 */
export async function testCommand(args: ParsedArguments, io: Io, host: Host): Promise<number> {
  const [path = "", filter, ...guestArgs] = args.positionals;
  const options = sessionOptions(args, io.env);
  const env = guestEnvironment(args, io.env);
  const mounts = planMounts(args.values("dir"), io.cwd);
  const threads = args.count("test-threads", 1);
  const timeoutMs = args.seconds("timeout") ?? DEFAULT_TIMEOUT_MS;
  const module = await openProgram(path, args, io);
  const allTests = exportedFunctions(module).flatMap((name) => parseTestName(name) ?? []);
  const { tests, filteredOut } = selectTests(allTests, selection(args, filter));
  if (args.has("list")) {
    await io.stdout.write(listing(tests, args));
    return ExitStatus.success;
  }
  const usesFiles = opensFiles(module.bytes);
  const { files, warnings } = usesFiles
    ? await readMounts(mounts)
    : { files: emptyMounts(mounts), warnings: [] };
  for (const warning of warnings) await io.stderr.write(`Warning: ${warning}\n`);
  let current: FileSet = files;
  const suite: SuiteOptions = {
    args: [...guestArgs, ...args.rest],
    env,
    preopens: mounts.map(({ guest }) => guest),
    files: () => current,
    writeBack: usesFiles
      ? async (changes) => {
          current = applyChanges(current, changes);
          await writeBack(mounts, changes);
        }
      : undefined,
    concurrency: threads ?? DEFAULT_CONCURRENCY,
    young: threads ?? options.executors ?? availableParallelism(),
    timeoutMs,
    onOutput: args.has("nocapture") || args.has("no-capture") ? (text) => io.stdout.write(text) : undefined,
    interrupt: io.interrupt,
  };
  const report = chooseReport(args, io);
  const results: TestResult[] = [];
  let startedAt = performance.now();
  await io.stdout.write(report.begin(tests.length));
  if (tests.some(({ isIgnored }) => !isIgnored)) {
    await using session = await host.openSession(options, io);
    const compiled = await session.compile(module.bytes, module.name);
    startedAt = performance.now();
    await runSuite(session, compiled, tests, suite, {
      onStart: (test) => io.stdout.write(report.started(test)),
      onResult: async (result) => {
        results.push(result);
        await io.stdout.write(report.result(result));
      },
    });
  } else {
    for (const test of tests) {
      const result: TestResult = { test, outcome: "ignored", output: "", seconds: 0 };
      results.push(result);
      await io.stdout.write(report.result(result));
    }
  }
  if (io.interrupt.aborted) return interruptStatus(io.interrupt);
  const counts = count(results, filteredOut);
  await io.stdout.write(report.end(results, counts, (performance.now() - startedAt) / 1000));
  return counts.failed === 0 ? ExitStatus.success : ExitStatus.failure;
}

function selection(args: ParsedArguments, filter: string | undefined): Selection {
  const only = args.has("ignored");
  return {
    filter,
    isExact: args.has("exact"),
    skip: args.values("skip"),
    ignored: args.has("include-ignored") ? "also" : only ? "only" : "no",
  };
}

function listing(tests: readonly TestCase[], args: ParsedArguments): string {
  const names = tests.map(({ name }) => `${name}: test\n`).join("");
  if (args.value("format") === "terse" || args.has("quiet")) return names;
  return `${names}\n${tests.length} test${tests.length === 1 ? "" : "s"}, 0 benchmarks\n`;
}

function chooseReport(args: ParsedArguments, io: Io): Report {
  const when = args.value("color") ?? "auto";
  const style = {
    isColoured: when === "always" || (when === "auto" && mayColour(io.stdout, io.env)),
    showsOutput: args.has("show-output"),
  };
  if (args.has("json") || args.value("format") === "json") return jsonReport(style);
  return args.has("quiet") || args.value("format") === "terse" ? terseReport(style) : prettyReport(style);
}

function count(results: readonly TestResult[], filteredOut: number): Counts {
  const of = (outcome: TestResult["outcome"]) => results.filter((one) => one.outcome === outcome).length;
  return { passed: of("ok"), failed: of("failed"), ignored: of("ignored"), filteredOut };
}
