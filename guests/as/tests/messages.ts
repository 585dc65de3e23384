import { Mailbox, Process, Unit, assertEqual, spawn, unit } from "lunatic";

@message
abstract class Command {}

class Add extends Command {
  constructor(readonly amount: i64) {
    super();
  }
}

class Read extends Command {
  constructor(readonly replyTo: Process<i64>) {
    super();
  }
}

class Stop extends Command {}

function count(start: i64, mailbox: Mailbox<Command>): void {
  let total = start;
  while (true) {
    const command = mailbox.receive();
    if (command instanceof Add) total += (command as Add).amount;
    else if (command instanceof Read) (command as Read).replyTo.send(total);
    else return;
  }
}

@test
function aSumTypeArrivesAsTheCaseThatWasSent(): void {
  const mailbox = Mailbox.of<i64>();
  const counter = spawn(count, 10);
  counter.send(new Add(30));
  counter.send(new Add(2));
  counter.send(new Read(mailbox.self));
  assertEqual(mailbox.receive(), 42);
  counter.send(new Stop());
}

@message
class Pair<A, B> {
  constructor(
    readonly first: A,
    readonly second: B,
  ) {}
}

@test
function messagesMayHaveTypeParameters(): void {
  const mailbox = Mailbox.of<Pair<string, Pair<i32, bool>>>();
  mailbox.self.send(new Pair<string, Pair<i32, bool>>("a", new Pair<i32, bool>(7, true)));
  const pair = mailbox.receive();
  assertEqual(pair.first, "a");
  assertEqual(pair.second.first, 7);
  assert(pair.second.second);
}

@test
function aMessageIsACopy(): void {
  const mailbox = Mailbox.of<i32[]>();
  const numbers = [1, 2, 3];
  mailbox.self.send(numbers);
  numbers[0] = 100;
  assertEqual(mailbox.receive(), [1, 2, 3]);
}

@test
function longTextsAndListsArriveWhole(): void {
  const mailbox = Mailbox.of<Pair<string, f64[]>>();
  // Pairs of surrogates lie across every border of the buffers.
  const text = "x" + "😀".repeat(5_000);
  const numbers = new Array<f64>(10_000);
  for (let i = 0; i < numbers.length; i++) numbers[i] = <f64>i / 3;
  mailbox.self.send(new Pair<string, f64[]>(text, numbers));
  const pair = mailbox.receive();
  assertEqual(pair.first, text);
  assertEqual(pair.second, numbers);
}

@test
function handlesArriveInMessagesAndCanBeAnswered(): void {
  const mailbox = Mailbox.of<string>();
  const friend = spawn((_: Unit, self: Mailbox<Process<string>[]>) => {
    const all = self.receive();
    for (let i = 0; i < all.length; i++) all[i].send(`to ${i}`);
  }, unit());
  friend.send([mailbox.self, mailbox.self]);
  assertEqual(mailbox.receive(), "to 0");
  assertEqual(mailbox.receive(), "to 1");
}

@test
function manyMessagesAreCollectedAgain(): void {
  const mailbox = Mailbox.of<Pair<string, i32[]>>();
  for (let i = 0; i < 3_000; i++) {
    mailbox.self.send(new Pair<string, i32[]>("text".repeat(20), [i, i, i]));
    assertEqual(mailbox.receive().second[2], i);
  }
  // 3,000 of these take a megabyte; what is not needed any more must not stay.
  assert(memory.size() < 8);
}
