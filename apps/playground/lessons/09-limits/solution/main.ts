import { Mailbox, ProcessConfig, SpawnOptions, Tag, Unit, print, sleep, spawn, spawnLink, unit } from "lunatic";

/** Wants memory: 100 pieces of 100,000 bytes. */
function hoard(_: Unit, _mailbox: Mailbox<Unit>): void {
  const pieces: StaticArray<u8>[] = [];
  for (let i = 0; i < 100; i++) pieces.push(new StaticArray<u8>(100_000));
  print(`hoard: I have ${pieces.length} pieces`);
}

function idle(_: Unit, _mailbox: Mailbox<Unit>): void {
  sleep(500);
}

/** Wants company. */
function breed(_: Unit, _mailbox: Mailbox<Unit>): void {
  for (let i = 0; i < 10; i++) spawn(idle, unit());
  print("breed: I have ten children");
}

export function main(mailbox: Mailbox<Unit>): void {
  const signals = mailbox.catchLinkFailure();

  const config = ProcessConfig.create().value;
  config.maxMemory = 1_000_000;
  config.canSpawnProcesses = false;
  const options = new SpawnOptions().withConfig(config);

  spawnLink(hoard, unit(), Tag.fresh(), options);
  spawnLink(breed, unit(), Tag.fresh(), options);
  for (let i = 0; i < 2; i++) {
    if (signals.receiveTimeout(1000).isLinkDied) print("main: one of them has failed");
  }
}
