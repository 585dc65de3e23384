import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test as plainTest } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { buildPage } from "../src/buildPage.ts";
import { examplesModule, findExamples } from "../src/docExamples.ts";
import { test } from "../src/fixtures.ts";
import { findGuest } from "../src/guests.ts";
import { PATIENCE_MS } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

const repository = join(import.meta.dirname, "../..");
const examples = findExamples();

let site: string;
beforeAll(async () => {
  site = await buildPage("examples", {
    "public/app.wasm": readFileSync(findGuest("primes").path),
    "public/peer.wasm": await assembleGuest("pagePeer"),
    "index.html": PAGE,
    "examples.ts": examplesModule(examples),
    "main.ts": SCRIPT,
    "tsconfig.json": TSCONFIG,
  });
});

plainTest("the documentation has examples of every part of the page API", () => {
  expect(examples.length).toBeGreaterThan(25);
});

plainTest("the examples have no type errors", () => {
  const compiler = join(repository, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "-p", join(site, "..")], {
    stdio: ["ignore", "inherit", "inherit"],
  });
});

test("a reader copies any example and it runs", async ({ page }) => {
  await using server = await serveDirectory(site);
  await page.goto(server.url);
  await expect
    .poll(() => page.evaluate(() => "ready" in document.documentElement.dataset), { timeout: PATIENCE_MS })
    .toBe(true);
  const expected = Object.fromEntries(examples.map(({ name }) => [name, "ran"]));
  expect(await page.evaluate(callExamples)).toEqual(expected);
});

function callExamples(): Promise<Record<string, string>> {
  const { runExamples } = globalThis as unknown as { runExamples: () => Promise<Record<string, string>> };
  return runExamples();
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Examples of the documentation</title>
    <link rel="icon" href="data:," />
    <script type="module" src="./main.ts"></script>
  </head>
  <body></body>
</html>
`;

const SCRIPT = `
import { createRuntime } from "@lunatic-web/runtime";
import { examples } from "./examples.ts";

async function run(example) {
  await using runtime = await createRuntime({ executors: 1 });
  const module = await runtime.compile(fetch("peer.wasm"), { name: "peer" });
  const environment = await runtime.run(module);
  await example({ runtime, module, environment });
  return "ran";
}

globalThis.runExamples = async () => {
  const results = {};
  for (const [name, example] of Object.entries(examples)) {
    results[name] = await run(example).catch((error) => error.stack);
  }
  return results;
};
document.documentElement.dataset.ready = "";
`;

const TSCONFIG = JSON.stringify({
  extends: "../../../tsconfig.base.json",
  compilerOptions: {
    lib: ["ES2024", "DOM", "DOM.Iterable", "DOM.AsyncIterable", "ESNext.Disposable"],
    composite: false,
    incremental: false,
    emitDeclarationOnly: false,
    noEmit: true,
    noUnusedLocals: false,
  },
  files: ["examples.ts"],
});
