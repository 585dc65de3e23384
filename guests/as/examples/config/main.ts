/** What a process may do is a matter of its config: how much memory and computing it gets, and what it can start. */
import {
  Mailbox,
  Process,
  ProcessConfig,
  SpawnOptions,
  Tag,
  Unit,
  environmentVariable,
  print,
  spawn,
  spawnLink,
  unit,
} from "lunatic";

function compute(_: Unit, _mailbox: Mailbox<Unit>): void {
  while (true) {}
}

function hoard(_: Unit, _mailbox: Mailbox<Unit>): void {
  const all: StaticArray<u8>[] = [];
  while (true) all.push(new StaticArray<u8>(100_000));
}

function breed(_: Unit, _mailbox: Mailbox<Unit>): void {
  spawn(breed, unit());
}

function look(parent: Process<string>, _mailbox: Mailbox<Unit>): void {
  const color = environmentVariable("COLOR");
  parent.send(color === null ? "nothing" : color);
}

export function main(mailbox: Mailbox<string>): void {
  const strict = ProcessConfig.create().expect("this program may create configs");
  // Units of 100,000 instructions, and bytes.
  strict.maxFuel = 10;
  strict.maxMemory = 1_000_000;
  strict.addEnvironmentVariable("COLOR", "red");
  const options = new SpawnOptions().withConfig(strict);

  spawn(look, mailbox.self, options);
  print(`it sees ${mailbox.receive()}`);

  const signals = mailbox.catchLinkFailure();
  spawnLink(compute, unit(), Tag.fresh(), options);
  print(`what computes for ever fails: ${signals.receive().isLinkDied}`);
  spawnLink(hoard, unit(), Tag.fresh(), options);
  print(`what wants all memory fails: ${signals.receive().isLinkDied}`);
  spawnLink(breed, unit(), Tag.fresh(), options);
  print(`what wants to multiply fails: ${signals.receive().isLinkDied}`);
}
