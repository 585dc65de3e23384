import { Mailbox, Process, print, spawn } from "lunatic";

/** A message can be an object, if its class is marked so. */
@message
class Question {
  constructor(
    public a: i32,
    public b: i32,
    /** Who wants to know. */
    public replyTo: Process<i32>,
  ) {}
}

function adder(greeting: string, mailbox: Mailbox<Question>): void {
  print(greeting);
  while (true) {
    const question = mailbox.receive();
    const sum = question.a + question.b;
    question.replyTo.send(sum);
  }
}

export function main(mailbox: Mailbox<i32>): void {
  const process = spawn(adder, "adder: ask me");

  process.send(new Question(2, 3, mailbox.self));
  const answer = mailbox.receiveTimeout(1000);
  if (answer.isMessage) print(`main: the sum is ${answer.message}`);
  else print("main: no answer");

  process.send(new Question(40, 2, mailbox.self));
  print(`main: the sum is ${mailbox.receive()}`);
}
