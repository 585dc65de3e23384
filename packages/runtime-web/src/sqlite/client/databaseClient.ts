import type { DatabaseAnswer, DatabaseCommand, DatabaseRequest } from "../../abi/databases.ts";
import { type Channel, Doorbells, PortChannel, RingChannel } from "../../mailbox/index.ts";
import {
  type DatabaseMessage,
  decodeDatabaseAnswer,
  encodeDatabaseRequest,
  NO_REQUEST,
} from "../../protocol/databaseCodec.ts";
import type { DatabaseLink } from "../../protocol/databaseLink.ts";
import { framePort } from "../../protocol/peerPort.ts";
import { Lookout } from "../lookout.ts";

/** An answer that takes longer is late: parking the process, waking the event loop and resuming takes some 60 µs. */
const LATE_MS = 0.15;
/** After so many late answers in a row, none is waited for for a while where others could run meanwhile. */
const LATE_ANSWERS = 4;
const PAUSE = 64;
/** How often the link is asked for: Firefox 153 loses messages with shared memory, see protocol/executorLine.ts. */
const ASK_AGAIN_MS = 1000;

type Answer = (answer: DatabaseAnswer) => void;

/** How long the executor may stand still for an answer, before the process that asks is parked. */
export const PATIENCE_MS = {
  none: 0,
  /** About a slice, which the process could use up by itself. */
  othersReady: 1,
  /** Long enough for a cheap sleep (Lookout), and less than a turn of the scheduler. */
  alone: 5,
} as const;

export interface DatabaseClientOptions {
  /** Asks the page for the link; `connect` follows, or `lost`. */
  wantLink(): void;
  /** Answers were handed over by the event loop. */
  arrived(): void;
}

/** One executor's way to the databases, which begins with the first question. */
export class DatabaseClient {
  readonly #options: DatabaseClientOptions;
  readonly #waiting = new Map<number, Answer>();
  /** To be told that a request waits for a lock. */
  readonly #waits = new Map<number, () => void>();
  #channel: Channel | undefined;
  #doorbells: Doorbells | undefined;
  #lookout: Lookout | undefined;
  /** Encoded, until there is a channel. */
  #early: Uint8Array[] = [];
  #asking: ReturnType<typeof setInterval> | undefined;
  #lost: Extract<DatabaseAnswer, { type: "lost" }> | undefined;
  #nextRequest = NO_REQUEST + 1;
  #nextNumber = 1;
  #lateAnswers = 0;
  #pause = 0;

  constructor(options: DatabaseClientOptions) {
    this.#options = options;
  }

  nextNumber(): number {
    return this.#nextNumber++;
  }

  /**
   * @param patienceMs of PATIENCE_MS
   * @param waits called when the request has to wait until others let go of a lock
   * @returns how long the executor has stood still, in milliseconds
   */
  ask(request: DatabaseRequest, answer: Answer, patienceMs: number, waits?: () => void): number {
    if (this.#lost !== undefined) {
      answer(this.#lost);
      return 0;
    }
    const number = this.#nextRequest++;
    this.#waiting.set(number, answer);
    if (waits !== undefined) this.#waits.set(number, waits);
    this.#post(number, request);
    return this.#awaitAnswer(number, patienceMs);
  }

  tell(command: DatabaseCommand): void {
    if (this.#lost === undefined) this.#post(NO_REQUEST, command);
  }

  connect(link: DatabaseLink): void {
    if (this.#channel !== undefined) return;
    clearInterval(this.#asking);
    const { arrived } = this.#options;
    if (link.type === "port") this.#channel = new PortChannel(framePort(link.port), arrived);
    else {
      const doorbells = new Doorbells(link.bells, link.own);
      this.#doorbells = doorbells;
      this.#lookout = new Lookout(doorbells);
      this.#channel = new RingChannel({ ...link, doorbells, lendsFrames: true });
    }
    const channel = this.#channel;
    channel.onFrame = (frame) => this.#receive(frame);
    this.#doorbells?.listen(() => {
      if (channel.poll()) arrived();
    });
    for (const frame of this.#early) channel.post(frame);
    this.#early = [];
  }

  /** There is no worker. @param isFinal and there will be none */
  lost(message: string, isFinal: boolean): void {
    clearInterval(this.#asking);
    this.#asking = undefined;
    const lost = { type: "lost", message } as const;
    if (isFinal) {
      this.#lost = lost;
      this.#doorbells?.close();
      this.#channel?.close();
    }
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#waits.clear();
    this.#early = [];
    for (const answer of waiting) answer(lost);
    this.#options.arrived();
  }

  #post(number: number, message: DatabaseMessage): void {
    const frame = encodeDatabaseRequest(number, message);
    if (this.#channel !== undefined) {
      this.#channel.post(frame);
      return;
    }
    this.#early.push(frame.slice());
    if (this.#asking !== undefined) return;
    this.#options.wantLink();
    this.#asking = setInterval(() => this.#options.wantLink(), ASK_AGAIN_MS);
  }

  #awaitAnswer(number: number, patienceMs: number): number {
    const channel = this.#channel;
    const lookout = this.#lookout;
    if (channel === undefined || lookout === undefined || patienceMs === PATIENCE_MS.none) return 0;
    if (this.#pause > 0 && patienceMs === PATIENCE_MS.othersReady) {
      this.#pause--;
      return 0;
    }
    const look = (): boolean => {
      channel.poll();
      return !this.#waiting.has(number);
    };
    if (!lookout.await(look, patienceMs)) look();
    if (lookout.sleptMs < LATE_MS) this.#lateAnswers = 0;
    else if (++this.#lateAnswers === LATE_ANSWERS) {
      this.#lateAnswers = 0;
      this.#pause = PAUSE;
    }
    return lookout.sleptMs;
  }

  #receive(frame: Uint8Array<ArrayBuffer>): void {
    const { request, answer } = decodeDatabaseAnswer(frame);
    const waits = this.#waits.get(request);
    this.#waits.delete(request);
    if (answer.type === "waits") {
      waits?.();
      return;
    }
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    waiting?.(answer);
  }
}
