import { Mailbox, Process, ProcessName, Unit, assertEqual, spawn, unit } from "lunatic";

const ECHO = new ProcessName<string>("echo");

@test
function aProcessIsFoundByItsName(): void {
  assert(ECHO.lookup() === null);
  const mailbox = Mailbox.of<string>();
  ECHO.register(mailbox.self);
  const found = ECHO.lookup();
  assert(found !== null);
  assert(found!.equals(mailbox.self));
  ECHO.expect().send("found");
  assertEqual(mailbox.receive(), "found");
}

@test
function namesForOtherMessagesAreOtherNames(): void {
  const mailbox = Mailbox.of<string>();
  mailbox.self.register("name");
  assert(Process.lookup<i32>("name") === null);
  assert(Process.lookup<string>("name") !== null);
}

@test
function aNameCanBeGivenAwayAndFreed(): void {
  const mailbox = Mailbox.of<string>();
  ECHO.register(mailbox.self);
  const other = spawn((_: Unit, self: Mailbox<string>) => {
    self.receive();
  }, unit());
  ECHO.register(other);
  assertEqual(ECHO.expect().id, other.id);
  ECHO.unregister();
  assert(ECHO.lookup() === null);
}

@test
@shouldPanic('no process is registered as "echo"')
function whoExpectsANamePanicsWithoutIt(): void {
  ECHO.expect();
}
