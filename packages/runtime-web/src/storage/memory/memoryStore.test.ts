import { testStoreConformance } from "../testing/storeConformance.ts";
import { MemoryStore } from "./memoryStore.ts";

testStoreConformance("memory store", (limits) => new MemoryStore(0n, limits));
