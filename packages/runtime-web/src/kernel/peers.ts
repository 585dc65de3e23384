import type { ProcessConfig } from "./config.ts";
import type { EnvironmentId, ExecutorIndex, ModuleId, Pid } from "./ids.ts";
import type { Message } from "./message.ts";
import type { Signal } from "./signal.ts";
import type { RegistryEntry } from "./spawnRequest.ts";

/**
 * The way to the kernels of other executors. One FIFO per ordered pair of executors, no loss while both live: the
 * order of signals between two processes rests on it. `post` never blocks and must not call back into the kernel.
 */
export interface Peers {
  post(to: ExecutorIndex, envelope: PeerEnvelope): void;
}

/**
 * Everything one kernel says to another. `request` pairs a reply with its question, per asking kernel; 0 = no reply.
 * `heard`: how many envelopes of the receiver the sender had taken in by then (see Detours).
 */
export type PeerEnvelope =
  | {
      readonly type: "signal";
      readonly environment: EnvironmentId;
      readonly from: Pid;
      readonly to: Pid;
      readonly signal: Signal;
    }
  | {
      readonly type: "spawn";
      readonly environment: EnvironmentId;
      readonly request: number;
      readonly pid: Pid;
      readonly parent: Pid;
      readonly link: bigint;
      readonly gated: boolean;
      readonly heard: number;
      readonly module: ModuleId;
      readonly entry: string;
      readonly params: Uint8Array;
      readonly config: ProcessConfig;
    }
  | {
      readonly type: "spawned";
      readonly environment: EnvironmentId;
      readonly request: number;
      readonly failure: string | undefined;
    }
  | MoveEnvelope
  /** The parent died while its child was being created: nobody waits for it any more. */
  | { readonly type: "abandonSpawn"; readonly environment: EnvironmentId; readonly pid: Pid }
  | {
      readonly type: "registryRequest";
      readonly environment: EnvironmentId;
      readonly request: number;
      readonly name: string;
      readonly operation: RegistryOperation;
      /** False for a process inside its start function: it never waits for a name that is being spawned. */
      readonly mayWait: boolean;
    }
  /** The process died that had asked: a question that still waits for its name is not answered. */
  | {
      readonly type: "registryWithdraw";
      readonly environment: EnvironmentId;
      readonly request: number;
      readonly name: string;
    }
  /** Ends a reservation: with an entry the spawn succeeded, without one the name is free again. */
  | {
      readonly type: "registrySettle";
      readonly environment: EnvironmentId;
      readonly name: string;
      readonly entry: RegistryEntry | undefined;
    }
  | {
      readonly type: "registryReply";
      readonly environment: EnvironmentId;
      readonly request: number;
      readonly answer: RegistryAnswer;
    }
  | ExistsQuestion
  | {
      readonly type: "existsReply";
      readonly environment: EnvironmentId;
      readonly request: number;
      readonly exists: boolean;
    }
  /** A process is dead: told to the executor where its pid was given out, if that is another (DividedPidDirectory). */
  | { readonly type: "gone"; readonly environment: EnvironmentId; readonly pid: Pid }
  | SurvivorsEnvelope;

/** Asked of the executor that knows, where no directory is shared. */
export interface ExistsQuestion {
  readonly type: "existsRequest";
  readonly environment: EnvironmentId;
  readonly request: number;
  readonly pid: Pid;
}

/** What one executor knows, of all that others cannot know, when `lost` is gone. See ExecutorLoss. */
export interface SurvivorsEnvelope {
  readonly type: "survivors";
  readonly environment: EnvironmentId;
  readonly lost: ExecutorIndex;
  /** Processes born on the sender that lived on the lost executor. */
  readonly died: readonly Pid[];
  /** Processes born on the lost executor that live on the sender. */
  readonly living: readonly Pid[];
}

/** A process that has not started changes its executor: all there is of it. See Migration. */
export interface MoveEnvelope {
  readonly type: "move";
  readonly environment: EnvironmentId;
  readonly pid: Pid;
  readonly parent: Pid;
  readonly heard: number;
  readonly module: ModuleId;
  readonly entry: string;
  readonly params: Uint8Array;
  readonly config: ProcessConfig;
  /** `tag`: what the peer is told when this process dies; `peerTag`: the other way round. */
  readonly links: readonly { readonly peer: Pid; readonly tag: bigint; readonly peerTag: bigint }[];
  readonly monitors: readonly Pid[];
  readonly messages: readonly Message[];
}

export type RegistryOperation =
  | { readonly type: "put"; readonly entry: RegistryEntry }
  | { readonly type: "get" }
  | { readonly type: "remove" }
  | { readonly type: "reserve" };

export type RegistryAnswer =
  | { readonly type: "done" }
  | { readonly type: "found"; readonly entry: RegistryEntry }
  | { readonly type: "notFound" }
  /** The asker is to spawn the process and to settle the name. */
  | { readonly type: "reserved" };
