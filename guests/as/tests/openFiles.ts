import { assertEqual } from "lunatic";
import {
  Errno,
  File,
  OpenOptions,
  SeekFrom,
  appendText,
  exists,
  readText,
  remove,
  stat,
  writeText,
} from "lunatic/files";
import { bytesOf, fails, scratch, textOf, worked } from "./scratch";

@test
function anOpenFileIsReadAndWrittenAnywhere(): void {
  const path = `${scratch("open")}/a`;
  const file = File.create(path).value;
  assertEqual(file.path, path);
  worked(file.writeText("0123456789"));
  worked(file.writeAt(bytesOf("AB"), 2));
  const four = new Uint8Array(4);
  assertEqual(file.readAt(four, 1).value, 4);
  assertEqual(textOf(four), "1AB4");
  assertEqual(file.readAt(four, 8).value, 2);
  assertEqual(file.readAt(four, 100).value, 0);
  worked(file.writeAt(bytesOf("!"), 12));
  assertEqual(file.stat().value.size, 13);
  assertEqual(file.seek(0, SeekFrom.Current).value, 10);
  assertEqual(file.seek(-3, SeekFrom.End).value, 10);
  assertEqual(file.seek(4).value, 4);
  assertEqual(file.readText().value, "456789\u0000\u0000!");
  assertEqual(file.read(four).value, 0);
  fails(file.seek(-1).error, Errno.InvalidInput);
  worked(file.close());
}

@test
function anOpenFileIsCutOffAndFilledUp(): void {
  const path = `${scratch("truncate")}/a`;
  worked(writeText(path, "0123456789"));
  const file = File.open(path, new OpenOptions().read().write()).value;
  worked(file.truncate(3));
  assertEqual(readText(path).value, "012");
  worked(file.truncate(5));
  assertEqual(readText(path).value, "012\u0000\u0000");
  worked(file.sync());
  worked(file.close());
}

@test
function aFileThatAppendsWritesBehindWhatOthersWrote(): void {
  const path = `${scratch("appending")}/log`;
  const log = File.open(path, new OpenOptions().append().create()).value;
  worked(log.writeText("a"));
  worked(appendText(path, "b"));
  worked(log.writeText("c"));
  assertEqual(readText(path).value, "abc");
  worked(log.close());
}

@test
function optionsSayWhatMayBeDone(): void {
  const path = `${scratch("options")}/a`;
  fails(File.open(path).error, Errno.NotFound);
  fails(File.open(path, new OpenOptions().write()).error, Errno.NotFound);
  worked(File.open(path, new OpenOptions().write().createNew()).value.close());
  fails(File.open(path, new OpenOptions().write().createNew()).error, Errno.AlreadyExists);
  fails(File.open(path, new OpenOptions().read().truncate()).error, Errno.InvalidInput);
  fails(File.open(path, new OpenOptions()).error, Errno.InvalidInput);
  fails(File.open(scratch("options-directory"), new OpenOptions().write()).error, Errno.IsADirectory);

  const reader = File.open(path).value;
  fails(reader.writeText("x"), Errno.NotCapable);
  fails(reader.truncate(1), Errno.NotCapable);
  worked(reader.close());
  const writer = File.open(path, new OpenOptions().write()).value;
  fails(writer.readText().error, Errno.NotCapable);
  worked(writer.close());
}

@test
function aClosedFileSaysSo(): void {
  const file = File.create(`${scratch("closed")}/a`).value;
  worked(file.close());
  worked(file.close());
  const error = file.writeText("x")!;
  assertEqual(error.name, "EBADF");
  assert(error.text.includes("the file has been closed"), error.text);
  fails(file.readText().error, Errno.Closed);
  fails(file.sync(), Errno.Closed);
}

@test
function aFileThatIsOpenOutlivesItsName(): void {
  const path = `${scratch("unlinked")}/a`;
  const file = File.create(path).value;
  worked(file.writeText("still here"));
  worked(remove(path));
  assert(!exists(path));
  file.seek(0);
  assertEqual(file.readText().value, "still here");
  worked(file.close());
}

@test
function filesThatAreClosedMakeRoomForOthers(): void {
  const path = `${scratch("descriptors")}/a`;
  worked(writeText(path, "a"));
  for (let i = 0; i < 70_000; i++) worked(File.open(path).value.close());
  assertEqual(readText(path).value, "a");
}
