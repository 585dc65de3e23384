import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Program, SoakOptions, Stretch } from "../page/soak.ts";
import { launchBrowser } from "./browser.ts";
import { serveRepository } from "./server.ts";

const USAGE = `npm run soak -- [--minutes N] [--browser chromium|firefox] [--executors N] [--no-isolation]
  Runs all programs of guests/rust over and over, several environments at a time, in one runtime of one page, and
  checks what each writes and how it ends. Every minute all end, and nothing may be held then.
  --minutes       how long (default 60)
  --browser       where (default chromium)
  --executors     of the runtime (default 2)
  --no-isolation  a page without the COOP and COEP headers`;

const root = join(import.meta.dirname, "../..");
const STRETCH_MS = 60_000;
const LANES = 6;
/** Control blocks that are kept for the next processes; what a single process leaves behind would be more in minutes. */
const KEPT_BYTES = 16 * 2 ** 20;

/** @returns the process's exit code: 1 when something went wrong or was left behind */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      minutes: { type: "string", default: "60" },
      browser: { type: "string", default: "chromium" },
      executors: { type: "string", default: "2" },
      "no-isolation": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const minutes = Number(values.minutes);
  const executors = Number(values.executors);
  const name = values.browser;
  const isWellAsked = (name === "chromium" || name === "firefox") && minutes > 0 && executors >= 1;
  if (values.help || !isWellAsked) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const browser = await launchBrowser(name);
  const server = await serveRepository(root, {}, !values["no-isolation"]);
  try {
    // Closed with the browser: Node 20 knows no `await using`.
    const page = await browser.open(new URL("bench/page/soak.html", server.url).href);
    const options: SoakOptions = { programs: await readPrograms(), executors, lanes: LANES };
    await page.call(`soak.start(${JSON.stringify(options)})`);
    const problems: string[] = [];
    const endMs = performance.now() + minutes * 60_000;
    while (performance.now() < endMs) {
      const ms = Math.min(STRETCH_MS, Math.max(1_000, endMs - performance.now()));
      const stretch = (await page.call(`soak.stretch(${ms})`)) as unknown as Stretch;
      const found = [...stretch.failures, ...leftBehind(stretch), ...page.errors.splice(0)];
      console.log(describe(stretch, await browser.residentBytes()));
      for (const problem of found) console.error(`  ${problem}`);
      problems.push(...found);
    }
    await page.call("soak.close()");
    console.log(problems.length === 0 ? "Nothing went wrong." : `${problems.length} things went wrong.`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await server.close();
    await browser.close();
  }
}

async function readPrograms(): Promise<Program[]> {
  return JSON.parse(await readFile(join(root, "guests/rust/prebuilt/index.json"), "utf8"));
}

function leftBehind({ usage }: Stretch): string[] {
  return usage.flatMap((one) => {
    if (one.state !== "alive") return [`executor ${one.executor} is ${one.state}`];
    const { environments, processes, timers, messageBytes, resourceBytes, usedBytes } = one.counts;
    const held = { environments, processes, timers, messageBytes, resourceBytes };
    const left = Object.entries(held).filter(([, count]) => count !== 0);
    if (usedBytes > KEPT_BYTES) left.push(["usedBytes", usedBytes]);
    return left.map(([what, count]) => `executor ${one.executor} still has ${count} ${what}`);
  });
}

function describe({ runs, usage, transport }: Stretch, residentBytes: number): string {
  const sum = (what: "memoryBytes" | "usedBytes" | "stacks" | "destroyedStacks"): number =>
    usage.reduce((total, one) => total + (one.state === "alive" ? one.counts[what] : 0), 0);
  const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  return [
    new Date().toISOString().slice(11, 19),
    `${runs} runs (${transport})`,
    `resident ${megabytes(residentBytes)}`,
    `arenas ${megabytes(sum("memoryBytes"))}, of which used ${megabytes(sum("usedBytes"))}`,
    `${sum("stacks")} stacks, ${sum("destroyedStacks")} destroyed`,
  ].join("; ");
}
