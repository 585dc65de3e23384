import type { ProcessConfig } from "./config.ts";
import type { ModuleId, Pid } from "./ids.ts";

/** What a new process runs, ids of the guest already resolved. */
export interface ProcessSpec {
  readonly module: ModuleId;
  /** Name of the export it calls. Looked up only when it runs (host ABI ch. 17, 8). */
  readonly entry: string;
  /** 17-byte records, see host ABI ch. 4. Owned by the kernel from here on. */
  readonly params: Uint8Array;
  /** Not copied by the kernel: for a config of a resource table pass a copy, so that later setters do not reach it. */
  readonly config: ProcessConfig;
}

export interface SpawnRequest extends ProcessSpec {
  /** Tag of the link between parent and child; 0n = no link. */
  readonly link: bigint;
}

export type SpawnOutcome = { readonly pid: Pid } | { readonly failure: string };

export type GetOrSpawnOutcome =
  | { readonly found: true; readonly node: bigint; readonly pid: bigint }
  | { readonly found: false; readonly pid: Pid }
  | { readonly failure: string };

/** What a registered name leads to. Guests put any number in; nobody checks that the process exists. */
export interface RegistryEntry {
  readonly node: bigint;
  readonly pid: bigint;
}

export type CompileOutcome = { readonly module: ModuleId } | { readonly failure: string };
