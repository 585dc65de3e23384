import { Mailbox, Outcome, Process, Tag, Unit, assertEqual, spawn, unit } from "lunatic";

@test
function messagesOfOneSenderKeepTheirOrder(): void {
  const mailbox = Mailbox.of<i32>();
  spawn((parent: Process<i32>, _: Mailbox<Unit>) => {
    for (let i = 0; i < 100; i++) parent.send(i);
  }, mailbox.self);
  for (let i = 0; i < 100; i++) assertEqual(mailbox.receive(), i);
}

@test
function aTaggedMessageIsTakenOutOfTurn(): void {
  const mailbox = Mailbox.of<string>();
  const tag = Tag.fresh();
  mailbox.self.send("first");
  mailbox.self.sendTagged(tag, "second");
  assertEqual(mailbox.receiveTagged(tag), "second");
  assertEqual(mailbox.receive(), "first");
}

@test
function oneOfSeveralTagsIsEnough(): void {
  const mailbox = Mailbox.of<string>();
  const tags = [Tag.fresh(), Tag.fresh(), Tag.fresh()];
  mailbox.self.send("untagged");
  mailbox.self.sendTagged(tags[2], "tagged");
  const received = mailbox.tryReceive([tags[0], tags[2]]);
  assertEqual(received.message, "tagged");
  assert(received.tag == tags[2]);
}

@test
function waitingEndsWhenTheTimeIsUp(): void {
  const mailbox = Mailbox.of<string>();
  const received = mailbox.receiveTimeout(1);
  assert(received.isTimedOut);
  assert(received.outcome == Outcome.TimedOut);
  assert(mailbox.receiveTaggedTimeout(Tag.fresh(), 0).isTimedOut);
}

@test
function aMessageThatIsThereIsTakenWithoutWaiting(): void {
  const mailbox = Mailbox.of<string>();
  mailbox.self.send("here");
  assertEqual(mailbox.receiveTimeout(0).message, "here");
}

@test
@shouldPanic("there is no message: the time was up")
function theMessageOfATimeoutIsAPanic(): void {
  Mailbox.of<string>().receiveTimeout(0).message;
}

@test
function whatIsNoMessageOfTheTypeIsToldAndGone(): void {
  const mailbox = Mailbox.of<string>();
  new Process<u8>(0, mailbox.self.id).send(7);
  const received = mailbox.tryReceive();
  assert(received.isUnreadable);
  assertEqual(received.failure, "it ends too early");
  assert(mailbox.receiveTimeout(0).isTimedOut);
}

@test
@shouldPanic("the message could not be read: it ends too early")
function receiveInsistsOnItsType(): void {
  const mailbox = Mailbox.of<string>();
  new Process<u8>(0, mailbox.self.id).send(7);
  mailbox.receive();
}

@test
function theEndOfAMonitoredProcessIsReceived(): void {
  const mailbox = Mailbox.of<string>().monitorable();
  const process = spawn((_: Unit, self: Mailbox<Unit>) => {
    self.receive();
  }, unit());
  process.monitor();
  process.send(unit());
  const received = mailbox.receive();
  assert(received.isProcessDied);
  assertEqual(received.processId, process.id);
}

@test
function nobodyHearsOfAProcessThatIsNotMonitoredAnyMore(): void {
  const mailbox = Mailbox.of<string>().monitorable();
  const process = spawn((parent: Process<string>, self: Mailbox<Unit>) => {
    self.receive();
    parent.send("bye");
  }, Process.self<string>());
  mailbox.monitor(process);
  mailbox.stopMonitoring(process);
  process.send(unit());
  assertEqual(mailbox.receive().message, "bye");
  assert(mailbox.receiveTimeout(20).isTimedOut);
}
