import { parentPort, workerData } from "node:worker_threads";
import { FileTree } from "../../fileTree.ts";
import { SharedStore } from "../sharedStore.ts";

/** Stops for ever at the end of a rename, before it is done: the new name is where the old one was. */
const { buffer, owner } = workerData as { buffer: SharedArrayBuffer; owner: number };
const store = new SharedStore(buffer, owner);
const tree = new FileTree(store, () => 0n);
const { root } = tree;
tree.exclusively(() => tree.open(root.get("kept")!, { environment: 1, pid: 7 }));
store.begin();
const inode = root.get("old")!;
root.delete("old");
root.add("new", inode);
parentPort?.postMessage("in the middle");
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
