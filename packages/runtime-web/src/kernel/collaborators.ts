import type { Environment } from "./environment.ts";
import type { ExitCause } from "./exit.ts";
import type { ExecutorIndex, ModuleId } from "./ids.ts";
import type { Peers } from "./peers.ts";
import type { Process } from "./process.ts";
import type { CompileOutcome, SpawnRequest } from "./spawnRequest.ts";

/** The monotonic clock of an environment, in milliseconds, and its alarms. Injected: it may stand still, or be virtual. */
export interface Timers {
  nowMs(): number;
  /**
   * @param deadlineMs on the scale of nowMs, a whole number; may lie further away than a browser timer can (2^31 ms)
   * @param fire runs once, not before the deadline, never from inside this call
   * @returns a handle for cancel, never negative
   */
  schedule(deadlineMs: number, fire: () => void): number;
  cancel(handle: number): void;
}

/** Makes processes run. The scheduler implements it for wasm. */
export interface Launcher {
  /**
   * Sets `process.body` and runs the module's start function, if it has one: later, never inside this call, which comes
   * from a host call of the running parent.
   * @param ready called once, maybe before launch returns; with a text if instantiation failed (there is no body to
   *   stop by then). Does nothing once the body was told to stop.
   */
  launch(process: Process, ready: (failure: string | undefined) => void): void;
  /** The process is in its environment and may run from now on. */
  start(process: Process): void;
}

export interface ModuleService {
  /** True if instantiating the module runs code, for which a spawning parent has to wait. */
  hasStart(module: ModuleId): boolean;
  /** Size of the memory that a process of the module starts with. */
  initialBytes(module: ModuleId): number;
  /** @param done called once, maybe before compile returns */
  compile(bytes: Uint8Array, done: (result: CompileOutcome) => void): void;
}

export interface KernelOptions {
  readonly executor: ExecutorIndex;
  readonly launcher: Launcher;
  readonly peers: Peers;
  readonly modules: ModuleService;
  /** Chooses the executor of a new process; the own index keeps it here. May throw a GuestTrap: the spawn traps. */
  place(request: SpawnRequest, caller: Process): ExecutorIndex;
  /** What a process is called in its Spawn event; asked only while somebody observes. Default: its entry. */
  describe?(process: Process): string;
  /** Living processes of one environment here, beyond which its spawns fail. Default: see MAX_PROCESSES. */
  readonly maxProcesses?: number;
  /** What the waiting messages of one environment may take on this executor, see MailMeter. Default: no limit. */
  readonly mailLimitBytes?: number;
  /** They take more, and the environment is to be ended. Called once. */
  onMailFull?(environment: Environment): void;
  /** Called once for each process that had been entered in its environment, after its links and monitors were told. */
  onProcessEnd?(process: Process, cause: ExitCause): void;
}
