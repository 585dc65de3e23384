/**
 * What processes do with databases, to be measured and to be checked. First argument: what, then the database, then how
 * many.
 *
 *     rows DATABASE COUNT           rows inserted in one transaction by one statement
 *     transactions DATABASE COUNT   rows inserted in a transaction each
 *     reads DATABASE COUNT          rows read one by one, each by a query of its own
 *     select DATABASE COUNT         all rows, by one query
 *     writers DATABASE COUNT        processes that write 10 transactions each, all at once
 *     blob DATABASE MIB             one blob, written and read back
 *     hold DATABASE                 begins a transaction, writes, says so, and waits for ever
 *     endless DATABASE              says so, and asks a query that never ends
 *     refused DATABASE              a row that a rule refuses, when another process has let go of its lock; ends by that trap
 *     add DATABASE TEXT             one row
 *     attach DATABASE OTHER         one row in another database, attached to this one
 *     show DATABASE                 prints all texts
 *
 * The first four print `count` (operations that took place) and `elapsed_us`.
 */
import {
  monotonicNanoseconds,
  print,
  programArguments,
  sleep,
  spawnTask,
} from "lunatic";
import { SqliteClient } from "lunatic/sqlite";

const TABLE = "create table if not exists t (id integer primary key, name text, value real)";

function open(path: string): SqliteClient {
  const connected = SqliteClient.connect(path);
  assert(connected.ok, connected.ok ? "" : connected.error!.text);
  return connected.value;
}

function must(client: SqliteClient, sql: string): void {
  const error = client.execute(sql);
  assert(error === null, error === null ? "" : error.toString());
}

function insertRows(client: SqliteClient, count: i32): i32 {
  must(client, "begin immediate");
  const insert = client.prepare("insert into t (name, value) values (?, ?)");
  for (let i = 0; i < count; i++) {
    insert.bind("a name of some length").bind(<f64>i * 1.5);
    insert.step();
    insert.reset();
  }
  insert.finalize();
  must(client, "commit");
  return <i32>client.query("select count(*) from t")[0][0].int64;
}

function insertAlone(client: SqliteClient, count: i32): i32 {
  const insert = client.prepare("insert into t (name, value) values (?, ?)");
  for (let i = 0; i < count; i++) {
    insert.bind("a name of some length").bind(<f64>i * 1.5);
    insert.step();
    insert.reset();
  }
  insert.finalize();
  return <i32>client.query("select count(*) from t")[0][0].int64;
}

function readAlone(client: SqliteClient, count: i32): i32 {
  const select = client.prepare("select name, value from t where id = ?");
  let found = 0;
  for (let i = 1; i <= count; i++) {
    select.bind(i);
    if (select.step() && select.row()[0].text.length > 0) found++;
    select.reset();
  }
  select.finalize();
  return found;
}

function selectAll(client: SqliteClient): i32 {
  const select = client.prepare("select id, name, value from t");
  let found = 0;
  while (select.step()) {
    if (select.row().length == 3) found++;
  }
  select.finalize();
  return found;
}

/** Ten transactions, each of which reads what it writes. */
function write(path: string): i32 {
  const client = open(path);
  for (let i = 0; i < 10; i++) {
    must(client, "begin immediate");
    const before = client.query("select sum(value) from t")[0][0].double;
    client.prepare("insert into t (name, value) values ('step', ?)").bind(before + 1).run();
    client.execute("delete from t where name = 'step' and value <= " + before.toString());
    must(client, "commit");
  }
  return 10;
}

/** Has the database for itself for a while, and goes on reading. */
function keepBusy(path: string): i32 {
  const client = open(path);
  must(client, "begin immediate");
  readAlone(client, 200);
  must(client, "commit");
  return readAlone(client, 2_000);
}

/** Its last question is answered while another process waits for an answer of its own. */
function insertRefused(client: SqliteClient, path: string): void {
  must(client, "create table checked (name text check (name <> ''))");
  must(client, "insert into t (name, value) values ('busy', 1)");
  spawnTask(keepBusy, path);
  sleep(10);
  client.prepare("insert into checked (name) values ('')").run();
}

export function main(): void {
  const given = programArguments();
  const what = given[1];
  const path = given[2];
  const client = open(path);
  must(client, TABLE);
  if (what == "writers") {
    must(client, "insert into t (name, value) values ('step', 0)");
    const count = I32.parseInt(given[3]);
    const tasks = new Array<i32>(0);
    const writers = [spawnTask(write, path)];
    for (let i = 1; i < count; i++) writers.push(spawnTask(write, path));
    for (let i = 0; i < count; i++) tasks.push(writers[i].result());
    print(`count ${client.query("select sum(value) from t")[0][0].double}`);
    return;
  }
  if (what == "hold") {
    must(client, "begin immediate");
    must(client, "insert into t (name) values ('held')");
    print("holding");
    while (true) sleep(1000);
  }
  if (what == "endless") {
    print("counting");
    client.query("with recursive n(i) as (select 0 union all select i + 1 from n) select count(*) from n");
  }
  if (what == "refused") {
    insertRefused(client, path);
  }
  if (what == "add") {
    client.prepare("insert into t (name) values (?)").bind(given[3]).run();
    print("added");
    return;
  }
  if (what == "blob") {
    const bytes = new Uint8Array(I32.parseInt(given[3]) * 1024 * 1024);
    bytes[bytes.length - 1] = 7;
    client.prepare("insert into t (value) values (?)").bind(bytes).run();
    const read = client.query("select value from t")[0][0].blob;
    assert(read[read.length - 1] == 7);
    print(`count ${read.length}`);
    return;
  }
  if (what == "attach") {
    must(client, `attach '${given[3]}' as other`);
    must(client, "create table other.t (id integer primary key, name text)");
    must(client, "insert into other.t (name) values ('attached')");
    print("added");
    return;
  }
  if (what == "show") {
    const rows = client.query("select name from t order by id");
    for (let i = 0; i < rows.length; i++) print(rows[i][0].text);
    print("end");
    return;
  }
  const count = I32.parseInt(given[3]);
  // Reads and a select need rows, which are not what is measured.
  if (what == "reads" || what == "select") insertRows(client, count);
  const start = monotonicNanoseconds();
  let done = 0;
  if (what == "rows") done = insertRows(client, count);
  else if (what == "transactions") done = insertAlone(client, count);
  else if (what == "reads") done = readAlone(client, count);
  else {
    assert(what == "select", `unknown figure ${what}`);
    done = selectAll(client);
  }
  const elapsed = (monotonicNanoseconds() - start) / 1000;
  print(`count ${done}`);
  print(`elapsed_us ${elapsed}`);
}
