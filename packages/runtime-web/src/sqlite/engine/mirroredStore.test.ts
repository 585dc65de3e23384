import { describe, expect, test } from "vitest";
import type { DatabaseAnswer, DatabaseRequest } from "../../abi/databases.ts";
import { seeded } from "../../mailbox/testing/seeded.ts";
import { mountVolume } from "../../storage/volume/mountVolume.ts";
import { SimulatedDisk } from "../../storage/volume/testing/simulatedDisk.ts";
import { VolumeError } from "../../storage/volume/volume.ts";
import { CODE, Sqlite } from "./library.ts";
import { MirroredStore } from "./mirroredStore.ts";
import { DatabaseServer } from "./server.ts";

const loading = Sqlite.load();

/** A server whose databases are on a disk, and ways to ask it. */
async function open(disk: SimulatedDisk) {
  const sqlite = await loading;
  const store = await MirroredStore.open(sqlite, await mountVolume(disk));
  const server = new DatabaseServer(sqlite, store);
  const ask = (request: DatabaseRequest) =>
    new Promise<DatabaseAnswer>((resolve) => {
      server.handle(1, request, (answer) => {
        if (answer.type !== "waits")
          resolve(answer.type === "rows" ? { ...answer, rows: answer.rows.slice() } : answer);
      });
    });
  const openDatabase = (connection: number, path = "/kept.db") =>
    ask({ type: "open", connection, path, directories: ["/"] });
  /** @returns 0, or sqlite's code */
  const run = async (sql: string, connection = 1): Promise<number> => {
    const answer = await ask({ type: "execute", connection, sql });
    return answer.type === "failed" ? answer.code : 0;
  };
  const number = async (sql: string, connection = 1): Promise<number> => {
    await ask({ type: "prepare", connection, statement: 99, sql });
    const bindings = new Uint8Array(0);
    const answer = await ask({ type: "step", connection, statement: 99, reset: true, bindings, maxRows: 1 });
    server.handle(1, { type: "finalize", connection, statement: 99 }, () => {});
    if (answer.type !== "rows") throw new Error(JSON.stringify(answer));
    return Number(new DataView(answer.rows.buffer).getBigInt64(16, true));
  };
  await openDatabase(1);
  return { server, store, openDatabase, run, number };
}

const OK = 0;
const COUNT = "select count(*) from t";
/** 1 when sqlite finds nothing wrong with the whole database. */
const IS_SOUND = "select integrity_check = 'ok' from pragma_integrity_check";

describe("databases that are mirrored to a volume", () => {
  test("are there again, with what was committed and without what was not", async () => {
    const disk = new SimulatedDisk(undefined, { isAsynchronous: true });
    const first = await open(disk);
    await first.openDatabase(2, "/other.db");
    expect(await first.run("create table t (a); insert into t values (1), (2)")).toBe(OK);
    expect(await first.run("create table mine (a)", 2)).toBe(OK);
    expect(await first.run("begin; insert into t values (3)")).toBe(OK);
    // Not closed: the tab just goes.
    const second = await open(new SimulatedDisk(disk.content, { isAsynchronous: true }));
    expect(second.store.paths().sort()).toEqual(["/kept.db", "/other.db"]);
    expect(await second.number(COUNT)).toBe(2);
    expect(await second.run("insert into t values (4)")).toBe(OK);
    expect(await second.number(IS_SOUND)).toBe(1);
  });

  test("lose what was half written when the tab died in a transaction larger than the cache", async () => {
    const disk = new SimulatedDisk(undefined, { isAsynchronous: true });
    const { run, openDatabase } = await open(disk);
    const many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)";
    await run(`create table t (a); ${many} insert into t select zeroblob(500) from n`);
    await run("pragma cache_size=10");
    expect(await run("begin; update t set a = randomblob(500)")).toBe(OK);
    // Another one's commit takes all that was written with it: a part of the database, and its journal.
    await openDatabase(2, "/other.db");
    expect(await run("create table mine (a)", 2)).toBe(OK);
    const again = await open(new SimulatedDisk(disk.content));
    expect(await again.number(`${COUNT} where a = zeroblob(500)`)).toBe(3000);
    expect(await again.number(IS_SOUND)).toBe(1);
  });

  test("hold after each death what was answered, and are sound", async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seeded(seed * 7919);
      random(2);
      const disk = new SimulatedDisk(undefined, { isAsynchronous: true, callsToLive: 30 + random(150) });
      let promised = -1;
      try {
        const { run } = await open(disk);
        if ((await run("create table t (a)")) === OK) promised = 0;
        // Each row is two transactions' worth of pages, so that more than one page has to come along.
        const insert = "insert into t values (randomblob(6000))";
        while (promised >= 0 && (await run(insert)) === OK) promised++;
      } catch {
        // It died before there was a database.
      }
      const died = random(2) === 0 ? disk.afterPowerCut(random) : disk.afterTabDied(random);
      const { number, run } = await open(new SimulatedDisk(died, { isAsynchronous: true }));
      if (promised < 0) continue;
      const found = await number(COUNT);
      // The one that was not answered any more may be there or not.
      expect([promised, promised + 1], `seed ${seed}`).toContain(found);
      expect(await number(IS_SOUND), `seed ${seed}`).toBe(1);
      expect(await run("insert into t values (7)"), `seed ${seed}`).toBe(OK);
    }
  }, 120_000);

  test("refuse with SQLITE_FULL what has no room, roll it back, and go on when there is room", async () => {
    const disk = new SimulatedDisk(undefined, { isAsynchronous: true, capacityBytes: 6_000_000 });
    const { run, number, store } = await open(disk);
    await run("create table t (a)");
    let rows = 0;
    let code = OK;
    for (; code === OK; rows++) code = await run("insert into t values (randomblob(100000))");
    rows--;
    expect(code).toBe(CODE.full);
    expect(rows).toBeGreaterThan(5);
    expect(await number(COUNT)).toBe(rows);
    expect(await number(IS_SOUND)).toBe(1);
    expect(await (await open(new SimulatedDisk(disk.content))).number(COUNT)).toBe(rows);
    expect(await run("delete from t")).toBe(OK);
    expect(await run("insert into t values (1)")).toBe(OK);
    await store.close();
    expect(await (await open(new SimulatedDisk(disk.content))).number(COUNT)).toBe(1);
  });

  test("tell who committed what the disk has then no room for, and keep it as soon as it has", async () => {
    const disk = new SimulatedDisk(undefined, { isAsynchronous: true });
    const { run, number, store } = await open(disk);
    await run("create table t (a)");
    const write = disk.write.bind(disk);
    disk.write = () => {
      throw new VolumeError("noSpace", "another site has filled the disk");
    };
    expect(await run("insert into t values (1)")).toBe(CODE.full);
    expect(await run("insert into t values (2)")).toBe(CODE.full);
    disk.write = write;
    store.wantSync();
    await store.settle();
    expect(await run("insert into t values (3)")).toBe(OK);
    const found = await number(COUNT);
    expect(await (await open(new SimulatedDisk(disk.content))).number(COUNT)).toBe(found);
  });

  test("are found by what statements attach, and last too", async () => {
    const disk = new SimulatedDisk(undefined, { isAsynchronous: true });
    const { run } = await open(disk);
    expect(
      await run("attach 'other.db' as other; create table other.t (a); insert into other.t values (1)"),
    ).toBe(OK);
    const again = await open(new SimulatedDisk(disk.content));
    await again.openDatabase(2, "/other.db");
    expect(await again.number(COUNT, 2)).toBe(1);
  });

  test("that are removed are gone", async () => {
    const disk = new SimulatedDisk(undefined, { isAsynchronous: true });
    const { run, server, store } = await open(disk);
    await run("create table t (a)");
    server.clientLost(1);
    store.remove("/kept.db");
    await store.settle();
    const { contents } = await mountVolume(new SimulatedDisk(disk.content));
    expect(contents.entries).toEqual([]);
  });

  test("are locked as in files: one writer at a time, and who waits gets his turn", async () => {
    const { run, openDatabase, number } = await open(new SimulatedDisk(undefined, { isAsynchronous: true }));
    await openDatabase(2);
    await run("create table t (a)");
    expect(await run("begin immediate; insert into t values (1)")).toBe(OK);
    const waiting = run("insert into t values (2)", 2);
    expect(await number(COUNT, 1)).toBe(1);
    expect(await run("commit")).toBe(OK);
    expect(await waiting).toBe(OK);
    expect(await number(COUNT, 2)).toBe(2);
  });
});
