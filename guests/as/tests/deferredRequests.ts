import { Deferred, FOREVER, Mailbox, Unit, assertEqual, sleep, spawn } from "lunatic";

@process
class Desk {
  private waiting: Deferred<string>[] = [];
  private alarms: Deferred<void>[] = [];

  @deferred
  later(answer: Deferred<string>): void {
    this.waiting.push(answer);
  }

  @deferred
  elsewhere(text: string, answer: Deferred<string>): void {
    spawn(answerIt, new Case(text, answer));
  }

  @deferred
  done(answer: Deferred<void>): void {
    this.alarms.push(answer);
  }

  @request
  waitingCount(): i32 {
    return this.waiting.length + this.alarms.length;
  }

  @message
  open(text: string): void {
    for (let i = 0; i < this.waiting.length; i++) this.waiting[i].send(text);
    for (let i = 0; i < this.alarms.length; i++) this.alarms[i].done();
  }
}

@message
class Case {
  constructor(
    public text: string,
    public answer: Deferred<string>,
  ) {}
}

function answerIt(one: Case, mailbox: Mailbox<Unit>): void {
  one.answer.send(one.text + " world");
}

function waitAtDesk(desk: DeskRef, mailbox: Mailbox<Unit>): void {
  assertEqual(desk.later(), "open");
}

@test
function aDeferredRequestIsAnsweredLater(): void {
  const desk = Desk.start();
  const visitor = spawn(waitAtDesk, desk);
  while (desk.waitingCount() == 0) sleep(1);
  assert(visitor.isAlive);
  desk.open("open");
  while (visitor.isAlive) sleep(1);
}

@test
function aDeferredRequestIsAnsweredByAnotherProcess(): void {
  assertEqual(Desk.start().elsewhere("hello"), "hello world");
}

@test
function requestsGiveUpAfterTheirTime(): void {
  const desk = Desk.start();
  const late = desk.withTimeout(1).later();
  assert(!late.ok);
  assert(late.error!.timedOut);
  assert(!desk.withTimeout(1).done());
  // The answers come to nobody, and harm nobody.
  desk.open("too late");
  assertEqual(desk.withTimeout(FOREVER).elsewhere("still").value, "still world");
}
