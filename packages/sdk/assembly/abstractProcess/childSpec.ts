import { ProcessConfig } from "../config/processConfig";
import * as input from "../codec/input";
import * as output from "../codec/output";
import { panic } from "../panic";
import { receive } from "../host/message";
import { FOREVER } from "../process/receive";
import { sendTo } from "../process/send";
import { NAME_TAKEN, SPAWNED, spawnByIndex, spawnError, spawnedId, spawnedNode } from "../process/spawnByIndex";
import { SpawnOptions } from "../process/spawnOptions";
import { Tag, freshTag } from "../process/tag";
import { removeName } from "../registry/registry";
import { refTo } from "./processRef";
import { StartStatus, Started, errorText, statusText } from "./started";
import { checkRead, put, putOwnAddress, take } from "./wire";

/** The answer of an init: Result<(), StartupError> of lunatic's Rust library. */
export const INIT_OK: u32 = 0;
export const INIT_FAILED: u32 = 1;
export const INIT_PANICKED: u32 = 0;
export const INIT_ERROR: u32 = 2;

const LINK_DIED: u32 = 1;
const TAGS: usize = memory.data(16, 8);

/**
 * How to start a process of a class: its arguments and where it runs. `Counter.child(10)` gives one, a supervisor
 * starts it, as often as it has to.
 */
export abstract class ChildSpec {
  __name: string | null = null;
  __config: ProcessConfig | null = null;
  __killAfter: u64 = FOREVER;
  /** The process that runs now. */
  __node: u64 = 0;
  __id: u64 = 0;
  /** Of the link with its supervisor. */
  __tag: i64 = 0;

  /** The index of the function that serves the process. */
  abstract __serve(): u32;
  /** The index of the author's init, for whoever looks at the process from outside. */
  abstract __init(): u32;
  /** The name in the registry, which has the type in it. */
  abstract __registered(name: string): string;
  /** Starts the process again with these arguments, linked with this one. Returns why not; null: it runs. */
  abstract __restart(): string | null;
  /** Adds the arguments of the init to the message under construction. */
  abstract __put(): void;

  /**
   * Starts the process and waits for its init.
   * @param linkTag so that a death during the init is noticed, where link failures are caught; 0: none
   */
  __start<R, E>(options: SpawnOptions, name: string | null, linkTag: i64): Started<R, E> {
    const status = this.__begin(options, name, linkTag);
    let error: E | null = null;
    if (status == StartStatus.Failed) error = takeError<E>();
    const isThere = status == StartStatus.Started || status == StartStatus.NameTaken;
    return new Started<R, E>(status, isThere ? refTo<R>(this.__node, this.__id) : null, error);
  }

  /** Starts the process linked with this one, which catches link failures. Returns why not; null: it runs. */
  __startAgain<E>(): string | null {
    const name = this.__name;
    // Names outlive their processes: the one that died still has it.
    if (name !== null) removeName(this.__registered(name));
    const tag = Tag.fresh();
    this.__tag = tag.id;
    const options = new SpawnOptions().linked(tag);
    const config = this.__config;
    if (config !== null) options.withConfig(config);
    const status = this.__begin(options, name, tag.id);
    if (status == StartStatus.Started) return null;
    return status == StartStatus.Failed ? errorText<E>(takeError<E>()) : statusText(status);
  }

  /** Starts the process. If its init returned an error, that is what is to be read next. */
  private __begin(options: SpawnOptions, name: string | null, linkTag: i64): StartStatus {
    let registered: string | null = null;
    if (name !== null) registered = this.__registered(name);
    const code = spawnByIndex(this.__serve(), this.__init(), options, registered);
    if (code != SPAWNED && code != NAME_TAKEN) panic(`cannot spawn a process: ${spawnError()}`);
    this.__node = spawnedNode();
    this.__id = spawnedId();
    if (code == NAME_TAKEN) return StartStatus.NameTaken;
    const initTag = freshTag();
    output.begin(0);
    putOwnAddress();
    put<i64>(initTag);
    this.__put();
    output.flush();
    sendTo(this.__node, this.__id);
    store<i64>(TAGS, initTag);
    store<i64>(TAGS, linkTag, 8);
    if (receive(TAGS, linkTag == 0 ? 1 : 2, FOREVER) == LINK_DIED) return StartStatus.Died;
    input.begin();
    if (take<u32>() == INIT_OK) return StartStatus.Started;
    return take<u32>() == INIT_ERROR ? StartStatus.Failed : StartStatus.InitPanicked;
  }
}

function takeError<E>(): E {
  const error = take<E>();
  checkRead("a failed init");
  return error;
}
