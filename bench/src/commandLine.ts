import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Row } from "./question.ts";
import { tableText } from "./report.ts";
import { median, spread } from "./statistics.ts";
import { tinyModule } from "./tinyModule.ts";

const bench = join(import.meta.dirname, "..");
const program = join(bench, "../packages/cli/bin/lunatic-web.mjs");
const prebuilt = join(bench, "../guests/rust/prebuilt");

/** A way to wait for the command line. All of one round run one after another, so that load meets them alike. */
interface Wait {
  readonly what: string;
  readonly argv: readonly string[];
  /** Run by a shell that is named cargo, whose second command line finds the browser of the first. */
  readonly isWarm?: boolean;
}

const EMPTY = "empty.wasm";
const TESTS = "tests.wasm";

const WAITS: readonly Wait[] = [
  { what: "an empty run, its browser started for it", argv: ["run", EMPTY] },
  { what: "an empty run in a browser that cargo shares", argv: ["run", EMPTY], isWarm: true },
  { what: "hello, two processes in Rust", argv: ["run", join(prebuilt, "hello.wasm")] },
  { what: "120 tests that return at once", argv: ["test", TESTS] },
  { what: "65 tests of our guests in Rust", argv: ["test", join(prebuilt, "tests/guests.wasm")] },
];

/**
 * `npm run commandLine -w @lunatic-web/bench -- --rounds 5 --browser firefox`
 * @returns the exit code: 0 when every command line ended with 0
 */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: { rounds: { type: "string", default: "5" }, browser: { type: "string", multiple: true } },
  });
  const browsers = values.browser ?? ["chromium", "firefox"];
  const folder = mkdtempSync(join(tmpdir(), "lunatic-web-bench-"));
  try {
    const tests = Array.from({ length: 120 }, (_, index) => `#lunatic_test_bench::number_${index}`);
    writeFileSync(join(folder, EMPTY), tinyModule(["_start"]));
    writeFileSync(join(folder, TESTS), tinyModule(tests));
    // Builds it, where that has to be done.
    await seconds(process.execPath, [program, "--version"], folder);
    symlinkSync("/bin/sh", join(folder, "cargo"));
    const samples = new Map<string, number[]>();
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const browser of browsers) {
        for (const wait of WAITS) {
          const label = `${browser}: ${wait.what}`;
          samples.set(label, [...(samples.get(label) ?? []), await take(wait, browser, folder)]);
        }
      }
    }
    const rows: Row[] = Array.from(samples, ([what, taken]) => ({
      what,
      value: `${median(taken).toFixed(2)} s`,
      detail: `±${(spread(taken) / 2).toFixed(2)} s of ${taken.length}`,
    }));
    console.log(tableText(rows));
    mkdirSync(join(bench, "results"), { recursive: true });
    const report = { cores: cpus().length, seconds: Object.fromEntries(samples) };
    writeFileSync(join(bench, "results/commandLine.json"), `${JSON.stringify(report, undefined, 2)}\n`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function take({ argv, isWarm = false }: Wait, browser: string, folder: string): Promise<number> {
  const call = [program, ...argv, "--browser", browser];
  if (!isWarm) return seconds(process.execPath, call, folder);
  const quoted = [process.execPath, ...call].map((part) => `'${part}'`).join(" ");
  // The shell tells how long the second one took: date is coreutils'.
  const script = `${quoted} && date +%s.%N >&2 && ${quoted} && date +%s.%N >&2`;
  const { stderr } = await finished(join(folder, "cargo"), ["-c", script], folder);
  const [start = Number.NaN, end = Number.NaN] = stderr.trim().split("\n").map(Number);
  return end - start;
}

async function seconds(command: string, argv: readonly string[], cwd: string): Promise<number> {
  const startedAt = performance.now();
  await finished(command, argv, cwd);
  return (performance.now() - startedAt) / 1000;
}

/** @throws Error it ended with another code than 0; holds what it wrote */
async function finished(command: string, argv: readonly string[], cwd: string): Promise<{ stderr: string }> {
  const child = spawn(command, argv, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${argv.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return { stderr };
}
