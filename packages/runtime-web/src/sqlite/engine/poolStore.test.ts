import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { DatabaseAnswer, DatabaseRequest } from "../../abi/databases.ts";
import { FakeDirectory, FakeFileHandle, FakeOpfs } from "../testing/fakeOpfs.ts";
import { CODE, Sqlite } from "./library.ts";
import { openStore } from "./openStore.ts";
import { DatabaseServer } from "./server.ts";

// The package gives Node a build without the pool of files; the one for browsers runs here too.
vi.mock("@sqlite.org/sqlite-wasm", async () => {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@sqlite.org/sqlite-wasm/package.json"));
  const wasmBinary = await readFile(require.resolve("@sqlite.org/sqlite-wasm/sqlite3.wasm"));
  const browserBuild = await import(pathToFileURL(join(folder, "dist/index.mjs")).href);
  return { default: () => browserBuild.default({ wasmBinary }) };
});

vi.stubGlobal("FileSystemHandle", FakeFileHandle);
vi.stubGlobal("FileSystemDirectoryHandle", FakeDirectory);
vi.stubGlobal("FileSystemFileHandle", FakeFileHandle);
const loading = Sqlite.load();
const printed = vi.spyOn(console, "error");
afterEach(() => printed.mockClear());

/** The databases of a tab, and ways to ask for them. */
async function openTab(opfs: FakeOpfs) {
  vi.stubGlobal("navigator", {
    storage: { getDirectory: async () => opfs.root },
    locks: { request: async (_name: string, _options: unknown, held: () => unknown) => held() },
  });
  const sqlite = await loading;
  const opened = await openStore(sqlite, "kept", undefined);
  if (!opened.ok) throw new Error(opened.fault.message);
  expect(opened.value).toMatchObject({ isPersistent: true, note: undefined });
  const { store } = opened.value;
  const server = new DatabaseServer(sqlite, store);
  const ask = (request: DatabaseRequest) =>
    new Promise<DatabaseAnswer>((resolve) => {
      server.handle(1, request, (answer) => {
        resolve(answer.type === "rows" ? { ...answer, rows: answer.rows.slice() } : answer);
      });
    });
  /** @returns 0, or sqlite's code */
  const codeOf = async (request: DatabaseRequest): Promise<number> => {
    const answer = await ask(request);
    return answer.type === "failed" ? answer.code : CODE.ok;
  };
  return {
    store,
    open: (connection = 1, path = "/kept.db") =>
      codeOf({ type: "open", connection, path, directories: ["/"] }),
    run: (sql: string, connection = 1) => codeOf({ type: "execute", connection, sql }),
    async number(sql: string, connection = 1): Promise<number> {
      await ask({ type: "prepare", connection, statement: 99, sql });
      const bindings = new Uint8Array(0);
      const answer = await ask({
        type: "step",
        connection,
        statement: 99,
        reset: true,
        bindings,
        maxRows: 1,
      });
      server.handle(1, { type: "finalize", connection, statement: 99 }, () => {});
      if (answer.type !== "rows") throw new Error(JSON.stringify(answer));
      return Number(new DataView(answer.rows.buffer).getBigInt64(16, true));
    },
    close: () => server.close(),
  };
}

const OK = 0;
const COUNT = "select count(*) from t";
/** 1 when sqlite finds nothing wrong with the whole database. */
const IS_SOUND = "select integrity_check = 'ok' from pragma_integrity_check";
const ROW = "insert into t values (randomblob(100000))";

describe.each(["error", "short write"] as const)(
  "databases in OPFS, which tells of a full quota by: %s",
  (refusal) => {
    test("refuse with SQLITE_FULL what has no room, roll it back, print nothing, and go on when there is room", async () => {
      const opfs = new FakeOpfs(refusal);
      const first = await openTab(opfs);
      expect(await first.open()).toBe(OK);
      expect(await first.run("create table t (a)")).toBe(OK);
      opfs.quotaBytes = 3_000_000;
      let rows = 0;
      let code = OK;
      for (; code === OK; rows++) code = await first.run(ROW);
      rows--;
      expect(code).toBe(CODE.full);
      expect(rows).toBeGreaterThan(5);
      expect(await first.number(COUNT)).toBe(rows);
      expect(await first.number(IS_SOUND)).toBe(1);
      opfs.endTab();
      const second = await openTab(opfs);
      expect(await second.open()).toBe(OK);
      expect(await second.number(COUNT)).toBe(rows);
      expect(await second.number(IS_SOUND)).toBe(1);
      expect(await second.run("delete from t")).toBe(OK);
      expect(await second.run(ROW)).toBe(OK);
      expect(await second.number(COUNT)).toBe(1);
      await second.close();
      expect(printed).not.toHaveBeenCalled();
    });

    test("roll back a long transaction that has written to the database already", async () => {
      const opfs = new FakeOpfs(refusal);
      const { open, run, number, close } = await openTab(opfs);
      expect(await open()).toBe(OK);
      const many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)";
      await run(`create table t (a); ${many} insert into t select zeroblob(500) from n`);
      opfs.quotaBytes = opfs.usedBytes + 1_000_000;
      await run("pragma cache_size=10");
      const change = `begin; update t set a = randomblob(500); ${many} insert into t select randomblob(5000) from n; commit`;
      expect(await run(change)).toBe(CODE.full);
      expect(await number(`${COUNT} where a = zeroblob(500)`)).toBe(1000);
      expect(await number(IS_SOUND)).toBe(1);
      await close();
      expect(printed).not.toHaveBeenCalled();
    });

    test("can be opened and read while there is no room for new ones, and are there again in the next tab", async () => {
      const opfs = new FakeOpfs(refusal);
      const first = await openTab(opfs);
      expect(await first.open()).toBe(OK);
      expect(await first.run(`create table t (a); ${ROW}`)).toBe(OK);
      opfs.quotaBytes = opfs.usedBytes + 1000;
      const codes = [];
      for (let other = 2; other < 6; other++) codes.push(await first.open(other, `/other${other}.db`));
      expect(codes).toEqual([OK, OK, CODE.full, CODE.full]);
      // Two files are left, for three journals.
      expect(await first.open(6)).toBe(OK);
      expect(await first.number(COUNT, 6)).toBe(1);
      opfs.quotaBytes += 100_000;
      expect(await first.run("create table t (a)", 2)).toBe(OK);
      expect(await first.run("create table t (a)", 3)).toBe(OK);
      opfs.endTab();
      const second = await openTab(opfs);
      expect(await second.open()).toBe(OK);
      expect(await second.number(COUNT)).toBe(1);
      opfs.quotaBytes = 3_000_000;
      for (let other = 2; other < 6; other++) {
        expect(await second.open(other, `/other${other}.db`)).toBe(OK);
        expect(await second.run("create table more (a)", other)).toBe(OK);
      }
      await second.close();
      expect(printed).not.toHaveBeenCalled();
    });
  },
);

test("an error of the browser's other than a lack of space stays an I/O error, and is printed", async () => {
  const opfs = new FakeOpfs("error");
  const { open, run, close } = await openTab(opfs);
  await open();
  await run("create table t (a)");
  printed.mockImplementationOnce(() => {});
  opfs.failure = new DOMException("The disk was pulled out", "InvalidStateError");
  expect(await run(ROW)).toBe(CODE.ioError);
  expect(printed).toHaveBeenCalledOnce();
  await close();
});
