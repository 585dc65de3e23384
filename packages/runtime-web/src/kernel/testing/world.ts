import type { EventKind } from "../../inspect/events.ts";
import { sinkOf } from "../../inspect/testing/eventSink.ts";
import type { KernelOptions } from "../collaborators.ts";
import type { ProcessConfig } from "../config.ts";
import type { Environment } from "../environment.ts";
import type { ExitCause } from "../exit.ts";
import { ProcessStopped } from "../guestTrap.ts";
import type { EnvironmentId, ExecutorIndex, ModuleId, Pid } from "../ids.ts";
import { NO_PID } from "../ids.ts";
import { Kernel } from "../kernel.ts";
import type { DataMessage } from "../message.ts";
import { PARKED } from "../parked.ts";
import type { PeerEnvelope } from "../peers.ts";
import { LocalPidDirectory, type PidDirectory } from "../pidDirectory.ts";
import type { Process, ProcessBody } from "../process.ts";
import type { CompileOutcome, SpawnOutcome, SpawnRequest } from "../spawnRequest.ts";
import { VirtualTimers } from "./virtualTimers.ts";

export const NO_TIMEOUT = 0xffff_ffff_ffff_ffffn;
export const PLAIN_MODULE = 1 as ModuleId;
/** A module with a start function: its launches stay open until the test finishes them. */
export const STARTING_MODULE = 2 as ModuleId;
/** A module without a start function that is still on its way to its executor: its launches stay open, too. */
export const ARRIVING_MODULE = 3 as ModuleId;
export const ENVIRONMENT = 1 as EnvironmentId;

export class FakeBody implements ProcessBody {
  readonly resumed: unknown[] = [];
  readonly traps: unknown[] = [];
  stops = 0;
  fuelUsed = 0;

  resume(result: number | bigint | undefined): void {
    this.resumed.push(result);
  }

  resumeWithTrap(error: unknown): void {
    this.traps.push(error);
  }

  stop(): void {
    this.stops++;
  }
}

export interface ObservedEvent {
  readonly kind: EventKind;
  readonly pid: number;
  readonly other: number;
  readonly tag: bigint;
  readonly value: number;
  readonly text: string | undefined;
}

interface OpenLaunch {
  readonly process: Process;
  readonly ready: (failure: string | undefined) => void;
}

/** Kernels side by side, joined by channels in memory that deliver only when told to; driven by hand, no guest runs. */
export class World {
  readonly timers = new VirtualTimers();
  readonly kernels: Kernel[] = [];
  readonly environments: Environment[] = [];
  readonly ended: { pid: Pid; cause: ExitCause }[] = [];
  readonly started: Pid[] = [];
  /** Environments whose messages were too many. */
  readonly flooded: EnvironmentId[] = [];
  readonly launches: OpenLaunch[] = [];
  readonly events: ObservedEvent[] = [];
  readonly processes = new Map<Pid, Process>();
  readonly compiles: ((result: CompileOutcome) => void)[] = [];
  /** Where the next processes go. */
  placement: (request: SpawnRequest, caller: Process) => ExecutorIndex = () => 0;
  readonly #limits: Pick<KernelOptions, "mailLimitBytes" | "maxProcesses">;
  readonly #directoryOf: (own: ExecutorIndex) => PidDirectory;
  readonly #lost = new Set<ExecutorIndex>();
  readonly #channels = new Map<string, { from: number; to: number; queue: PeerEnvelope[] }>();

  constructor(
    executors = 1,
    directoryOf: (own: ExecutorIndex) => PidDirectory = () => new LocalPidDirectory(),
    limits: Pick<KernelOptions, "mailLimitBytes" | "maxProcesses"> = {},
  ) {
    this.#limits = limits;
    this.#directoryOf = directoryOf;
    for (let index = 0; index < executors; index++) this.#addKernel(index);
  }

  get kernel(): Kernel {
    return this.kernels[0]!;
  }

  get environment(): Environment {
    return this.environments[0]!;
  }

  observe(): void {
    for (const environment of this.environments) {
      environment.sink = sinkOf((kind, pid, other, tag, value, text) =>
        this.events.push({ kind, pid, other, tag, value, text }),
      );
    }
  }

  root(): Process {
    return this.kernel.spawnRoot(this.environment, request(), () => {});
  }

  kernelOf(process: Process): Kernel {
    return this.kernels[this.environments.indexOf(process.environment)]!;
  }

  body(process: Process): FakeBody {
    return process.body as FakeBody;
  }

  /** Runs one piece of guest code of a process; a ProcessStopped ends it silently, as the scheduler would. */
  run<T>(process: Process, code: (kernel: Kernel) => T): T | "stopped" {
    const kernel = this.kernelOf(process);
    kernel.running = process;
    try {
      return code(kernel);
    } catch (error) {
      if (error instanceof ProcessStopped) return "stopped";
      throw error;
    } finally {
      kernel.running = undefined;
    }
  }

  /** Ends a slice: the process takes in what came while it ran. */
  yield(process: Process): "alive" | "stopped" {
    return this.run(process, (kernel) => {
      kernel.yieldPoint(process);
      return "alive";
    }) as "alive" | "stopped";
  }

  spawn(parent: Process, options: Partial<SpawnRequest> = {}, executor: ExecutorIndex = 0): Process {
    this.placement = () => executor;
    const outcome = this.run(parent, (kernel) =>
      kernel.spawn(parent, request(options), (late) => this.body(parent).resume(pidOf(late))),
    );
    this.deliverAll();
    if (outcome === PARKED || outcome === "stopped" || "failure" in outcome) {
      throw new Error(`No process: ${String(outcome)}`);
    }
    return this.process(outcome.pid);
  }

  process(pid: number): Process {
    const process = this.processes.get(pid as Pid);
    if (process === undefined) throw new Error(`No process ${pid}`);
    return process;
  }

  send(from: Process, to: Process, tag = 0n, text = ""): void {
    this.run(from, (kernel) => kernel.send(from, to.pid, data(tag, text)));
  }

  /** Starts a receive; its late result goes to the body. */
  receive(process: Process, tags?: readonly bigint[], timeoutMs = NO_TIMEOUT): unknown {
    return this.run(process, (kernel) =>
      kernel.receive(process, tags, timeoutMs, (code) => this.body(process).resume(code)),
    );
  }

  /** Empties a mailbox: the texts of data messages, the kind of others. */
  readAll(process: Process): string[] {
    const read: string[] = [];
    for (let message = process.mailbox.take(undefined); message; message = process.mailbox.take(undefined)) {
      read.push(message.kind === "data" ? textOf(message) : message.kind);
    }
    return read;
  }

  causeOf(process: Process): ExitCause | undefined {
    return this.ended.find((end) => end.pid === process.pid)?.cause;
  }

  /** Delivers the oldest envelope of one channel. @returns false if there is none */
  deliverOne(from: ExecutorIndex, to: ExecutorIndex): boolean {
    const envelope = this.#channels.get(`${from}>${to}`)?.queue.shift();
    if (envelope === undefined) return false;
    if (this.#lost.has(to)) return true;
    this.kernels[to]!.receiveEnvelope(from, envelope);
    return true;
  }

  /** Delivers until all channels are empty. */
  deliverAll(): void {
    for (let progress = true; progress; ) {
      progress = false;
      for (const { from, to } of [...this.#channels.values()]) {
        while (this.deliverOne(from, to)) progress = true;
      }
    }
  }

  /** Channels with something in them. */
  get busyChannels(): { from: ExecutorIndex; to: ExecutorIndex }[] {
    return [...this.#channels.values()].filter((channel) => channel.queue.length > 0);
  }

  lose(executor: ExecutorIndex): void {
    for (const channel of this.#channels.values()) {
      if (channel.from === executor || channel.to === executor) channel.queue.length = 0;
    }
    this.kernels.forEach((kernel, index) => {
      if (index !== executor) kernel.executorLost(executor);
    });
    this.#lost.add(executor);
  }

  #addKernel(executor: ExecutorIndex): void {
    const kernel = new Kernel({
      executor,
      launcher: {
        launch: (process, ready) => {
          process.body = new FakeBody();
          this.processes.set(process.pid, process);
          const isOpen = process.module === STARTING_MODULE || process.module === ARRIVING_MODULE;
          if (isOpen) this.launches.push({ process, ready });
          else ready(process.entry === "does not instantiate" ? "no room for it" : undefined);
        },
        start: (process) => this.started.push(process.pid),
      },
      peers: {
        post: (to, envelope) => {
          const key = `${executor}>${to}`;
          const channel = this.#channels.get(key) ?? { from: executor, to, queue: [] };
          this.#channels.set(key, channel);
          channel.queue.push(structuredClone(envelope));
        },
      },
      modules: {
        hasStart: (module) => module === STARTING_MODULE,
        initialBytes: () => 65_536,
        compile: (_bytes, done) => this.compiles.push(done),
      },
      place: (spawned, caller) => this.placement(spawned, caller),
      ...this.#limits,
      onMailFull: (environment) => this.flooded.push(environment.id),
      onProcessEnd: (process, cause) => this.ended.push({ pid: process.pid, cause }),
    });
    this.kernels.push(kernel);
    const options = {
      home: 0,
      directory: this.#directoryOf(executor),
      timers: this.timers,
      distributed: false,
    } as const;
    this.environments.push(kernel.openEnvironment(ENVIRONMENT, options));
  }
}

export function request(options: Partial<SpawnRequest> = {}): SpawnRequest {
  return {
    link: 0n,
    module: PLAIN_MODULE,
    entry: "entry",
    params: new Uint8Array(0),
    config: configThatMay(),
    ...options,
  };
}

export function configThatMay(options: Partial<ProcessConfig> = {}): ProcessConfig {
  return {
    maxMemory: 0xffff_ffffn,
    maxFuel: 0n,
    canCompileModules: true,
    canCreateConfigs: true,
    canSpawnProcesses: true,
    preopenedDirs: [],
    commandLineArguments: [],
    environmentVariables: [],
    ...options,
  };
}

export function data(tag = 0n, text = ""): DataMessage {
  const buffer = new TextEncoder().encode(text);
  const { length } = buffer;
  return { kind: "data", tag, buffer, length, readPosition: 0, resources: [], from: NO_PID, isUntold: false };
}

export function textOf(message: DataMessage): string {
  return new TextDecoder().decode(message.buffer.subarray(0, message.length));
}

function pidOf(outcome: SpawnOutcome): number | undefined {
  return "pid" in outcome ? outcome.pid : undefined;
}
