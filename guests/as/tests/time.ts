import { Mailbox, Process, Tag, Unit, assertEqual, monotonicNanoseconds, sleep, spawn } from "lunatic";

@test
function sleepWaits(): void {
  const before = monotonicNanoseconds();
  sleep(20);
  assert(monotonicNanoseconds() - before >= 19_000_000);
}

@test
function aDelayedMessageComesLater(): void {
  const mailbox = Mailbox.of<string>();
  mailbox.self.sendAfter(500, "later");
  mailbox.self.send("now");
  assertEqual(mailbox.receive(), "now");
  assertEqual(mailbox.receive(), "later");
}

@test
function aDelayedMessageMayHaveATag(): void {
  const mailbox = Mailbox.of<string>();
  const tag = Tag.fresh();
  mailbox.self.sendTaggedAfter(1, tag, "tagged");
  assertEqual(mailbox.receiveTagged(tag), "tagged");
}

@test
function aTimerThatIsCancelledSendsNothing(): void {
  const mailbox = Mailbox.of<string>();
  const timer = mailbox.self.sendAfter(60_000, "never");
  assert(timer.cancel());
  assert(!timer.cancel());
  assert(mailbox.receiveTimeout(50).isTimedOut);
}

@test
function aDelayedMessageOutlivesItsSender(): void {
  const mailbox = Mailbox.of<string>();
  spawn((parent: Process<string>, _: Mailbox<Unit>) => {
    parent.sendAfter(20, "from the dead");
  }, mailbox.self);
  assertEqual(mailbox.receive(), "from the dead");
}
