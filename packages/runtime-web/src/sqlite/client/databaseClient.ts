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

/**
 * How long an answer is looked for before its process is parked. A short statement takes 5 to 20 µs, and parking, waking
 * the event loop and resuming some 60: as long as answers come so soon, looking for them costs less.
 */
const PATIENCE_MS = 0.05;
/** After so many answers in a row that came later, looking for them is given up for a while. */
const MISSES = 4;
const PAUSE = 64;
/** How often the link is asked for: Firefox 153 loses messages with shared memory, see protocol/executorLine.ts. */
const ASK_AGAIN_MS = 1000;

type Answer = (answer: DatabaseAnswer) => void;

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
  /** Encoded, until there is a channel. */
  #early: Uint8Array[] = [];
  #asking: ReturnType<typeof setInterval> | undefined;
  #lost: Extract<DatabaseAnswer, { type: "lost" }> | undefined;
  #nextRequest = NO_REQUEST + 1;
  #nextNumber = 1;
  #misses = 0;
  #pause = 0;

  constructor(options: DatabaseClientOptions) {
    this.#options = options;
  }

  nextNumber(): number {
    return this.#nextNumber++;
  }

  /** @param waits called when the request has to wait until others let go of a lock */
  ask(request: DatabaseRequest, answer: Answer, waits?: () => void): void {
    if (this.#lost !== undefined) {
      answer(this.#lost);
      return;
    }
    const number = this.#nextRequest++;
    this.#waiting.set(number, answer);
    if (waits !== undefined) this.#waits.set(number, waits);
    this.#post(number, request);
    this.#lookFor(number);
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
      this.#channel = new RingChannel({ ...link, doorbells });
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

  #lookFor(number: number): void {
    const channel = this.#channel;
    if (channel === undefined || this.#doorbells === undefined) return;
    if (this.#pause > 0) {
      this.#pause--;
      return;
    }
    this.#doorbells.mute();
    const endMs = performance.now() + PATIENCE_MS;
    do channel.poll();
    while (this.#waiting.has(number) && performance.now() < endMs);
    this.#doorbells.unmute();
    channel.poll();
    if (!this.#waiting.has(number)) this.#misses = 0;
    else if (++this.#misses === MISSES) {
      this.#misses = 0;
      this.#pause = PAUSE;
    }
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
