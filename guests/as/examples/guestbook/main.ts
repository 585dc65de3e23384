/** A guest book in a database: writers under a supervisor, readers beside them, and a writer that crashes in the middle. */
import { Strategy, Supervisor, print, sleep, spawnTask } from "lunatic";
import { SqliteClient } from "lunatic/sqlite";

const BOOK = "guestbook.db";
const GUESTS = 30;

@row
class Entry {
  id: i64 = 0;
  guest: string = "";
  text: string = "";
}

/** Every process has a connection of its own; the database lets one write at a time. */
function open(): SqliteClient {
  return SqliteClient.connect(BOOK).expect("the guest book cannot be opened");
}

function count(book: SqliteClient, table: string): i64 {
  return book.query(`select count(*) from ${table}`)[0][0].int64;
}

@process
class Writer {
  private book: SqliteClient = open();
  private signed: i32 = 0;

  /** Both lines, or none. A guest without a name breaks a rule of the table, and with it the writer. */
  @message
  sign(guest: string, text: string): void {
    const book = this.book;
    book.execute("begin immediate");
    book.prepare("insert into log (text) values (?)").bind(`${guest} signs`).run();
    const insert = book.prepare("insert into entries (guest, text) values (?, ?)");
    insert.bind(guest).bind(text).run();
    book.execute("commit");
    this.signed++;
  }

  @request
  done(): i32 {
    return this.signed;
  }
}

@supervisor
class Desk extends Supervisor {
  @child first: WriterChild = Writer.child();
  @child second: WriterChild = Writer.child();
  @child third: WriterChild = Writer.child();

  @init
  begin(): void {
    this.strategy = Strategy.OneForOne;
    this.limitRestarts(3, 5000);
  }
}

/** Looks into the book again and again until it has so many entries. @returns whether it ever had fewer than before */
function read(entries: i64): bool {
  const book = open();
  let before: i64 = 0;
  let hasShrunk = false;
  while (before < entries) {
    const now = count(book, "entries");
    if (now < before) hasShrunk = true;
    before = now;
    sleep(1);
  }
  return hasShrunk;
}

export function main(): void {
  const book = open();
  book.execute(`
    create table if not exists entries (id integer primary key, guest text check (guest <> ''), text text);
    create table if not exists log (text text)`);
  const earlier = count(book, "entries");
  print(`${earlier} entries of earlier runs`);
  const desk = Desk.start();
  const all = earlier + GUESTS;
  const readers = [spawnTask(read, all), spawnTask(read, all), spawnTask(read, all)];

  const crashing = desk.children().first;
  crashing.sign("", "nobody was here");
  while (desk.children().first.equals(crashing)) sleep(5);
  print("a writer has crashed in the middle of a transaction, another one sits at the desk");
  print(`left of it: ${count(book, "log") - earlier} lines`);

  const writers = desk.children();
  for (let i = 1; i <= GUESTS; i++) {
    const writer = i % 3 == 0 ? writers.first : i % 3 == 1 ? writers.second : writers.third;
    writer.sign(`guest ${i}`, `hello from ${i}`);
  }
  print(`signed: ${writers.first.done()} + ${writers.second.done()} + ${writers.third.done()}`);

  for (let i = 0; i < readers.length; i++) print(`reader ${i + 1} saw entries vanish: ${readers[i].result()}`);
  const newest = book.prepare("select id, guest, text from entries where id > ? and guest = ?");
  const last = newest.bind(earlier).bind("guest 30").first<Entry>()!;
  print(`${count(book, "entries")} entries, among them ${last.guest}: ${last.text}`);
  desk.shutdown();
}
