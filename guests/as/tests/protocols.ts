import { SpawnOptions, Tag, assertEqual, catchPanic } from "lunatic";
import { Choose, Dual, End, Loop, Offer, Recv, Send, spawnProtocol } from "lunatic/protocol";

function add(start: i32, session: Recv<i32, Recv<i32, Send<i32, End>>>): void {
  const first = session.receive();
  const second = first.next.receive();
  second.next.send(start + first.value + second.value);
}

@test
function aSessionIsFollowedByBothEnds(): void {
  assertEqual(spawnProtocol(add, 1).send(2).send(3).receive().value, 6);
}

@test
function sessionsDoNotMix(): void {
  const one = spawnProtocol(add, 1).send(1);
  const two = spawnProtocol(add, 10).send(10);
  const twoDone = two.send(10);
  const oneDone = one.send(1);
  assertEqual(oneDone.receive().value, 3);
  assertEqual(twoDone.receive().value, 30);
}

@loop
class Doubling extends Loop {
  round!: Offer<Recv<u64, Send<u64, Doubling>>, End>;
}

function double(_: i32, session: Doubling): void {
  let loop = session;
  while (true) {
    const choice = loop.round.offer();
    if (!choice.isLeft) return;
    const number = choice.left.receive();
    loop = number.next.send(2 * number.value);
  }
}

@test
function aSessionCanRepeat(): void {
  let loop: Dual<Doubling> = spawnProtocol(double, 0);
  for (let i: u64 = 0; i < 5; i++) {
    const doubled = loop.round.selectLeft().send(i).receive();
    assertEqual(doubled.value, 2 * i);
    loop = doubled.next;
  }
  loop.round.selectRight();
}

type Asking = Choose<Send<string, End>, Send<f64, End>>;

function choosy(isText: bool, session: Asking): void {
  if (isText) session.selectLeft().send("text");
  else session.selectRight().send(0.5);
}

@test
function eitherEndMayChoose(): void {
  const text = spawnProtocol(choosy, true).offer();
  assert(text.isLeft);
  assertEqual(text.left.receive().value, "text");
  const number = spawnProtocol(choosy, false).offer();
  assert(!number.isLeft);
  assertEqual(number.right.receive().value, 0.5);
}

function useTwice(_: i32): void {
  const session: Dual<Recv<i32, Recv<i32, Send<i32, End>>>> = spawnProtocol(add, 1);
  session.send(1);
  session.send(2);
}

@test
function aStepThatIsTakenTwicePanics(): void {
  assert(!catchPanic(useTwice, 0));
}

function leave(_: i32, session: Send<i32, End>): void {}

@test
@shouldPanic
function aProcessThatLeavesItsSessionEarlyFails(): void {
  spawnProtocol(leave, 0, new SpawnOptions().linked(Tag.fresh())).receive();
}
