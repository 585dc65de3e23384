import { join } from "node:path";
import { beforeAll, describe, expect, inject, test as plainTest } from "vitest";
import { runCommand } from "../src/commandLine.ts";
import { buildDatabasePage, type DatabasePage, type DeskOptions, runToEnd } from "../src/databasePage.ts";
import { test as base } from "../src/fixtures.ts";
import { buildGuestProgram, guestProgramPath } from "../src/guestProgram.ts";
import { openSite } from "../src/openSite.ts";
import { type Json, PATIENCE_MS, type Page } from "../src/page.ts";

let site: string;
let program: Uint8Array;
let guestbook: Uint8Array;
beforeAll(async () => {
  site = await buildDatabasePage();
  program = await buildGuestProgram("load/databases.ts", "--debug", "--optimize", "2");
  guestbook = await buildGuestProgram("examples/guestbook/main.ts");
});

interface Setting extends DeskOptions {
  readonly isolated: boolean;
}

const SETTINGS: readonly Setting[] = [
  { executors: 1, isolated: true },
  { executors: 2, isolated: true },
  { executors: 2, isolated: false },
];

const test = base.extend("open", ({ page }, { onCleanup }) => {
  return async ({ isolated, ...options }: Setting): Promise<void> => {
    await openSite(page, site, isolated, onCleanup);
    await openDesk(page, options);
  };
});

function openDesk(page: Page, options: DeskOptions): Promise<void> {
  return page.evaluate(
    (given) => (globalThis as unknown as DatabasePage).desk.open(given as unknown as DeskOptions),
    { ...options } as unknown as Json,
  );
}

/** Starts a program that does not end, and waits until it says what it does. */
async function startLasting(page: Page, name: string, what: string, database: string): Promise<void> {
  const base64 = Buffer.from(program).toString("base64");
  await page.evaluate(
    (run, code, args) => (globalThis as unknown as DatabasePage).desk.start(run, code, args as string[]),
    name,
    base64,
    [what, database],
  );
  await expect
    .poll(() => page.evaluate((run) => (globalThis as unknown as DatabasePage).desk.stdout(run), name), {
      timeout: PATIENCE_MS,
    })
    .not.toBe("");
}

/** Runs a program of which more than the output is asked afterwards. */
async function startToEnd(page: Page, what: string, database: string): Promise<void> {
  const base64 = Buffer.from(program).toString("base64");
  await page.evaluate(
    (run, code, given) => (globalThis as unknown as DatabasePage).desk.start(run, code, [run, given]),
    what,
    base64,
    database,
  );
  await expect
    .poll(() => page.evaluate((run) => (globalThis as unknown as DatabasePage).desk.end(run) ?? "", what), {
      timeout: PATIENCE_MS,
    })
    .toContain("CHECK constraint failed");
}

/** Starts a program that holds a lock, and waits until it does. */
function hold(page: Page, database: string): Promise<void> {
  return startLasting(page, "holder", "hold", database);
}

const count = (text: string) => /count (\S+)/.exec(text)?.[1];

describe("processes with databases", () => {
  test.for(SETTINGS)("write and read rows: %o", async (setting, { open, page }) => {
    await open(setting);
    for (const [what, database] of [
      ["rows", "a.db"],
      ["transactions", "b.db"],
      ["reads", "c.db"],
      ["select", "d.db"],
    ] as const) {
      expect(count(await runToEnd(page, program, what, database, "300")), what).toBe("300");
    }
  });

  test.for(SETTINGS)("write and read a blob of 64 MiB: %o", async (setting, { open, page }) => {
    await open(setting);
    expect(count(await runToEnd(page, program, "blob", "blob.db", "64"))).toBe(`${64 * 1024 * 1024}`);
  });

  test.for(SETTINGS)(
    "write at the same time, and no transaction is lost: %o",
    async (setting, { open, page }) => {
      await open(setting);
      expect(count(await runToEnd(page, program, "writers", "shared.db", "8"))).toBe("80.0");
      expect(await page.evaluate(() => (globalThis as unknown as DatabasePage).desk.list())).toMatchObject([
        { name: "/shared.db", connections: 0 },
      ]);
    },
  );

  test.for(SETTINGS)("sign a guest book: %o", async (setting, { open, page }) => {
    await open(setting);
    expect(await runToEnd(page, guestbook)).toContain("30 entries, among them guest 30: hello from 30\n");
  });

  test.for(SETTINGS)(
    "have the stack of the one that asked in a trap that comes late: %o",
    async (setting, { open, page }) => {
      await open(setting);
      await startToEnd(page, "refused", "refused.db");
      const frames = await page.evaluate(() =>
        (globalThis as unknown as DatabasePage).desk.frames("refused"),
      );
      expect(frames.join("\n")).toMatch(/Statement#run.*databases\/main/s);
      expect(frames.join("\n")).not.toContain("keepBusy");
    },
  );

  test.for(SETTINGS)(
    "leave no transaction behind when they are stopped: %o",
    async (setting, { open, page }) => {
      await open(setting);
      await hold(page, "held.db");
      await page.evaluate(() => (globalThis as unknown as DatabasePage).desk.stop("holder"));
      expect(await runToEnd(page, program, "add", "held.db", "mine")).toBe("added\n");
      expect(await runToEnd(page, program, "show", "held.db")).toBe("mine\nend\n");
    },
  );

  test.for(SETTINGS)(
    "ask queries that never end, and others go on, until they are stopped: %o",
    async (setting, { open, page }) => {
      await open(setting);
      for (const name of ["one", "two"]) await startLasting(page, name, "endless", "busy.db");
      expect(count(await runToEnd(page, program, "writers", "shared.db", "4"))).toBe("40.0");
      expect(await runToEnd(page, program, "add", "busy.db", "mine")).toBe("added\n");
      const seen = await page.evaluate(async () => {
        const { desk } = globalThis as unknown as DatabasePage;
        const endless =
          "with recursive n(i) as (select 0 union all select i + 1 from n) select count(*) from n";
        const told = desk.failure("query", "/busy.db", endless);
        const { rows } = await desk.query("/busy.db", "select name from t");
        const alive = ["one", "two"].filter((name) => desk.end(name) === undefined);
        return { rows: rows as string[][], alive, told: await told };
      });
      expect(seen).toEqual({
        rows: [["mine"]],
        alive: ["one", "two"],
        told: "timeout: the query took more than 2000 ms",
      });
      for (const name of ["one", "two"]) {
        await page.evaluate((run) => (globalThis as unknown as DatabasePage).desk.stop(run), name);
      }
      const connections = () =>
        page.evaluate(async () =>
          (await (globalThis as unknown as DatabasePage).desk.list()).map((one) => one.connections),
        );
      await expect.poll(connections, { timeout: PATIENCE_MS }).toEqual([0, 0]);
      expect(count(await runToEnd(page, program, "rows", "busy.db", "300"))).toBe("301");
    },
  );

  test("leave no transaction behind when their executor is lost", async ({ open, page }) => {
    await open({ executors: 2, isolated: true });
    await hold(page, "held.db");
    const rows = await page.evaluate(async () => {
      const { desk } = globalThis as unknown as DatabasePage;
      await Promise.all([desk.dropExecutor(0), desk.dropExecutor(1)]);
      while (desk.end("holder") === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      while ((await desk.list())[0]!.connections > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      return (await desk.query("/held.db", "select count(*) from t")).rows as number[][];
    });
    expect(rows).toEqual([[0]]);
    // That executors are lost is told on the console.
    (page.errors as string[]).length = 0;
  });

  test("may open no database outside of the directories they are given", async ({ open, page }) => {
    await open({ executors: 1, isolated: true });
    const end = await page.evaluate(async (code) => {
      const { desk } = globalThis as unknown as DatabasePage;
      await desk.start("denied", code, ["show", "/elsewhere/x.db"], []);
      while (desk.end("denied") === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      return desk.end("denied");
    }, Buffer.from(program).toString("base64"));
    expect(end).toMatch(/^trapped/);
  });
});

describe.each<Pick<DeskOptions, "backing">>([{}, { backing: "indexedDB" }])(
  "databases that are kept, %o",
  (place) => {
    const KEPT = { executors: 2, isolated: true, persist: "spec", ...place };

    test("are there after a reload, with what was committed and nothing else", async ({ open, page }) => {
      await open(KEPT);
      expect(await page.evaluate(() => (globalThis as unknown as DatabasePage).desk.isPersistent())).toBe(
        true,
      );
      expect(await runToEnd(page, program, "add", "kept.db", "first")).toBe("added\n");
      expect(count(await runToEnd(page, program, "writers", "busy.db", "8"))).toBe("80.0");
      await hold(page, "kept.db");
      const url = await page.evaluate(() => location.href);
      await page.goto("about:blank");
      await page.goto(url);
      await expect
        .poll(() => page.evaluate(() => "ready" in document.documentElement.dataset), {
          timeout: PATIENCE_MS,
        })
        .toBe(true);
      await openDesk(page, { executors: 2, persist: "spec", ...place });
      expect(await page.evaluate(() => (globalThis as unknown as DatabasePage).desk.list())).toMatchObject([
        { name: "/busy.db", connections: 0 },
        { name: "/kept.db", connections: 0 },
      ]);
      expect(await runToEnd(page, program, "show", "kept.db")).toBe("first\nend\n");
    });

    test("belong to one runtime at a time: another is told, and has them when the first is closed", async ({
      open,
      page,
    }) => {
      await open(KEPT);
      expect(await runToEnd(page, program, "add", "kept.db", "first")).toBe("added\n");
      await page.evaluate(() => {
        const { desk } = globalThis as unknown as DatabasePage;
        (globalThis as { closeFirst?: () => Promise<void> }).closeFirst = desk.close.bind(desk);
      });
      const failure = await page.evaluate(
        async (given) => {
          const { desk } = globalThis as unknown as DatabasePage;
          const options = given as unknown as DeskOptions;
          const frame = document.createElement("iframe");
          frame.src = location.href;
          document.body.append(frame);
          await new Promise((resolve) => {
            frame.onload = resolve;
          });
          const other = frame.contentWindow as unknown as DatabasePage & Window;
          while (!("ready" in other.document.documentElement.dataset)) {
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
          const told = await other.desk.open(options).then(() => "opened", String);
          await desk.close();
          await other.desk.open(options);
          const list = await other.desk.list();
          await other.desk.close();
          return `${told} / ${list.map(({ name }) => name).join()}`;
        },
        { executors: 1, persist: "spec", ...place } as unknown as Json,
      );
      expect(failure).toMatch(/^VolumeError: .*another tab.* \/ \/kept\.db$/);
    });
  },
);

test("databases that are kept have the names that they are opened by, also attached ones", async ({
  open,
  page,
}) => {
  await open({ executors: 2, isolated: true, persist: "spec" });
  const names = ["a b#1.db", "a b#2.db", "100%?.db", "grün.db"];
  for (const name of names) expect(await runToEnd(page, program, "add", name, name)).toBe("added\n");
  expect(await runToEnd(page, program, "attach", "grün.db", "at tached.db")).toBe("added\n");
  for (const name of names) expect(await runToEnd(page, program, "show", name)).toBe(`${name}\nend\n`);
  expect(await runToEnd(page, program, "show", "at tached.db")).toBe("attached\nend\n");
  const seen = await page.evaluate(async () => {
    const { desk } = globalThis as unknown as DatabasePage;
    const listed = (await desk.list()).map(({ name }) => name);
    const { rows } = await desk.query("/100%?.db", "select name from t");
    await desk.remove("/a b#1.db");
    return { listed, rows: rows as string[][], left: (await desk.list()).length };
  });
  expect(seen).toEqual({
    listed: ["/100%?.db", "/a b#1.db", "/a b#2.db", "/at tached.db", "/grün.db"],
    rows: [["100%?.db"]],
    left: 4,
  });
});

describe("an embedding page", () => {
  test("lists, reads, copies and removes databases, and cannot write by a query", async ({ open, page }) => {
    await open({ executors: 1, isolated: true });
    await runToEnd(page, program, "add", "one.db", "a row");
    const seen = await page.evaluate(async () => {
      const { desk } = globalThis as unknown as DatabasePage;
      await desk.copy("/one.db", "/two.db");
      const { columns, rows } = await desk.query("/two.db", "select name, ? as given from t", [7]);
      const failures = [
        await desk.failure("query", "/two.db", "delete from t"),
        await desk.failure("query", "/none.db", "select 1"),
        await desk.failure("query", "/two.db", "nonsense"),
      ];
      await desk.remove("/one.db");
      const names = (await desk.list()).map(({ name }) => name);
      return { columns: [...columns], rows: rows as string[][], failures, names };
    });
    expect(seen).toEqual({
      columns: ["name", "given"],
      rows: [["a row", 7]],
      failures: [
        "forbidden: a query may only read: not authorized",
        'missing: there is no database "/none.db"',
        'sql: near "nonsense": syntax error',
      ],
      names: ["/two.db"],
    });
  });
});

plainTest.for(["rust-sqlite/prebuilt/tests/sqlite.wasm", "as/tests/sqlite.ts"])(
  "an author's tests of databases pass: %s",
  async (path) => {
    const file = path.startsWith("as/")
      ? guestProgramPath(path.slice(3))
      : join(guestProgramPath(".."), path);
    const { stdout, status } = await runCommand(["test", file, "--browser", inject("browser")]);
    expect(stdout).toMatch(/test result: ok\. \d\d passed; 0 failed/);
    expect(status).toBe(0);
  },
);
