/** One mailbox, several kinds of messages: an abstract class with `@message`, of which each class below is a case. */
import { Mailbox, Process, print, spawn } from "lunatic";

@message
abstract class Command {}

class Deposit extends Command {
  constructor(readonly amount: i64) {
    super();
  }
}

class Withdraw extends Command {
  constructor(
    readonly amount: i64,
    readonly replyTo: Process<bool>,
  ) {
    super();
  }
}

class Close extends Command {
  constructor(readonly replyTo: Process<i64>) {
    super();
  }
}

function account(opening: i64, mailbox: Mailbox<Command>): void {
  let balance = opening;
  while (true) {
    const command = mailbox.receive();
    if (command instanceof Deposit) {
      balance += (command as Deposit).amount;
    } else if (command instanceof Withdraw) {
      const withdraw = command as Withdraw;
      const enough = balance >= withdraw.amount;
      if (enough) balance -= withdraw.amount;
      withdraw.replyTo.send(enough);
    } else if (command instanceof Close) {
      (command as Close).replyTo.send(balance);
      return;
    }
  }
}

export function main(): void {
  const process = spawn(account, 100);
  const answers = Mailbox.of<bool>();
  process.send(new Deposit(50));
  process.send(new Withdraw(120, answers.self));
  print(`120 out of 150: ${answers.receive()}`);
  process.send(new Withdraw(120, answers.self));
  print(`120 out of 30: ${answers.receive()}`);
  const rest = Mailbox.of<i64>();
  process.send(new Close(rest.self));
  print(`closed with ${rest.receive()}`);
}
