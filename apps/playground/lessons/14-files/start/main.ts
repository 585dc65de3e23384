import { Mailbox, ProcessConfig, SpawnOptions, Unit, print, spawn, unit } from "lunatic";
import { File, exists, makeDirectory, readText, remove, writeText } from "lunatic/files";

const names: string[] = [];

function sign(name: string, _mailbox: Mailbox<Unit>): void {
  names.push(name);
  print(`${name} signs line ${names.length} of the list`);
}

/** Leaves a word, and makes trouble where it can. */
function visit(_: Unit, _mailbox: Mailbox<Unit>): void {
  const error = writeText("book/open/hello.txt", "I was here\n");
  if (error !== null) print(`guest: ${error.text}`);
  const trouble = remove("book/secret.txt");
  print(trouble === null ? "guest: there is no secret any more" : `guest: ${trouble.text}`);
}

/** The second report fails in the middle. */
function report(number: i32, _mailbox: Mailbox<Unit>): void {
  const file = File.create("book/report.txt").expect("no report can be written");
  file.writeText(`report ${number}: all is `);
  assert(number == 1, "the power is gone");
  file.writeText("well\nthe end\n");
  file.close();
}

export function main(mailbox: Mailbox<Unit>): void {
  remove("book", true);
  makeDirectory("book/open", true);
  writeText("book/secret.txt", "the key is under the mat\n");
  const signals = mailbox.monitorable();

  signals.monitor(spawn(sign, "Ada"));
  signals.monitor(spawn(sign, "Grace"));
  signals.monitor(spawn(sign, "Alan"));
  for (let i = 0; i < 3; i++) signals.receive();
  const list = readText("book/guests.txt");
  print(list.ok ? `main: the list has\n${list.value}` : `main: ${list.error!.text}`);

  const config = ProcessConfig.create().value;
  config.preopenDirectory(".");
  signals.monitor(spawn(visit, unit(), new SpawnOptions().withConfig(config)));
  signals.receive();
  print(`main: the secret is there: ${exists("book/secret.txt")}`);

  for (let number = 1; number <= 2; number++) {
    signals.monitor(spawn(report, number));
    signals.receive();
    print(`main: ${readText("book/report.txt").or("there is no report")}`);
  }
}
