import type { OpenedVolume } from "../disk/openVolume.ts";
import type { VolumeUsage } from "../protocol/files.ts";
import type { Fault } from "../storage/fault.ts";
import type { FileNeed } from "../storage/inode.ts";
import { confirmPages } from "../storage/shared/changedPages.ts";
import { hasChanges, takeChanges } from "../storage/shared/changeLog.ts";
import { fetchablePages, putFetchedPages } from "../storage/shared/fetchedPages.ts";
import { HEADER } from "../storage/shared/layout.ts";
import { PendingChanges } from "../storage/shared/pendingChanges.ts";
import type { SharedStore } from "../storage/shared/sharedStore.ts";
import { PAGE_BYTES, VolumeError } from "../storage/volume/volume.ts";

type Done = (fault: Fault | undefined) => void;
type PagesNeed = Extract<FileNeed, { type: "pages" }>;

/** The volume can get full of what waits in memory; it is tried again every so often, milliseconds. */
export const WRITE_BACK_MS = 500;

/**
 * Between a tree and its volume: fetches what processes wait for, and brings what changed there. It does one thing after
 * the other, so that what it read is never older than what it has written since.
 */
export class VolumeKeeper {
  readonly #store: SharedStore;
  readonly #volume: OpenedVolume;
  readonly #pending = new PendingChanges();
  readonly #fetches: { need: PagesNeed; done: Done }[] = [];
  #awaitRoom: Done[] = [];
  #awaitSync: Done[] = [];
  #isFlushWanted = false;
  #isRunning = false;
  #isClosed = false;
  #stopped: (() => void) | undefined;

  constructor(store: SharedStore, volume: OpenedVolume) {
    this.#store = store;
    this.#volume = volume;
  }

  usage(): VolumeUsage {
    const isFull = this.#store.changes.areRefused;
    return { ...this.#volume.usage(), backing: this.#volume.backing, isFull };
  }

  ask(need: FileNeed, done: Done): void {
    if (this.#isClosed) {
      done("unavailable");
      return;
    }
    if (need.type === "pages") this.#fetches.push({ need, done });
    else {
      (need.type === "room" ? this.#awaitRoom : this.#awaitSync).push(done);
      this.#isFlushWanted = true;
    }
    this.#start();
  }

  /** Brings what changed to the volume; also what it had no room for before. */
  writeBack(): void {
    if (this.#isClosed || (this.#pending.isEmpty && !hasChanges(this.#store))) return;
    this.#isFlushWanted = true;
    this.#start();
  }

  /** Writes everything back and lets go of the volume. @returns why it could not */
  async close(): Promise<Fault | undefined> {
    const fault = await new Promise<Fault | undefined>((resolve) => this.ask({ type: "sync" }, resolve));
    // Processes may still run and ask for more: that is over.
    this.#isClosed = true;
    if (this.#isRunning)
      await new Promise<void>((resolve) => {
        this.#stopped = resolve;
      });
    for (const { done } of this.#fetches.splice(0)) done("unavailable");
    for (const done of [...this.#awaitRoom.splice(0), ...this.#awaitSync.splice(0)]) done("unavailable");
    await this.#volume.close();
    return fault;
  }

  #start(): void {
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (!this.#isClosed) {
      const fetch = this.#isFlushWanted ? undefined : this.#fetches.shift();
      if (this.#isFlushWanted) await this.#flush();
      else if (fetch === undefined) break;
      else fetch.done(await faultOf(() => this.#fetch(fetch.need)));
    }
    this.#isRunning = false;
    this.#stopped?.();
  }

  async #flush(): Promise<void> {
    this.#isFlushWanted = false;
    const rooms = this.#awaitRoom.splice(0);
    const syncs = this.#awaitSync.splice(0);
    let fault = await faultOf(() => this.#commit());
    for (const done of rooms) done(fault);
    if (fault === undefined && syncs.length > 0) fault = await faultOf(() => this.#volume.sync());
    for (const done of syncs) done(fault);
  }

  async #commit(): Promise<void> {
    const { memory } = this.#store;
    this.#pending.add(takeChanges(this.#store));
    if (this.#pending.isEmpty) return;
    try {
      await this.#volume.commit(this.#pending.batch);
    } catch (error) {
      // What is not kept must not seem to be: writes are refused until the volume has taken this.
      Atomics.store(memory.words, HEADER.volumeIsFull, 1);
      throw error;
    }
    this.#pending.clear();
    this.#store.begin();
    confirmPages(memory);
    memory.words[HEADER.volumeIsFull] = 0;
    this.#store.end();
  }

  async #fetch({ place, inode, firstPage, pages }: PagesNeed): Promise<void> {
    const count = fetchablePages(this.#store, place, inode, firstPage, pages);
    if (count === 0) return;
    const bytes = new Uint8Array(count * PAGE_BYTES);
    await this.#volume.readPages(inode, firstPage, bytes);
    if (putFetchedPages(this.#store, place, inode, firstPage, bytes)) return;
    await this.#commit();
    // What has no room now does not need it: the process comes again for what it misses.
    putFetchedPages(this.#store, place, inode, firstPage, bytes);
  }
}

/** Whatever went wrong: a process that waits must not wait for ever. */
async function faultOf(action: () => void | Promise<void>): Promise<Fault | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof VolumeError && error.fault === "noSpace") return "noSpace";
    console.error("Lunatic Web: the volume of the files failed.", error);
    return "unavailable";
  }
}
