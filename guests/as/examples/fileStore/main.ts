/** A store on a file: a log that is only ever appended to. Its process dies in the middle of a write; the next one has every value. */
import {
  Mailbox,
  Process,
  ProcessConfig,
  SpawnOptions,
  Strategy,
  Supervisor,
  Unit,
  panic,
  print,
  sleep,
  spawn,
} from "lunatic";
import { File, OpenOptions, list, makeDirectory, readText, remove, rename, writeText } from "lunatic/files";

const FOLDER = "colors";
const LOG = "colors/log.txt";
const NEW_LOG = "colors/log.new";

/** Whatever is written to it goes to its end. It is closed when the process ends, however that happens. */
function openLog(): File {
  return File.open(LOG, new OpenOptions().append().create()).expect("no log");
}

@process
class Store {
  private log: File = openLog();
  private values: Map<string, string> = new Map();

  /** Reads the log, and cuts off what a write that never ended has left there. */
  @init
  begin(): void {
    const text = readText(LOG).value;
    const whole = text.lastIndexOf("\n") + 1;
    const lines = text.substring(0, whole).split("\n");
    for (let i = 0; i < lines.length - 1; i++) {
      const equals = lines[i].indexOf("=");
      this.values.set(lines[i].substring(0, equals), lines[i].substring(equals + 1));
    }
    if (whole == text.length) return;
    print(`the log ends in "${text.substring(whole)}", which is cut off`);
    this.log.truncate(String.UTF8.byteLength(text.substring(0, whole)));
  }

  @message
  put(key: string, value: string): void {
    this.log.writeText(`${key}=${value}\n`);
    this.values.set(key, value);
  }

  @request
  get(key: string): string {
    return this.values.has(key) ? this.values.get(key) : "unknown";
  }

  /** When it answers, all of it is on the disk. */
  @request
  sync(): u64 {
    this.log.sync();
    return this.log.stat().value.size;
  }

  /** Writes what is still true to a new log, which takes the place of the old one when it is whole. */
  @request
  tidy(): u64 {
    const keys = this.values.keys();
    let text = "";
    for (let i = 0; i < keys.length; i++) text += `${keys[i]}=${this.values.get(keys[i])}\n`;
    const error = writeText(NEW_LOG, text);
    if (error !== null) panic(error.text);
    this.log.close();
    rename(NEW_LOG, LOG);
    this.log = openLog();
    return this.sync();
  }

  @message
  dieWhileWriting(): void {
    this.log.writeText("sky=gre");
    panic("the power is gone");
  }
}

@supervisor
class Keeper extends Supervisor {
  @child store: StoreChild = Store.child();

  @init
  begin(): void {
    this.strategy = Strategy.OneForOne;
  }
}

/** It may look into one directory or into none: what its config says. */
function look(parent: Process<string>, _: Mailbox<Unit>): void {
  const listed = list(FOLDER);
  parent.send(listed.ok ? `sees ${listed.value[0].path}` : `gets ${listed.error!.name}`);
}

export function main(mailbox: Mailbox<string>): void {
  remove(FOLDER, true);
  makeDirectory(FOLDER);
  const keeper = Keeper.start();
  let store = keeper.children().store;
  for (let round = 0; round < 20; round++) {
    store.put("sky", round % 2 == 0 ? "gray" : "blue");
    store.put("grass", "green");
  }
  print(`${store.sync()} bytes are on the disk`);

  const dying = store;
  dying.dieWhileWriting();
  while (keeper.children().store.equals(dying)) sleep(5);
  store = keeper.children().store;
  print(`after the crash the sky is ${store.get("sky")} and the grass is ${store.get("grass")}`);
  print(`tidied up, the log has ${store.tidy()} bytes`);
  keeper.shutdown();

  const nothing = ProcessConfig.create().expect("this program may create configs");
  spawn(look, mailbox.self, new SpawnOptions().withConfig(nothing));
  print(`a process without directories ${mailbox.receive()}`);
  const folder = ProcessConfig.create().expect("this program may create configs");
  folder.preopenDirectory(FOLDER);
  spawn(look, mailbox.self, new SpawnOptions().withConfig(folder));
  print(`a process with one ${mailbox.receive()}`);
}
