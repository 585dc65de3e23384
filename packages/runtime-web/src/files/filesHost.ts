import { type OpenedVolume, openVolume } from "../disk/openVolume.ts";
import type { ExecutorToFiles, FilesSettings, PageToFiles, StorageChange } from "../protocol/files.ts";
import { answerPage, tellExecutor, tellPage } from "../protocol/filesPost.ts";
import { type Fault, StorageError } from "../storage/fault.ts";
import type { FileNeed } from "../storage/inode.ts";
import { emptyTree, isOpenForPageOnly } from "../storage/shared/emptyTree.ts";
import { loadTree } from "../storage/shared/loadTree.ts";
import type { SharedTree } from "../storage/shared/sharedTree.ts";
import { ownerLost } from "../storage/shared/treeLock.ts";
import { VolumeError } from "../storage/volume/volume.ts";
import { FileService } from "./fileService.ts";
import { realtimeNs } from "./realtime.ts";
import { VolumeKeeper, WRITE_BACK_MS } from "./volumeKeeper.ts";

/** How often the page's watches are told what changed, milliseconds. */
const WATCH_MS = 100;

/**
 * The filesystem of a runtime on the thread that has its volume: the storage worker where memory is shared, else the
 * executor whose memory the tree is in.
 */
export class FilesHost {
  readonly tree: SharedTree;
  readonly #backing: FilesSettings["backing"];
  #keeper: VolumeKeeper | undefined;
  readonly #service: FileService;

  /**
   * @param volume what the tree is to become and be kept on; undefined: it stays in memory
   * @param backing where later volumes lie instead of OPFS
   */
  constructor(tree: SharedTree, volume: OpenedVolume | undefined, backing: FilesSettings["backing"]) {
    this.tree = tree;
    this.#backing = backing;
    this.#service = new FileService(tree);
    if (volume !== undefined) this.#keepOn(volume);
    setInterval(() => this.#keeper?.writeBack(), WRITE_BACK_MS);
  }

  get isPersistent(): boolean {
    return this.#keeper !== undefined;
  }

  /** What a file needs that a process waits for. */
  ask(need: FileNeed, done: (fault: Fault | undefined) => void): void {
    if (this.#keeper === undefined) done(undefined);
    else this.#keeper.ask(need, done);
  }

  /**
   * Lets go of what there is, for what a volume holds, or for nothing yet, in memory.
   * @throws VolumeError it could not be opened, and everything is as before
   * @throws StorageError a process has something open, and everything is as before
   */
  async change(persist: string | undefined): Promise<StorageChange> {
    const volume =
      persist === undefined ? undefined : await openVolume({ name: persist, backing: this.#backing });
    const { store } = this.tree;
    if (!isOpenForPageOnly(store)) {
      await volume?.close();
      throw new StorageError("let go of", "/", "busy");
    }
    const fault = await this.#keeper?.close();
    this.#keeper = undefined;
    this.#service.keeper = undefined;
    // What the page reads or writes meanwhile ends by itself, or fails where it needs the volume.
    while (!emptyTree(store, realtimeNs())) await turn();
    if (volume !== undefined) this.#keepOn(volume);
    return { backing: volume?.backing, isLost: fault !== undefined };
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

  #keepOn(volume: OpenedVolume): void {
    loadTree(this.tree.store, volume.contents);
    this.#keeper = new VolumeKeeper(this.tree.store, volume);
    this.#service.keeper = this.#keeper;
  }

  async #answer(port: MessagePort, { request, call }: PageToFiles): Promise<void> {
    try {
      const answer =
        call.call === "change" ? await this.change(call.persist) : await this.#service.answer(call);
      answerPage(port, request, answer);
    } catch (error) {
      if (error instanceof VolumeError) {
        tellPage(port, { type: "refusedVolume", request, fault: error.fault, message: error.message });
        return;
      }
      if (!(error instanceof StorageError)) throw error;
      const { operation, path, fault } = error;
      tellPage(port, { type: "refused", request, operation, path, fault });
    }
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
