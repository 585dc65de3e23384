import { type Channel, Doorbells, PortChannel, RingChannel } from "../../mailbox/index.ts";
import { decodeDatabaseRequest, encodeDatabaseAnswer, NO_REQUEST } from "../../protocol/databaseCodec.ts";
import type { DatabaseLink } from "../../protocol/databaseLink.ts";
import { createMacrotaskPoster } from "../../protocol/macrotask.ts";
import { framePort } from "../../protocol/peerPort.ts";
import type { DatabaseServer } from "./server.ts";

/** How long the rings are looked into after the last request: the next one of a process comes some µs later. */
const PATIENCE_MS = 0.2;
/** After which the event loop gets its turn: the page's questions come by it, and the ends of waits for locks. */
const TURN_MS = 8;

/** The ways of all executors to the server. */
export class DatabaseLines {
  readonly #server: DatabaseServer;
  readonly #channels = new Map<number, Channel>();
  #doorbells: Doorbells | undefined;
  readonly #postMacrotask = createMacrotaskPoster();
  #isTurnPosted = false;

  constructor(server: DatabaseServer) {
    this.#server = server;
  }

  open(executor: number, link: DatabaseLink): void {
    if (link.type === "port") {
      this.#join(executor, new PortChannel(framePort(link.port), () => {}));
      return;
    }
    const isFirst = this.#doorbells === undefined;
    this.#doorbells ??= new Doorbells(link.bells, link.own);
    const channel = new RingChannel({ ...link, doorbells: this.#doorbells });
    this.#join(executor, channel);
    if (isFirst) this.#doorbells.listen(() => this.#woken());
    else this.#woken();
  }

  close(executor: number): void {
    this.#channels.get(executor)?.close();
    this.#channels.delete(executor);
  }

  #join(executor: number, channel: Channel): void {
    this.#channels.set(executor, channel);
    channel.onFrame = (frame) => {
      const { request, message } = decodeDatabaseRequest(frame);
      this.#server.handle(executor, message, (answer) => {
        if (request !== NO_REQUEST) channel.post(encodeDatabaseAnswer(request, answer));
      });
    };
  }

  #woken(): void {
    if (!this.#isTurnPosted && this.#poll()) this.#turn();
  }

  #turn(): void {
    const doorbells = this.#doorbells!;
    doorbells.mute();
    const beginMs = performance.now();
    let lastMs = beginMs;
    for (;;) {
      const hasWorked = this.#poll();
      const nowMs = performance.now();
      if (hasWorked) lastMs = nowMs;
      else if (nowMs - lastMs > PATIENCE_MS) {
        doorbells.unmute();
        if (!this.#poll()) return;
        doorbells.mute();
        lastMs = performance.now();
      }
      if (nowMs - beginMs <= TURN_MS) continue;
      doorbells.unmute();
      this.#isTurnPosted = true;
      this.#postMacrotask(() => {
        this.#isTurnPosted = false;
        this.#turn();
      });
      return;
    }
  }

  #poll(): boolean {
    let hasWorked = false;
    for (const channel of this.#channels.values()) if (channel.poll()) hasWorked = true;
    return hasWorked;
  }
}
