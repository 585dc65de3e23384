import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test as base } from "../src/fixtures.ts";
import { buildLabPage, type LabPage, openLab, runToEnd, startRun, until } from "../src/openRuntime.ts";
import type { Page } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
beforeAll(async () => {
  site = await buildLabPage();
});

/** `open` loads the page, or loads it again, with a runtime that keeps its files. */
const test = base.extend("open", ({ page }, { onCleanup }) => async (isolated: boolean) => {
  const server = await serveDirectory(site, { isolated });
  onCleanup(() => server[Symbol.asyncDispose]());
  const load = () => openLab(page, server.url, { executors: 2, files: { persist: "kept" } });
  await load();
  return { load, url: server.url };
});

async function runKeeper(page: Page, name: string): Promise<void> {
  const { stdout, end } = await runToEnd(page, name, await assembleGuest("keepLog"));
  expect({ stdout, end }).toEqual({ stdout: "synced\n", end: "normal" });
}

const readKept = () => (globalThis as unknown as LabPage).lab.runtime.files.readText("/kept");

describe.for([
  ["with headers", true],
  ["without headers", false],
] as const)("files that are kept, %s", ([, isolated]) => {
  test("what a process has synced, and what the page wrote before it closed the runtime, is there after a reload", async ({
    open,
    page,
  }) => {
    const { load } = await open(isolated);
    await runKeeper(page, "first");
    // Not closed: the tab just goes.
    await load();
    expect(await page.evaluate(readKept)).toBe("k");
    await runKeeper(page, "second");
    await page.evaluate(async () => {
      const { runtime } = (globalThis as unknown as LabPage).lab;
      await runtime.files.write("/notes/deep/large.bin", new Uint8Array(5_000_000).fill(3));
      await runtime.files.rename("/kept", "/moved");
      await runtime.close();
    });
    await load();
    const found = await page.evaluate(async () => {
      const { files } = (globalThis as unknown as LabPage).lab.runtime;
      const large = await files.read("/notes/deep/large.bin");
      const { volume } = await files.usage();
      return {
        names: (await files.list("/")).map(({ name }) => name),
        moved: await files.readText("/moved"),
        large: [large.length, large.every((byte) => byte === 3)],
        isOnVolume: volume !== undefined && volume.usedBytes > 5_000_000,
      };
    });
    expect(found).toEqual({
      names: ["notes", "moved"],
      moved: "kk",
      large: [5_000_000, true],
      isOnVolume: true,
    });
  });

  test("a page changes to the files of another name and back, and to none in memory, with the same workers", async ({
    open,
    page,
  }) => {
    const { load } = await open(isolated);
    await runKeeper(page, "first");
    const seen = await page.evaluate(async () => {
      const { runtime } = (globalThis as unknown as LabPage).lab;
      await runtime.files.write("/large.bin", new Uint8Array(3_000_000).fill(5));
      const { backing } = await runtime.changeStorage("other");
      const names = (await runtime.files.list("/")).map(({ name }) => name);
      await runtime.files.write("/of-other", "x");
      return { backing, names };
    });
    expect(seen).toEqual({ backing: "opfs", names: [] });
    await runKeeper(page, "second");
    const memory = await page.evaluate(async () => {
      const { runtime } = (globalThis as unknown as LabPage).lab;
      const { backing = "none" } = await runtime.changeStorage();
      const { volume = "none" } = await runtime.files.usage();
      const names = (await runtime.files.list("/")).map(({ name }) => name);
      await runtime.files.write("/in-memory", "x");
      return { backing, volume, names };
    });
    expect(memory).toEqual({ backing: "none", volume: "none", names: [] });
    await page.evaluate(() =>
      (globalThis as unknown as LabPage).lab.runtime.changeStorage("kept").then(() => {}),
    );
    await runKeeper(page, "third");
    const back = await page.evaluate(async () => {
      const { files } = (globalThis as unknown as LabPage).lab.runtime;
      const large = await files.read("/large.bin");
      const names = (await files.list("/")).map(({ name }) => name);
      return { names, large: [large.length, large.every((byte) => byte === 5)] };
    });
    expect(back).toEqual({ names: ["kept", "large.bin"], large: [3_000_000, true] });
    await load();
    expect(await page.evaluate(readKept)).toBe("kk");
  });

  test("a page keeps the files that it has while something runs, and while another tab has those it asks for", async ({
    open,
    page,
  }) => {
    const { url } = await open(isolated);
    await page.evaluate(() => (globalThis as unknown as LabPage).lab.runtime.files.write("/mine", "kept"));
    await startRun(page, "ticking", await assembleGuest("clock"));
    const change = () =>
      (globalThis as unknown as LabPage).lab.runtime.changeStorage("other").then(
        () => "changed",
        (error: Error & { fault?: string }) => `${error.name} ${error.fault ?? ""}`,
      );
    expect(await page.evaluate(change)).toBe("RunError ");
    await page.evaluate(() => (globalThis as unknown as LabPage).lab.runs.ticking!.stop());
    await using other = await page.openTab();
    await openLab(other, url, { executors: 1, files: { persist: "other" } });
    expect(await page.evaluate(change)).toBe("VolumeError taken");
    expect(
      await page.evaluate(() => (globalThis as unknown as LabPage).lab.runtime.files.readText("/mine")),
    ).toBe("kept");
    await other.evaluate(() => (globalThis as unknown as LabPage).lab.runtime.close());
    expect(await page.evaluate(change)).toBe("changed");
  });

  test("a second tab is told that they are open, or waits, and has them when the first is gone", async ({
    open,
    page,
  }) => {
    const { url } = await open(isolated);
    await page.evaluate(async () => {
      const { files } = (globalThis as unknown as LabPage).lab.runtime;
      await files.write("/mine", "of the first tab");
      await files.sync();
    });
    await using other = await page.openTab();
    await other.goto(url);
    await until(other, () => "ready" in document.documentElement.dataset);
    const told = await other.evaluate(() =>
      (globalThis as unknown as LabPage).lab.createRuntime({ files: { persist: "kept" } }).then(
        () => "opened",
        (error: Error & { fault?: string }) => `${error.name} ${error.fault}`,
      ),
    );
    expect(told).toBe("VolumeError taken");
    await other.evaluate(() => {
      const { lab } = globalThis as unknown as LabPage;
      const opening = lab.createRuntime({ files: { persist: "kept", ifTaken: "wait" } });
      void opening.then((runtime) => {
        lab.runtime = runtime;
      });
    });
    // It ends without a word.
    await page.goto("about:blank");
    await until(other, () => (globalThis as unknown as LabPage).lab.runtime !== undefined);
    expect(
      await other.evaluate(() => (globalThis as unknown as LabPage).lab.runtime.files.readText("/mine")),
    ).toBe("of the first tab");
  });
});
