import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { QUESTIONS } from "../questions/index.ts";
import { type Browser, launchBrowser } from "./browser.ts";
import { servePlayground } from "./playgroundSite.ts";
import { type Json, PLAYGROUND_PATH, type Question, type Row, type Sample } from "./question.ts";
import { tableText } from "./report.ts";
import { openRepository } from "./repository.ts";
import { serveRepository } from "./server.ts";

const USAGE = `npm run bench -- [--browser chromium|firefox] [--samples N] [--only QUESTION]… [--case PART]
  --browser  where to measure (default chromium)
  --samples  fresh pages per case (default 5)
  --only     one of: ${QUESTIONS.map(({ name }) => name).join(", ")}; may be given several times
  --case     only cases whose JSON contains this text`;

const root = join(import.meta.dirname, "../..");

const repository = openRepository(root);

/** Runs the benches that the arguments ask for. Gives the process's exit code: 1 when a sample was invalid. */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      browser: { type: "string", default: "chromium" },
      samples: { type: "string", default: "5" },
      only: { type: "string", multiple: true },
      case: { type: "string", default: "" },
      help: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.samples);
  const asked = QUESTIONS.filter(({ name }) => values.only === undefined || values.only.includes(name));
  const wellAsked = (values.browser === "chromium" || values.browser === "firefox") && rounds >= 1;
  if (values.help || !wellAsked || asked.length === 0) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const browser = await launchBrowser(values.browser as Browser["name"]);
  const closing: (() => Promise<void>)[] = [() => browser.close()];
  try {
    const proxied: Record<string, string> = {};
    if (asked.some(({ needsPlayground }) => needsPlayground)) {
      const playground = await servePlayground(root);
      closing.push(() => playground.close());
      proxied[PLAYGROUND_PATH] = new URL(playground.url).origin;
    }
    const server = await serveRepository(root, {}, true, proxied);
    closing.push(() => server.close());
    const url = new URL("bench/page/index.html", server.url).href;
    const results: {
      question: string;
      samples: readonly Sample<Json, Json>[];
      problems: readonly string[];
    }[] = [];
    const rows: Row[] = [];
    for (const question of asked) {
      const result = await measure(question, { browser, url, rounds, filter: values.case });
      results.push({ question: question.name, ...result });
      if (result.samples.length > 0) rows.push(...question.rows(result.samples));
    }
    console.log(`\n${tableText(rows)}\n`);
    console.log(`Raw numbers: ${await writeResults(browser, { rows, results })}`);
    const problems = results.flatMap((result) => result.problems);
    for (const problem of problems) console.error(`invalid sample: ${problem}`);
    return problems.length > 0 ? 1 : 0;
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

interface Circumstances {
  readonly browser: Browser;
  readonly url: string;
  readonly rounds: number;
  readonly filter: string;
}

async function measure(
  question: Question,
  { browser, url, rounds, filter }: Circumstances,
): Promise<{ samples: Sample<Json, Json>[]; problems: string[] }> {
  const cases = (await question.cases(repository)).filter((one) => JSON.stringify(one).includes(filter));
  const samples: Sample<Json, Json>[] = [];
  const problems: string[] = [];
  console.log(`${question.name}: ${question.asks} (${cases.length} cases × ${rounds} pages)`);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < cases.length; i++) {
      // Another first case each round: none always gets the machine as the one before left it.
      const one = cases[(i + round) % cases.length] ?? null;
      const request = { question: question.name, case: one, round };
      const raw = await browser.measure(url, request, question.storesOnDisk ? "profile" : "private");
      const wrong = question.validate(one, raw);
      if (wrong.length === 0) samples.push({ case: one, round, raw });
      else problems.push(...wrong);
    }
  }
  return { samples, problems };
}

async function writeResults(browser: Browser, results: object): Promise<string> {
  const machine = { browser: browser.version, cores: cpus().length, node: process.version };
  const time = new Date().toISOString();
  const path = join(root, "bench/results", `${time.replaceAll(":", "-")}-${browser.name}.json`);
  await mkdir(join(root, "bench/results"), { recursive: true });
  await writeFile(path, JSON.stringify({ time, machine, ...results }, null, 1));
  return path;
}
