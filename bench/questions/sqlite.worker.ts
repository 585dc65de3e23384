import initialize, { type Database, type SAHPoolUtil } from "@sqlite.org/sqlite-wasm";
import type { Storage } from "./sqlite.ts";

export interface DirectTask {
  readonly name: string;
  readonly count: number;
  readonly storage: Storage;
  /** Name of a directory, for what is kept. */
  readonly place: string;
}
export interface Measured {
  readonly us: number;
  /** Operations that took place. */
  readonly count: number;
}

/** What the runtime sets for databases that are kept; what it sets else is sqlite's default. */
const KEPT = "pragma journal_mode=persist; pragma journal_size_limit=1048576; pragma cache_size=-2000";
let loading: ReturnType<typeof initialize> | undefined;
let pool: SAHPoolUtil | undefined;
let runs = 0;

/** The same as guests/as/load/databases.ts, by the package's own interface. */
self.onmessage = async ({ data: { name, count, storage, place } }: MessageEvent<DirectTask>) => {
  loading ??= initialize();
  const sqlite = await loading;
  if (storage === "opfs") {
    pool ??= await sqlite.installOpfsSAHPoolVfs({ name: place, directory: `/${place}-direct` });
    if (pool.getCapacity() - pool.getFileCount() < 3) await pool.addCapacity(6);
  }
  const db =
    pool === undefined ? new sqlite.oo1.DB(":memory:") : new pool.OpfsSAHPoolDb(`/bench${runs++}.db`);
  if (pool !== undefined) db.exec(KEPT);
  db.exec("create table t (id integer primary key, name text, value real)");
  if (name === "reads" || name === "select") insertRows(db, count);
  const startMs = performance.now();
  let done: number;
  if (name === "rows") done = insertRows(db, count);
  else if (name === "transactions") done = insert(db, count);
  else if (name === "reads") done = readAlone(db, count);
  else done = selectAll(db);
  const us = (performance.now() - startMs) * 1000;
  db.close();
  self.postMessage({ us, count: done } satisfies Measured);
};

function insert(db: Database, count: number): number {
  const statement = db.prepare("insert into t (name, value) values (?, ?)");
  for (let i = 0; i < count; i++) {
    statement.bind(["a name of some length", i * 1.5]).step();
    statement.reset();
  }
  statement.finalize();
  return Number(db.selectValue("select count(*) from t"));
}

function insertRows(db: Database, count: number): number {
  db.exec("begin immediate");
  const rows = insert(db, count);
  db.exec("commit");
  return rows;
}

function readAlone(db: Database, count: number): number {
  const select = db.prepare("select name, value from t where id = ?");
  let found = 0;
  for (let i = 1; i <= count; i++) {
    if (select.bind([i]).step() && String(select.get([])[0]).length > 0) found++;
    select.reset();
  }
  select.finalize();
  return found;
}

function selectAll(db: Database): number {
  const select = db.prepare("select id, name, value from t");
  let found = 0;
  while (select.step()) if (select.get([]).length === 3) found++;
  select.finalize();
  return found;
}
