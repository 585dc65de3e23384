import * as input from "../codec/input";
import * as output from "../codec/output";
import { get_process_id, get_tag, receive } from "../host/message";
import { die_when_link_dies } from "../host/process";
import { catchPanic, panic } from "../panic";
import { FOREVER } from "../process/receive";
import { sendTo } from "../process/send";
import { INIT_ERROR, INIT_FAILED, INIT_OK, INIT_PANICKED } from "./childSpec";
import { ANSWER, Address, SHUTDOWN, answer, answerTagOf, checkRead, confirm, handlerOf, put, take, takeAddress } from "./wire";

const LINK_DIED: u32 = 1;
const PROCESS_DIED: u32 = 2;

/** A process between its first instruction and the end of its init. `P` is the author's class. */
export class Startup<P> {
  /** The object of the author's class. */
  process: P | null = null;
  hasFailed: bool = false;

  constructor(
    readonly parent: Address,
    readonly tag: i64,
  ) {}

  /** Tells the parent what went wrong. */
  fail<E>(error: E): void {
    this.hasFailed = true;
    output.begin(this.tag);
    put<u32>(INIT_FAILED);
    put<u32>(INIT_ERROR);
    put<E>(error);
    output.flush();
    sendTo(this.parent.nodeId, this.parent.id);
  }

  /** Tells the parent that the init panicked. */
  panicked(): void {
    output.begin(this.tag);
    put<u32>(INIT_FAILED);
    put<u32>(INIT_PANICKED);
    output.flush();
    sendTo(this.parent.nodeId, this.parent.id);
  }
}

/** From now on the failure of a linked process does not kill this one. */
export function catchLinkDeaths(): void {
  die_when_link_dies(0);
}

/** The life of a process of the author's class `P`. */
export function run<P>(name: string, init: (startup: Startup<P>) => void): void {
  receive(0, 0, FOREVER);
  input.begin();
  const parent = takeAddress();
  const startup = new Startup<P>(parent, take<i64>());
  checkRead(`a new ${name}`);
  if (!catchPanic<Startup<P>>(init, startup)) {
    startup.panicked();
    return;
  }
  if (startup.hasFailed) return;
  answer<u32>(parent, startup.tag, INIT_OK);
  serve<P>(name, startup.process!);
}

/** Handles what comes, until it is asked to shut down. */
function serve<P>(name: string, process: P): void {
  while (true) {
    const kind = receive(0, 0, FOREVER);
    const tag = get_tag();
    if (kind == LINK_DIED) {
      process.__linkDied(tag);
    } else if (kind == PROCESS_DIED) {
      process.__processDied(get_process_id());
    } else {
      const handler = handlerOf(tag);
      if (handler == ANSWER) continue;
      input.begin();
      if (handler == SHUTDOWN) {
        const address = takeAddress();
        checkRead(name);
        process.__terminate();
        confirm(address, answerTagOf(tag));
        return;
      }
      if (!process.__handle(handler, answerTagOf(tag))) {
        panic(`${name} has no handler with the number ${handler}`);
      }
    }
  }
}
