import { buildPage, scriptPage } from "./buildPage.ts";

/**
 * Builds a page whose worker fills a volume by batches that follow from their numbers, so that from what a volume holds
 * it can be told which batches it holds, and whether all of each.
 * @returns the folder with the built site
 */
export function buildVolumePage(): Promise<string> {
  return buildPage("volume", {
    "index.html": scriptPage("A volume"),
    "main.ts": SCRIPT,
    "writer.worker.ts": WORKER,
  });
}

export interface WriterOptions {
  readonly name: string;
  readonly backing?: "opfs" | "indexedDB";
  readonly ifTaken?: "fail" | "wait";
}

export interface Progress {
  /** The last batch that was there when the volume was opened; -1 until then. */
  readonly found: number;
  readonly committed: number;
  readonly backing: string;
  /** `fault` and message of what went wrong; empty: nothing. */
  readonly failure: string;
}

/** What a function that a spec evaluates finds on the page. */
export interface VolumePage {
  /** Starts a worker that opens the volume, checks all that it holds, and then writes until it is ended. */
  begin(options: WriterOptions): void;
  /** Resolves when the worker has done so many batches, or failed. */
  reach(batches: number): Promise<Progress>;
  progress(): Progress;
  /** Ends the worker in the middle of whatever it does. */
  terminate(): void;
  /** Lets the worker close the volume. */
  close(): Promise<void>;
}

const SCRIPT = `
let worker, progress, closed, listeners = [];

globalThis.begin = (options) => {
  progress = { found: -1, committed: -1, backing: "", failure: "" };
  worker = new Worker(new URL("./writer.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    progress = { ...progress, ...data };
    for (const listener of listeners) listener();
  };
  worker.onerror = ({ message }) => worker.onmessage({ data: { failure: message } });
  worker.postMessage(options);
};
globalThis.reach = (batches) => new Promise((resolve) => {
  const look = () => {
    const isThere = progress.found >= 0 && progress.committed - progress.found >= batches;
    if (!isThere && progress.failure === "" && !progress.closed) return;
    listeners = listeners.filter((each) => each !== look);
    resolve(progress);
  };
  listeners.push(look);
  look();
});
globalThis.progress = () => progress;
globalThis.terminate = () => worker.terminate();
globalThis.close = () => {
  worker.postMessage("close");
  return new Promise((resolve) => {
    const look = () => progress.closed && resolve();
    listeners.push(look);
    look();
  });
};
document.documentElement.dataset.ready = "";
`;

const WORKER = `
import { openVolume, PAGE_BYTES } from "@lunatic-web/runtime/volume";

const FILES = 6;
const inodeOf = (batch) => 2 + (batch % FILES);
const pagesOf = (batch) => 1 + ((batch * 7) % 5);
const nameOf = (batch) => inodeOf(batch) + "@" + batch;

/** Batch n writes one file anew, makes it shorter or longer, and renames it. */
function batchOf(batch) {
  const inode = inodeOf(batch);
  const sizeBytes = pagesOf(batch) * PAGE_BYTES;
  const timeNs = BigInt(batch);
  const entries = [{ directory: 1, name: nameOf(batch), inode, cookie: batch }];
  if (batch > FILES) entries.unshift({ directory: 1, name: nameOf(batch - FILES), inode: 0, cookie: 0 });
  const words = new Uint32Array(sizeBytes / 4).fill(batch);
  return {
    inodes: [{ number: inode, kind: "file", sizeBytes, accessedNs: 0n, modifiedNs: timeNs, changedNs: timeNs, target: "" }],
    entries,
    cuts: [{ inode, sizeBytes }],
    pages: [{ inode, firstPage: 0, bytes: new Uint8Array(words.buffer) }],
    discarded: [],
  };
}

/** The last batch in a volume that holds all of each batch up to it. Throws if it does not. */
async function lastBatchIn(volume) {
  const batches = volume.contents.entries.map(({ name }) => Number(name.split("@")[1]));
  const last = Math.max(0, ...batches);
  const expected = [];
  for (let batch = Math.max(1, last - FILES + 1); batch <= last; batch++) expected.push(nameOf(batch));
  const names = volume.contents.entries.map(({ name }) => name).sort();
  if (names.join() !== expected.sort().join()) throw new Error("names " + names + ", not " + expected);
  const inodes = new Map(volume.contents.inodes.map((inode) => [inode.number, inode]));
  for (const { name, inode } of volume.contents.entries) {
    const batch = Number(name.split("@")[1]);
    const { sizeBytes, modifiedNs } = inodes.get(inode);
    if (nameOf(batch) !== inode + "@" + batch || sizeBytes !== pagesOf(batch) * PAGE_BYTES || modifiedNs !== BigInt(batch)) {
      throw new Error(name + " has inode " + inode + ", " + sizeBytes + " bytes, time " + modifiedNs);
    }
    const bytes = new Uint8Array(sizeBytes + PAGE_BYTES);
    await volume.readPages(inode, 0, bytes);
    const words = new Uint32Array(bytes.buffer);
    const wrong = words.findIndex((word, at) => word !== (at * 4 < sizeBytes ? batch : 0));
    if (wrong >= 0) throw new Error(name + " has " + words[wrong] + " at byte " + wrong * 4 + " of " + sizeBytes);
  }
  return last;
}

let isClosing = false;

async function write(options) {
  // Small, so that checkpoints are made all the time.
  const volume = await openVolume({ ...options, journalBytes: 32768 });
  const found = await lastBatchIn(volume);
  postMessage({ found, committed: found, backing: volume.backing });
  for (let batch = found + 1; !isClosing; batch++) {
    await volume.commit(batchOf(batch));
    postMessage({ committed: batch });
    if (batch % 3 === 0) await volume.sync();
    if (batch % 4 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  await volume.close();
  postMessage({ closed: true });
}

onmessage = ({ data }) => {
  if (data === "close") {
    isClosing = true;
    return;
  }
  write(data).catch((error) => postMessage({ failure: (error.fault ?? error.name) + ": " + error.message }));
};
`;
