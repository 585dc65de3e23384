import { RunError, type Runtime, StorageError, VolumeError } from "@lunatic-web/runtime";
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Program } from "../programs/catalog.ts";
import type { StoragePlace } from "./storagePlace.ts";
import type { StorageSpace } from "./storageSpace.ts";

/** What of a runtime it is about. */
export type StorageRuntime = Pick<Runtime, "changeStorage" | "databases" | "files">;

/** What of the browser's storage of volumes it needs, loaded when it does. */
export interface VolumeStore {
  /** Resolves when no tab has the volume. */
  whenVolumeIsFree(name: string, signal: AbortSignal): Promise<void>;
  deleteVolume(name: string): Promise<void>;
}

export interface ProjectStorageOptions {
  /** The page is another one's part. */
  readonly isEmbedded: boolean;
  /** Whether something runs, or is about to: then no other project's files can be had. */
  readonly isBusy: () => boolean;
  readonly volumes: () => Promise<VolumeStore>;
  readonly space: StorageSpace;
}

export type StorageOwner = Pick<Program, "name" | "title">;

/**
 * The files and databases of the page's programs. Each project has its own, kept in the browser from visit to visit; the
 * runtime has those of one at a time. They are opened when a program that uses them runs, or somebody looks at them.
 */
export interface ProjectStorage {
  /** Whose there are now; undefined: nobody has asked for any. */
  readonly owner: ReadonlySignal<StorageOwner | undefined>;
  readonly place: ReadonlySignal<StoragePlace | undefined>;
  /** The browser refuses what is written. */
  readonly isFull: ReadonlySignal<boolean>;
  /** Title of a project whose last changes the browser did not take, before another one was opened. */
  readonly lostOf: ReadonlySignal<string | undefined>;
  readonly space: StorageSpace;
  runtime(): Promise<StorageRuntime>;
  /** For a run that is about to begin. @param isRepeatable it finds nothing, and leaves nothing */
  openForRun(program: Program, isRepeatable: boolean): Promise<void>;
  /** A run has ended: if it could write, what is there is worth keeping. */
  runEnded(): Promise<void>;
  /** For somebody who looks at them; nothing happens while something runs. */
  openToLook(program: Program): Promise<void>;
  /** What is kept, instead of what there is in memory: what a repeatable run has left, or what came while another tab had it. */
  takeOver(): Promise<void>;
  /** Deletes all files and databases of the project; those that are damaged, too. Not while something runs. */
  startAfresh(): Promise<void>;
  /** Deletes what is kept for a program that is to be forgotten. */
  forget(program: Program): Promise<void>;
  /** The visitor himself has written something: resolves when that is kept. @throws StorageError the browser does not take it */
  written(): Promise<void>;
  /** Brings to the disk what was written, as far as the browser takes it; the page may be left for good. */
  flush(): void;
  /** Looks whether the browser refuses what is written, and how much room there is. */
  look(): Promise<void>;
  dismissLoss(): void;
}

/** Name of the volume of a program. */
export function volumeOf({ name }: StorageOwner): string {
  return `playground ${name}`;
}

export function createProjectStorage(
  starting: Promise<StorageRuntime>,
  { isEmbedded, isBusy, volumes, space }: ProjectStorageOptions,
): ProjectStorage {
  const owner = signal<Program | undefined>(undefined);
  const place = signal<StoragePlace | undefined>(undefined);
  const isFull = signal(false);
  const lostOf = signal<string | undefined>(undefined);
  let queue: Promise<unknown> = Promise.resolve();
  let waiting: AbortController | undefined;
  /** A run has had what is open. */
  let isUsed = false;

  /** One after the other: what is open must be known when the next one asks. */
  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const done = queue.then(action);
    queue = done.catch(() => {});
    return done;
  }

  async function change(runtime: StorageRuntime, persist: string | undefined) {
    const { backing, isLost } = await runtime.changeStorage(persist);
    if (isLost) lostOf.value = owner.value?.title;
    return backing;
  }

  /** A new runtime has nothing yet, so nothing need be let go of. */
  async function takeMemory(runtime: StorageRuntime): Promise<void> {
    if (place.value !== undefined) await change(runtime, undefined);
  }

  function reasonForMemory(program: Program, isRepeatable: boolean) {
    if (isRepeatable) return "repeatable";
    if (isEmbedded) return "embedded";
    return program.lesson ? "lesson" : undefined;
  }

  async function take(program: Program, isRepeatable: boolean): Promise<StoragePlace> {
    const runtime = await starting;
    const why = reasonForMemory(program, isRepeatable);
    if (why !== undefined) {
      await takeMemory(runtime);
      return { kind: "memory", why };
    }
    try {
      const backing = await change(runtime, volumeOf(program));
      return { kind: "kept", backing: backing! };
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error;
      await takeMemory(runtime);
      const { fault, message: detail } = error;
      if (fault !== "taken")
        return { kind: "memory", why: fault === "damaged" ? fault : "unavailable", detail };
      void awaitOtherTab(program);
      return { kind: "memory", why: "taken", detail };
    }
  }

  async function openForRun(program: Program, isRepeatable: boolean): Promise<void> {
    const now = place.value;
    const wasRepeatable = now?.kind === "memory" && now.why === "repeatable";
    if (isRepeatable || wasRepeatable) await reopen(program, isRepeatable);
    else await open(program);
  }

  async function open(program: Program): Promise<void> {
    if (place.value === undefined || owner.value?.name !== program.name) await reopen(program, false);
  }

  async function reopen(program: Program, isRepeatable: boolean): Promise<void> {
    waiting?.abort();
    waiting = undefined;
    const taken = await take(program, isRepeatable);
    isUsed = false;
    batch(() => {
      owner.value = program;
      place.value = taken;
      isFull.value = false;
    });
    void space.look();
  }

  /** The other tab's end gives its files to this one: at once if nothing is here that would be lost. */
  async function awaitOtherTab(program: Program): Promise<void> {
    const controller = new AbortController();
    waiting = controller;
    const { whenVolumeIsFree } = await volumes();
    try {
      await whenVolumeIsFree(volumeOf(program), controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return;
      throw error;
    }
    await inTurn(async () => {
      if (controller.signal.aborted) return;
      if (!isBusy() && (await isEmpty())) await reopen(program, false);
      else place.value = { kind: "memory", why: "free" };
    });
  }

  async function isEmpty(): Promise<boolean> {
    const { files, databases } = await starting;
    const [entries, found] = await Promise.all([files.list("/"), databases.list()]);
    return entries.length === 0 && found.length === 0;
  }

  async function empty(): Promise<void> {
    const { files, databases } = await starting;
    for (const { name } of await files.list("/")) await files.remove(`/${name}`);
    for (const { name } of await databases.list()) await databases.remove(name);
    await files.sync();
  }

  async function sync(): Promise<void> {
    try {
      await (await starting).files.sync();
    } catch (error) {
      // That the browser takes no more is what `look` finds; processes were told by their errno.
      if (!(error instanceof StorageError)) throw error;
    }
  }

  async function look(): Promise<void> {
    void space.look();
    if (place.value?.kind !== "kept") return;
    const { files } = await starting;
    isFull.value = (await files.usage()).volume?.isFull ?? false;
  }

  return {
    owner,
    place,
    isFull,
    lostOf,
    space,
    runtime: () => starting,
    openForRun: (program, isRepeatable) =>
      inTurn(async () => {
        await openForRun(program, isRepeatable);
        isUsed = true;
      }),
    async runEnded() {
      if (isUsed && place.value?.kind === "kept") {
        void space.protect();
        await sync();
      }
      await look();
    },
    openToLook: (program) =>
      inTurn(async () => {
        if (isBusy()) return;
        try {
          await open(program);
        } catch (error) {
          // A run has begun in this moment; whoever looks asks again at its end.
          if (!(error instanceof RunError)) throw error;
        }
      }),
    takeOver: () =>
      inTurn(async () => {
        if (owner.value !== undefined && !isBusy()) await reopen(owner.value, false);
      }),
    startAfresh: () =>
      inTurn(async () => {
        const program = owner.value;
        const now = place.value;
        if (program === undefined || isBusy()) return;
        if (now?.kind === "memory" && now.why === "damaged") {
          await (await volumes()).deleteVolume(volumeOf(program));
          await reopen(program, false);
        }
        await empty();
        await look();
      }),
    forget: (program) =>
      inTurn(async () => {
        if (isBusy()) return;
        if (place.value?.kind === "memory" && place.value.why === "repeatable") await reopen(program, false);
        else await open(program);
        if (place.value?.kind !== "kept") return;
        await empty();
        await change(await starting, undefined);
        batch(() => {
          owner.value = undefined;
          place.value = undefined;
        });
        await (await volumes()).deleteVolume(volumeOf(program));
      }),
    async written() {
      if (place.value?.kind !== "kept") return;
      void space.protect();
      try {
        await (await starting).files.sync();
      } finally {
        await look();
      }
    },
    flush() {
      if (place.value?.kind === "kept") void sync();
    },
    look,
    dismissLoss() {
      lostOf.value = undefined;
    },
  };
}
