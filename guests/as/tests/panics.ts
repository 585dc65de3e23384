import { LunaticError, Result, assertEqual, catchPanic, panic } from "lunatic";

class Division {
  result: i32 = 0;
  constructor(
    readonly dividend: i32,
    readonly divisor: i32,
  ) {}
}

function divide(division: Division): void {
  division.result = division.dividend / division.divisor;
}

@test
function aCaughtTrapIsNoEnd(): void {
  const bad = new Division(1, 0);
  assert(!catchPanic(divide, bad));
  const good = new Division(84, 2);
  assert(catchPanic(divide, good));
  assertEqual(good.result, 42);
}

@test
function panicsCanBeCaughtInsideOthers(): void {
  const depth = __stack_pointer;
  for (let i = 0; i < 50; i++) {
    assert(
      catchPanic((inner: Division) => {
        assert(!catchPanic(divide, inner));
        inner.result = 1;
      }, new Division(1, 0)),
    );
  }
  // The stack of references is where it was, or a server that catches would use it up.
  assertEqual(__stack_pointer, depth);
}

@test
@shouldPanic("out of cheese")
function aPanicHasItsText(): void {
  panic("out of cheese");
}

@test
@shouldPanic("it's \"quoted\"; ünïcode 😀, and longer than one slice of the buffer that stderr is written through: ")
function thePanicsTextArrivesWhole(): void {
  panic(
    "it's \"quoted\"; ünïcode 😀, and longer than one slice of the buffer that stderr is written through: " +
      "x".repeat(1_000),
  );
}

@test
@shouldPanic("expected 2, but it is 1")
function assertEqualShowsBothValues(): void {
  assertEqual(1, 2);
}

@test
@shouldPanic("Index out of range")
function theChecksOfTheLanguageArePanics(): void {
  const list: i32[] = [];
  list[1];
}

@test
function aResultIsAValueOrAnError(): void {
  const good = Result.ok<i32>(1);
  assert(good.ok && good.error === null);
  assertEqual(good.value, 1);
  const bad = Result.err<i32>(new LunaticError("no", true));
  assert(!bad.ok && bad.error!.timedOut);
  assertEqual(bad.or(7), 7);
}

@test
@shouldPanic("the settings: no such file")
function whoExpectsAValuePanicsWithoutIt(): void {
  Result.err<string>(new LunaticError("no such file")).expect("the settings");
}

@test
@ignore
function ignoredTestsAreNotRun(): void {
  panic("never");
}
