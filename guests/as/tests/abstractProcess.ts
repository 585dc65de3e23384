import {
  Mailbox,
  ProcessConfig,
  StartStatus,
  Tag,
  Unit,
  assertEqual,
  catchPanic,
  panic,
  sleep,
  spawn,
  spawnLink,
} from "lunatic";

@process
class Floats {
  private values: f64[] = [];

  @init
  begin(values: f64[]): void {
    this.values = values;
  }

  @message
  add(value: f64): void {
    this.values.push(value);
  }

  @request
  sum(): f64 {
    let sum: f64 = 0;
    for (let i = 0; i < this.values.length; i++) sum += this.values[i];
    return sum;
  }

  @request
  scaled(by: f64, offset: f64): f64[] {
    const scaled: f64[] = [];
    for (let i = 0; i < this.values.length; i++) scaled.push(by * this.values[i] + offset);
    return scaled;
  }

  /** Answers with nothing: the caller only waits. */
  @request
  clear(): void {
    this.values = [];
  }
}

@test
function messagesAreHandledInTheirOrder(): void {
  const floats = Floats.start([0.5, 0.5]);
  floats.add(1);
  floats.add(2);
  assertEqual(floats.sum(), 4.0);
  const scaled = floats.scaled(2, 1);
  assertEqual(scaled.length, 4);
  assertEqual(scaled[3], 5.0);
  floats.clear();
  assertEqual(floats.sum(), 0.0);
}

@process
class Fragile {
  private name: string = "";

  @init
  begin(name: string): string | null {
    if (name == "panic") panic("as it was told");
    if (name == "die") Fragile.self().kill();
    if (name == "die") sleep(600_000);
    if (name == "") return "a name is needed";
    this.name = name;
    return null;
  }

  @message
  crash(): void {
    panic("as it was told");
  }

  @request
  whoAreYou(): string {
    return this.name;
  }

  @terminate
  end(): void {
    if (this.name == "slow") sleep(60_000);
  }
}

@test
function anInitThatPanicsIsTold(): void {
  const started = Fragile.tryStart("panic");
  assert(!started.ok);
  assert(started.status == StartStatus.InitPanicked);
  assert(started.error === null);
}

@test
function anInitThatFailsTellsItsError(): void {
  const started = Fragile.tryStart("");
  assert(started.status == StartStatus.Failed);
  assertEqual(started.error!, "a name is needed");
  assertEqual(started.toString(), "a name is needed");
}

@test
function aLinkedInitThatDiesIsToldWhereLinksAreCaught(): void {
  Mailbox.of<Unit>().catchLinkFailure();
  assert(Fragile.link().tryStart("die").status == StartStatus.Died);
}

@test
@shouldPanic("a process could not be started: a name is needed")
function startPanicsIfTheProcessCannotBeStarted(): void {
  Fragile.start("");
}

@test
function aNameBelongsToOneProcessOfItsType(): void {
  const one = Fragile.startAs("it", "one");
  const two = Fragile.tryStartAs("it", "two");
  assert(two.status == StartStatus.NameTaken);
  assert(two.existing!.equals(one));
  assertEqual(two.existing!.whoAreYou(), "one");
  // A process of another type may have the same name.
  Floats.startAs("it", [1.5]);
  assertEqual(Floats.lookup("it")!.sum(), 1.5);
  assert(Fragile.lookup("it")!.equals(one));
  assert(Fragile.lookup("them") === null);
}

@test
function aRunningProcessCanBeRegistered(): void {
  const fragile = Fragile.start("registered later");
  fragile.register("later");
  assertEqual(Fragile.lookup("later")!.whoAreYou(), "registered later");
}

@test
function aShutdownEndsTheProcess(): void {
  const fragile = Fragile.start("it");
  assert(fragile.isAlive);
  fragile.shutdown();
  while (fragile.isAlive) sleep(1);
  // A second one finds that there is nothing to wait for.
  fragile.shutdown();
  assert(fragile.withTimeout(60_000).shutdown());
}

@test
function aShutdownThatTakesTooLongIsGivenUp(): void {
  const slow = Fragile.start("slow");
  assert(!slow.withTimeout(1).shutdown());
  slow.kill();
}

@test
@shouldPanic
function aLinkedProcessTakesItsPartnerAlong(): void {
  const fragile = Fragile.start("it");
  fragile.link();
  fragile.crash();
  sleep(60_000);
}

@test
function anUnlinkedProcessDoesNot(): void {
  const fragile = Fragile.link().start("it");
  fragile.unlink();
  fragile.crash();
  while (fragile.isAlive) sleep(1);
}

function ask(fragile: FragileRef): void {
  fragile.whoAreYou();
}

@test
function aRequestToAProcessThatHasEndedIsAPanicAndNotAWait(): void {
  const fragile = Fragile.start("it");
  fragile.kill();
  while (fragile.isAlive) sleep(1);
  assert(!catchPanic(ask, fragile));
  const answer = fragile.withTimeout(60_000).whoAreYou();
  assert(!answer.ok);
  assert(!answer.error!.timedOut);
}

@process
class Climber {
  constructor(private step: i32) {
    Climber.self().climb();
  }

  @message
  climb(): void {
    if (++this.step < 10) Climber.self().climb();
  }

  @request
  height(): i32 {
    return this.step;
  }
}

@test
function aProcessCanWriteToItself(): void {
  const climber = Climber.start(0);
  while (climber.height() < 10) sleep(1);
  assertEqual(climber.height(), 10);
}

function fail(_: i32, mailbox: Mailbox<Unit>): void {
  panic("as it was told");
}

@process
class Watcher {
  private tags: i64[] = [];
  private ended: u64[] = [];

  @request
  watch(fragile: FragileRef): i64 {
    fragile.monitor();
    const tag = Tag.fresh();
    spawnLink(fail, 0, tag);
    return tag.id;
  }

  @request
  deaths(): i64[] {
    return this.tags;
  }

  @request
  ends(): u64[] {
    return this.ended;
  }

  @linkDeath
  died(tag: Tag): void {
    this.tags.push(tag.id);
  }

  @processDeath
  gone(id: u64): void {
    this.ended.push(id);
  }
}

@test
function deathsOfLinksAndEndsOfMonitoredProcessesAreHandled(): void {
  const fragile = Fragile.start("it");
  const watcher = Watcher.start();
  const tag = watcher.watch(fragile);
  fragile.shutdown();
  while (watcher.deaths().length == 0 || watcher.ends().length == 0) sleep(1);
  assertEqual(watcher.deaths()[0], tag);
  assertEqual(watcher.ends()[0], fragile.id);
}

@test
function aMessageCanBeSentLaterAndTakenBack(): void {
  const floats = Floats.start([]);
  floats.withDelay(1).add(1);
  const timer = floats.withDelay(60_000).add(2);
  while (floats.sum() == 0) sleep(1);
  assert(timer.cancel());
  assertEqual(floats.sum(), 1.0);
}

@message
class Team {
  constructor(
    public lead: FloatsRef,
    public others: FloatsRef[],
    public guest: FloatsRef | null,
  ) {}
}

function joinTeam(team: Team, mailbox: Mailbox<Unit>): void {
  team.lead.add(10);
  for (let i = 0; i < team.others.length; i++) team.others[i].add(20);
}

@test
function refsCanBeSent(): void {
  const lead = Floats.start([]);
  const other = Floats.start([]);
  const worker = spawn(joinTeam, new Team(lead, [other, other], null));
  while (worker.isAlive) sleep(1);
  assertEqual(lead.sum(), 10.0);
  assertEqual(other.sum(), 40.0);
}

@process
class Limited {
  @request
  maySpawn(): bool {
    return catchPanic(startOne, 0);
  }
}

function startOne(_: i32): void {
  Floats.start([]);
}

@test
function aProcessCanHaveAConfig(): void {
  const config = ProcessConfig.create().value;
  assert(!Limited.configure(config).start().maySpawn());
  assert(Limited.start().maySpawn());
}

@process
class Numbered {
  @request(5)
  five(): i32 {
    return 5;
  }

  @message(2)
  two(): void {}

  @request(1)
  one(): i32 {
    return 1;
  }
}

/** The same process, as one who knows the numbers of some of its handlers sees it. */
@process("Numbered")
abstract class NumberedFromOutside {
  @request(5)
  abstract five(): i32;
}

@test
function handlersCanBeNumbered(): void {
  const numbered = Numbered.startAs("numbered");
  numbered.two();
  assertEqual(numbered.one(), 1);
  assertEqual(NumberedFromOutside.lookup("numbered")!.five(), 5);
}
