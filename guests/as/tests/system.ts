import {
  ProcessLocal,
  assertEqual,
  environmentVariable,
  environmentVariables,
  monotonicNanoseconds,
  now,
  randomBytes,
  randomNumber,
  version,
} from "lunatic";

const words = new ProcessLocal<string[]>(() => ["first"]);
const number = new ProcessLocal<i32>(() => 5);

@test
function aProcessLocalIsMadeAtItsFirstUse(): void {
  words.value.push("second");
  assertEqual(words.value, ["first", "second"]);
  assertEqual(number.replace(6), 5);
  assertEqual(number.value, 6);
}

@test
function timeGoesOn(): void {
  assert(now() > 1_500_000_000_000);
  const before = monotonicNanoseconds();
  assert(monotonicNanoseconds() >= before);
}

@test
function randomBytesAreRandom(): void {
  assert(randomNumber() != randomNumber());
  const bytes = randomBytes(32);
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += bytes[i];
  assert(sum > 0);
  assert(Math.random() != Math.random());
}

@test
function aVariableThatIsNotSetIsNull(): void {
  assertEqual(environmentVariable("SURELY_NOT_SET"), null);
  assert(!environmentVariables().has("SURELY_NOT_SET"));
}

@test
function theRuntimeHasAVersion(): void {
  assert(version().split(".").length == 3);
}
