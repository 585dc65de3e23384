import { assertEqual, now } from "lunatic";
import {
  Errno,
  File,
  FileKind,
  appendText,
  copy,
  exists,
  hardLink,
  linkStat,
  list,
  makeDirectory,
  readBytes,
  readLink,
  readText,
  remove,
  rename,
  stat,
  symbolicLink,
  writeBytes,
  writeText,
} from "lunatic/files";
import { fails, namesOf, scratch, worked } from "./scratch";

@test
function aTextComesBackAsItWent(): void {
  const path = `${scratch("text")}/größe €.txt`;
  worked(writeText(path, "grün €\n\u0000𝄞"));
  assertEqual(readText(path).value, "grün €\n\u0000𝄞");
  worked(writeText(path, ""));
  assertEqual(readText(path).value, "");
}

@test
function bytesComeBackAsTheyWent(): void {
  const path = `${scratch("bytes")}/a.bin`;
  const bytes = new Uint8Array(300_000);
  for (let i = 0; i < bytes.length; i++) bytes[i] = <u8>(i % 251);
  worked(writeBytes(path, bytes));
  const read = readBytes(path).value;
  assertEqual(read.length, bytes.length);
  for (let i = 0; i < bytes.length; i++) if (read[i] != bytes[i]) assert(false, `byte ${i} is another one`);
}

@test
function writingReplacesAndAppendingAdds(): void {
  const path = `${scratch("append")}/log.txt`;
  worked(appendText(path, "one\n"));
  worked(appendText(path, "two\n"));
  assertEqual(readText(path).value, "one\ntwo\n");
  worked(writeText(path, "3"));
  assertEqual(readText(path).value, "3");
}

@test
function aFileThatIsMissingIsAnErrorThatSaysWhatToDo(): void {
  const error = readText("nowhere.txt").error!;
  assertEqual(error.code, Errno.NotFound);
  assertEqual(error.name, "ENOENT");
  assertEqual(error.path, "nowhere.txt");
  assert(error.text.startsWith('cannot read "nowhere.txt": ENOENT, '), error.text);
  assert(error.text.includes("makeDirectory"), error.text);
  assert(!error.denied);
}

@test
function bytesThatAreNoTextAreNotTakenForOne(): void {
  const path = `${scratch("utf8")}/latin1`;
  const bytes = new Uint8Array(2);
  bytes[0] = 0x67;
  bytes[1] = 0xfc;
  worked(writeBytes(path, bytes));
  fails(readText(path).error, Errno.InvalidText);
  assertEqual(readBytes(path).value.length, 2);
}

@test
function thePathsOfTheWorkingDirectoryAreTheSameWithAndWithoutItsName(): void {
  const path = scratch("paths");
  worked(writeText(`./${path}/a`, "a"));
  assertEqual(readText(`/${path}/a`).value, "a");
  assertEqual(readText(`././/${path}//a`).value, "a");
  assertEqual(readText(`${path}/../${path}/./a`).value, "a");
  assert(list(".").ok && list("/").ok && list("./").ok);
  fails(readText("").error, Errno.NotFound);
}

@test
function noPathLeavesTheDirectoriesOfTheProcess(): void {
  const error = readText("../secret.txt").error!;
  assertEqual(error.name, "EPERM");
  assert(error.denied);
  const path = scratch("escape");
  worked(symbolicLink("../../..", `${path}/up`));
  fails(readText(`${path}/up/secret.txt`).error, Errno.NotPermitted);
  fails(symbolicLink("/etc", `${path}/etc`), Errno.NotPermitted);
}

@test
function whatIsThereAndWhatIsNot(): void {
  const path = scratch("exists");
  assert(exists(path) && !exists(`${path}/a`));
  worked(writeText(`${path}/a`, ""));
  assert(exists(`${path}/a`) && !exists("../.."));
}

@test
function aFileTellsItsSizeKindAndTimes(): void {
  const path = `${scratch("stat")}/a`;
  const before = now();
  worked(writeText(path, "12345"));
  const known = stat(path).value;
  assert(known.isFile && !known.isDirectory && known.kind == FileKind.File);
  assertEqual(known.size, 5);
  assertEqual(known.linkCount, 1);
  assert(known.modified >= before && known.modified <= now(), `${known.modified} is not since ${before}`);
  assert(stat(".").value.isDirectory);
  fails(stat(`${path}/b`).error, Errno.NotADirectory);
}

@test
function aDirectoryIsListedByName(): void {
  const path = scratch("list");
  worked(makeDirectory(`${path}/directory`));
  worked(writeText(`${path}/b.txt`, ""));
  worked(writeText(`${path}/B.txt`, ""));
  worked(writeText(`${path}/a ö.txt`, ""));
  worked(symbolicLink("b.txt", `${path}/link`));
  const entries = list(path).value;
  assertEqual(namesOf(entries), "B.txt a ö.txt b.txt directory link");
  assertEqual(entries[1].path, `${path}/a ö.txt`);
  assert(entries[2].isFile && entries[3].isDirectory && entries[4].kind == FileKind.SymbolicLink);
  assertEqual(list(`${path}/`).value[0].path, `${path}/B.txt`);
  assertEqual(list(`${path}/directory`).value.length, 0);
  fails(list(`${path}/b.txt`).error, Errno.NotADirectory);
}

@test
function aDirectoryOfManyEntriesIsListedWhole(): void {
  const path = scratch("many");
  const long = "n".repeat(200);
  for (let i = 0; i < 300; i++) worked(writeText(`${path}/${long}${1000 + i}`, ""));
  const entries = list(path).value;
  assertEqual(entries.length, 300);
  for (let i = 0; i < 300; i++) assertEqual(entries[i].name, `${long}${1000 + i}`);
}

@test
function aDirectoryIsMadeAloneOrWithThoseOnTheWay(): void {
  const path = scratch("make");
  fails(makeDirectory(path), Errno.AlreadyExists);
  fails(makeDirectory(`${path}/a/b/c`), Errno.NotFound);
  worked(makeDirectory(`${path}/a/b/c`, true));
  worked(makeDirectory(`${path}/a/b/c`, true));
  worked(makeDirectory(`${path}/a/x/`, true));
  assertEqual(namesOf(list(`${path}/a`).value), "b x");
  worked(writeText(`${path}/file`, ""));
  fails(makeDirectory(`${path}/file`, true), Errno.AlreadyExists);
  fails(makeDirectory(`${path}/file/d`, true), Errno.NotADirectory);
}

@test
function whatIsRemovedIsGone(): void {
  const path = scratch("remove");
  worked(writeText(`${path}/a`, ""));
  worked(remove(`${path}/a`));
  fails(remove(`${path}/a`), Errno.NotFound);
  worked(makeDirectory(`${path}/full/of/things`, true));
  worked(writeText(`${path}/full/a`, ""));
  worked(writeText(`${path}/kept`, "kept"));
  worked(symbolicLink("../kept", `${path}/full/link`));
  fails(remove(`${path}/full`), Errno.DirectoryNotEmpty);
  worked(remove(`${path}/full/of/things`));
  worked(remove(`${path}/full`, true));
  assertEqual(namesOf(list(path).value), "kept");
}

@test
function aRenamedFileReplacesTheOther(): void {
  const path = scratch("rename");
  worked(writeText(`${path}/new`, "new"));
  worked(writeText(`${path}/old`, "old"));
  worked(rename(`${path}/new`, `${path}/old`));
  assertEqual(readText(`${path}/old`).value, "new");
  assertEqual(list(path).value.length, 1);
  const error = rename(`${path}/none`, `${path}/x`)!;
  assertEqual(error.path, `${path}/none`);
  assert(error.text.startsWith(`cannot rename "${path}/none" to "${path}/x": ENOENT, `), error.text);
}

@test
function aCopyIsAnotherFile(): void {
  const path = scratch("copy");
  const bytes = new Uint8Array(150_000);
  bytes.fill(7);
  worked(writeBytes(`${path}/a`, bytes));
  worked(writeText(`${path}/b`, "what was there before"));
  worked(copy(`${path}/a`, `${path}/b`));
  worked(writeText(`${path}/a`, ""));
  const copied = readBytes(`${path}/b`).value;
  assertEqual(copied.length, 150_000);
  assert(copied[149_999] == 7);
  fails(copy(`${path}/none`, `${path}/c`), Errno.NotFound);
  assert(!exists(`${path}/c`));
}

@test
function linksLeadToFiles(): void {
  const path = scratch("links");
  worked(writeText(`${path}/a`, "a"));
  worked(symbolicLink("a", `${path}/soft`));
  worked(hardLink(`${path}/a`, `${path}/hard`));
  assertEqual(readLink(`${path}/soft`).value, "a");
  assertEqual(readText(`${path}/soft`).value, "a");
  assert(stat(`${path}/soft`).value.isFile);
  assert(linkStat(`${path}/soft`).value.kind == FileKind.SymbolicLink);
  assertEqual(stat(`${path}/hard`).value.linkCount, 2);
  worked(remove(`${path}/a`));
  assertEqual(readText(`${path}/hard`).value, "a");
  fails(readText(`${path}/soft`).error, Errno.NotFound);
  fails(readLink(`${path}/hard`).error, Errno.InvalidInput);
}
