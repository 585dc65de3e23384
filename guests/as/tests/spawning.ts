import {
  Mailbox,
  Process,
  SpawnOptions,
  Tag,
  Unit,
  assertEqual,
  spawn,
  spawnFunction,
  spawnLink,
  spawnMailbox,
  trySpawn,
  unit,
} from "lunatic";

@message
class Greeting {
  constructor(
    readonly text: string,
    readonly to: Process<string>,
  ) {}
}

function greet(greeting: Greeting, mailbox: Mailbox<string>): void {
  greeting.to.send(`${greeting.text}, ${mailbox.receive()}`);
}

@test
function aProcessGetsItsArgumentAndItsMessages(): void {
  const mailbox = Mailbox.of<string>();
  const process = spawn(greet, new Greeting("hello", mailbox.self));
  process.send("world");
  assertEqual(mailbox.receive(), "hello, world");
}

function double(value: i32, mailbox: Mailbox<Process<i32>>): void {
  mailbox.receive().send(value * 2);
}

@test
function anArgumentMayBeANumber(): void {
  const mailbox = Mailbox.of<i32>();
  spawn(double, 21).send(mailbox.self);
  assertEqual(mailbox.receive(), 42);
}

@test
function functionsCanBeWrittenInPlace(): void {
  const mailbox = Mailbox.of<u64>();
  spawn((parent: Process<u64>, self: Mailbox<u64>) => {
    parent.send(self.receive() + 1);
  }, mailbox.self).send(1);
  assertEqual(mailbox.receive(), 2);
}

@test
function aProcessWithoutArgumentGetsNoFirstMessage(): void {
  const mailbox = Mailbox.of<string>();
  const process = spawn((_: Unit, self: Mailbox<Process<string>>) => {
    self.receive().send("ready");
  }, unit());
  process.send(mailbox.self);
  assertEqual(mailbox.receive(), "ready");
}

@test
function aProcessMayNeedNothingButItsMailbox(): void {
  const mailbox = Mailbox.of<string>();
  spawnMailbox((self: Mailbox<Process<string>>) => {
    self.receive().send("ready");
  }).send(mailbox.self);
  assertEqual(mailbox.receive(), "ready");
}

@test
function aProcessMayTakeNoMessages(): void {
  const mailbox = Mailbox.of<string>();
  spawnFunction((greeting: Greeting) => {
    greeting.to.send(greeting.text);
  }, new Greeting("hello", mailbox.self));
  assertEqual(mailbox.receive(), "hello");
}

@test
function aProcessWithoutMailboxCanBeLinked(): void {
  const mailbox = Mailbox.of<Unit>().catchLinkFailure();
  const tag = Tag.fresh();
  spawnFunction((divisor: i32) => {
    assert(divisor != 0);
  }, 0, new SpawnOptions().linked(tag));
  assert(mailbox.receiveTagged(tag).isLinkDied);
}

let global: i32 = 1;

@test
function globalVariablesAreEachProcessOwn(): void {
  global = 2;
  const mailbox = Mailbox.of<i32>();
  spawn((parent: Process<i32>, _: Mailbox<Unit>) => {
    parent.send(global);
    global = 3;
  }, mailbox.self);
  assertEqual(mailbox.receive(), 1);
  assertEqual(global, 2);
}

@test
function aHandleKnowsWhetherItsProcessLives(): void {
  const process = spawn((_: Unit, self: Mailbox<Unit>) => {
    self.receive();
  }, unit());
  assert(process.isAlive);
  const mailbox = Mailbox.of<Unit>().monitorable();
  mailbox.monitor(process);
  process.send(unit());
  assertEqual(mailbox.receive().processId, process.id);
  assert(!process.isAlive);
}

@test
function handlesAreEqualWhenTheirProcessIs(): void {
  const mailbox = Mailbox.of<string>();
  assert(mailbox.self.equals(Process.self<string>()));
  assert(!mailbox.self.equals(new Process<string>(0, mailbox.self.id + 1)));
  assertEqual(mailbox.self.toString(), `process ${mailbox.self.id}`);
}

@test
function aRequestWaitsForTheAnswerWithItsTag(): void {
  const echo = spawn((_: Unit, self: Mailbox<Process<string>>) => {
    const received = self.tryReceive();
    received.message.send("not the answer");
    received.message.sendTagged(received.tag, "the answer");
  }, unit());
  const mailbox = Mailbox.of<string>();
  assertEqual(echo.request<string>(mailbox.self).message, "the answer");
  assertEqual(mailbox.receive(), "not the answer");
}

@test
function aRequestGivesUpWhenItsTimeIsUp(): void {
  const silent = spawn((_: Unit, self: Mailbox<string>) => {
    self.receive();
    self.receive();
  }, unit());
  assert(silent.request<string>("hello?", 1).isTimedOut);
}

@test
function killEndsAProcess(): void {
  const mailbox = Mailbox.of<Unit>().monitorable();
  const endless = spawn((_: Unit, _self: Mailbox<Unit>) => {
    while (true) {}
  }, unit());
  mailbox.monitor(endless);
  endless.kill();
  assert(mailbox.receive().isProcessDied);
}

@test
@shouldPanic("")
function aLinkedProcessTakesItsParentWithIt(): void {
  spawnLink((_: Unit, _self: Mailbox<Unit>) => {
    assert(false, "on purpose");
  }, unit());
  Mailbox.of<Unit>().receive();
}

@test
function trySpawnGivesTheProcess(): void {
  const outcome = trySpawn(double, 4, new SpawnOptions().linked(Tag.fresh()));
  assert(outcome.ok);
  const mailbox = Mailbox.of<i32>();
  outcome.value.send(mailbox.self);
  assertEqual(mailbox.receive(), 8);
}
