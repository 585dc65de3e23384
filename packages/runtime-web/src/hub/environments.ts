import { createRootConfig, type ProcessConfig } from "../kernel/config.ts";
import type { ExitCause } from "../kernel/exit.ts";
import { createSharedPidDirectory } from "../mailbox/index.ts";
import type { FilesPlace } from "../protocol/files.ts";
import type { Outcome, RunRequest } from "../protocol/pageHub.ts";
import { executorOwner } from "../storage/shared/owners.ts";
import { createTreeBuffer } from "../storage/shared/treeBuffer.ts";
import { ownerLost } from "../storage/shared/treeLock.ts";
import type { ExecutorFleet } from "./executorFleet.ts";

interface OpenEnvironment {
  readonly request: RunRequest;
  readonly home: number;
  /** Of its own files, where executors share memory. */
  readonly treeBuffer: SharedArrayBuffer | undefined;
  readonly ended: PromiseWithResolvers<ExitCause>;
  readonly spawned: PromiseWithResolvers<Outcome<{ pid: number }>>;
  /** Executors that have not said yet that they closed it; undefined while it runs. */
  closing: Set<number> | undefined;
  cause: ExitCause | undefined;
}

const EXECUTOR_LOST = {
  type: "run",
  message: "The environment's executor was lost, see the console; run it again",
} as const;
const NOT_OPEN = { ok: false, error: EXECUTOR_LOST } as const;

/** Every `run` is an environment: pids, names and files of its own, ended with its root process. */
export class Environments {
  readonly #fleet: ExecutorFleet;
  readonly #isShared: boolean;
  readonly #files: FilesPlace;
  readonly #opensFiles: (module: number) => boolean;
  readonly #open = new Map<number, OpenEnvironment>();
  #nextId = 1;

  constructor(
    fleet: ExecutorFleet,
    isShared: boolean,
    files: FilesPlace,
    opensFiles: (module: number) => boolean,
  ) {
    this.#fleet = fleet;
    this.#isShared = isShared;
    this.#files = files;
    this.#opensFiles = opensFiles;
  }

  /** @returns its id, and the executor that its root will run on */
  open(request: RunRequest): { environment: number; home: number } {
    const id = this.#nextId++;
    const executors = this.#fleet.indices;
    const home = this.#chooseHome(id, request);
    const isSpread = this.#isShared && executors.length > 1;
    // A deterministic run stays on its home, and so do its files.
    const treeBuffer =
      isSpread && request.files !== undefined && request.deterministic === undefined
        ? (createTreeBuffer(true, BigInt(Date.now()) * 1_000_000n) as SharedArrayBuffer)
        : undefined;
    this.#open.set(id, {
      request,
      home,
      treeBuffer,
      ended: Promise.withResolvers(),
      spawned: Promise.withResolvers(),
      closing: undefined,
      cause: undefined,
    });
    this.#fleet.tellAll({
      type: "open",
      environment: id,
      home,
      executors: executorsFrom(executors, home, request.executors),
      directory: isSpread ? createSharedPidDirectory() : undefined,
      sequence: isSpread ? new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) : undefined,
      startedAtMs: performance.timeOrigin + performance.now(),
      files:
        request.files === undefined
          ? { type: "runtime" }
          : { type: "private", buffer: treeBuffer, initial: request.files },
      hasInput: request.hasInput,
      returnsFiles: request.returnsFiles,
      outputEncoding: request.outputEncoding,
      observe: request.observe,
      deterministic: request.deterministic,
    });
    return { environment: id, home };
  }

  launch(id: number): Promise<Outcome<{ pid: number }>> {
    const environment = this.#open.get(id);
    if (environment === undefined) return Promise.resolve(NOT_OPEN);
    const { request } = environment;
    this.#fleet.tell(environment.home, {
      type: "runRoot",
      environment: id,
      module: request.module,
      entry: request.entry,
      config: rootConfig(request),
    });
    return environment.spawned.promise;
  }

  rootSpawned(id: number, outcome: { pid: number } | { failure: string }): void {
    const environment = this.#open.get(id);
    if (environment === undefined) return;
    if ("pid" in outcome) {
      environment.spawned.resolve({ ok: true, value: outcome });
      return;
    }
    environment.spawned.resolve({ ok: false, error: { type: "run", message: outcome.failure } });
    this.end(id, { type: "trapped", message: outcome.failure, stack: "" });
  }

  /** For one that was lost with its home since it was opened the answer is known. */
  whenEnded(id: number): Promise<ExitCause> {
    return this.#open.get(id)?.ended.promise ?? Promise.resolve({ type: "executorLost" });
  }

  /** Ends what is left of an environment on every executor. The first cause is the one that is told. */
  end(id: number, cause: ExitCause): void {
    const environment = this.#open.get(id);
    if (environment === undefined) return;
    environment.cause ??= cause;
    if (environment.closing !== undefined) return;
    environment.closing = new Set(this.#fleet.indices);
    this.#fleet.tellAll({ type: "close", environment: id });
    this.#settleIfClosed(id, environment);
  }

  closed(id: number, executor: number): void {
    const environment = this.#open.get(id);
    if (environment?.closing === undefined) return;
    environment.closing.delete(executor);
    this.#settleIfClosed(id, environment);
  }

  /** It will not come out of a tree's lock any more. */
  executorEnded(executor: number): void {
    for (const { treeBuffer } of this.#open.values())
      if (treeBuffer !== undefined) ownerLost(treeBuffer, executorOwner(executor));
  }

  executorLost(executor: number): void {
    for (const [id, environment] of this.#open) {
      if (environment.closing !== undefined) this.closed(id, executor);
      else if (environment.home === executor) {
        environment.spawned.resolve({ ok: false, error: EXECUTOR_LOST });
        this.end(id, { type: "executorLost" });
      }
    }
  }

  /** In turn; but where the files are in one executor's memory, what opens them runs there. */
  #chooseHome(id: number, request: RunRequest): number {
    const executors = this.#fleet.indices;
    const usesFiles = request.files === undefined && this.#opensFiles(request.module);
    if (usesFiles && this.#files.type === "executor" && executors.includes(this.#files.executor))
      return this.#files.executor;
    return executors[request.deterministic === undefined ? id % executors.length : 0]!;
  }

  #settleIfClosed(id: number, environment: OpenEnvironment): void {
    if (environment.closing!.size > 0) return;
    this.#open.delete(id);
    environment.ended.resolve(environment.cause!);
  }
}

/**
 * Which executors an environment uses: so many, the home first, in a ring.
 * @param count undefined: all
 * @returns undefined: all
 */
export function executorsFrom(
  alive: readonly number[],
  home: number,
  count: number | undefined,
): readonly number[] | undefined {
  if (count === undefined || count >= alive.length) return undefined;
  const first = alive.indexOf(home);
  return Array.from({ length: count }, (_, offset) => alive[(first + offset) % alive.length]!);
}

function rootConfig(request: RunRequest): ProcessConfig {
  return createRootConfig({
    preopenedDirs: [...request.preopens],
    commandLineArguments: [...request.args],
    environmentVariables: request.env.map(([key, value]) => [key, value]),
  });
}
