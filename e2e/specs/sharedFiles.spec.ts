import { beforeAll, describe, expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test as base } from "../src/fixtures.ts";
import { buildLabPage, type LabPage, openLab, startRun, until } from "../src/openRuntime.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
beforeAll(async () => {
  site = await buildLabPage();
});

/** `lab` makes a runtime with two executors on a page. */
const test = base.extend("lab", ({ page }, { onCleanup }) => async (isolated: boolean) => {
  const server = await serveDirectory(site, { isolated });
  onCleanup(() => server[Symbol.asyncDispose]());
  await openLab(page, server.url, { executors: 2 });
  return page;
});

describe.for([
  ["with headers", true],
  ["without headers", false],
] as const)("the files of a runtime, %s", ([, isolated]) => {
  test("two processes of two runs append to one file, and no record is lost or torn", async ({ lab }) => {
    const page = await lab(isolated);
    const guest = await assembleGuest("appendLog");
    await Promise.all([startRun(page, "one", guest), startRun(page, "other", guest)]);
    await until(page, () => {
      const { one, other } = (globalThis as unknown as LabPage).lab.runs;
      return one?.end !== undefined && other?.end !== undefined;
    });
    const { ends, executors, log } = await page.evaluate(async () => {
      const { runs, runtime } = (globalThis as unknown as LabPage).lab;
      const both = [runs.one!, runs.other!];
      return {
        ends: both.map(({ end }) => end!),
        executors: both.flatMap(({ startedOn }) => startedOn),
        log: await runtime.files.readText("/log"),
      };
    });
    expect(ends).toEqual(["normal", "normal"]);
    // Without shared memory the files are in one executor's, and whoever opens some runs there.
    expect(new Set(executors).size).toBe(isolated ? 2 : 1);
    expect(log.length).toBe(2 * 500 * 64);
    expect(log.match(/(.)\1{63}/g)?.length).toBe(1000);
  });

  test("a file that is open is renamed and removed, and goes with the process that is killed", async ({
    lab,
  }) => {
    const page = await lab(isolated);
    await startRun(page, "holder", await assembleGuest("keepOpen"));
    await until(page, () => (globalThis as unknown as LabPage).lab.runs.holder!.stdout === "open\n");
    await page.evaluate(() =>
      (globalThis as unknown as LabPage).lab.runtime.files.rename("/held", "/dir-less"),
    );
    await until(page, async () => {
      const { files } = (globalThis as unknown as LabPage).lab.runtime;
      const before = (await files.stat("/dir-less"))!.sizeBytes;
      return before > 3 && !(await files.exists("/held"));
    });
    const { holders, left, open } = await page.evaluate(async () => {
      const { files } = (globalThis as unknown as LabPage).lab.runtime;
      const found = await files.holders("/dir-less");
      await files.remove("/dir-less");
      return {
        holders: [...found],
        left: (await files.list("/")).length,
        open: (await files.usage()).inodes,
      };
    });
    expect(holders).toEqual([{ environment: 1, pid: 1 }]);
    expect(left).toBe(0);
    expect(open).toBe(2);
    await page.evaluate(() => (globalThis as unknown as LabPage).lab.runs.holder!.stop());
    await until(page, async () => {
      const { inodes, usedBytes } = await (globalThis as unknown as LabPage).lab.runtime.files.usage();
      return inodes === 1 && usedBytes === 0;
    });
  });

  test("the page reads and writes them, and is told with names what it did wrong", async ({ lab }) => {
    const page = await lab(isolated);
    const seen = await page.evaluate(async () => {
      const { files } = (globalThis as unknown as LabPage).lab.runtime;
      await files.write("/notes/today.txt", "héllo 🌙");
      await files.write("/notes/large.bin", new Uint8Array(3_000_000).fill(7));
      await files.mkdir("/empty/inner");
      const fault = (attempt: Promise<unknown>) =>
        attempt.then(
          () => "none",
          (error: Error & { fault?: string }) => `${error.name}: ${error.fault}`,
        );
      return {
        text: await files.readText("/notes/today.txt"),
        large: (await files.read("/notes/large.bin")).reduce((sum, byte) => sum + byte, 0),
        names: (await files.list("/notes")).map(
          ({ name, kind, sizeBytes }) => `${name} ${kind} ${sizeBytes}`,
        ),
        entry: (await files.stat("/notes/today.txt"))!.modifiedMs > 1_600_000_000_000,
        none: await files.exists("/notes/none"),
        faults: [
          await fault(files.read("/none")),
          await fault(files.read("/notes")),
          await fault(files.list("/notes/today.txt")),
          await fault(files.write("/notes", "x")),
          await fault(files.rename("/empty", "/empty/inner/x")),
          await fault(files.remove("/")),
          await fault(files.read("/../x")),
        ],
      };
    });
    expect(seen).toEqual({
      text: "héllo 🌙",
      large: 21_000_000,
      names: ["today.txt file 11", "large.bin file 3000000"],
      entry: true,
      none: false,
      faults: ["notFound", "isDirectory", "notDirectory", "isDirectory", "invalid", "busy", "escapes"].map(
        (fault) => `StorageError: ${fault}`,
      ),
    });
  });

  test("the page watches a directory that a process and it itself change", async ({ lab }) => {
    const page = await lab(isolated);
    await page.evaluate(() => {
      const { files } = (globalThis as unknown as LabPage).lab.runtime;
      const told: string[] = [];
      Object.assign(globalThis, { told });
      void (async () => {
        for await (const changes of files.watch("/"))
          for (const { path, type } of changes)
            if (!told.includes(`${type} ${path}`)) told.push(`${type} ${path}`);
      })();
      return files.write("/mine/note", "x");
    });
    await startRun(page, "holder", await assembleGuest("keepOpen"));
    await until(page, () => {
      const { told } = globalThis as unknown as { told: string[] };
      return ["created /mine/note", "created /held", "changed /held"].every((each) => told.includes(each));
    });
    await page.evaluate(() => (globalThis as unknown as LabPage).lab.runtime.files.remove("/mine"));
    await until(page, () =>
      (globalThis as unknown as { told: string[] }).told.includes("removed /mine/note"),
    );
    await page.evaluate(() => (globalThis as unknown as LabPage).lab.runtime.close());
  });

  test("a run that is given files has a filesystem of its own", async ({ lab }) => {
    const page = await lab(isolated);
    const base64 = Buffer.from(await assembleGuest("appendLog")).toString("base64");
    const { own, time, shared } = await page.evaluate(async (code) => {
      const { runtime } = (globalThis as unknown as LabPage).lab;
      const module = await runtime.compile(Uint8Array.from(atob(code), (digit) => digit.charCodeAt(0)));
      const given = { files: { "/given": "x" }, fileTimes: { "/given": 981_173_106_789 } };
      const run = await runtime.run(module, { ...given, keepFiles: true });
      const { files, fileTimes } = await run.exited;
      const sizes = Array.from(files!, ([path, { length }]) => `${path} ${length}`);
      const time = fileTimes!.get("/given");
      return { own: sizes.sort(), time, shared: (await runtime.files.list("/")).length };
    }, base64);
    expect(own).toEqual(["/given 1", "/log 32000"]);
    expect(time).toBe(981_173_106_789);
    expect(shared).toBe(0);
  });
});

test("what an executor had open that is lost is given back", async ({ browser }) => {
  // Not the fixture's page: the runtime says in the console what happened, which would fail the test there.
  await using page = await browser.openPage();
  await using server = await serveDirectory(site);
  await openLab(page, server.url, { executors: 2 });
  // The home of the first run is the second executor.
  await startRun(page, "holder", await assembleGuest("keepOpen"));
  await until(page, () => (globalThis as unknown as LabPage).lab.runs.holder!.stdout === "open\n");
  const inodes = await page.evaluate(async () => {
    const { runs, runtime } = (globalThis as unknown as LabPage).lab;
    await runtime.files.remove("/held");
    const { inodes } = await runtime.files.usage();
    await runtime.dropExecutor(runs.holder!.startedOn[0]!);
    return inodes;
  });
  expect(inodes).toBe(2);
  await until(
    page,
    async () => (await (globalThis as unknown as LabPage).lab.runtime.files.usage()).inodes === 1,
  );
  await startRun(page, "later", await assembleGuest("appendLog"));
  await until(page, () => (globalThis as unknown as LabPage).lab.runs.later!.end === "normal");
});
