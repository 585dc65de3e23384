import type { ExecutorToFiles, PageToFiles } from "../protocol/files.ts";
import { answerPage, tellExecutor, tellPage } from "../protocol/filesPost.ts";
import { type Fault, StorageError } from "../storage/fault.ts";
import type { FileNeed } from "../storage/inode.ts";
import { loadTree } from "../storage/shared/loadTree.ts";
import type { SharedTree } from "../storage/shared/sharedTree.ts";
import { ownerLost } from "../storage/shared/treeLock.ts";
import type { Volume } from "../storage/volume/volume.ts";
import { FileService } from "./fileService.ts";
import { VolumeKeeper, WRITE_BACK_MS } from "./volumeKeeper.ts";

/** How often the page's watches are told what changed, milliseconds. */
const WATCH_MS = 100;

/**
 * The filesystem of a runtime on the thread that has its volume: the storage worker where memory is shared, else the
 * executor whose memory the tree is in.
 */
export class FilesHost {
  readonly tree: SharedTree;
  readonly #keeper: VolumeKeeper | undefined;
  readonly #service: FileService;

  /** @param volume what the tree is to become and be kept on; undefined: it stays in memory */
  constructor(tree: SharedTree, volume: Volume | undefined) {
    this.tree = tree;
    if (volume !== undefined) loadTree(tree.store, volume.contents);
    this.#keeper = volume && new VolumeKeeper(tree.store, volume);
    this.#service = new FileService(tree, this.#keeper);
    if (this.#keeper !== undefined) setInterval(() => this.#keeper?.writeBack(), WRITE_BACK_MS);
  }

  get isPersistent(): boolean {
    return this.#keeper !== undefined;
  }

  /** What a file needs that a process waits for. */
  ask(need: FileNeed, done: (fault: Fault | undefined) => void): void {
    if (this.#keeper === undefined) done(undefined);
    else this.#keeper.ask(need, done);
  }

  servePage(port: MessagePort): void {
    port.onmessage = ({ data }: MessageEvent<PageToFiles>) => void this.#answer(port, data);
    setInterval(() => this.#service.tellChanges((message) => tellPage(port, message)), WATCH_MS);
    tellPage(port, { type: "ready" });
  }

  serveExecutor(port: MessagePort): void {
    port.onmessage = ({ data: { request, need } }: MessageEvent<ExecutorToFiles>) =>
      this.ask(need, (fault) => tellExecutor(port, { type: "done", request, fault }));
  }

  /** A thread that shares the tree is gone, for good: what it had open is given back. */
  ownerLost(owner: number): void {
    const { sharedBuffer, store } = this.tree;
    if (sharedBuffer !== undefined) ownerLost(sharedBuffer, owner);
    for (let isDone = false; !isDone; ) {
      isDone = this.tree.exclusively(() => store.closeSomeOf(owner));
      if (isDone) this.tree.exclusively(() => store.buryOrphans());
    }
  }

  async #answer(port: MessagePort, { request, call }: PageToFiles): Promise<void> {
    try {
      answerPage(port, request, await this.#service.answer(call));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      const { operation, path, fault } = error;
      tellPage(port, { type: "refused", request, operation, path, fault });
    }
  }
}
