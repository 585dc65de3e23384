/** Two processes send a ball back and forth. Handles travel in messages, so each knows whom to answer. */
import { Mailbox, Process, print, spawn } from "lunatic";

@message
class Ball {
  constructor(
    readonly rallies: i32,
    readonly from: Process<Ball>,
  ) {}
}

function play(limit: i32, mailbox: Mailbox<Ball>): void {
  while (true) {
    const ball = mailbox.receive();
    ball.from.send(new Ball(ball.rallies + 1, mailbox.self));
    if (ball.rallies + 1 >= limit) return;
  }
}

export function main(mailbox: Mailbox<Ball>): void {
  const other = spawn(play, 1_000);
  let rallies = 0;
  while (rallies < 1_000) {
    other.send(new Ball(rallies, mailbox.self));
    rallies = mailbox.receive().rallies;
    if (rallies % 250 == 0) print(`${rallies} rallies`);
  }
}
