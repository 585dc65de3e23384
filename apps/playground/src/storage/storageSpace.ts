import { type ReadonlySignal, signal } from "@preact/signals";

/** What the browser gives this site. */
export interface Space {
  /** By all that the site keeps: every project, its page for offline use, compiled modules. */
  readonly usedBytes: number;
  readonly freeBytes: number;
  /** The browser clears it only when the visitor asks for that, and not when the disk gets full. */
  readonly isProtected: boolean;
}

export interface StorageSpace {
  /** undefined: the browser does not say. */
  readonly space: ReadonlySignal<Space | undefined>;
  look(): Promise<void>;
  /**
   * Asks the browser, once per page, not to clear what is kept. Some ask the visitor, so it is for the moment when he has
   * made something that is worth keeping.
   */
  protect(): Promise<void>;
}

/** @param storage of the navigator; undefined: the browser has none */
export function createStorageSpace(storage: StorageManager | undefined): StorageSpace {
  const space = signal<Space | undefined>(undefined);
  let hasAsked = false;

  async function look(): Promise<void> {
    if (storage?.estimate === undefined) return;
    try {
      const [{ usage = 0, quota }, isProtected] = await Promise.all([
        storage.estimate(),
        storage.persisted?.() ?? false,
      ]);
      if (quota === undefined) return;
      space.value = { usedBytes: usage, freeBytes: Math.max(0, quota - usage), isProtected };
    } catch (error) {
      // Browsers that keep nothing for a page refuse the question too; then there is nothing to say of room.
      if (!(error instanceof Error)) throw error;
      space.value = undefined;
    }
  }

  return {
    space,
    look,
    async protect() {
      if (hasAsked || storage?.persist === undefined) return;
      hasAsked = true;
      if (!(await storage.persisted()) && (await storage.persist())) await look();
    },
  };
}
