/**
 * What processes in TypeScript syntax cost: the same as `spawn_exit` and `messages ping_pong` of guests/rust/load.
 * First argument: the figure, then how many.
 *
 *     spawn_exit COUNT     tasks that do nothing, one after another, the answer of each awaited
 *     ping_pong ROUNDS     one process answers another
 *
 * Prints `count` (operations that took place) and `elapsed_us`.
 */
import {
  Mailbox,
  Process,
  monotonicNanoseconds,
  print,
  programArguments,
  spawnLink,
  spawnTask,
} from "lunatic";

function nothing(_: i32): i32 {
  return 1;
}

/** Each task answers 1. */
function spawnExit(count: i32): u64 {
  let answered: u64 = 0;
  for (let i = 0; i < count; i++) answered += spawnTask(nothing, 0).result();
  return answered;
}

function echo(parent: Process<u64>, mailbox: Mailbox<u64>): void {
  while (true) parent.send(mailbox.receive() + 1);
}

function pingPong(partner: Process<u64>, mailbox: Mailbox<u64>, rounds: i32): u64 {
  let value: u64 = 0;
  for (let i = 0; i < rounds; i++) {
    partner.send(value);
    value = mailbox.receive();
  }
  return value;
}

export function main(mailbox: Mailbox<u64>): void {
  const given = programArguments();
  const figure = given[1];
  const count = I32.parseInt(given[2]);
  let done: u64 = 0;
  let start: u64 = 0;
  if (figure == "spawn_exit") {
    start = monotonicNanoseconds();
    done = spawnExit(count);
  } else {
    assert(figure == "ping_pong", `unknown figure ${figure}`);
    const partner = spawnLink(echo, mailbox.self);
    // The first answer comes when it has started.
    partner.send(0);
    mailbox.receive();
    start = monotonicNanoseconds();
    done = pingPong(partner, mailbox, count);
  }
  const elapsed = monotonicNanoseconds() - start;
  print(`count ${done}`);
  print(`elapsed_us ${elapsed / 1_000}`);
}
