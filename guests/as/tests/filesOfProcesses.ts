import {
  Mailbox,
  Process,
  ProcessConfig,
  SpawnOptions,
  Unit,
  assertEqual,
  spawn,
  spawnTask,
  unit,
} from "lunatic";
import {
  File,
  OpenOptions,
  appendText,
  exists,
  givenDirectories,
  list,
  makeDirectory,
  readText,
  rename,
  writeText,
} from "lunatic/files";
import { namesOf, scratch, worked } from "./scratch";

function withDirectories(directories: string[]): SpawnOptions {
  const config = ProcessConfig.create().value;
  config.canSpawnProcesses = true;
  for (let i = 0; i < directories.length; i++) config.preopenDirectory(directories[i]);
  return new SpawnOptions().withConfig(config);
}

@test
function aProcessWithoutDirectoriesIsToldSo(): void {
  const mailbox = Mailbox.of<string>();
  spawn(
    (parent: Process<string>, _: Mailbox<Unit>) => {
      const error = writeText("a.txt", "a")!;
      parent.send(`${error.name} ${error.denied} ${givenDirectories().length} ${exists(".")}`);
      parent.send(error.text);
    },
    mailbox.self,
    withDirectories([]),
  );
  assertEqual(mailbox.receive(), "ENOTCAPABLE true 0 false");
  assertEqual(
    mailbox.receive(),
    'cannot write "a.txt": ENOTCAPABLE, this process was given no directory: who spawns it gives it one by config.preopenDirectory',
  );
}

@test
function aProcessSeesTheDirectoriesOfItsConfigAndNoOthers(): void {
  const path = scratch("given");
  worked(makeDirectory(`${path}/a/inner`, true));
  worked(makeDirectory(`${path}/b`));
  worked(writeText(`${path}/a/inner/x`, "x"));
  worked(writeText(`${path}/secret`, "secret"));
  const mailbox = Mailbox.of<string>();
  spawn(
    (parent: Process<string>, _: Mailbox<Unit>) => {
      const path = "scratch-given";
      parent.send(givenDirectories().join(" "));
      parent.send(readText(`${path}/a/inner/x`).value);
      parent.send(namesOf(list(`./${path}/a`).value));
      parent.send(readText(`${path}/a/../secret`).error!.name);
      const error = readText(`${path}/secret`).error!;
      parent.send(error.name);
      parent.send(error.text);
      parent.send(rename(`${path}/a/inner/x`, `${path}/b/y`) === null ? "moved" : "not moved");
      parent.send(list(".").error!.name);
      parent.send(list(`${path}/ab`).error!.name);
    },
    mailbox.self,
    withDirectories([`${path}/a`, `./${path}/b/`]),
  );
  assertEqual(mailbox.receive(), `${path}/a ./${path}/b/`);
  assertEqual(mailbox.receive(), "x");
  assertEqual(mailbox.receive(), "inner");
  assertEqual(mailbox.receive(), "EPERM");
  assertEqual(mailbox.receive(), "ENOTCAPABLE");
  assertEqual(
    mailbox.receive(),
    `cannot read "${path}/secret": ENOTCAPABLE, the directories that this process was given (${path}/a, ./${path}/b/) do not lead there: who spawns it gives it more by config.preopenDirectory`,
  );
  assertEqual(mailbox.receive(), "moved");
  assertEqual(mailbox.receive(), "ENOTCAPABLE");
  assertEqual(mailbox.receive(), "ENOTCAPABLE");
  assertEqual(readText(`${path}/b/y`).value, "x");
}

@test
function theLongestDirectoryOnTheWayIsTaken(): void {
  const path = scratch("longest");
  worked(makeDirectory(`${path}/inner`));
  worked(writeText(`${path}/outer`, "outer"));
  const mailbox = Mailbox.of<string>();
  spawn(
    (parent: Process<string>, _: Mailbox<Unit>) => {
      parent.send(readText("scratch-longest/outer").value);
      // From the inner one on: the way back to the outer one leads out of it.
      parent.send(readText("scratch-longest/inner/../outer").error!.name);
    },
    mailbox.self,
    withDirectories([".", path, `${path}/inner`]),
  );
  assertEqual(mailbox.receive(), "outer");
  assertEqual(mailbox.receive(), "EPERM");
}

@test
function aChildHasTheDirectoriesOfItsParent(): void {
  const path = scratch("inherited");
  worked(writeText(`${path}/a`, "a"));
  const mailbox = Mailbox.of<string>();
  spawn(
    (parent: Process<string>, _: Mailbox<Unit>) => {
      spawn(
        (parent: Process<string>, _: Mailbox<Unit>) => {
          parent.send(givenDirectories().join(" "));
        },
        parent,
      );
    },
    mailbox.self,
    withDirectories([path]),
  );
  assertEqual(mailbox.receive(), path);
}

function appendLines(path: string): i32 {
  for (let i = 0; i < 50; i++) worked(appendText(path, "a line that is whole\n"));
  return 50;
}

@test
function whatSeveralProcessesAppendIsNotMixedUp(): void {
  const path = `${scratch("together")}/log`;
  const tasks = [spawnTask(appendLines, path), spawnTask(appendLines, path), spawnTask(appendLines, path)];
  for (let i = 0; i < tasks.length; i++) assertEqual(tasks[i].result(), 50);
  assertEqual(readText(path).value, "a line that is whole\n".repeat(150));
}

@test
function whatOneProcessWritesTheOtherReads(): void {
  const path = `${scratch("shared")}/a`;
  const file = File.create(path).value;
  const mailbox = Mailbox.of<string>();
  const reader = spawn(
    (parent: Process<string>, mailbox: Mailbox<Unit>) => {
      const file = File.open("scratch-shared/a").value;
      for (let i = 0; i < 2; i++) {
        mailbox.receive();
        parent.send(file.readText().value);
      }
    },
    mailbox.self,
  );
  worked(file.writeText("one"));
  reader.send(unit());
  assertEqual(mailbox.receive(), "one");
  worked(file.writeText("two"));
  worked(rename(path, `${path}-renamed`));
  reader.send(unit());
  assertEqual(mailbox.receive(), "two");
  worked(file.close());
}

@test
function ofSeveralProcessesThatMakeOneFileOneSucceeds(): void {
  scratch("lock");
  const tasks = [spawnTask(takeLock, 0), spawnTask(takeLock, 0), spawnTask(takeLock, 0)];
  let taken = 0;
  for (let i = 0; i < tasks.length; i++) taken += tasks[i].result();
  assertEqual(taken, 1);
}

function takeLock(_: i32): i32 {
  return File.open("scratch-lock/lock", new OpenOptions().write().createNew()).ok ? 1 : 0;
}
