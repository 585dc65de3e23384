import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { copyIn } from "../abi/guestMemory.ts";
import { GuestTrap } from "../kernel/guestTrap.ts";
import { configThatMay } from "../kernel/testing/world.ts";
import type { DatabaseServer } from "./engine/server.ts";
import { readOne } from "./testing/bincode.ts";
import { DatabaseHost, DatabaseUser } from "./testing/databaseGuest.ts";
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

describe("open (host ABI 3.12)", () => {
  test("gives 0 and ids of connections from 0 on, also at address 0 (ch. 17, 14)", async () => {
    expect(await user.call("open", ...user.guest.put("app.db"), 0)).toBe(0n);
    expect(user.guest.u64(0)).toBe(0n);
    expect(await user.tryOpen("app.db")).toEqual({ code: 0n, id: 1n });
  });

  test.each(["", ":memory:"])("%j is a database of its own for each connection", async (path) => {
    const [one, other] = [await user.open(path), await user.open(path)];
    expect(await user.execute(one, "create table t (a)")).toBe(0);
    expect(await user.execute(other, "select * from t")).toBe(1);
  });

  test.each(["app.db", "./app.db", "/app.db", "x/../app.db"])(
    "%j is the same database as /app.db",
    async (path) => {
      const one = await user.open("/app.db");
      await user.execute(one, "create table t (a); insert into t values (7)");
      expect(await user.query(await user.open(path), "select a from t")).toEqual([[7n]]);
    },
  );

  test.each(["/etc/app.db", "../app.db", "data/../app.db", "/database.db", ""])(
    "%j is denied where only /data is preopened: 1, and an error that says so",
    async (path) => {
      host.root.process.config.preopenedDirs = ["/data"];
      const { code, id } = await user.tryOpen(path);
      expect(code).toBe(1n);
      expect(user.guest.errorText(id)).toBe(
        `Failed to access '${path}': it lies outside of the directories that its config preopens`,
      );
    },
  );

  test("directories below a preopened one are open, if they exist", async () => {
    host.root.process.config.preopenedDirs = ["data"];
    host.databases.directories.add("/data/deep");
    expect(await user.tryOpen("/data/deep/app.db")).toMatchObject({ code: 0n });
    const { code, id } = await user.tryOpen("/data/other/app.db");
    expect(code).toBe(1n);
    expect(user.guest.errorText(id)).toContain("unable to open database file (code 14)");
  });

  test("a child without preopens may open nothing", async () => {
    const child = new DatabaseUser(host.child({ config: configThatMay({ preopenedDirs: [] }) }));
    expect((await child.tryOpen("")).code).toBe(1n);
  });

  test("a path with a NUL is not cut off there: 1", async () => {
    const { code, id } = await user.tryOpen("app\0.db");
    expect([code, user.guest.errorText(id)]).toEqual([1n, expect.stringContaining("(code 14)")]);
    expect(server.store.paths()).toEqual([]);
  });

  test("a path that is not UTF-8 traps", async () => {
    const bad = user.guest.put(Uint8Array.from([0xff]));
    await expect(user.call("open", ...bad, 0)).rejects.toThrow(GuestTrap);
  });
});

describe("execute and last_error", () => {
  test("runs several statements; the code of the first that fails is returned, and kept with its text", async () => {
    const db = await user.open("");
    expect(
      await user.execute(db, "create table t (a unique); insert into t values (1); select * from t"),
    ).toBe(0);
    expect(
      await user.execute(db, "insert into t values (2); insert into t values (1); insert into t values (3)"),
    ).toBe(19);
    expect(await user.lastError(db)).toEqual({ code: 19, message: "UNIQUE constraint failed: t.a" });
    expect(await user.query(db, "select a from t")).toEqual([[1n], [2n]]);
    expect(await user.execute(db, "nonsense")).toBe(1);
    expect(await user.lastError(db)).toEqual({ code: 1, message: 'near "nonsense": syntax error' });
  });

  test("texts in double quotes are texts, as in a native sqlite", async () => {
    expect(await user.query(await user.open(""), 'select "Hello"')).toEqual([["Hello"]]);
  });

  test.each(["", "  ", "-- nothing", ";;"])("%j does nothing", async (sql) => {
    expect(await user.execute(await user.open(""), sql)).toBe(0);
  });

  test("SQL with a NUL is not cut off there: 1 from execute, a trap from query_prepare", async () => {
    const db = await user.open("");
    expect(await user.execute(db, "create table t (a);\0 create table u (a)")).toBe(1);
    expect(await user.lastError(db)).toMatchObject({
      code: 1,
      message: expect.stringContaining("NUL"),
    });
    await expect(user.prepare(db, "select 1\0")).rejects.toThrow("NUL");
    expect(await user.query(db, "select count(*) from sqlite_schema")).toEqual([[0n]]);
  });

  test("an error is told until the next call that succeeds", async () => {
    const db = await user.open("");
    await user.execute(db, "nonsense");
    expect(await user.lastError(db)).toMatchObject({ code: 1 });
    expect(await user.lastError(db)).toMatchObject({ code: 1 });
    await user.execute(db, "select 1");
    await expect(user.lastError(db)).rejects.toThrow(GuestTrap);
  });

  test("last_error traps where there is none, as natively", async () => {
    const db = await user.open("");
    await expect(user.lastError(db)).rejects.toThrow(GuestTrap);
  });

  test("sqlite3_changes tells how many rows the last statement has changed", async () => {
    const db = await user.open("");
    await user.execute(db, "create table t (a); insert into t values (1), (2), (3)");
    expect(await user.call("sqlite3_changes", db)).toBe(3);
    await user.query(db, "delete from t where a > ?", { int: 1 });
    expect(await user.call("sqlite3_changes", db)).toBe(2);
  });
});

describe("statements", () => {
  test("values of every type come back as they went in", async () => {
    const db = await user.open("");
    const values = [
      null,
      { blob: [0, 255, 1] },
      { blob: [] },
      "grün €",
      "",
      { double: 0.1 },
      { int: -5 },
      9223372036854775807n,
      -9223372036854775808n,
    ];
    const rows = await user.query(db, "select ?, ?, ?, ?, ?, ?, ?, ?, ?", ...values);
    expect(rows).toEqual([[...values.slice(0, 6), -5n, ...values.slice(7)]]);
    const types = await user.query(db, "select typeof(?), typeof(?), typeof(?)", { blob: [] }, "", {
      double: 1,
    });
    expect(types).toEqual([["blob", "text", "real"]]);
  });

  test.each([":name", "name"])("a value is bound by the name %j", async (name) => {
    const statement = await user.prepare(await user.open(""), "select ?, :name, $other");
    user.bind(statement, [1, "first"], [name, "second"], ["other", 3n]);
    expect(await user.step(statement)).toBe(100);
    expect(await user.row(statement)).toEqual(["first", "second", 3n]);
  });

  test("values without key are bound one after another, and lists add up", async () => {
    const statement = await user.prepare(await user.open(""), "select ?, ?");
    user.bind(statement, [null, "a"], [null, "b"]);
    user.bind(statement, [2, "c"]);
    await user.step(statement);
    expect(await user.row(statement)).toEqual(["a", "c"]);
  });

  test.each([[[0, "x"]], [[3, "x"]], [["nobody", "x"]], [["", "x"]]] as const)(
    "binding %j, which the statement does not have, traps",
    async (binding) => {
      const statement = await user.prepare(await user.open(""), "select ?, :name");
      expect(() => user.bind(statement, binding as [number, string])).toThrow(GuestTrap);
    },
  );

  test.each([[[]], [[1, 0, 0, 0, 0, 0, 0, 0]], [[0, 0, 0, 0, 0, 0, 0, 0, 9]], [Array(64).fill(255)]])(
    "the bytes %j are no BindList: a trap",
    async (bytes) => {
      const statement = await user.prepare(await user.open(""), "select ?");
      const list = user.guest.put(Uint8Array.from(bytes));
      expect(() => user.guest.call("sqlite::bind_value", statement, ...list)).toThrow("no BindList");
    },
  );

  test("a statement that runs takes no bindings until it is reset, and keeps those it has", async () => {
    const statement = await user.prepare(await user.open(""), "select ? union all select 2");
    user.bind(statement, 1n);
    await user.step(statement);
    expect(() => user.bind(statement, 2n)).toThrow("code 21");
    user.guest.call("sqlite::statement_reset", statement);
    expect(await user.step(statement)).toBe(100);
    expect(await user.row(statement)).toEqual([1n]);
    user.guest.call("sqlite::statement_reset", statement);
    user.bind(statement, 5n);
    await user.step(statement);
    expect(await user.row(statement)).toEqual([5n]);
  });

  test("a step gives 100 for each row, then 101, then begins anew", async () => {
    const db = await user.open("");
    const statement = await user.prepare(db, "select 1 union all select 2");
    const codes: number[] = [];
    for (let i = 0; i < 6; i++) codes.push(await user.step(statement));
    expect(codes).toEqual([100, 100, 101, 100, 100, 101]);
    expect(await user.lastError(db)).toEqual({ code: 101, message: "no more rows available" });
  });

  test("ten thousand rows come in order, in a dozen answers", async () => {
    const db = await user.open("");
    // One place for all rows: the guest of this test frees nothing.
    const [place] = user.guest.put(new Uint8Array(64));
    host.allocator = () => place;
    const lengthPtr = user.guest.room(4);
    user.guest.room = () => lengthPtr;
    const before = host.databases.answers;
    const rows = await user.query(
      db,
      "with recursive n(i) as (select 0 union all select i + 1 from n limit 10000) select i, 'row ' || i from n",
    );
    expect(rows.length).toBe(10_000);
    expect(rows.every(([i, text], index) => i === BigInt(index) && text === `row ${index}`)).toBe(true);
    expect(host.databases.answers - before).toBeLessThan(16);
  });

  test("rows before an error are there, then the step traps with it", async () => {
    const db = await user.open("");
    const statement = await user.prepare(
      db,
      "select abs(a) from (select 1 as a union all select -9223372036854775808)",
    );
    expect(await user.step(statement)).toBe(100);
    await expect(user.step(statement)).rejects.toThrow("integer overflow (code 1)");
    expect(await user.lastError(db)).toEqual({ code: 1, message: "integer overflow" });
  });

  test("columns have a count and names, and are read one by one", async () => {
    const statement = await user.prepare(await user.open(""), "select 1 as one, 'b' as \"zwei ü\", null");
    expect(await user.call("column_count", statement)).toBe(3);
    expect(await user.columnNames(statement)).toEqual(["one", "zwei ü", "null"]);
    const name = await user.given("column_name", statement, 1);
    expect(new TextDecoder().decode(name)).toBe("zwei ü");
    await expect(user.given("column_name", statement, 3)).rejects.toThrow(GuestTrap);
    expect(await user.row(statement)).toEqual([null, null, null]);
    await user.step(statement);
    const columns = [0, 1, 2, 3].map((index) => user.given("read_column", statement, index));
    expect((await Promise.all(columns)).map(readOne)).toEqual([1n, "b", null, null]);
  });

  test("wrong SQL traps when it is prepared, with what sqlite says", async () => {
    const db = await user.open("");
    await expect(user.prepare(db, "select * from nowhere")).rejects.toThrow(
      "lunatic::sqlite::query_prepare: no such table: nowhere (code 1)",
    );
  });

  test("no function takes an id that was never given", async () => {
    const [text, list] = [user.guest.put("select 1"), user.guest.put(new Uint8Array(8))];
    const calls: [string, ...(number | bigint)[]][] = [
      ["query_prepare", 9n, ...text],
      ["execute", 9n, ...text],
      ["sqlite3_changes", 9n],
      ["last_error", 9n, 0],
      ["bind_value", 9n, ...list],
      ["statement_reset", 9n],
      ["sqlite3_finalize", 9n],
      ["sqlite3_step", 9n],
      ["column_count", 9n],
      ["read_column", 9n, 0, 0],
      ["read_row", 9n, 0],
      ["column_names", 9n, 0],
      ["column_name", 9n, 0, 0],
    ];
    for (const [name, ...values] of calls) {
      await expect(user.call(name, ...values), name).rejects.toThrow("9 does not exist");
    }
  });

  test("a length has 4 bytes, and what is behind them stays (ch. 17, 5)", async () => {
    const statement = await user.prepare(await user.open(""), "select 1");
    const [lengthPtr] = user.guest.put(new Uint8Array(8).fill(0xaa));
    await user.call("read_row", statement, lengthPtr);
    expect(copyIn(user.guest.memory, lengthPtr, 8)).toEqual(
      Uint8Array.from([12, 0, 0, 0, 0xaa, 0xaa, 0xaa, 0xaa]),
    );
  });

  test("ids that were never given, or are finalized, trap", async () => {
    const db = await user.open("");
    const statement = await user.prepare(db, "select 1");
    user.guest.call("sqlite::sqlite3_finalize", statement);
    for (const name of ["sqlite3_step", "statement_reset", "sqlite3_finalize", "column_count"]) {
      await expect(user.call(name, statement)).rejects.toThrow(`statement ${statement} does not exist`);
    }
    await expect(user.execute(9n, "select 1")).rejects.toThrow("connection 9 does not exist");
    await expect(user.call("sqlite3_changes", 9n)).rejects.toThrow(GuestTrap);
    await expect(user.given("last_error", 9n)).rejects.toThrow(GuestTrap);
    expect(await user.prepare(db, "select 1")).toBe(statement + 1n);
  });

  test("an allocator that gives an address outside of memory is a trap", async () => {
    const statement = await user.prepare(await user.open(""), "select 1");
    host.allocator = () => user.guest.memory.size - 3;
    await expect(user.row(statement)).rejects.toThrow(GuestTrap);
  });
});

describe("a process that ends", () => {
  test("lets go of its connections, and its transaction is rolled back", async () => {
    const child = new DatabaseUser(host.child());
    child.guest.process.config.preopenedDirs = ["."];
    const db = await child.open("shared.db");
    await child.execute(db, "create table t (a); begin immediate; insert into t values (1)");
    expect(server.connectionsTo("/shared.db")).toBe(1);
    user.guest.call("process::kill", child.guest.pid);
    expect(server.connectionsTo("/shared.db")).toBe(0);
    expect(await user.query(await user.open("shared.db"), "select count(*) from t")).toEqual([[0n]]);
  });

  test("while it waits for a lock, lets the others have it", async () => {
    const mine = await user.open("shared.db");
    await user.execute(mine, "create table t (a); begin immediate");
    const child = new DatabaseUser(host.child());
    child.guest.process.config.preopenedDirs = ["."];
    const theirs = await child.open("shared.db");
    expect(child.guest.call("sqlite::execute", theirs, ...child.guest.put("insert into t values (1)"))).toBe(
      "parked",
    );
    user.guest.call("process::kill", child.guest.pid);
    expect(server.connectionsTo("/shared.db")).toBe(1);
    expect(await user.execute(mine, "insert into t values (2); commit")).toBe(0);
    expect(await user.query(mine, "select a from t")).toEqual([[2n]]);
  });

  test("while its database is being opened, has no connection afterwards", async () => {
    const child = host.child();
    child.process.config.preopenedDirs = ["."];
    expect(child.call("sqlite::open", ...child.put("late.db"), 0)).toBe("parked");
    user.guest.call("process::kill", child.pid);
    await user.open("late.db");
    expect(server.connectionsTo("/late.db")).toBe(1);
  });
});

test("databases that are lost are an error of open, and a trap of everything else", async () => {
  const db = await user.open("");
  host.databases.ask = (_, answer) => {
    answer({ type: "lost", message: "the databases were lost" });
    return 0;
  };
  const { code, id } = await user.tryOpen("");
  expect([code, user.guest.errorText(id)]).toEqual([1n, "the databases were lost"]);
  await expect(user.execute(db, "select 1")).rejects.toThrow("the databases were lost");
});
