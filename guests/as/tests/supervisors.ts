import { Strategy, Supervisor, assertEqual, panic, sleep } from "lunatic";

/** Writes down what happens, in its order. */
@process
class Log {
  private entries: string[] = [];

  @request
  add(entry: string): void {
    this.entries.push(entry);
  }

  @request
  take(): string {
    const all = this.entries.join(" ");
    this.entries = [];
    return all;
  }
}

@process
class Member {
  private count: i32 = 0;

  constructor(private name: string) {
    Log.lookup("log")!.add("+" + name);
  }

  @message
  increment(): void {
    this.count++;
  }

  @message
  crash(): void {
    Log.lookup("log")!.add("!" + this.name);
    panic("as it was told");
  }

  @request
  value(): i32 {
    return this.count;
  }

  @terminate
  end(): void {
    Log.lookup("log")!.add("-" + this.name);
  }
}

@supervisor
class Team extends Supervisor {
  @child a: MemberChild = Member.child("a");
  @child b: MemberChild = Member.child("b").named("b");
  @child rest: MemberChild[] = [Member.child("c"), Member.child("d")];

  constructor(strategy: Strategy) {
    super();
    this.strategy = strategy;
  }
}

/** Lets a member crash, and waits until its team is through with it. */
function crash(team: TeamRef, member: MemberRef): TeamChildren {
  member.crash();
  while (true) {
    const children = team.children();
    if (!contains(children, member)) return children;
    sleep(1);
  }
}

function contains(children: TeamChildren, member: MemberRef): bool {
  for (let i = 0; i < children.rest.length; i++) if (children.rest[i].equals(member)) return true;
  return children.a.equals(member) || children.b.equals(member);
}

function start(strategy: Strategy): TeamRef {
  Log.startAs("log");
  const team = Team.link().start(strategy);
  assertEqual(takeLog(), "+a +b +c +d");
  return team;
}

function takeLog(): string {
  return Log.lookup("log")!.take();
}

@test
function oneForOneRestartsTheChildThatFailed(): void {
  const team = start(Strategy.OneForOne);
  const before = team.children();
  before.a.increment();
  before.b.increment();
  const after = crash(team, before.b);
  assertEqual(takeLog(), "!b +b");
  assertEqual(after.a.value(), 1);
  assertEqual(after.b.value(), 0);
  assert(!after.b.equals(before.b));
}

@test
function aNamedChildHasItsNameAgain(): void {
  const team = start(Strategy.OneForOne);
  const after = crash(team, team.children().b);
  assert(Member.lookup("b")!.equals(after.b));
}

@test
function oneForAllRestartsAllInTheirOrder(): void {
  const team = start(Strategy.OneForAll);
  const after = crash(team, team.children().b);
  assertEqual(takeLog(), "!b -d -c -a +a +b +c +d");
  assertEqual(after.rest.length, 2);
  assert(after.rest[1].isAlive);
}

@test
function restForOneRestartsThoseThatWereStartedLater(): void {
  const team = start(Strategy.RestForOne);
  const after = crash(team, team.children().b);
  assertEqual(takeLog(), "!b -d -c +b +c +d");
  crash(team, after.a);
  assertEqual(takeLog(), "!a -d -c -b +a +b +c +d");
  crash(team, team.children().rest[1]);
  assertEqual(takeLog(), "!d +d");
}

@test
function childrenThatFailTogetherAreRestarted(): void {
  const team = start(Strategy.OneForAll);
  const before = team.children();
  before.a.crash();
  before.b.crash();
  before.rest[0].crash();
  let after = team.children();
  while (contains(after, before.a) || contains(after, before.b) || contains(after, before.rest[0])) {
    sleep(1);
    after = team.children();
  }
  // Whoever fails while the others are being stopped counts as stopped: no restart is for a child of a later one.
  assert(after.a.isAlive && after.b.isAlive && after.rest[0].isAlive && after.rest[1].isAlive);
  team.shutdown();
  const log = takeLog();
  const starts = log.split("+a").length - 1;
  assert(starts >= 1 && starts <= 3, log);
  assertEqual(log.split("+b").length - 1, starts);
  assertEqual(log.split("+d").length - 1, starts);
  assertEqual(log.split("-d").length - 1, starts + 1);
}

@test
function aShutdownStopsTheLastChildFirst(): void {
  const team = start(Strategy.OneForOne);
  const children = team.children();
  team.shutdown();
  assertEqual(takeLog(), "-d -c -b -a");
  assert(!children.a.isAlive);
  while (team.isAlive) sleep(1);
}

@test
function childrenThatEndedNormallyAreLeftAlone(): void {
  const team = start(Strategy.OneForOne);
  const children = team.children();
  children.a.shutdown();
  assertEqual(takeLog(), "-a");
  assert(!team.children().a.isAlive);
  team.shutdown();
  assertEqual(takeLog(), "-d -c -b");
}

@process
class Stubborn {
  @terminate
  end(): void {
    sleep(600_000);
  }
}

@supervisor
class Impatient extends Supervisor {
  @child stubborn: StubbornChild = Stubborn.child().killAfter(1);
}

@test
function aChildThatDoesNotEndIsKilled(): void {
  const impatient = Impatient.start();
  const stubborn = impatient.children().stubborn;
  impatient.shutdown();
  assert(!stubborn.isAlive);
}

@supervisor
class Strict extends Supervisor {
  @child a: MemberChild = Member.child("a");
  @child b: MemberChild = Member.child("b");

  @init
  begin(most: u32): void {
    this.limitRestarts(most, 600_000);
  }
}

@test
function tooManyRestartsAreGivenUp(): void {
  Log.startAs("log");
  const strict = Strict.start(2);
  takeLog();
  for (let i = 0; i < 2; i++) {
    const a = strict.children().a;
    a.crash();
    while (strict.children().a.equals(a)) sleep(1);
  }
  strict.children().a.crash();
  while (strict.isAlive) sleep(1);
  assertEqual(takeLog(), "!a +a !a +a !a -b");
}

@supervisor
class Organisation extends Supervisor {
  @child strict: StrictChild = Strict.child(0);
  @child other: MemberChild = Member.child("x");
}

@test
function aSupervisorThatGivesUpIsRestartedByItsOwn(): void {
  Log.startAs("log");
  const organisation = Organisation.start();
  assertEqual(takeLog(), "+a +b +x");
  const strict = organisation.children().strict;
  strict.children().a.crash();
  while (organisation.children().strict.equals(strict)) sleep(1);
  assertEqual(organisation.children().strict.children().b.value(), 0);
  assertEqual(takeLog(), "!a -b +a +b");
  organisation.shutdown();
  assertEqual(takeLog(), "-x -b -a");
}

@process
class Unstartable {
  @init
  begin(): string | null {
    return "not today";
  }
}

@supervisor
class Hopeless extends Supervisor {
  @child a: MemberChild = Member.child("a");
  @child b: UnstartableChild = Unstartable.child();
}

@test
function aChildThatCannotBeStartedStopsTheOthers(): void {
  Log.startAs("log");
  assert(!Hopeless.tryStart().ok);
  assertEqual(takeLog(), "+a -a");
}

@process
class Waiter {
  constructor(private team: TeamRef) {}

  @message
  wait(): void {
    this.team.waitOnShutdown();
    Log.lookup("log")!.add("told");
  }
}

@test
function aShutdownCanBeWaitedFor(): void {
  const team = start(Strategy.OneForOne);
  const waiter = Waiter.start(team);
  waiter.wait();
  assert(!team.withTimeout(1).waitOnShutdown());
  team.shutdown();
  waiter.shutdown();
  assert(takeLog().endsWith("told"));
}
