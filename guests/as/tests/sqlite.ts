import { assertEqual, catchPanic, spawnTask } from "lunatic";
import * as host from "lunatic/host/sqlite";
import { SqliteClient, SqliteCode, Value, ValueKind } from "lunatic/sqlite";

function memory(): SqliteClient {
  return SqliteClient.connect(":memory:").expect("no database");
}

@row
class User {
  id: i64 = 0;
  name: string = "";
  score: f64 = 0;
  admin: bool = false;
  note: string | null = null;
}

function users(): SqliteClient {
  const client = memory();
  client.execute(`
    create table users (id integer primary key, name text unique, score real, admin integer, note text);
    insert into users values (1, 'Ada', 1.5, 1, null), (2, 'Grün', 2, 0, 'absent')`);
  return client;
}

@test
function everyConnectionHasItsOwnDatabase(): void {
  const one = memory();
  const other = memory();
  assert(one.execute("create table t (a)") === null);
  assertEqual(other.execute("select * from t")!.message, "no such table: t");
}

@test
function aDirectoryThatDoesNotExistIsAnError(): void {
  const connected = SqliteClient.connect("no/such/directory/app.db");
  assert(!connected.ok);
  assert(connected.error!.text.includes("unable to open database file"));
}

@test
function valuesComeBackAsTheyWent(): void {
  const row = memory()
    .prepare("select ?, ?, ?, ?, ?, ?, ?")
    .bind("grün €")
    .bind(i64.MIN_VALUE)
    .bind(i64.MAX_VALUE)
    .bind(0.1)
    .bindNull()
    .bind(Uint8Array.wrap(String.UTF8.encode("bytes")))
    .bind(true)
    .rows()[0];
  assertEqual(row[0].text, "grün €");
  assertEqual(row[1].int64, i64.MIN_VALUE);
  assertEqual(row[2].int64, i64.MAX_VALUE);
  assertEqual(row[3].double, 0.1);
  assert(row[4].isNull);
  assertEqual(String.UTF8.decode(row[5].blob.buffer), "bytes");
  assertEqual(row[6].int, 1);
}

@test
function valuesAreBoundByName(): void {
  const row = memory().prepare("select :first, $second").bindNamed("second", 2).bindNamed(":first", 1).rows()[0];
  assertEqual(row[0].int, 1);
  assertEqual(row[1].int, 2);
}

@test
function rowsAreObjects(): void {
  const all = users().prepare("select note, admin, score, name, id from users order by id").all<User>();
  assertEqual(all.length, 2);
  assertEqual(all[0].name, "Ada");
  assert(all[0].admin && all[0].note === null);
  assertEqual(all[1].name, "Grün");
  assertEqual(all[1].score, 2.0);
  assertEqual(all[1].note!, "absent");
}

@test
function theFirstRowOrNone(): void {
  const client = users();
  assertEqual(client.prepare("select * from users where id = ?").bind(2).first<User>()!.name, "Grün");
  assert(client.prepare("select * from users where id = ?").bind(9).first<User>() === null);
}

@test
function aStatementRunsAgainWithOtherValues(): void {
  const client = users();
  const find = client.prepare("select name from users where id = ?");
  assertEqual(find.columnCount, 1);
  assertEqual(find.columnNames()[0], "name");
  for (let id = 1; id <= 2; id++) {
    find.bind(id);
    assert(find.step());
    assertEqual(find.row()[0].text, id == 1 ? "Ada" : "Grün");
    assert(!find.step());
    find.reset();
  }
  find.finalize();
}

@test
function anErrorHasACodeAndAText(): void {
  const client = users();
  const error = client.execute("insert into users (name) values ('Ada')")!;
  assertEqual(error.code, SqliteCode.Constraint);
  assertEqual(error.message, "UNIQUE constraint failed: users.name");
  assertEqual(client.lastError().code, SqliteCode.Constraint);
}

@test
function changesAreCounted(): void {
  const client = users();
  client.execute("update users set score = 0");
  assertEqual(client.changes, 2);
}

@test
function aTransactionTakesEffectAsAWholeOrNotAtAll(): void {
  const client = users();
  const work = (client: SqliteClient, keep: bool): bool => {
    client.execute("delete from users");
    return keep;
  };
  assert(client.transaction(work, false) === null);
  assertEqual(client.query("select count(*) from users")[0][0].int, 2);
  assert(client.transaction(work, true) === null);
  assertEqual(client.query("select count(*) from users")[0][0].int, 0);
  assertEqual(client.commit()!.code, SqliteCode.Error);
}

@test
function wrongSqlIsAPanic(): void {
  const client = memory();
  assert(
    !catchPanic((sql: string): void => {
      memory().query(sql);
    }, "select * from nowhere"),
  );
  assertEqual(client.query("select 1")[0][0].int, 1);
}

@test
function tenThousandRowsAreRead(): void {
  const client = memory();
  client.execute(
    "create table t (a); with recursive n(i) as (select 0 union all select i + 1 from n limit 10000) insert into t select i from n",
  );
  const rows = client.query("select a, 'text ' || a from t order by a");
  assertEqual(rows.length, 10000);
  for (let i = 0; i < rows.length; i++) {
    assertEqual(rows[i][0].int, i);
    if (i % 1000 == 0) assertEqual(rows[i][1].text, `text ${i}`);
  }
}

/** The functions that the client has no use for. */
@test
function singleColumnsAreReadByTheHostsFunctions(): void {
  const at = heap.alloc(8);
  const path = String.UTF8.encode("");
  assertEqual(host.open(changetype<usize>(path), 0, at), 0);
  const connection = load<u64>(at);
  const sql = String.UTF8.encode("select 7 as seven, 'x' as letter");
  const statement = host.query_prepare(connection, changetype<usize>(sql), sql.byteLength);
  assertEqual(host.column_count(statement), 2);
  assertEqual(host.sqlite3_step(statement), SqliteCode.Row);
  const value = host.read_column(statement, 0, at);
  assertEqual(load<u32>(at), 12);
  assertEqual(load<u32>(value), 4);
  assertEqual(load<i64>(value, 4), 7);
  heap.free(value);
  const name = host.column_name(statement, 1, at);
  assertEqual(String.UTF8.decodeUnsafe(name, load<u32>(at)), "letter");
  heap.free(name);
  assertEqual(host.sqlite3_step(statement), SqliteCode.Done);
  host.statement_reset(statement);
  assertEqual(host.sqlite3_step(statement), SqliteCode.Row);
  host.sqlite3_finalize(statement);
}

function add(amount: i32): i32 {
  const client = SqliteClient.connect("shared-by-tasks.db").expect("no database");
  for (let i = 0; i < 10; i++) {
    client.execute("begin immediate");
    client.execute("update t set a = a + " + amount.toString());
    assert(client.commit() === null);
  }
  return amount;
}

@test
function processesShareAFile(): void {
  const client = SqliteClient.connect("shared-by-tasks.db").expect("no database");
  client.execute("drop table if exists t; create table t (a); insert into t values (0)");
  const tasks = [spawnTask(add, 1), spawnTask(add, 10), spawnTask(add, 100)];
  for (let i = 0; i < tasks.length; i++) tasks[i].result();
  assertEqual(client.query("select a from t")[0][0].int, 1110);
  assertEqual(Value.ofInt64(3).kind, ValueKind.Int64);
}
