import { createHash } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { test as base } from "../src/fixtures.ts";
import { PATIENCE_MS, type Page } from "../src/page.ts";
import { byTestId, Playground } from "../src/playground.ts";
import { ProgramEditor } from "../src/programEditor.ts";
import { type StaticServer, serveDirectory } from "../src/server.ts";

const folder = join(import.meta.dirname, "../.cache/offline");
/** Not at the root of its host, as many sites are. */
const PLACE = "lunatic/playground/";
const site = join(folder, PLACE);

interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** A copy of the built site, for one test, on a host that sends no isolation headers. */
const test = base.extend("served", async ({ browser: _ }, { onCleanup }): Promise<Served> => {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(import.meta.dirname, "../.cache/playground"), site, { recursive: true });
  let server: StaticServer | undefined = await serveDirectory(folder, { isolated: false });
  const url = server.url + PLACE;
  const stop = async () => {
    await server?.[Symbol.asyncDispose]();
    server = undefined;
  };
  onCleanup(stop);
  return { url, stop };
});

test("after one visit the page works without its server: programs, compiler and editor", async ({
  page,
  served,
}) => {
  const playground = new Playground(page);
  await playground.open(served.url);
  await untilKept(playground, "all");
  await served.stop();

  await reload(playground, served.url);
  await playground.start("hello");
  await playground.untilOver();
  expect(await playground.output("stdout")).toContain("hello from process 1");
  await playground.choose("ts-hello");
  const editor = new ProgramEditor(playground);
  await editor.open();
  await editor.typeAt(1, 1, "/* offline */ ");
  await playground.run();
  await playground.untilOver();
  expect((await playground.output("stdout")).join("\n")).toContain("hello lunatic from process 2");
});

test("a host that sends no isolation headers: from the second visit on, executors share memory", async ({
  page,
  served,
}) => {
  const playground = new Playground(page);
  await playground.open(served.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await untilKept(playground, "core");
  await reload(playground, served.url);
  expect(await page.evaluate(() => typeof SharedArrayBuffer === "function" && crossOriginIsolated)).toBe(
    true,
  );
  await playground.start("primes");
  await playground.untilOver();
});

test("a new version is told of, takes over when it is asked to, and is not mixed with the old one before", async ({
  browser,
  served,
}) => {
  // Not the fixture's page, which fails its test for what the browser itself says of the refused file.
  await using page = await browser.openPage();
  // A visitor who saves data: nothing is kept but what he has looked at, and he has not looked at this program.
  await page.beforeScripts(() =>
    Object.defineProperty(navigator, "connection", { value: { saveData: true } }),
  );
  const playground = new Playground(page);
  await playground.open(served.url);
  await untilKept(playground, "core");
  await reload(playground, served.url);
  const greeting = "// the source of the next version\n";
  publishNext("programs/ring.rs", greeting);

  await reload(playground, served.url);
  await playground.until(() => textOf(page, "update"), "the new version is told of").toContain("new version");
  await playground.choose("ring");
  await playground
    .until(() => textOf(page, "source-failure"), "the old version does not show the new one's source")
    .toContain("Another version");

  await page.click(byTestId("update-now"));
  await playground
    .until(
      () => page.evaluate(() => document.querySelector('[data-testid="source"]')?.textContent ?? ""),
      "the new version is there",
    )
    .toContain("the source of the next version");
  expect(page.errors.filter((error) => !error.includes("409"))).toEqual([]);
});

/** Another visit: the tab has been elsewhere meanwhile. */
async function reload(playground: Playground, url: string): Promise<void> {
  await playground.page.goto("about:blank");
  await playground.open(url);
}

/** Everything is fetched only when the visitor rests, and it is megabytes: this takes longer than other waits. */
async function untilKept({ page }: Playground, state: string): Promise<void> {
  const stateNow = () =>
    page.evaluate(
      (selector) => document.querySelector<HTMLElement>(selector)?.dataset.state,
      byTestId("offline"),
    );
  await expect
    .poll(stateNow, { timeout: 4 * PATIENCE_MS, interval: 100, message: `${state} is kept` })
    .toBe(state);
}

function textOf(page: Page, testId: string): Promise<string> {
  return page.evaluate((selector) => document.querySelector(selector)?.textContent ?? "", byTestId(testId));
}

/** Puts another content of a file in the site, as a new version of it would be put there. */
function publishNext(path: string, content: string): void {
  const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
  const before = sha256(readFileSync(join(site, path)));
  writeFileSync(join(site, path), content);
  const worker = readFileSync(join(site, "sw.js"), "utf8");
  const next = worker.replace(before, sha256(content)).replace(/version:(["'`])\w+\1/, "version:`next`");
  if (next.split("next").length !== 2 || next.includes(before))
    throw new Error("sw.js is not as this spec knows it");
  writeFileSync(join(site, "sw.js"), next);
}
