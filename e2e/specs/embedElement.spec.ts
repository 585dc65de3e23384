import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { heardOf, printedBy, serveHost, untilHeard } from "../src/embedHost.ts";
import { test as base } from "../src/fixtures.ts";
import { PATIENCE_MS, type Page } from "../src/page.ts";
import { type StaticServer, serveDirectory } from "../src/server.ts";

const built = join(import.meta.dirname, "../.cache/playground");
const hello = readFileSync(join(import.meta.dirname, "../../guests/as/examples/hello/main.ts"), "utf8");
const patience = { timeout: PATIENCE_MS, interval: 50 };

let silent: Uint8Array;
/** A host as a public one would be: isolation headers of its own, and leave to be used by isolated pages. */
let playground: StaticServer;
beforeAll(async () => {
  silent = await assembleGuest("linkedPair");
  playground = await serveDirectory(built, { headers: { "Cross-Origin-Resource-Policy": "cross-origin" } });
});
afterAll(() => playground[Symbol.asyncDispose]());

type Surroundings = { readonly isolated: boolean };

/** Opens a page with elements of a playground of another origin. */
const test = base.extend("openHost", async ({ page }, { onCleanup }) => {
  return async (body: string, { isolated }: Surroundings): Promise<Page> => {
    const files = { "silent.wasm": silent, "broken.wasm": new TextEncoder().encode("no module") };
    const host = await serveHost("element", playground.url, body, { isolated, files });
    onCleanup(() => host[Symbol.asyncDispose]());
    await page.goto(host.url);
    return page;
  };
});

describe.for([{ isolated: false }, { isolated: true }])("in a page of another origin, %o", (surroundings) => {
  test("an element runs an example, tells what it prints and how it ends, and runs it again when asked to", async ({
    openHost,
  }) => {
    const page = await openHost(
      '<lunatic-playground id="a" program="hello" embed="view" run="auto"></lunatic-playground>',
      surroundings,
    );
    expect(await untilHeard(page, "a", "exit")).toEqual({ reason: "normal", cause: "finished" });
    expect(await printedBy(page, "a")).toContain("hello from process 1");
    await page.evaluate(() => void document.querySelector<HTMLElement & { run(): void }>("#a")!.run());
    await expect
      .poll(async () => (await heardOf(page, "a")).filter(({ type }) => type === "exit").length, patience)
      .toBe(2);
  });

  test("several elements of a page are apart: each runs its own program", async ({ openHost }) => {
    const page = await openHost(
      `<lunatic-playground id="a" embed="editor" run="auto" style="height: 200px">
        <script type="text/lunatic">${hello}</script>
      </lunatic-playground>
      <lunatic-playground id="b" src="silent.wasm" embed="view" run="auto" style="height: 200px"></lunatic-playground>`,
      surroundings,
    );
    expect(await untilHeard(page, "a", "exit")).toMatchObject({ reason: "normal" });
    expect(await printedBy(page, "a")).toContain("hello lunatic from process 2");
    expect(await untilHeard(page, "b", "ready")).toEqual({ program: "own:Lunatic playground" });
    await page.evaluate(() => document.querySelector<HTMLElement & { stop(): void }>("#b")!.stop());
    expect(await untilHeard(page, "b", "exit")).toMatchObject({ cause: "stopped" });
    expect(await printedBy(page, "b")).toBe("");
  });
});

test("an element far below makes its frame when it comes near, one to be clicked when it is clicked", async ({
  openHost,
}) => {
  const page = await openHost(
    `<lunatic-playground id="click" program="hello" loading="click"></lunatic-playground>
    <div style="height: 5000px"></div>
    <lunatic-playground id="far" program="hello" embed="view"></lunatic-playground>`,
    { isolated: false },
  );
  const frames = () => page.evaluate(countFrames);
  await expect
    .poll(() => page.evaluate(() => customElements.get("lunatic-playground") !== undefined), patience)
    .toBe(true);
  expect(await frames()).toEqual({ click: 0, far: 0 });
  await page.evaluate(() => document.querySelector("#far")!.scrollIntoView());
  await untilHeard(page, "far", "ready");
  expect(await frames()).toEqual({ click: 0, far: 1 });
  await page.evaluate(() =>
    document.querySelector("#click")!.shadowRoot!.querySelector<HTMLButtonElement>("button")!.click(),
  );
  await untilHeard(page, "click", "ready");
});

test("an element is as high as its content when it is to be, and says what is wrong with its program", async ({
  openHost,
}) => {
  const page = await openHost(
    `<lunatic-playground id="high" embed="editor" height="auto">
      <script type="text/lunatic">${hello.repeat(2)}</script>
    </lunatic-playground>
    <lunatic-playground id="missing" src="broken.wasm"></lunatic-playground>
    <lunatic-playground id="unknown" program="nothing-such"></lunatic-playground>`,
    { isolated: false },
  );
  const height = () => page.evaluate(() => document.querySelector<HTMLElement>("#high")!.offsetHeight);
  await untilHeard(page, "high", "ready");
  await expect.poll(height, patience).toBeGreaterThan(600);
  expect(await untilHeard(page, "missing", "error")).toMatchObject({
    detail: expect.stringContaining("magic"),
  });
  await page.evaluate(() => document.querySelector("#unknown")!.scrollIntoView());
  expect(await untilHeard(page, "unknown", "error")).toMatchObject({
    detail: expect.stringContaining("nothing-such"),
  });
});

test("the example page's buttons run its program", async ({ page }) => {
  await page.goto(`${inject("playgroundUrl")}embed-example.html`);
  await page.click("#run");
  const printed = () => page.evaluate(() => document.querySelector("#printed")!.textContent);
  await expect.poll(printed, patience).toContain("ended");
});

function countFrames(): { click: number; far: number } {
  const count = (id: string) =>
    document.querySelector(`#${id}`)!.shadowRoot!.querySelectorAll("iframe").length;
  return { click: count("click"), far: count("far") };
}
