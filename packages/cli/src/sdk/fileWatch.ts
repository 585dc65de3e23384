import { existsSync, type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";
import { createDeferred, type Deferred } from "../deferred.ts";
import { type FileStates, fileState } from "./diskFiles.ts";

/** Editors write a file in several steps: a change counts when nothing has followed it for so long. */
const SETTLE_MS = 50;

/** Tells when one of a set of files has changed, come or gone. Folders are watched, since editors replace files. */
export class FileWatch {
  readonly #interrupt: AbortSignal;
  readonly #onInterrupt = () => this.#change.resolve();
  #watchers: FSWatcher[] = [];
  #states: FileStates = new Map();
  #change: Deferred<void> = createDeferred();
  #timer: NodeJS.Timeout | undefined;

  constructor(interrupt: AbortSignal) {
    this.#interrupt = interrupt;
    interrupt.addEventListener("abort", this.#onInterrupt);
  }

  /** From now on these files count, in the state in which they were read. */
  expectChangesOf(states: FileStates): void {
    this.#close();
    this.#change = createDeferred();
    if (this.#interrupt.aborted) this.#change.resolve();
    this.#states = states;
    const folders = new Set(
      [...states.keys()].map((path) => dirname(path)).filter((folder) => existsSync(folder)),
    );
    this.#watchers = [...folders].map((folder) => watch(folder, () => this.#look()));
    // What has changed since it was read.
    this.#look();
  }

  /** Resolves when one of the files has changed, or when the command is interrupted. */
  changed(): Promise<void> {
    return this.#change.promise;
  }

  [Symbol.dispose](): void {
    this.#interrupt.removeEventListener("abort", this.#onInterrupt);
    this.#close();
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if ([...this.#states].some(([path, state]) => fileState(path) !== state)) this.#change.resolve();
    }, SETTLE_MS);
  }

  #close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }
}
