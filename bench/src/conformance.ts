import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { brotliDecompressSync } from "node:zlib";
import { type Browser, launchBrowser } from "./browser.ts";
import type { Json } from "./question.ts";
import { serveRepository } from "./server.ts";

const USAGE = `npm run conformance -- [--browser chromium|firefox] [--seeds N] [--first-seed S]
  --browser     where to run (default chromium)
  --seeds       random modules after the WebAssembly test suite (default 500; 0 for none)
  --first-seed  default 0`;

const root = join(import.meta.dirname, "../..");
const CONFORMANCE = "packages/runtime-web/src/instrument/conformance";
const CORPUS_URL = "/corpus.json";

interface Report {
  readonly held: number;
  readonly notInEngine: number;
  readonly refused: number;
  readonly deviations: number;
  readonly unexpected: readonly string[];
}

/**
 * Runs the test suite and random modules on instrumented modules in a page, whose engine is newer than Node's: tail
 * calls, both kinds of exceptions, relaxed SIMD. Gives 1 when something is not as expectations.ts has it.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      browser: { type: "string", default: "chromium" },
      seeds: { type: "string", default: "500" },
      "first-seed": { type: "string", default: "0" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || (values.browser !== "chromium" && values.browser !== "firefox")) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const corpus = brotliDecompressSync(await readFile(join(root, CONFORMANCE, "spec/corpus.json.br")));
  const browser = await launchBrowser(values.browser);
  const server = await serveRepository(root, { [CORPUS_URL]: corpus });
  try {
    const url = new URL(`${CONFORMANCE}/page/index.html`, server.url).href;
    const ask = async (request: Json) => (await browser.measure(url, request)) as unknown as Report;
    const suite = await ask({ what: "suite", corpusUrl: CORPUS_URL });
    tell(browser, "test suite, commands", suite);
    const seeds = Number(values.seeds);
    const fuzz = await ask({ what: "fuzz", firstSeed: Number(values["first-seed"]), seeds });
    tell(browser, "random modules", fuzz);
    return suite.unexpected.length + fuzz.unexpected.length > 0 ? 1 : 0;
  } finally {
    await server.close();
    await browser.close();
  }
}

function tell(browser: Browser, what: string, report: Report): void {
  const { held, deviations, refused, notInEngine, unexpected } = report;
  console.log(
    `${browser.version}, ${what}: ${held} hold on both, ${deviations} deviate, ${refused} need a refused module, ` +
      `${notInEngine} not in this engine, ${unexpected.length} unexpected`,
  );
  for (const text of unexpected) console.error(`  ${text}`);
}
