import type { FileCall, FileCalls, FileChange, FilesToPage, StorageChange } from "../protocol/files.ts";
import { askFiles } from "../protocol/filesPost.ts";
import { StorageError } from "../storage/fault.ts";
import { VolumeError } from "../storage/volume/volume.ts";
import { ChangeStream } from "./changeStream.ts";
import { RunError } from "./errors.ts";
import { type MountSource, mountInto, packZip } from "./fileArchive.ts";
import type { RuntimeFiles } from "./fileTypes.ts";

type Answer = Exclude<FilesToPage, { type: "ready" | "failed" | "changed" }>;

/** The page's way to whoever has the files of its runtime. */
export class PageFiles implements RuntimeFiles {
  /** Settles when they are there. Rejects with `VolumeError`: their volume could not be opened. */
  readonly ready: Promise<void>;
  readonly #port: MessagePort;
  #arePersistent: boolean;
  readonly #ready = Promise.withResolvers<void>();
  readonly #asked = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  readonly #watches = new Map<number, ChangeStream>();
  #nextRequest = 1;
  /** Why there are none any more. */
  #gone: string | undefined;

  /** @param arePersistent they have to be written back at the end */
  constructor(port: MessagePort, arePersistent: boolean) {
    this.#arePersistent = arePersistent;
    this.#port = port;
    this.ready = this.#ready.promise;
    port.onmessage = ({ data }: MessageEvent<FilesToPage>) => this.#receive(data);
  }

  list(path: string) {
    return this.#call("list", { path });
  }

  stat(path: string) {
    return this.#call("stat", { path });
  }

  async exists(path: string): Promise<boolean> {
    return (await this.stat(path)) !== undefined;
  }

  read(path: string, { maxBytes = Number.POSITIVE_INFINITY }: { maxBytes?: number } = {}) {
    return this.#call("read", { path, maxBytes });
  }

  async readText(path: string): Promise<string> {
    return new TextDecoder().decode(await this.read(path));
  }

  write(path: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    return this.#call("write", { path, bytes });
  }

  mkdir(path: string): Promise<void> {
    return this.#call("mkdir", { path });
  }

  rename(path: string, to: string): Promise<void> {
    return this.#call("rename", { path, to });
  }

  remove(path: string): Promise<void> {
    return this.#call("remove", { path });
  }

  watch(path: string): AsyncIterable<readonly FileChange[]> {
    const watch = this.#nextRequest++;
    const stream = new ChangeStream(() => {
      if (this.#watches.delete(watch)) void this.#call("unwatch", { path, watch });
    });
    this.#watches.set(watch, stream);
    this.#call("watch", { path, watch }).catch((error: unknown) => {
      this.#watches.delete(watch);
      stream.fail(error);
    });
    return stream;
  }

  mount(path: string, source: MountSource): Promise<void> {
    return mountInto(this, path, source);
  }

  exportZip(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return packZip(this, path);
  }

  async sync(): Promise<void> {
    await this.#call("sync", { path: "/" });
  }

  holders(path: string) {
    return this.#call("holders", { path });
  }

  usage() {
    return this.#call("usage", { path: "/" });
  }

  /** Rejects with `VolumeError` or `StorageError`, and everything is as before. */
  async change(persist: string | undefined): Promise<StorageChange> {
    const change = await this.#call("change", { path: "/", persist });
    this.#arePersistent = persist !== undefined;
    return change;
  }

  /** Writes back what changed. Rejects with `StorageError` when the browser's storage does not take it. */
  async close(): Promise<void> {
    if (this.#arePersistent && this.#gone === undefined) await this.#call("close", { path: "/" });
  }

  /** Nobody answers any more. */
  end(reason: string): void {
    this.#gone ??= reason;
    this.#port.close();
    for (const { reject } of this.#asked.values()) reject(new RunError(this.#gone));
    this.#asked.clear();
    for (const stream of this.#watches.values()) stream.end();
    this.#watches.clear();
    this.#ready.reject(new RunError(this.#gone));
    this.#ready.promise.catch(() => {});
  }

  async #call<Name extends keyof FileCalls>(
    call: Name,
    asks: FileCalls[Name]["asks"],
  ): Promise<FileCalls[Name]["gets"]> {
    if (this.#gone !== undefined) throw new RunError(this.#gone);
    const request = this.#nextRequest++;
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#asked.set(request, { resolve, reject });
      askFiles(this.#port, { request, call: { call, ...asks } as unknown as FileCall });
    });
    if (answer.type === "refused") throw new StorageError(answer.operation, answer.path, answer.fault);
    if (answer.type === "refusedVolume") throw new VolumeError(answer.fault, answer.message);
    return answer.value as FileCalls[Name]["gets"];
  }

  #receive(message: FilesToPage): void {
    switch (message.type) {
      case "ready":
        this.#ready.resolve();
        break;
      case "failed":
        this.#ready.reject(new VolumeError(message.fault, message.message));
        break;
      case "changed":
        this.#watches.get(message.watch)?.push(message.changes);
        break;
      default: {
        const asked = this.#asked.get(message.request);
        this.#asked.delete(message.request);
        asked?.resolve(message);
      }
    }
  }
}
