import { Mailbox, SpawnOptions, Tag, Unit, assertEqual, spawn, spawnLink, unit } from "lunatic";

function fail(_: Unit, mailbox: Mailbox<Unit>): void {
  mailbox.receive();
  assert(false, "on purpose");
}

function wait(_: Unit, mailbox: Mailbox<Unit>): void {
  mailbox.receive();
}

@test
function aCaughtFailureHasTheTagOfTheLink(): void {
  const mailbox = Mailbox.of<Unit>().catchLinkFailure();
  const tag = Tag.fresh();
  spawnLink(fail, unit(), tag).send(unit());
  const received = mailbox.receive();
  assert(received.isLinkDied);
  assert(received.tag == tag);
}

@test
function theFailureOfOneLinkCanBeWaitedFor(): void {
  const mailbox = Mailbox.of<Unit>().catchLinkFailure();
  const first = Tag.fresh();
  const second = Tag.fresh();
  const a = spawnLink(fail, unit(), first);
  const b = spawn(fail, unit(), new SpawnOptions().linked(second));
  a.send(unit());
  b.send(unit());
  assert(mailbox.receiveTagged(second).isLinkDied);
  assert(mailbox.receiveTagged(first).isLinkDied);
}

@test
function aNormalEndIsNotToldToLinks(): void {
  const mailbox = Mailbox.of<Unit>().catchLinkFailure();
  const process = spawnLink(wait, unit());
  mailbox.monitor(process);
  process.send(unit());
  assert(mailbox.receive().isProcessDied);
  assert(mailbox.receiveTimeout(0).isTimedOut);
}

@test
function aLinkCanBeMadeLaterAndRemoved(): void {
  const mailbox = Mailbox.of<Unit>().catchLinkFailure();
  const tag = Tag.fresh();
  const linked = spawn(fail, unit());
  linked.link(tag);
  const unlinked = spawnLink(fail, unit());
  unlinked.unlink();
  mailbox.monitor(unlinked);
  unlinked.send(unit());
  assertEqual(mailbox.receive().processId, unlinked.id);
  linked.send(unit());
  assert(mailbox.receive().tag == tag);
}

@test
function linkingToADeadProcessIsAFailureAtOnce(): void {
  const mailbox = Mailbox.of<Unit>().catchLinkFailure();
  const process = spawn(wait, unit());
  mailbox.monitor(process);
  process.send(unit());
  assert(mailbox.receive().isProcessDied);
  const tag = Tag.fresh();
  process.link(tag);
  assert(mailbox.receiveTagged(tag).isLinkDied);
}

@test
@shouldPanic("")
function whoStopsCatchingDiesWithItsLinks(): void {
  const mailbox = Mailbox.of<Unit>().catchLinkFailure().dieWithLinks();
  spawnLink(fail, unit()).send(unit());
  mailbox.receive();
}
