import type { Device } from "../device.ts";
import { SECTOR_BYTES } from "../geometry.ts";
import { VolumeError } from "../volume.ts";

/** Whole numbers below `limit`. */
export type Random = (limit: number) => number;

/** Thrown by every call from the moment on at which the machine died. */
export class PowerCut extends Error {}

type Change =
  | { readonly kind: "write"; readonly position: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "truncate"; readonly sizeBytes: number };

export interface DiskOptions {
  readonly capacityBytes?: number;
  /** Calls that change or flush until the machine dies, in the middle of the last one. */
  readonly callsToLive?: number;
  /** Answers by promises, as IndexedDB does. */
  readonly isAsynchronous?: boolean;
}

/**
 * A file on a machine that can die. What was not flushed is at the mercy of the disk then: of each write any of its
 * sectors may be there or not, and a sector that was being written may hold neither what it was nor what it was to be.
 */
export class SimulatedDisk implements Device {
  #now: Uint8Array<ArrayBuffer>;
  #flushed: Uint8Array<ArrayBuffer>;
  #unflushed: Change[] = [];
  readonly capacityBytes: number;
  readonly #isAsynchronous: boolean;
  #callsToLive: number;
  #diedWriting = false;
  calls = 0;
  isClosed = false;

  constructor(content: Uint8Array<ArrayBuffer> = new Uint8Array(0), options: DiskOptions = {}) {
    this.#now = content.slice();
    this.#flushed = content.slice();
    this.capacityBytes = options.capacityBytes ?? Number.POSITIVE_INFINITY;
    this.#callsToLive = options.callsToLive ?? Number.POSITIVE_INFINITY;
    this.#isAsynchronous = options.isAsynchronous ?? false;
  }

  get sizeBytes(): number {
    return this.#now.length;
  }

  /** What a program reads now. */
  get content(): Uint8Array<ArrayBuffer> {
    return this.#now.slice();
  }

  read(position: number, into: Uint8Array<ArrayBuffer>): void | Promise<void> {
    const there = this.#now.subarray(position, position + into.length);
    into.set(there);
    into.fill(0, there.length);
    return this.#answer();
  }

  write(position: number, from: Uint8Array<ArrayBuffer>): void {
    if (position + from.length > this.capacityBytes) {
      throw new VolumeError("noSpace", `The disk has ${this.capacityBytes} bytes`);
    }
    this.#change({ kind: "write", position, bytes: from.slice() });
  }

  truncate(sizeBytes: number): void {
    this.#change({ kind: "truncate", sizeBytes });
  }

  settle(): void | Promise<void> {
    return this.#answer();
  }

  flush(): void | Promise<void> {
    this.#live();
    for (const change of this.#unflushed) this.#flushed = apply(this.#flushed, change);
    this.#unflushed = [];
    return this.#answer();
  }

  close(): void {
    this.isClosed = true;
  }

  /** What the next program finds when only the tab has died: all that was written, the last write perhaps in part. */
  afterTabDied(random: Random): Uint8Array<ArrayBuffer> {
    const last = this.#unflushed.at(-1);
    if (!this.#diedWriting || last?.kind !== "write") return this.content;
    let content = this.#flushed.slice();
    for (const change of this.#unflushed.slice(0, -1)) content = apply(content, change);
    return apply(content, { ...last, bytes: last.bytes.slice(0, random(last.bytes.length + 1)) });
  }

  /** What the next program finds when the power went. */
  afterPowerCut(random: Random): Uint8Array<ArrayBuffer> {
    let content = this.#flushed.slice();
    for (const change of this.#unflushed) {
      const fate = random(3);
      if (fate === 0) continue;
      if (fate === 1 || change.kind === "truncate") content = apply(content, change);
      else content = applyTorn(content, change.position, change.bytes, random);
    }
    return content;
  }

  #change(change: Change): void {
    if (this.#callsToLive > 0) {
      this.#diedWriting = this.#callsToLive === 1;
      this.#unflushed.push(change);
      this.#now = apply(this.#now, change);
    }
    this.#live();
  }

  #live(): void {
    this.calls++;
    if (--this.#callsToLive <= 0) throw new PowerCut();
  }

  #answer(): void | Promise<void> {
    return this.#isAsynchronous ? Promise.resolve() : undefined;
  }
}

function apply(content: Uint8Array<ArrayBuffer>, change: Change): Uint8Array<ArrayBuffer> {
  if (change.kind === "truncate") return content.slice(0, change.sizeBytes);
  const end = change.position + change.bytes.length;
  const grown = end > content.length ? grow(content, end) : content;
  grown.set(change.bytes, change.position);
  return grown;
}

function applyTorn(
  content: Uint8Array<ArrayBuffer>,
  position: number,
  bytes: Uint8Array<ArrayBuffer>,
  random: Random,
): Uint8Array<ArrayBuffer> {
  let torn = content;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + SECTOR_BYTES - ((position + at) % SECTOR_BYTES));
    const fate = random(8);
    const sector = bytes.slice(at, end);
    if (fate === 0) for (let index = 0; index < sector.length; index++) sector[index] = random(256);
    if (fate < 5) torn = apply(torn, { kind: "write", position: position + at, bytes: sector });
    at = end;
  }
  return torn;
}

/** With room behind it, because files grow by small steps. */
function grow(content: Uint8Array<ArrayBuffer>, sizeBytes: number): Uint8Array<ArrayBuffer> {
  if (sizeBytes <= content.buffer.byteLength) {
    const grown = new Uint8Array(content.buffer, 0, sizeBytes);
    grown.fill(0, content.length);
    return grown;
  }
  const larger = new Uint8Array(new ArrayBuffer(sizeBytes * 2), 0, sizeBytes);
  larger.set(content);
  return larger;
}
