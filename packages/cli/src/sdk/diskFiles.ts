import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../errors.ts";

/** The files of a project, read when the compiler asks for them. */
export class DiskFiles {
  readonly #root: string;
  readonly #texts = new Map<string, string | undefined>();
  readonly #states = new Map<string, string>();

  /** @param root the folder that paths are relative to */
  constructor(root: string) {
    this.#root = root;
  }

  /** @returns undefined: there is no such file */
  get(path: string): string | undefined {
    if (!this.#texts.has(path)) {
      const file = join(this.#root, path);
      // The state first: what changes between the two is read again.
      this.#states.set(file, fileState(file));
      this.#texts.set(path, readText(file));
    }
    return this.#texts.get(path);
  }

  /** All that was asked for, also what is not there: a file that comes into being may matter. */
  get states(): FileStates {
    return this.#states;
  }
}

/** What tells versions of files apart, by path. */
export type FileStates = ReadonlyMap<string, string>;

/** Differs when a file has changed, come or gone. */
export function fileState(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "none" : `${found.mtimeMs} ${found.size}`;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}
