import { testStoreConformance } from "../testing/storeConformance.ts";
import { SharedStore } from "./sharedStore.ts";
import { createTreeBuffer } from "./treeBuffer.ts";

testStoreConformance("shared store", (limits) => new SharedStore(createTreeBuffer(true, 0n, limits), 1));
testStoreConformance(
  "shared store, of one thread",
  (limits) => new SharedStore(createTreeBuffer(false, 0n, limits), 1),
);
