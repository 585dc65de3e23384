import { describe, expect, test } from "vitest";
import { runWorkers } from "../../mailbox/testing/workers.ts";
import { FileTree } from "../fileTree.ts";
import { SharedStore } from "./sharedStore.ts";
import { checkStore } from "./testing/checkStore.ts";
import { Hammer } from "./testing/hammer.ts";
import { createTreeBuffer } from "./treeBuffer.ts";
import { ownerLost } from "./treeLock.ts";

const worker = (name: string) => new URL(`./testing/${name}.ts`, import.meta.url);

function createShared() {
  const buffer = createTreeBuffer(true, 0n, { capacityBytes: 2 ** 22, maxInodes: 500 }) as SharedArrayBuffer;
  const store = new SharedStore(buffer, 0);
  return { buffer, store, tree: new FileTree(store, () => 0n) };
}

/** As the storage worker does for an executor that is gone. */
function takeBackFrom(store: SharedStore, owner: number): void {
  for (let isDone = false; !isDone; ) {
    store.begin();
    isDone = store.closeSomeOf(owner);
    if (isDone) store.buryOrphans();
    store.end();
  }
}

test("what one thread does at random contradicts itself nowhere", () => {
  const { buffer, store } = createShared();
  const hammer = new Hammer(buffer, 1, 1);
  for (let round = 0; round < 5000; round++) {
    hammer.strike();
    if (round % 100 === 0) checkStore(store);
  }
  hammer.closeAll();
  checkStore(store);
});

test("four threads hammer one tree, and it is whole", async () => {
  const { buffer, store, tree } = createShared();
  const inputs = [1, 2, 3, 4].map((owner) => ({ buffer, owner, seed: owner, rounds: 15_000 }));
  expect(await runWorkers(worker("hammerWorker"), inputs)).toEqual([1, 2, 3, 4]);
  checkStore(store);
  for (const { name } of tree.list("/")) tree.remove(name);
  expect(tree.usage).toMatchObject({ usedBytes: 0, inodes: 1 });
  checkStore(store);
}, 120_000);

describe("a thread that is ended", () => {
  test("in the middle of an operation: it is as if it had not begun, and nobody waits for ever", async () => {
    const { buffer, store, tree } = createShared();
    tree.writeFile("/old", "content");
    tree.writeFile("/kept", "open");
    await runWorkers(worker("stuckWorker"), [{ buffer, owner: 3 }]);
    ownerLost(buffer, 3);
    expect(tree.list("/").map(({ name }) => name)).toEqual(["old", "kept"]);
    expect(new TextDecoder().decode(tree.readFile("/old"))).toBe("content");
    tree.remove("/kept");
    expect(tree.usage.inodes).toBe(3);
    takeBackFrom(store, 3);
    expect(tree.usage.inodes).toBe(2);
    checkStore(store);
  }, 60_000);

  test("at any moment leaves a whole tree behind, and what it had open is given back", async () => {
    const { buffer, store, tree } = createShared();
    for (let round = 0; round < 8; round++) {
      const owners = [1, 2].map((each) => each + 2 * round);
      await runWorkers(
        worker("hammerWorker"),
        owners.map((owner) => ({ buffer, owner, seed: owner, rounds: undefined })),
      );
      for (const owner of owners) ownerLost(buffer, owner);
      for (const owner of owners) takeBackFrom(store, owner);
      checkStore(store);
    }
    for (const { name } of tree.list("/")) tree.remove(name);
    expect(tree.usage).toMatchObject({ usedBytes: 0, inodes: 1 });
  }, 120_000);
});
