import { encodeText } from "../abi/text.ts";
import type { FileTree } from "../storage/fileTree.ts";
import type { DirectoryInode, Holder } from "../storage/inode.ts";
import { DirectoryDescriptor } from "./descriptors/directoryDescriptor.ts";
import { InputDescriptor } from "./descriptors/input.ts";
import { OutputDescriptor } from "./descriptors/output.ts";
import type { Stdio } from "./descriptors/stdio.ts";
import { DescriptorTable } from "./descriptorTable.ts";
import { DIRECTORY_RIGHTS, FILE_RIGHTS } from "./rights.ts";

/** The clocks of a process. Injected, so that a run can have a virtual time. */
export interface WasiClock {
  /** Nanoseconds since 1970. */
  realtimeNs(): bigint;
  /** Nanoseconds since some moment; never goes back. */
  monotonicNs(): bigint;
  /** The step of both, in nanoseconds. */
  readonly resolutionNs: bigint;
}

export interface WasiContextOptions {
  readonly tree: FileTree;
  /** The filesystem outlives the tab: else there is nothing to sync. Default false. */
  readonly isPersistent?: boolean;
  /** The process, for those who ask who has a file open. */
  readonly holder: Holder;
  /** Name for the guest and path in the tree, in the order of their descriptors, from 3. */
  readonly preopens: readonly (readonly [guestName: string, path: string])[];
  /** Exactly what the guest sees, argv[0] included. */
  readonly args: readonly string[];
  readonly env: readonly (readonly [key: string, value: string])[];
  readonly stdio: Stdio;
  readonly clock: WasiClock;
  /** Told of a path that leads out of the directory it starts from; the guest gets an errno. */
  readonly denied?: (path: string) => void;
  /** Fills an array of at most 65,536 bytes with random ones (the limit of `crypto.getRandomValues`). */
  readonly random: (into: Uint8Array) => void;
}

/**
 * What preview1 knows of one process. Cheap until the process uses it: descriptors and argument bytes are made on
 * first use. To be closed when the process ends, so that files it held open and unlinked are given back.
 * @throws StorageError a preopened path is missing or not a directory; natively the spawn traps (host ABI 3.13)
 */
export function createWasiContext(options: WasiContextOptions): WasiContext {
  return new WasiContext(options);
}

export class WasiContext {
  readonly tree: FileTree;
  readonly isPersistent: boolean;
  readonly holder: Holder;
  readonly clock: WasiClock;
  readonly random: (into: Uint8Array) => void;
  readonly denied: ((path: string) => void) | undefined;
  readonly #stdio: Stdio;
  readonly #preopens: readonly (readonly [string, DirectoryInode])[];
  readonly #args: readonly string[];
  readonly #env: readonly (readonly [string, string])[];
  #argBytes: readonly Uint8Array[] | undefined;
  #envBytes: readonly Uint8Array[] | undefined;
  #descriptors: DescriptorTable | undefined;

  constructor(options: WasiContextOptions) {
    this.tree = options.tree;
    this.isPersistent = options.isPersistent ?? false;
    this.holder = options.holder;
    this.clock = options.clock;
    this.random = options.random;
    this.denied = options.denied;
    this.#stdio = options.stdio;
    this.#args = options.args;
    this.#env = options.env;
    this.#preopens = options.preopens.map(([name, path]) => [name, options.tree.directory(path)]);
  }

  /** The arguments as NUL-terminated UTF-8. */
  get args(): readonly Uint8Array[] {
    this.#argBytes ??= this.#args.map((text) => encodeText(`${text}\0`));
    return this.#argBytes;
  }

  /** The environment as NUL-terminated `key=value` in UTF-8. */
  get env(): readonly Uint8Array[] {
    this.#envBytes ??= this.#env.map(([key, value]) => encodeText(`${key}=${value}\0`));
    return this.#envBytes;
  }

  get descriptors(): DescriptorTable {
    this.#descriptors ??= this.#openInitial();
    return this.#descriptors;
  }

  /** Closes every descriptor. The context is not used any more. */
  close(): void {
    this.#descriptors?.closeAll();
  }

  #openInitial(): DescriptorTable {
    const table = new DescriptorTable();
    table.add(new InputDescriptor(this.#stdio));
    table.add(new OutputDescriptor(this.#stdio, 1));
    table.add(new OutputDescriptor(this.#stdio, 2));
    for (const [name, directory] of this.#preopens) {
      const opening = this.tree.open(directory, this.holder);
      // No room for the note of who has it open is no reason to be without it: it may then be removed meanwhile.
      const held = typeof opening === "string" ? 0 : opening;
      const descriptor = new DirectoryDescriptor(this.tree, directory, held, encodeText(name));
      descriptor.baseRights = DIRECTORY_RIGHTS;
      descriptor.inheritingRights = DIRECTORY_RIGHTS | FILE_RIGHTS;
      table.add(descriptor);
    }
    return table;
  }
}
