//! What lunatic's `sqlite` feature promises, as its users see it. That crate knows one connection per process: every
//! client uses the first one that was opened (its `connect` passes no place for the id).

use std::time::Duration;

use lunatic::panic::catch_panic;
use lunatic::sqlite::{Query, SqliteClient, SqliteCode, SqliteError, Value};
use lunatic::{sleep, spawn_link, Mailbox, Process, ProcessConfig};

fn memory() -> SqliteClient {
    SqliteClient::connect(":memory:").unwrap()
}

fn text(value: &str) -> Value {
    Value::Text(value.to_string())
}

#[lunatic::test]
fn a_query_answers_with_rows_of_values() {
    let rows = memory().query("select 'one', 2, 3.5, null, x'00ff' union all select 'two', 3, 4.5, 1, x''");
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[0],
        vec![text("one"), Value::Int64(2), Value::Double(3.5), Value::Null, Value::Blob(vec![0, 255])]
    );
    assert_eq!(rows[1][4], Value::Blob(vec![]));
}

#[lunatic::test]
fn double_quotes_make_a_text_where_there_is_no_column() {
    assert_eq!(memory().query("select \"Hello\""), vec![vec![text("Hello")]]);
}

#[lunatic::test]
fn values_of_every_type_are_bound() {
    let rows = memory()
        .prepare_query("select ?, ?, ?, ?, ?, ?, ?")
        .bind("grün")
        .bind(-7)
        .bind(i64::MIN)
        .bind(i64::MAX)
        .bind(0.1)
        .bind(())
        .bind(&[1u8, 0, 2][..])
        .execute();
    assert_eq!(
        rows[0],
        vec![
            text("grün"),
            Value::Int64(-7),
            Value::Int64(i64::MIN),
            Value::Int64(i64::MAX),
            Value::Double(0.1),
            Value::Null,
            Value::Blob(vec![1, 0, 2]),
        ]
    );
}

#[lunatic::test]
fn values_are_bound_by_name() {
    let rows = memory()
        .prepare_query("select :first, $second")
        .bind_named("second", 2)
        .bind_named(":first", 1)
        .execute();
    assert_eq!(rows[0], vec![Value::Int64(1), Value::Int64(2)]);
}

#[lunatic::test]
fn execute_tells_the_code_and_the_connection_the_text() {
    let client = memory();
    client.execute("create table t (a integer unique)").unwrap();
    client.execute("insert into t values (1)").unwrap();
    let error = client.execute("insert into t values (1)").unwrap_err();
    assert_eq!(error.code, SqliteCode::Constraint);
    let last = SqliteError::last(client);
    assert_eq!(last.code, SqliteCode::Constraint);
    assert_eq!(last.message.as_deref(), Some("UNIQUE constraint failed: t.a"));
}

#[lunatic::test]
fn rows_are_read_one_by_one_and_may_be_left_unread() {
    let client = memory();
    client.execute("create table t (a)").unwrap();
    client
        .execute("with recursive n(i) as (select 1 union all select i + 1 from n limit 5000) insert into t select i from n")
        .unwrap();
    let mut rows = client.prepare_query("select a from t order by a").execute_iter();
    assert_eq!(rows.next(), Some(vec![Value::Int64(1)]));
    assert_eq!(rows.next(), Some(vec![Value::Int64(2)]));
    drop(rows);
    let all = client.query("select a from t order by a");
    assert!(all.iter().enumerate().all(|(i, row)| row[0] == Value::Int64(i as i64 + 1)));
    assert_eq!(all.len(), 5000);
}

#[lunatic::test]
fn a_large_row_makes_the_memory_grow() {
    let rows = memory().query("select randomblob(3000000), zeroblob(2000000)");
    match &rows[0][..] {
        [Value::Blob(random), Value::Blob(zero)] => {
            assert_eq!(random.len(), 3_000_000);
            assert!(zero.iter().all(|byte| *byte == 0));
            assert!(random.iter().any(|byte| *byte != 0));
        }
        other => panic!("{} values", other.len()),
    }
}

#[lunatic::test]
fn wrong_sql_fails_in_prepare_and_the_connection_goes_on() {
    let client = memory();
    assert!(catch_panic(move || {
        client.query("select * from nowhere");
    })
    .is_err());
    assert_eq!(client.query("select 1"), vec![vec![Value::Int64(1)]]);
}

#[lunatic::test]
fn a_directory_that_is_not_preopened_is_denied(mailbox: Mailbox<bool>) {
    let config = ProcessConfig::new().unwrap();
    Process::spawn_link_config(&config, mailbox.this(), |parent: Process<bool>, _: Mailbox<()>| {
        parent.send(SqliteClient::connect("app.db").is_err());
    });
    assert!(mailbox.receive());
    assert!(SqliteClient::connect("no/such/directory/app.db").is_err());
}

#[lunatic::test]
fn processes_write_to_one_file_and_nothing_is_lost(mailbox: Mailbox<u32>) {
    let client = SqliteClient::connect("counted.db").unwrap();
    client.execute("drop table if exists t; create table t (writer, n)").unwrap();
    let this = mailbox.this();
    for writer in 0..8u32 {
        spawn_link!(|this = {this.clone()}, writer| {
            let client = SqliteClient::connect("counted.db").unwrap();
            for n in 0..20 {
                client.execute("begin immediate").unwrap();
                client.prepare_query("insert into t values (?, ?)").bind(writer as i32).bind(n).execute();
                client.execute("commit").unwrap();
            }
            this.send(writer);
        });
    }
    let mut done: Vec<u32> = (0..8).map(|_| mailbox.receive()).collect();
    done.sort_unstable();
    assert_eq!(done, (0..8).collect::<Vec<_>>());
    assert_eq!(client.query("select count(*), count(distinct writer * 100 + n) from t"), vec![vec![
        Value::Int64(160),
        Value::Int64(160),
    ]]);
}

#[lunatic::test]
fn a_killed_process_leaves_no_transaction_behind(mailbox: Mailbox<()>) {
    let client = SqliteClient::connect("killed.db").unwrap();
    client.execute("drop table if exists t; create table t (a)").unwrap();
    let writer = Process::spawn(mailbox.this(), |parent: Process<()>, _: Mailbox<()>| {
        let client = SqliteClient::connect("killed.db").unwrap();
        client.execute("begin immediate; insert into t values (1)").unwrap();
        parent.send(());
        sleep(Duration::from_secs(3600));
    });
    mailbox.receive();
    writer.kill();
    client.execute("insert into t values (2)").unwrap();
    assert_eq!(client.query("select a from t"), vec![vec![Value::Int64(2)]]);
}
