import { afterEach, beforeEach, expect, test } from "vitest";
import { readBindList } from "../abi/bindList.ts";
import type { GuestMemory } from "../abi/guestMemory.ts";
import type { DatabaseServer } from "./engine/server.ts";
import { BindListWriter, readOne } from "./testing/bincode.ts";
import { DatabaseHost, type DatabaseUser } from "./testing/databaseGuest.ts";
import { createServer } from "./testing/localDatabases.ts";

let server: DatabaseServer;
let host: DatabaseHost;
let user: DatabaseUser;

beforeEach(async () => {
  server = await createServer();
  host = new DatabaseHost(server);
  host.root.process.config.preopenedDirs = ["."];
  user = host.rootUser;
});

afterEach(() => server.close());

test.each([
  ["'a' || char(0) || 'b'", "a\0b"],
  ["cast(x'61ff62' as text)", "a\ufffdb"],
  ["cast(x'eda080' as text)", "\ufffd\ufffd\ufffd"],
  ["char(0xfeff) || 'b'", "\ufeffb"],
])("the text %s reaches the guest as UTF-8: %j", async (sql, text) => {
  const statement = await user.prepare(await user.open(""), `select ${sql}, 7`);
  await user.step(statement);
  const bytes = await user.given("read_column", statement, 0);
  expect(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(12))).toBe(text);
  expect(readOne(await user.given("read_column", statement, 1))).toBe(7n);
});

test("what is not a number is nothing, and infinities and the negative zero stay", async () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0].map((double) => ({
    double,
  }));
  expect(await user.query(await user.open(""), "select ?, ?, ?, ?", ...values)).toEqual([
    [null, ...values.slice(1)],
  ]);
});

test("there may be 32,766 parameters and 2,000 columns, not one more", async () => {
  const db = await user.open("");
  const list = (count: number, part: string) => Array(count).fill(part).join();
  const statement = await user.prepare(db, "select ?32766");
  user.bind(statement, [32_766, "last"]);
  await user.step(statement);
  expect(await user.row(statement)).toEqual(["last"]);
  await expect(user.prepare(db, "select ?32767")).rejects.toThrow("(code 1)");
  expect(await user.query(db, `select ${list(2000, "5")}`)).toEqual([Array(2000).fill(5n)]);
  await expect(user.prepare(db, `select ${list(2001, "5")}`)).rejects.toThrow("(code 1)");
});

test("a value that the engine has no memory for is a trap with the code for that, and the connection goes on", async () => {
  const db = await user.open("");
  const statement = await user.prepare(db, "select length(?)");
  user.bind(statement, { blob: [1, 2, 3] });
  const { sqlite } = server;
  const { functions } = sqlite;
  Object.defineProperty(sqlite, "functions", {
    configurable: true,
    value: { ...functions, malloc: () => 0 },
  });
  try {
    await expect(user.step(statement)).rejects.toThrow("out of memory (code 7)");
  } finally {
    Object.defineProperty(sqlite, "functions", { configurable: true, value: functions });
  }
  expect(await user.lastError(db)).toEqual({ code: 7, message: "out of memory" });
  expect(await user.query(db, "select 1")).toEqual([[1n]]);
});

test("a parameter that is bound again and again keeps its last value, and takes no more memory", async () => {
  const db = await user.open("");
  const statement = await user.prepare(db, "select ?, :name");
  user.bind(statement, [2, "kept"]);
  let bytes = 0;
  for (let i = 0; i < 200; i++) user.bind(statement, [1, { blob: [i] }]);
  const ask = host.databases.ask.bind(host.databases);
  host.databases.ask = (request, answer) => {
    if (request.type === "step") bytes = request.bindings.length;
    return ask(request, answer);
  };
  await user.step(statement);
  expect(await user.row(statement)).toEqual([{ blob: [199] }, "kept"]);
  expect(bytes).toBeLessThan(100);
});

test("32,766 parameters can be bound by their names", async () => {
  const names = Array.from({ length: 32_766 }, (_, index) => `:p${index}`);
  const list = new BindListWriter();
  list.add("p32765", 5n);
  list.add(":p0", 7n);
  const bytes = list.finish();
  const guest = { bytes, view: new DataView(bytes.buffer), address: (at: number) => at };
  const read = readBindList(guest as unknown as GuestMemory, 0, bytes.length, names);
  const view = new DataView(read.buffer);
  expect([view.getUint32(12, true), view.getBigInt64(24, true), view.getUint32(36, true)]).toEqual([
    32_766,
    5n,
    1,
  ]);
  list.add("nobody", 1n);
  const wrong = list.finish();
  const other = { bytes: wrong, view: new DataView(wrong.buffer), address: (at: number) => at };
  expect(() => readBindList(other as unknown as GuestMemory, 0, wrong.length, names)).toThrow(
    /no parameter "nobody", but :p0, .*, :p19, …$/,
  );
});

test("what statements hold counts as memory of their environment, until they are finalized", async () => {
  const { mail } = host.root.process.environment;
  const db = await user.open("");
  const before = mail.heldBytes;
  const statements = [];
  for (let i = 0; i < 4; i++) {
    const statement = await user.prepare(db, "select zeroblob(?1), ?2");
    statements.push(statement);
    user.bind(statement, 1000n, { blob: Array(500).fill(1) });
    await user.step(statement);
  }
  expect(mail.heldBytes - before).toBeGreaterThan(4 * 2000);
  for (const statement of statements) user.guest.call("sqlite::sqlite3_finalize", statement);
  expect(mail.heldBytes).toBe(before);
});
