import { type Channel, Doorbells, PortChannel, RingChannel } from "../../mailbox/index.ts";
import { decodeDatabaseRequest, encodeDatabaseAnswer, NO_REQUEST } from "../../protocol/databaseCodec.ts";
import type { DatabaseLink } from "../../protocol/databaseLink.ts";
import { createMacrotaskPoster } from "../../protocol/macrotask.ts";
import { framePort } from "../../protocol/peerPort.ts";
import { Lookout } from "../lookout.ts";
import type { DatabaseServer } from "./server.ts";

/** How long the next request is waited for: one of the same process comes some µs after the answer to its last. */
const PATIENCE_MS = 5;
/** After which the event loop gets its turn: the page's questions come by it, and the ends of waits for locks. */
const TURN_MS = 8;

/** The ways of all executors to the server. */
export class DatabaseLines {
  readonly #server: Pick<DatabaseServer, "handle" | "hasSuspended">;
  readonly #channels = new Map<number, Channel>();
  #doorbells: Doorbells | undefined;
  #lookout: Lookout | undefined;
  readonly #postMacrotask = createMacrotaskPoster();
  #isTurnPosted = false;
  /** Connections that are being opened, for which files are made in the event loop. */
  #opening = 0;

  constructor(server: Pick<DatabaseServer, "handle" | "hasSuspended">) {
    this.#server = server;
  }

  open(executor: number, link: DatabaseLink): void {
    if (link.type === "port") {
      this.#join(executor, new PortChannel(framePort(link.port), () => {}));
      return;
    }
    const isFirst = this.#doorbells === undefined;
    this.#doorbells ??= new Doorbells(link.bells, link.own);
    this.#lookout ??= new Lookout(this.#doorbells);
    const channel = new RingChannel({ ...link, doorbells: this.#doorbells, lendsFrames: true });
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
      if (message.type === "open") this.#opening++;
      this.#server.handle(executor, message, (answer) => {
        if (message.type === "open") this.#opening--;
        if (request !== NO_REQUEST) channel.post(encodeDatabaseAnswer(request, answer));
      });
    };
  }

  #woken(): void {
    if (!this.#isTurnPosted && this.#poll()) this.#turn();
  }

  #turn(): void {
    const lookout = this.#lookout!;
    const look = (): boolean => this.#poll();
    const endMs = performance.now() + TURN_MS;
    while (performance.now() < endMs) {
      const hasCome = this.#opening === 0 ? lookout.await(look, this.#patienceMs) : look();
      if (!hasCome && !look()) return;
      if (this.#opening > 0) break;
    }
    this.#isTurnPosted = true;
    this.#postMacrotask(() => {
      this.#isTurnPosted = false;
      this.#turn();
    });
  }

  /** A statement that was suspended goes on as soon as nobody asks for anything. */
  get #patienceMs(): number {
    return this.#server.hasSuspended ? 0 : PATIENCE_MS;
  }

  #poll(): boolean {
    let hasWorked = false;
    for (const channel of this.#channels.values()) if (channel.poll()) hasWorked = true;
    return hasWorked;
  }
}
