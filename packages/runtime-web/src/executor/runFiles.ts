import type { FilesHost } from "../files/filesHost.ts";
import type { FilesToExecutor } from "../protocol/files.ts";
import { tellFiles } from "../protocol/filesPost.ts";
import { createMacrotaskPoster } from "../protocol/macrotask.ts";
import type { Fault } from "../storage/fault.ts";
import type { FileTree } from "../storage/fileTree.ts";
import type { FileNeed } from "../storage/inode.ts";
import { createSharedTree, type SharedTree } from "../storage/shared/sharedTree.ts";

type Done = (fault: Fault | undefined) => void;

/** The filesystem that the processes of a run see on one executor. */
export interface RunFiles {
  readonly tree: FileTree;
  /** It outlives the tab: `ask` may be asked to sync. */
  readonly isPersistent: boolean;
  /** The one executor whose memory it is in; undefined: it is the same on all. */
  readonly executor: number | undefined;
  /**
   * Has something done that cannot be done at once, by whoever owns the volume.
   * @param done called later, with why it was not done
   * @returns what to call when nobody waits for it any more
   */
  ask(need: FileNeed, done: Done): () => void;
}

/** All of it is in memory. */
export class MemoryFiles implements RunFiles {
  readonly tree: FileTree;
  readonly isPersistent = false;
  readonly executor: number | undefined;

  constructor(tree: FileTree, executor: number | undefined) {
    this.tree = tree;
    this.executor = executor;
  }

  ask(): never {
    throw new Error("All of this filesystem is in memory: nothing has to be fetched");
  }
}

/** That of the runtime, in memory that all executors share; the storage worker has its volume. */
export class SharedFiles implements RunFiles {
  readonly tree: SharedTree;
  readonly executor = undefined;
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Done>();
  #nextRequest = 1;

  constructor(tree: SharedTree, port: MessagePort) {
    this.tree = tree;
    this.#port = port;
    port.onmessage = ({ data: { request, fault } }: MessageEvent<FilesToExecutor>) => {
      const done = this.#waiting.get(request);
      this.#waiting.delete(request);
      done?.(fault);
    };
  }

  get isPersistent(): boolean {
    return this.tree.store.changes.areKept;
  }

  ask(need: FileNeed, done: Done): () => void {
    const request = this.#nextRequest++;
    this.#waiting.set(request, done);
    tellFiles(this.#port, { type: "need", request, need });
    return () => this.#waiting.delete(request);
  }
}

/**
 * That of the runtime, in the memory of this executor, which has its volume too. A volume in OPFS is synchronous, so its
 * answers come in microtasks: a program that does nothing but sync would keep the event loop from its turn, and with it
 * all messages. So processes are told after a turn.
 */
export class OwnFiles implements RunFiles {
  readonly executor: number;
  readonly #host: FilesHost;
  readonly #post = createMacrotaskPoster();
  #finished: (() => void)[] = [];

  constructor(host: FilesHost, executor: number) {
    this.#host = host;
    this.executor = executor;
  }

  get tree(): SharedTree {
    return this.#host.tree;
  }

  get isPersistent(): boolean {
    return this.#host.isPersistent;
  }

  ask(need: FileNeed, done: Done): () => void {
    let isAwaited = true;
    this.#host.ask(need, (fault) => {
      this.#finished.push(() => {
        if (isAwaited) done(fault);
      });
      if (this.#finished.length === 1) this.#post(() => this.#tell());
    });
    return () => {
      isAwaited = false;
    };
  }

  #tell(): void {
    const finished = this.#finished;
    this.#finished = [];
    for (const tell of finished) tell();
  }
}

/**
 * In the memory of another executor. What runs here opens no files; it may ask for the names of the directories that its
 * config preopens, so they are there, empty.
 */
export class AbsentFiles extends MemoryFiles {
  constructor(executor: number) {
    super(
      createSharedTree(() => 0n, { capacityBytes: 0, maxInodes: 4096 }),
      executor,
    );
  }
}
