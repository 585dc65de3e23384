import {
  ArchiveError,
  type FileEntry,
  type FileHolder,
  type FilesUsage,
  type RuntimeFiles,
  StorageError,
} from "@lunatic-web/runtime";
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { PlacedFile } from "../app/droppedEntries.ts";

/** Of a larger file only the beginning is shown, and it cannot be edited here. */
export const MAX_PREVIEW_BYTES = 256 * 1024;

/** A line of the tree. */
export interface FileRow {
  readonly path: string;
  readonly name: string;
  readonly kind: FileEntry["kind"];
  readonly sizeBytes: number;
  /** 1 for what is in the root. */
  readonly level: number;
  readonly isOpen: boolean;
}

/** The chosen file or directory. */
export interface Chosen {
  readonly path: string;
  readonly kind: FileEntry["kind"];
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** The beginning of a file's content. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The whole content if it is text; undefined for anything else. */
  readonly text: string | undefined;
  /** Processes that have it open. */
  readonly holders: readonly FileHolder[];
}

/** How far an upload is. */
export interface Upload {
  readonly path: string;
  readonly done: number;
}

const NOTHING = new Uint8Array();
/** A file that was last written so long ago has, at the same time and size, the same content. */
const SETTLED_MS = 2_000;

/** What a visitor sees and does of the filesystem that the runs of a runtime share. */
export class FileDesk {
  readonly #files: () => Promise<RuntimeFiles>;
  readonly #written: () => Promise<void>;
  readonly #rows = signal<readonly FileRow[]>([]);
  readonly #chosen = signal<Chosen | undefined>(undefined);
  readonly #usage = signal<FilesUsage | undefined>(undefined);
  readonly #error = signal<string | undefined>(undefined);
  readonly #uploading = signal<Upload | undefined>(undefined);
  readonly #open = new Set<string>();
  /** How often it has begun to look around, and which of these looks is shown. */
  #looks = 0;
  #lastLook = 0;

  /** @param written called when the visitor has changed something, and waited for before that is shown */
  constructor(files: () => Promise<RuntimeFiles>, written: () => Promise<void> = async () => {}) {
    this.#files = files;
    this.#written = written;
  }

  get rows(): ReadonlySignal<readonly FileRow[]> {
    return this.#rows;
  }

  get chosen(): ReadonlySignal<Chosen | undefined> {
    return this.#chosen;
  }

  get usage(): ReadonlySignal<FilesUsage | undefined> {
    return this.#usage;
  }

  get error(): ReadonlySignal<string | undefined> {
    return this.#error;
  }

  /** undefined: none is under way. */
  get uploading(): ReadonlySignal<Upload | undefined> {
    return this.#uploading;
  }

  /** Shows what changes, until `isWanted` says no. */
  async follow(isWanted: () => boolean): Promise<void> {
    await this.#attempt(async (files) => {
      const changes = files.watch("/");
      await this.#look(files);
      for await (const _ of changes) {
        if (!isWanted()) return;
        await this.#look(files);
      }
    });
  }

  /** Looks again, also for what no change tells: who has the chosen file open. */
  refresh(): Promise<void> {
    return this.#attempt((files) => this.#look(files));
  }

  /** `refresh`, by itself: what was told to the visitor stays. */
  async glance(): Promise<void> {
    const told = this.#error.value;
    await this.refresh();
    this.#error.value ??= told;
  }

  /** Opens a directory in the tree, or folds it. */
  toggle(path: string): Promise<void> {
    if (!this.#open.delete(path)) this.#open.add(path);
    return this.refresh();
  }

  choose(path: string): Promise<void> {
    return this.#attempt(async (files) => {
      this.#chosen.value = await describe(files, path);
    });
  }

  /** Puts another content into the chosen file. */
  save(text: string): Promise<void> {
    return this.#attempt(async (files) => {
      const path = this.#chosen.value?.path;
      if (path === undefined) return;
      await files.write(path, text);
      await this.#written();
      await this.#look(files);
    });
  }

  /** Makes an empty file, and the directories above it, or only these where the path ends in a slash. */
  make(path: string): Promise<void> {
    return this.#attempt(async (files) => {
      const absolute = `/${path.replace(/^\/+/, "")}`;
      if (absolute.endsWith("/")) await files.mkdir(absolute);
      else if (!(await files.exists(absolute))) await files.write(absolute, "");
      await this.#written();
      this.#reveal(absolute);
      await this.#look(files);
      this.#chosen.value = await describe(files, absolute.replace(/\/$/, ""));
    });
  }

  rename(to: string): Promise<void> {
    return this.#attempt(async (files) => {
      const path = this.#chosen.value?.path;
      if (path === undefined || to === "") return;
      const absolute = to.startsWith("/") ? to : `${directoryOf(path)}${to}`;
      await files.rename(path, absolute);
      await this.#written();
      this.#reveal(absolute);
      this.#chosen.value = await describe(files, absolute);
      await this.#look(files);
    });
  }

  remove(): Promise<void> {
    return this.#attempt(async (files) => {
      const path = this.#chosen.value?.path;
      if (path === undefined) return;
      await files.remove(path);
      await this.#written();
      this.#chosen.value = undefined;
      await this.#look(files);
    });
  }

  /** Files and folders of the visitor's machine, into the chosen directory; a zip that came by itself is unpacked. */
  upload(list: Iterable<PlacedFile> | AsyncIterable<PlacedFile>): Promise<void> {
    return this.#attempt(async (files) => {
      const target = this.#target();
      let done = 0;
      try {
        for await (const { path, file } of list) {
          this.#uploading.value = { path, done };
          const bytes = new Uint8Array(await file.arrayBuffer());
          if (path.endsWith(".zip") && !path.includes("/")) await files.mount(target, bytes);
          else await files.write(`${target}${path}`, bytes);
          done++;
        }
      } finally {
        this.#uploading.value = undefined;
      }
      await this.#written();
      this.#reveal(target);
      await this.#look(files);
    });
  }

  /** The chosen file, or a zip of the chosen directory, or of everything; undefined after a failure, which is told. */
  async download(): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | undefined> {
    const chosen = this.#chosen.value;
    let bytes: Uint8Array<ArrayBuffer> | undefined;
    await this.#attempt(async (files) => {
      bytes =
        chosen?.kind === "file" ? await files.read(chosen.path) : await files.exportZip(chosen?.path ?? "/");
    });
    if (bytes === undefined) return undefined;
    const name = chosen?.path.split("/").at(-1) || "files";
    return { name: chosen?.kind === "file" ? name : `${name}.zip`, bytes };
  }

  #target(): string {
    const chosen = this.#chosen.value;
    if (chosen === undefined) return "/";
    return chosen.kind === "directory" ? `${chosen.path}/` : directoryOf(chosen.path);
  }

  /** Opens the directories above a path. */
  #reveal(path: string): void {
    for (let at = path.indexOf("/", 1); at !== -1; at = path.indexOf("/", at + 1))
      this.#open.add(path.slice(0, at));
  }

  async #look(files: RuntimeFiles): Promise<void> {
    const look = ++this.#looks;
    const rows: FileRow[] = [];
    await this.#list(files, "", 1, rows);
    const known = this.#chosen.value;
    const chosen = known && (await describe(files, known.path, known));
    const usage = await files.usage();
    // One that began later may have come back sooner, and has seen more.
    if (look < this.#lastLook) return;
    this.#lastLook = look;
    batch(() => {
      this.#rows.value = rows;
      // Something else may have been chosen meanwhile.
      if (this.#chosen.value === known) this.#chosen.value = chosen;
      this.#usage.value = usage;
    });
  }

  async #list(files: RuntimeFiles, directory: string, level: number, rows: FileRow[]): Promise<void> {
    const entries = [...(await files.list(directory === "" ? "/" : directory))];
    // Directories first, then by name: the order in which they were made says little here.
    entries.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
    for (const { name, kind, sizeBytes } of entries) {
      const path = `${directory}/${name}`;
      const isOpen = kind === "directory" && this.#open.has(path);
      rows.push({ path, name, kind, sizeBytes, level, isOpen });
      if (isOpen) await this.#list(files, path, level + 1, rows);
    }
  }

  async #attempt(action: (files: RuntimeFiles) => Promise<void>): Promise<void> {
    this.#error.value = undefined;
    try {
      await action(await this.#files());
    } catch (thrown) {
      if (!isTellable(thrown)) throw thrown;
      this.#error.value = thrown.message;
    }
  }
}

/** Also what the browser says of a file of the visitor's that is gone or cannot be read. */
function isTellable(thrown: unknown): thrown is Error {
  return thrown instanceof StorageError || thrown instanceof ArchiveError || thrown instanceof DOMException;
}

function rank({ kind }: FileEntry): number {
  return kind === "directory" ? 0 : 1;
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/**
 * @param known what was there before: a content that has not changed is not read again, while programs write others
 * @returns undefined: nothing is there any more
 */
async function describe(files: RuntimeFiles, path: string, known?: Chosen): Promise<Chosen | undefined> {
  const entry = await files.stat(path);
  if (entry === undefined) return undefined;
  const { kind, sizeBytes, modifiedMs } = entry;
  const holders = await files.holders(path);
  const isSame = known?.kind === kind && known.sizeBytes === sizeBytes && known.modifiedMs === modifiedMs;
  // A time of file systems may stand still between two writes; what somebody has open may be written right now.
  if (isSame && holders.length === 0 && Date.now() - modifiedMs > SETTLED_MS) return { ...known, holders };
  const bytes = kind === "file" ? await files.read(path, { maxBytes: MAX_PREVIEW_BYTES }) : NOTHING;
  const text = sizeBytes <= MAX_PREVIEW_BYTES ? textOf(bytes) : undefined;
  return { path, kind, sizeBytes, modifiedMs, bytes, text, holders };
}

/** Whole, valid UTF-8 without control characters other than line breaks and tabs. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return /[^\P{Cc}\n\r\t]/u.test(text) ? undefined : text;
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}
