import { PARKED, type Parked } from "../../kernel/parked.ts";
import type { Fault } from "../../storage/fault.ts";
import type { FileNeed } from "../../storage/inode.ts";
import { loadTree } from "../../storage/shared/loadTree.ts";
import { createSharedTree } from "../../storage/shared/sharedTree.ts";
import type { TreeLimits } from "../../storage/shared/treeBuffer.ts";
import type { VolumeContents } from "../../storage/volume/volume.ts";
import type { Finish, WasiBinding } from "../binding.ts";
import { createWasiContext, type WasiClock, type WasiContext } from "../context.ts";
import type { Stdio } from "../descriptors/stdio.ts";
import { type ErrnoName, errnoName } from "./errnoNames.ts";
import { GuestRegion } from "./guestRegion.ts";

/** What a call parked for. */
export interface Park {
  readonly reason: "sleep" | "input" | "room" | "yield" | "file";
  readonly deadlineNs: bigint | undefined;
  /** Completes the call, as the host would. */
  readonly finish: () => ErrnoName | Parked;
}

export interface TestHostOptions extends TreeLimits {
  /** What the filesystem is when it begins; its pages are elsewhere. */
  readonly volume?: VolumeContents;
  readonly files?: Readonly<Record<string, string>>;
  readonly directories?: readonly string[];
  readonly preopens?: readonly (readonly [string, string])[];
  readonly args?: readonly string[];
  readonly env?: readonly (readonly [string, string])[];
}

/** A clock that only moves when told to. Starts at a time with a nanosecond part. */
export class TestClock implements WasiClock {
  readonly resolutionNs = 5_000n;
  #elapsedNs = 0n;

  realtimeNs(): bigint {
    return 1_700_000_000_123_456_789n + this.#elapsedNs;
  }

  monotonicNs(): bigint {
    return 5_000_000_000n + this.#elapsedNs;
  }

  advance(ns: bigint): void {
    this.#elapsedNs += ns;
  }
}

/** Streams a test fills and reads. */
export class TestStdio implements Stdio {
  readonly writes: { readonly stream: 1 | 2; readonly text: string }[] = [];
  /** Whether a write has to wait. */
  isFull = false;
  #input: Uint8Array = new Uint8Array(0);
  #hasEnded = false;

  write(stream: 1 | 2, bytes: Uint8Array): void {
    this.writes.push({ stream, text: new TextDecoder().decode(bytes) });
  }

  hasRoom(): boolean {
    return !this.isFull;
  }

  read(maxBytes: number): Uint8Array | "pending" | "end" {
    if (this.#input.length === 0) return this.#hasEnded ? "end" : "pending";
    const taken = this.#input.subarray(0, maxBytes);
    this.#input = this.#input.subarray(taken.length);
    return taken;
  }

  available(): number | "end" {
    return this.#input.length === 0 && this.#hasEnded ? "end" : this.#input.length;
  }

  type(text: string): void {
    this.#input = new TextEncoder().encode(new TextDecoder().decode(this.#input) + text);
  }

  end(): void {
    this.#hasEnded = true;
  }
}

/** A host with one process, a filesystem, and a record of what its calls parked for. */
export class TestHost implements WasiBinding {
  readonly clock = new TestClock();
  readonly stdio = new TestStdio();
  readonly region = new GuestRegion();
  readonly tree;
  readonly parks: Park[] = [];
  /** What files were waited for. */
  readonly needs: FileNeed[] = [];
  /** Why what files wait for is not done. */
  fileFault: Fault | undefined;
  /** Paths the host was told of because they lead out. */
  readonly denied: string[] = [];
  readonly #context: WasiContext;
  #random = 0;

  constructor(options: TestHostOptions = {}) {
    this.tree = createSharedTree(() => this.clock.realtimeNs(), options);
    if (options.volume !== undefined) loadTree(this.tree.store, options.volume);
    for (const path of options.directories ?? []) this.tree.mkdirs(path);
    for (const [path, content] of Object.entries(options.files ?? {})) this.tree.writeFile(path, content);
    this.#context = this.createContext(options);
  }

  /** A further process on the same filesystem. */
  createContext(options: TestHostOptions = {}): WasiContext {
    return createWasiContext({
      tree: this.tree,
      isPersistent: options.volume !== undefined,
      holder: { environment: 1, pid: 1 },
      preopens: options.preopens ?? [["/", "/"]],
      args: options.args ?? [],
      env: options.env ?? [],
      stdio: this.stdio,
      clock: this.clock,
      denied: (path) => this.denied.push(path),
      random: (into) => {
        for (let i = 0; i < into.length; i++) into[i] = ++this.#random % 251;
      },
    });
  }

  context(): WasiContext {
    return this.#context;
  }

  memory(): GuestRegion {
    return this.region;
  }

  sleepUntil(deadlineNs: bigint, finish: Finish): Parked {
    this.parks.push({ reason: "sleep", deadlineNs, finish: named(finish) });
    return PARKED;
  }

  awaitInput(finish: Finish, deadlineNs?: bigint): Parked {
    this.parks.push({ reason: "input", deadlineNs, finish: named(finish) });
    return PARKED;
  }

  awaitRoom(finish: Finish): Parked {
    this.parks.push({ reason: "room", deadlineNs: undefined, finish: named(finish) });
    return PARKED;
  }

  awaitFile(need: FileNeed, finish: (fault: Fault | undefined) => number | Parked): Parked {
    const park = {
      reason: "file",
      deadlineNs: undefined,
      finish: named(() => finish(this.fileFault)),
    } as const;
    this.parks.push(park);
    this.needs.push(need);
    return PARKED;
  }

  yieldNow(finish: Finish): Parked {
    this.parks.push({ reason: "yield", deadlineNs: undefined, finish: named(finish) });
    return PARKED;
  }
}

function named(finish: Finish): () => ErrnoName | Parked {
  return () => {
    const result = finish();
    return result === PARKED ? PARKED : errnoName(result);
  };
}
