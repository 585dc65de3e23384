import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createServer, LocalDatabases } from "../testing/localDatabases.ts";
import type { DatabaseServer } from "./server.ts";
import { DatabaseViewer } from "./viewer.ts";

let server: DatabaseServer;
let viewer: DatabaseViewer;

beforeEach(async () => {
  server = await createServer();
  viewer = new DatabaseViewer(server);
});

afterEach(() => server.close());

/** A process' connection, of which only `execute` is used. */
async function connect(path: string, client = 0) {
  const databases = new LocalDatabases(server, client);
  const ask = (request: Parameters<LocalDatabases["ask"]>[0]) =>
    new Promise<unknown>((resolve) => databases.ask(request, resolve));
  await ask({ type: "open", connection: 1, path, directories: ["/"] });
  return {
    execute: (sql: string) => ask({ type: "execute", connection: 1, sql }),
    close: () => databases.tell({ type: "close", connection: 1 }),
  };
}

describe("list", () => {
  test("tells name, size and connections, of databases that have a name", async () => {
    const one = await connect("/b.db");
    await one.execute("create table t (a)");
    await connect(":memory:", 1);
    const list = await viewer.list();
    expect(list).toEqual([{ name: "/b.db", sizeBytes: expect.any(Number), connections: 1 }]);
    expect(list[0]!.sizeBytes).toBeGreaterThan(0);
  });
});

describe("query", () => {
  beforeEach(async () => {
    const process = await connect("/app.db");
    await process.execute(
      "create table t (a, b); insert into t values (1, 'one'), (2, 'two'), (9007199254740993, null)",
    );
  });

  test("gives columns and rows, whole numbers exactly", async () => {
    expect(await viewer.query("/app.db", "select a, b from t order by a", [], 100)).toEqual({
      ok: true,
      value: {
        columns: ["a", "b"],
        rows: [
          [1, "one"],
          [2, "two"],
          [9007199254740993n, null],
        ],
        hasMore: false,
      },
    });
  });

  test("takes parameters of every type, in order and by name", async () => {
    const values = [null, 1, 1.5, 2n ** 60n, "text", Uint8Array.of(1, 0, 2), new Uint8Array(0)];
    const outcome = await viewer.query("app.db", `select ${values.map(() => "?").join()}`, values, 10);
    expect(outcome).toMatchObject({ ok: true, value: { rows: [values] } });
    const named = await viewer.query("app.db", "select :a, $b", { ":a": 1, b: "x" }, 10);
    expect(named).toMatchObject({ ok: true, value: { rows: [[1, "x"]] } });
  });

  test("leaves out rows beyond the wanted number, and says so", async () => {
    const outcome = await viewer.query("/app.db", "select a from t", [], 2);
    expect(outcome).toMatchObject({ ok: true, value: { hasMore: true, rows: [[1], [2]] } });
  });

  test.each([
    "insert into t values (3, 'x')",
    "delete from t",
    "update t set a = 1",
    "drop table t",
    "create table u (a)",
    "create temp table u (a)",
    "attach '/other.db' as other",
    "vacuum into '/copy.db'",
    "pragma journal_mode = off",
    "pragma query_only = 0",
    "pragma user_version = 7",
    "begin immediate",
    "with x as (select 1) insert into t select * from x, x",
  ])("%s is forbidden", async (sql) => {
    expect(await viewer.query("/app.db", sql, [], 10)).toMatchObject({
      ok: false,
      fault: { kind: "forbidden" },
    });
    expect(server.store.paths()).toEqual(["/app.db"]);
  });

  test.each([
    "pragma table_info(t)",
    "pragma user_version",
    "select * from sqlite_schema",
    "select count(*) from t",
    "select 1; -- and no more",
    "select 1;;",
    "pragma foreign_key_check",
    "pragma integrity_check",
    "explain query plan select * from t",
  ])("%s is allowed", async (sql) => {
    expect(await viewer.query("/app.db", sql, [], 10)).toMatchObject({ ok: true });
  });

  test.each([
    ["select * from nowhere", "no such table: nowhere"],
    ["select 1; select 2", "only one statement at a time"],
    ["select 1; nonsense", "only one statement at a time"],
    ["select 1\0; drop table t", "the SQL has a NUL in it"],
    ["  ", "there is no statement"],
    ["select ?", "the statement has 1 parameters, and 0 were given"],
  ])("%s is wrong SQL", async (sql, message) => {
    expect(await viewer.query("/app.db", sql, [], 10)).toEqual({
      ok: false,
      fault: { kind: "sql", message },
    });
  });

  test("that takes too long is ended, and the database can be used again", async () => {
    const endless = "with recursive n(i) as (select 0 union all select i + 1 from n) select count(*) from n";
    expect(await viewer.query("/app.db", endless, [], 10)).toMatchObject({
      ok: false,
      fault: { kind: "timeout" },
    });
    expect(await viewer.query("/app.db", "select 1", [], 10)).toMatchObject({ ok: true });
  });

  test("of a database that does not exist says so, and makes none", async () => {
    expect(await viewer.query("/none.db", "select 1", [], 10)).toMatchObject({
      ok: false,
      fault: { kind: "missing" },
    });
    expect(server.store.paths()).toEqual(["/app.db"]);
  });
});

describe("copies", () => {
  test("a download can be imported under another name, and over a database that is open", async () => {
    const process = await connect("/app.db");
    await process.execute("create table t (a); insert into t values (42)");
    const download = await viewer.exportDatabase("/app.db");
    if (!download.ok) throw new Error(download.fault.message);
    expect(await viewer.importDatabase("/copy.db", download.value)).toEqual({ ok: true, value: undefined });
    expect(await viewer.query("/copy.db", "select a from t", [], 10)).toMatchObject({
      value: { rows: [[42]] },
    });
    await process.execute("update t set a = 43; create table u (a)");
    await viewer.importDatabase("/app.db", download.value);
    expect(await process.execute("insert into u values (1)")).toMatchObject({ type: "failed" });
    expect(await viewer.query("/app.db", "select a from t", [], 10)).toMatchObject({
      value: { rows: [[42]] },
    });
  });

  test("an import waits for the transaction of a process", async () => {
    const process = await connect("/app.db");
    await process.execute("create table t (a)");
    const download = await viewer.exportDatabase("/app.db");
    if (!download.ok) throw new Error(download.fault.message);
    await process.execute("begin immediate; insert into t values (1)");
    const importing = viewer.importDatabase("/app.db", download.value);
    await process.execute("commit");
    expect(await importing).toMatchObject({ ok: true });
  });

  test.each(["", "SQLite format", `SQLite format 3\0${"x".repeat(2000)}`])(
    "the bytes %j are no database",
    async (text) => {
      const outcome = await viewer.importDatabase("/bad.db", new TextEncoder().encode(text));
      expect(outcome).toMatchObject({ ok: false, fault: { kind: "format" } });
    },
  );

  async function download(sql: string): Promise<Uint8Array<ArrayBuffer>> {
    const process = await connect("/original.db", 7);
    await process.execute(sql);
    process.close();
    const outcome = await viewer.exportDatabase("/original.db");
    if (!outcome.ok) throw new Error(outcome.fault.message);
    await viewer.remove("/original.db");
    return outcome.value;
  }

  const FILLED = "create table t (a); insert into t values (42)";

  test("a file that had a write-ahead log is a database without one", async () => {
    const bytes = await download(FILLED);
    bytes.fill(2, 18, 20);
    expect(await viewer.importDatabase("/wal.db", bytes)).toMatchObject({ ok: true });
    const process = await connect("/wal.db");
    expect(await process.execute("insert into t values (43)")).toMatchObject({ type: "done" });
    expect(await viewer.query("/wal.db", "select count(*) from t", [], 10)).toMatchObject({
      value: { rows: [[2]] },
    });
  });

  test.each([
    ["is cut off within a page", (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 100)],
    ["lacks pages", (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2)],
    ["ends with its header", (bytes: Uint8Array) => bytes.subarray(0, 100)],
    ["has garbage in its schema", (bytes: Uint8Array) => bytes.fill(0xaa, 100, 2000)],
    ["has a page of garbage", (bytes: Uint8Array) => bytes.fill(0xaa, bytes.length / 2)],
  ])("a file that %s is refused, and leaves no database", async (_, damage) => {
    const outcome = await viewer.importDatabase("/bad.db", damage(await download(FILLED)));
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "format" } });
    expect(server.store.paths()).toEqual([]);
  });

  test("a file with pages of another size replaces no database that is there, and says why", async () => {
    const bytes = await download(`pragma page_size = 1024; ${FILLED}`);
    expect(await viewer.importDatabase("/new.db", bytes)).toMatchObject({ ok: true });
    const process = await connect("/app.db");
    await process.execute("create table u (a)");
    expect(await viewer.importDatabase("/app.db", bytes)).toMatchObject({
      ok: false,
      fault: { kind: "busy", message: expect.stringMatching(/of 1024 bytes, .* of 8192: remove it/) },
    });
    expect(await process.execute("insert into u values (1)")).toMatchObject({ type: "done" });
  });

  test("a download waits for what a process is writing, and is told after a while", async () => {
    const process = await connect("/app.db");
    await process.execute("create table t (a); begin immediate; insert into t values (1)");
    const downloading = viewer.exportDatabase("/app.db");
    await process.execute("commit");
    expect(await downloading).toMatchObject({ ok: true });
  });

  test("a database that is open cannot be removed; one that is not, can", async () => {
    const process = await connect("/app.db");
    expect(await viewer.remove("/app.db")).toMatchObject({ ok: false, fault: { kind: "busy" } });
    process.close();
    expect(await viewer.remove("/app.db")).toMatchObject({ ok: true });
    expect(await viewer.list()).toEqual([]);
  });
});
