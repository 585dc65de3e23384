import type { EventSink } from "../inspect/events.ts";
import type { KernelOptions } from "./collaborators.ts";
import type { Environment, EnvironmentOptions } from "./environment.ts";
import type { ExitCause } from "./exit.ts";
import type { EnvironmentId, ExecutorIndex, Pid } from "./ids.ts";
import type { Message } from "./message.ts";
import type { Parked } from "./parked.ts";
import type { PeerEnvelope } from "./peers.ts";
import type { Process } from "./process.ts";
import type {
  CompileOutcome,
  GetOrSpawnOutcome,
  ProcessSpec,
  RegistryEntry,
  SpawnOutcome,
  SpawnRequest,
} from "./spawnRequest.ts";

export type { KernelOptions, Launcher, ModuleService, Timers } from "./collaborators.ts";
export type { Peers } from "./peers.ts";

export declare class Kernel {
  constructor(options: KernelOptions);
  sink: EventSink | undefined;
  running: Process | undefined;
  openEnvironment(id: EnvironmentId, options: EnvironmentOptions): Environment;
  closeEnvironment(id: EnvironmentId): void;
  spawnRoot(environment: Environment, spec: ProcessSpec, complete: (outcome: SpawnOutcome) => void): Process;
  spawn(
    caller: Process,
    request: SpawnRequest,
    complete: (outcome: SpawnOutcome) => void,
  ): SpawnOutcome | Parked;
  /** request: a function is called only when the name is free, so its GuestTrap does not hit a caller that finds the name */
  getOrSpawn(
    caller: Process,
    name: string,
    request: SpawnRequest | (() => SpawnRequest),
    complete: (outcome: GetOrSpawnOutcome) => void,
  ): GetOrSpawnOutcome | Parked;
  send(caller: Process, to: Pid, message: Message): void;
  receive(
    caller: Process,
    tags: readonly bigint[] | undefined,
    timeoutMs: bigint,
    complete: (code: number) => void,
  ): number | Parked;
  sendReceiveSkipSearch(
    caller: Process,
    to: Pid,
    message: Message,
    tag: bigint,
    timeoutMs: bigint,
    complete: (code: number) => void,
  ): number | Parked;
  sleep(caller: Process, ms: bigint, complete: (code: number) => void): number | Parked;
  link(caller: Process, tag: bigint, pid: Pid): void;
  unlink(caller: Process, pid: Pid): void;
  monitor(caller: Process, pid: Pid): void;
  stopMonitoring(caller: Process, pid: Pid): void;
  kill(caller: Process, pid: Pid): void;
  exists(caller: Process, pid: Pid): boolean;
  dieWhenLinkDies(caller: Process, on: boolean): void;
  sendAfter(caller: Process, to: Pid, delayMs: bigint, message: Message): bigint;
  cancelTimer(caller: Process, id: bigint): boolean;
  registryPut(
    caller: Process,
    name: string,
    node: bigint,
    pid: bigint,
    complete: () => void,
  ): undefined | Parked;
  registryGet(
    caller: Process,
    name: string,
    complete: (entry: RegistryEntry | undefined) => void,
  ): RegistryEntry | undefined | Parked;
  registryRemove(caller: Process, name: string, complete: () => void): undefined | Parked;
  compileModule(
    caller: Process,
    bytes: Uint8Array,
    complete: (outcome: CompileOutcome) => void,
  ): CompileOutcome | Parked;
  yieldPoint(process: Process): void;
  exit(process: Process, cause: ExitCause): void;
  killFromOutside(environment: Environment, pid: Pid): boolean;
  inject(environment: Environment, to: Pid, message: Message): void;
  receiveEnvelope(from: ExecutorIndex, envelope: PeerEnvelope): void;
  executorLost(index: ExecutorIndex): void;
}
