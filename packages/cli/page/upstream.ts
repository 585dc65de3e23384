import { BLOB_PATH, EVENTS_PATH, type PageEvent } from "../src/session/protocol.ts";

/** The page's events on their way to the command line: in order, and as many at a time as have gathered. */
export class Upstream {
  #waiting: PageEvent[] = [];
  #isSending = false;
  /** Settles when what waits has arrived. */
  #arrival = Promise.withResolvers<void>();
  #nextBlob = 1;

  /** @returns settles when the command line has it */
  send(event: PageEvent): Promise<void> {
    this.#waiting.push(event);
    const { promise } = this.#arrival;
    if (!this.#isSending) void this.#sendAll();
    return promise;
  }

  /** @returns the number to name it by in an event */
  async sendBlob(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    const blob = this.#nextBlob++;
    await request(`${BLOB_PATH}${blob}`, { method: "PUT", body: bytes });
    return blob;
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      const arrival = this.#arrival;
      this.#waiting = [];
      this.#arrival = Promise.withResolvers();
      await request(EVENTS_PATH, { method: "POST", body: JSON.stringify(batch) });
      arrival.resolve();
    }
    this.#isSending = false;
  }
}

export async function fetchBlob(blob: number): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(`${BLOB_PATH}${blob}`, {});
  return new Uint8Array(await response.arrayBuffer());
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`The command line answered ${response.status} to ${path}`);
  return response;
}
