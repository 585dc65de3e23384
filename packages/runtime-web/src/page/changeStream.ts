import type { FileChange } from "../protocol/files.ts";

/** Changes for one reader, who gets at each turn all that came since his last, each path once. */
export class ChangeStream implements AsyncIterable<readonly FileChange[]> {
  readonly #left: () => void;
  readonly #changes = new Map<string, FileChange>();
  #hasEnded = false;
  #error: unknown;
  #wake: (() => void) | undefined;

  /** @param left called when the reader goes */
  constructor(left: () => void) {
    this.#left = left;
  }

  push(changes: readonly FileChange[]): void {
    for (const change of changes)
      this.#changes.set(change.path, merged(this.#changes.get(change.path), change));
    this.#wake?.();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#error = error;
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<readonly FileChange[]> {
    try {
      for (;;) {
        if (this.#changes.size > 0) {
          const changes = [...this.#changes.values()];
          this.#changes.clear();
          yield changes;
        } else if (this.#error !== undefined) throw this.#error;
        else if (this.#hasEnded) return;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      this.#left();
    }
  }
}

/** What a reader has to know who saw neither: a file that was made and then written is new to him. */
function merged(earlier: FileChange | undefined, later: FileChange): FileChange {
  if (earlier === undefined || later.type === "removed") return later;
  if (earlier.type === "created") return earlier;
  return earlier.type === "removed" ? { path: later.path, type: "changed" } : later;
}
