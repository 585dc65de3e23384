import type { SyncFile } from "../../disk/opfsDevice.ts";

/** How a browser tells that there is no more space: Chromium's private windows just write less. */
export type Refusal = "error" | "short write";

/** An origin private file system of which a quota is enforced, as far as the engine's pool of files uses it. */
export class FakeOpfs {
  readonly root = new FakeDirectory(this);
  readonly refusal: Refusal;
  quotaBytes = Number.POSITIVE_INFINITY;
  usedBytes = 0;
  /** What the next write throws. */
  failure: Error | undefined;

  constructor(refusal: Refusal) {
    this.refusal = refusal;
  }

  /** Closes all files, as the end of a tab does. */
  endTab(): void {
    this.root.close();
  }
}

/** With the members that the package looks for before it uses a browser's. */
export class FakeFileHandle {
  readonly kind = "file";
  content = new Uint8Array(0);
  #isOpen = false;
  readonly #opfs: FakeOpfs;

  constructor(opfs: FakeOpfs) {
    this.#opfs = opfs;
  }

  async createSyncAccessHandle(): Promise<SyncFile> {
    if (this.#isOpen) throw new DOMException("It is open", "NoModificationAllowedError");
    this.#isOpen = true;
    return {
      read: (into, { at }) => {
        const there = this.content.subarray(at, at + into.byteLength);
        bytesOf(into).set(there);
        return there.length;
      },
      write: (from, { at }) => this.#write(bytesOf(from), at),
      truncate: (sizeBytes) => this.#resize(sizeBytes),
      getSize: () => this.content.length,
      flush() {},
      close: () => this.close(),
    };
  }

  close(): void {
    this.#isOpen = false;
  }

  #write(from: Uint8Array, at: number): number {
    const { failure } = this.#opfs;
    this.#opfs.failure = undefined;
    if (failure !== undefined) throw failure;
    const { quotaBytes, usedBytes, refusal } = this.#opfs;
    const most = this.content.length + quotaBytes - usedBytes;
    const fits = Math.max(0, Math.min(from.length, most - at));
    if (fits < from.length && refusal === "error") throw quotaExceeded();
    if (at + fits > this.content.length) this.#resize(at + fits);
    this.content.set(from.subarray(0, fits), at);
    return fits;
  }

  #resize(sizeBytes: number): void {
    const added = sizeBytes - this.content.length;
    if (added > 0 && this.#opfs.usedBytes + added > this.#opfs.quotaBytes) throw quotaExceeded();
    this.#opfs.usedBytes += added;
    const content = new Uint8Array(sizeBytes);
    content.set(this.content.subarray(0, sizeBytes));
    this.content = content;
  }
}

export class FakeDirectory {
  readonly kind = "directory";
  readonly #opfs: FakeOpfs;
  readonly #entries = new Map<string, FakeDirectory | FakeFileHandle>();

  constructor(opfs: FakeOpfs) {
    this.#opfs = opfs;
  }

  async getDirectoryHandle(name: string): Promise<FakeDirectory> {
    return this.#entry(name, FakeDirectory);
  }

  async getFileHandle(name: string): Promise<FakeFileHandle> {
    return this.#entry(name, FakeFileHandle);
  }

  async removeEntry(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (entry instanceof FakeFileHandle) this.#opfs.usedBytes -= entry.content.length;
    this.#entries.delete(name);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<[string, FakeDirectory | FakeFileHandle]> {
    yield* this.#entries;
  }

  close(): void {
    for (const entry of this.#entries.values()) entry.close();
  }

  #entry<Kind extends FakeDirectory | FakeFileHandle>(
    name: string,
    kind: new (opfs: FakeOpfs) => Kind,
  ): Kind {
    const entry = this.#entries.get(name) ?? new kind(this.#opfs);
    if (!(entry instanceof kind)) throw new DOMException(`${name} is another kind`, "TypeMismatchError");
    this.#entries.set(name, entry);
    return entry;
  }
}

/** The pool reads and writes words too. */
function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function quotaExceeded(): DOMException {
  return new DOMException("The quota has been exceeded", "QuotaExceededError");
}
