import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DatabaseAnswer, DatabaseRequest } from "../../abi/databases.ts";
import { deferred } from "../../mailbox/testing/deferred.ts";
import { createServer } from "../testing/localDatabases.ts";
import { DEFAULT_BUSY_TIMEOUT_MS } from "./connection.ts";
import { type DatabaseServer, MAX_CONNECTIONS } from "./server.ts";

let server: DatabaseServer;

beforeEach(async () => {
  server = await createServer();
});

afterEach(() => {
  server.close();
  vi.useRealTimers();
});

/** Connections by number, as different executors have them. */
class Client {
  readonly id: number;

  constructor(id: number) {
    this.id = id;
  }

  ask(request: DatabaseRequest): {
    answer: DatabaseAnswer | undefined;
    readonly answered: Promise<DatabaseAnswer>;
  } {
    const { promise, resolve } = deferred<DatabaseAnswer>();
    const question = { answer: undefined as DatabaseAnswer | undefined, answered: promise };
    server.handle(this.id, request, (answer) => {
      if (answer.type === "waits") return;
      question.answer = answer.type === "rows" ? { ...answer, rows: answer.rows.slice() } : answer;
      resolve(question.answer);
    });
    return question;
  }

  async open(connection: number, path = "/shared.db", directories = ["/"]): Promise<DatabaseAnswer> {
    return this.ask({ type: "open", connection, path, directories }).answered;
  }

  execute(connection: number, sql: string) {
    return this.ask({ type: "execute", connection, sql });
  }

  /** Code and text. */
  run(connection: number, sql: string): [number, string] | "waits" {
    const { answer } = this.execute(connection, sql);
    if (answer === undefined) return "waits";
    return answer.type === "failed" ? [answer.code, answer.message] : [0, ""];
  }

  prepare(connection: number, statement: number, sql: string): DatabaseAnswer | undefined {
    return this.ask({ type: "prepare", connection, statement, sql }).answer;
  }

  step(connection: number, statement: number, maxRows = 1) {
    const bindings = new Uint8Array(0);
    return this.ask({ type: "step", connection, statement, reset: false, bindings, maxRows });
  }
}

const OK: [number, string] = [0, ""];
const LOCKED: [number, string] = [5, "database is locked"];

async function count(client: Client, connection: number): Promise<bigint> {
  client.prepare(connection, 999, "select count(*) from t");
  const answer = await client.step(connection, 999).answered;
  server.handle(client.id, { type: "finalize", connection, statement: 999 }, () => {});
  if (answer.type !== "rows") throw new Error(answer.type);
  return new DataView(answer.rows.buffer).getBigInt64(16, true);
}

describe("a lock that another connection holds", () => {
  let one: Client;
  let other: Client;

  beforeEach(async () => {
    [one, other] = [new Client(0), new Client(1)];
    await one.open(1);
    await other.open(1);
    one.run(1, "create table t (a)");
  });

  test("is waited for, while others of the worker go on", async () => {
    expect(one.run(1, "begin immediate; insert into t values (1)")).toEqual(OK);
    const waiting = other.execute(1, "insert into t values (2)");
    await other.open(2, ":memory:");
    expect(other.run(2, "create table mine (a)")).toEqual(OK);
    expect(waiting.answer).toBeUndefined();
    expect(one.run(1, "commit")).toEqual(OK);
    expect(waiting.answer).toMatchObject({ type: "done", changes: 1 });
    expect(await count(one, 1)).toBe(2n);
  });

  test("is given to those who wait in the order in which they came", async () => {
    const order: number[] = [];
    one.run(1, "begin immediate");
    for (let connection = 10; connection < 60; connection++) {
      await other.open(connection);
      void other
        .execute(connection, `insert into t values (${connection})`)
        .answered.then(() => order.push(connection));
    }
    one.run(1, "commit");
    await Promise.resolve();
    expect(order).toEqual(Array.from({ length: 50 }, (_, index) => index + 10));
  });

  test("leaves nobody behind who came late, however many transactions there are", async () => {
    one.run(1, "begin immediate");
    const waiting = [];
    for (let connection = 10; connection < 60; connection++) {
      await other.open(connection);
      waiting.push(other.execute(connection, "begin immediate; insert into t values (1)"));
    }
    one.run(1, "commit");
    for (const [index, { answer }] of waiting.entries()) {
      expect(answer).toMatchObject({ type: "done" });
      expect(other.run(index + 10, "commit")).toEqual(OK);
    }
    expect(await count(one, 1)).toBe(50n);
  });

  test("of a reader lets a commit wait until the reader has come to its end", async () => {
    one.run(1, "insert into t values (1), (2)");
    other.prepare(1, 1, "select a from t");
    expect(other.step(1, 1).answer).toMatchObject({ type: "rows", end: "more" });
    const write = one.execute(1, "insert into t values (3)");
    expect(write.answer).toBeUndefined();
    server.handle(1, { type: "reset", connection: 1, statement: 1 }, () => {});
    expect(write.answer).toMatchObject({ type: "done" });
  });

  test("is told to who waits, before the answer, and given to him before the other is answered", async () => {
    one.run(1, "begin immediate");
    const told: string[] = [];
    const ask = (client: Client, sql: string) =>
      server.handle(client.id, { type: "execute", connection: 1, sql }, ({ type }) =>
        told.push(`${sql}: ${type}`),
      );
    ask(other, "delete from t");
    ask(one, "commit");
    expect(told).toEqual(["delete from t: waits", "delete from t: done", "commit: done"]);
  });

  test("goes on in the middle of several statements, none of which runs twice", async () => {
    await one.open(2, "/other.db");
    one.run(2, "create table log (a)");
    await other.open(3, "/other.db");
    expect(other.run(3, "attach '/shared.db' as shared")).toEqual(OK);
    one.run(1, "begin immediate");
    const waiting = other.execute(
      3,
      "insert into log values (1); insert into shared.t values (1); insert into log values (2)",
    );
    expect(waiting.answer).toBeUndefined();
    one.run(1, "commit");
    expect(waiting.answer).toMatchObject({ type: "done" });
    other.prepare(3, 7, "select count(*) from log");
    const answer = other.step(3, 7).answer as Extract<DatabaseAnswer, { type: "rows" }>;
    expect(new DataView(answer.rows.buffer).getBigInt64(16, true)).toBe(2n);
  });

  test("is given up after the busy timeout, which a connection may set", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    one.run(1, "begin immediate");
    const waiting = other.execute(1, "insert into t values (2)");
    vi.advanceTimersByTime(DEFAULT_BUSY_TIMEOUT_MS - 1);
    expect(waiting.answer).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(waiting.answer).toEqual({ type: "failed", code: 5, message: "database is locked" });
    expect(other.run(1, "pragma busy_timeout = 70")).toEqual(OK);
    const shorter = other.execute(1, "insert into t values (2)");
    vi.advanceTimersByTime(70);
    expect(shorter.answer).toMatchObject({ code: 5 });
    other.run(1, "pragma busy_timeout = 0");
    expect(other.run(1, "insert into t values (2)")).toEqual(LOCKED);
  });

  test("that would never become free is told at once: two readers of which both want to write", async () => {
    other.run(1, "begin; select * from t");
    one.run(1, "begin; select * from t");
    expect(one.run(1, "insert into t values (1)")).toEqual(OK);
    expect(other.run(1, "insert into t values (2)")).toEqual(LOCKED);
    const commit = one.execute(1, "commit");
    expect(commit.answer).toBeUndefined();
    expect(other.run(1, "rollback")).toEqual(OK);
    expect(commit.answer).toMatchObject({ type: "done" });
  });

  test("becomes free when its executor is lost, and nothing of the transaction is left", async () => {
    one.run(1, "begin immediate; insert into t values (1)");
    const waiting = other.execute(1, "insert into t values (2)");
    server.clientLost(0);
    expect(waiting.answer).toMatchObject({ type: "done" });
    expect(await count(other, 1)).toBe(1n);
  });

  test.each([
    [
      "begin deferred; select * from t",
      ["insert into t values (2)", "begin exclusive; insert into t values (2); commit"],
    ],
    [
      "begin immediate; insert into t values (1)",
      ["select * from t", "insert into t values (2)", "begin immediate; commit"],
    ],
    [
      "begin exclusive; insert into t values (1)",
      ["select * from t", "insert into t values (2)", "begin exclusive; commit"],
    ],
  ])(
    "that is held by %j is waited for by all that cannot go on, and each of them goes on",
    async (held, others) => {
      expect(one.run(1, held)).toEqual(OK);
      const waiting = [];
      for (const [index, sql] of others.entries()) {
        await other.open(10 + index);
        waiting.push(other.execute(10 + index, sql));
      }
      expect(one.run(1, "commit")).toEqual(OK);
      for (const { answer } of waiting) expect(answer).toMatchObject({ type: "done" });
      for (const [index] of others.entries()) {
        server.handle(1, { type: "close", connection: 10 + index }, () => {});
      }
      expect(one.run(1, "begin exclusive; commit")).toEqual(OK);
    },
  );

  test("of statements that were left in their middle is free when their connection is closed", async () => {
    one.run(1, "insert into t values (1), (2), (3)");
    for (let statement = 1; statement <= 3; statement++) {
      other.prepare(1, statement, "select a from t");
      expect(other.step(1, statement).answer).toMatchObject({ end: "more" });
    }
    const write = one.execute(1, "delete from t");
    expect(write.answer).toBeUndefined();
    server.handle(1, { type: "close", connection: 1 }, () => {});
    expect(write.answer).toMatchObject({ type: "done", changes: 3 });
  });

  test("random transactions on many connections lose nothing and add up", async () => {
    const CONNECTIONS = 20;
    const ROUNDS = 15;
    one.run(1, "insert into t values (0)");
    const workers = Array.from({ length: CONNECTIONS }, async (_, index) => {
      const client = new Client(index % 4);
      const connection = 100 + index;
      await client.open(connection);
      for (let round = 0; round < ROUNDS; round++) {
        await client.execute(connection, "begin immediate").answered;
        await client.execute(connection, "update t set a = a + 1").answered;
        const end = await client.execute(connection, (index + round) % 3 === 0 ? "rollback" : "commit")
          .answered;
        expect(end.type).toBe("done");
      }
    });
    await Promise.all(workers);
    one.prepare(1, 5, "select a from t");
    const answer = (await one.step(1, 5).answered) as Extract<DatabaseAnswer, { type: "rows" }>;
    expect(new DataView(answer.rows.buffer).getBigInt64(16, true)).toBe(200n);
  });
});

describe("what a connection attaches", () => {
  test.each(["other.db", "./other.db", "/other.db"])("as %j is what others open, and stays", async (name) => {
    const client = new Client(0);
    await client.open(1, "/mine.db");
    client.run(1, `attach '${name}' as other; create table other.t (a); insert into other.t values (1)`);
    server.handle(0, { type: "close", connection: 1 }, () => {});
    expect(server.store.paths()).toEqual(["/mine.db", "/other.db"]);
    await client.open(2, "/other.db");
    expect(await count(client, 2)).toBe(1n);
  });

  test("or writes by VACUUM INTO does so too", async () => {
    const client = new Client(0);
    await client.open(1, "/mine.db");
    expect(client.run(1, "create table t (a); insert into t values (1); vacuum into 'copy.db'")).toEqual(OK);
    await client.open(2, "/copy.db");
    expect(await count(client, 2)).toBe(1n);
  });
});

describe("what a connection may not do", () => {
  test.each([
    "'/secret/x.db'",
    "'../secret/x.db'",
    "'file:/data/x.db?vfs=unix'",
    "'/data/../secret/x.db'",
    "?",
  ])("attach %s from outside of its directories", async (name) => {
    const client = new Client(0);
    await client.open(1, "/data/mine.db", ["/data"]);
    expect(client.run(1, `attach ${name} as other`)).toEqual([23, expect.stringContaining("not authorized")]);
    expect(client.run(1, "attach '/data/fine.db' as other; attach ':memory:' as third")).toEqual(OK);
  });

  test("write a file by VACUUM INTO outside of them, but vacuum", async () => {
    const client = new Client(0);
    await client.open(1, "/data/mine.db", ["/data"]);
    client.run(1, "create table t (a)");
    const [code] = client.run(1, "vacuum into '/secret/copy.db'") as [number, string];
    expect(code).not.toBe(0);
    expect(server.store.paths()).not.toContain("/secret/copy.db");
    expect(client.run(1, "vacuum")).toEqual(OK);
  });

  test("be one too many: the next open says so, and works when one is closed", async () => {
    const client = new Client(0);
    for (let connection = 1; connection <= MAX_CONNECTIONS; connection++) {
      expect(await client.open(connection, connection % 2 === 0 ? "" : "/shared.db")).toMatchObject({
        type: "done",
      });
    }
    expect(await client.open(5000)).toMatchObject({ type: "failed", code: 14 });
    server.handle(0, { type: "close", connection: 7 }, () => {});
    expect(await client.open(5001)).toMatchObject({ type: "done" });
  });
});

test("a statement that would never end is interrupted", async () => {
  const client = new Client(0);
  await client.open(1, "");
  const now = vi.spyOn(performance, "now");
  const start = performance.now();
  let calls = 0;
  now.mockImplementation(() => start + 1000 * 10 * calls++);
  const [code, message] = client.run(
    1,
    "with recursive n(i) as (select 0 union all select i + 1 from n) select count(*) from n",
  ) as [number, string];
  now.mockRestore();
  expect([code, message]).toEqual([9, "interrupted"]);
  expect(client.run(1, "select 1")).toEqual(OK);
});
