import type { Pace } from "../inspect/pace.ts";
import type { ExitCause } from "../kernel/exit.ts";
import { type ModuleId, NO_PID } from "../kernel/ids.ts";
import type { FilesPlace } from "../protocol/files.ts";
import type { ExecutorToHub } from "../protocol/hubExecutor.ts";
import type { StepGoal, StepReport } from "../protocol/pacing.ts";
import {
  type CompiledSummary,
  type HubService,
  type Outcome,
  type RunRequest,
  wireErrorText,
} from "../protocol/pageHub.ts";
import type { RuntimeSettings } from "../protocol/settings.ts";
import { executorOwner } from "../storage/shared/owners.ts";
import { ownerLost } from "../storage/shared/treeLock.ts";
import { Environments } from "./environments.ts";
import { ExecutorFleet, type FleetWords } from "./executorFleet.ts";
import { ModuleStore } from "./moduleStore.ts";
import { Pacing } from "./pacing.ts";

/** The one place of a runtime for modules, environments and executors. Lives in a worker of its own. */
export class Hub implements HubService {
  #fleet!: ExecutorFleet;
  #modules!: ModuleStore;
  #environments!: Environments;
  #pacing!: Pacing;
  readonly #kills = new Map<number, { waiting: number; found: boolean; resolve: (found: boolean) => void }>();
  readonly #whenLost: { index: number; resolve: (reason: string) => void }[] = [];
  #nextRequest = 1;

  async start(
    settings: RuntimeSettings,
    moduleCache: "indexeddb" | "none",
    executorPorts: readonly MessagePort[],
    files: FilesPlace,
  ): Promise<void> {
    this.#fleet = new ExecutorFleet(settings, executorPorts, files, {
      message: (executor, message) => this.#fromExecutor(executor, message),
      lost: (executor, reason) => this.#forget(executor, reason),
      ended: (executor) => {
        if (files.type === "shared") ownerLost(files.buffer, executorOwner(executor));
        this.#environments.executorEnded(executor);
      },
    });
    this.#modules = new ModuleStore(moduleCache === "indexeddb", (parcel) => this.#fleet.distribute(parcel));
    this.#environments = new Environments(this.#fleet, settings.isShared, files, (id) =>
      this.#modules.opensFiles(id),
    );
    this.#pacing = new Pacing(this.#fleet);
    await this.#fleet.start();
  }

  compile(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Outcome<CompiledSummary>> {
    return this.#modules.compile(bytes, name);
  }

  async open(request: RunRequest): Promise<Outcome<{ environment: number; home: number }>> {
    if (this.#fleet.indices.length === 0) {
      return { ok: false, error: { type: "run", message: "every executor was lost; make a new runtime" } };
    }
    return { ok: true, value: this.#environments.open(request) };
  }

  async launch(environment: number): Promise<Outcome<{ pid: number }>> {
    return this.#environments.launch(environment);
  }

  async whenEnded(environment: number): Promise<ExitCause> {
    const cause = await this.#environments.whenEnded(environment);
    this.#pacing.ended(environment);
    return cause;
  }

  /** Every executor is asked: only the one where the process lives finds it. */
  kill(environment: number, pid: number): Promise<boolean> {
    const request = this.#nextRequest++;
    const executors = this.#fleet.indices;
    return new Promise((resolve) => {
      this.#kills.set(request, { waiting: executors.length, found: false, resolve });
      this.#fleet.tellAll({ type: "kill", request, environment, pid });
    });
  }

  async stop(environment: number): Promise<void> {
    this.#environments.end(environment, { type: "killed", by: NO_PID });
  }

  setPace(environment: number, pace: Pace): Promise<boolean> {
    return this.#pacing.setPace(environment, pace);
  }

  step(environment: number, goal: StepGoal): Promise<StepReport> {
    return this.#pacing.step(environment, goal);
  }

  async close(): Promise<void> {
    this.#fleet.close();
  }

  #fromExecutor(executor: number, message: Exclude<ExecutorToHub, FleetWords>): void {
    switch (message.type) {
      case "rootSpawned":
        this.#environments.rootSpawned(message.environment, message.outcome);
        break;
      case "rootEnded":
        this.#environments.end(message.environment, message.cause);
        break;
      case "flooded":
        this.#environments.end(message.environment, {
          type: "limit",
          limit: message.limit,
          message: message.message,
        });
        break;
      case "closed":
        this.#environments.closed(message.environment, executor);
        break;
      case "killed":
        this.#killAnswered(message.request, message.found);
        break;
      case "paced":
        this.#pacing.answered(message.request, message.report);
        break;
      case "compile":
        void this.#compileFor(executor, message.request, message.bytes);
        break;
      default:
        message satisfies never;
    }
  }

  #killAnswered(request: number, found: boolean): void {
    const kill = this.#kills.get(request);
    if (kill === undefined) return;
    kill.found ||= found;
    kill.waiting--;
    if (kill.waiting > 0) return;
    this.#kills.delete(request);
    kill.resolve(kill.found);
  }

  async #compileFor(executor: number, request: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const outcome = await this.#modules.compile(bytes, "module compiled by a guest");
    this.#fleet.tell(executor, {
      type: "compiled",
      request,
      outcome: outcome.ok
        ? { module: outcome.value.id as ModuleId }
        : { failure: wireErrorText(outcome.error) },
    });
  }

  async executorLost(index: number, reason: string): Promise<void> {
    this.#fleet.lose(index, reason);
  }

  whenLost(index: number): Promise<string> {
    return new Promise((resolve) => {
      this.#whenLost.push({ index, resolve });
    });
  }

  #forget(executor: number, reason: string): void {
    for (const { index, resolve } of this.#whenLost) if (index === executor) resolve(reason);
    this.#environments.executorLost(executor);
    this.#pacing.executorLost(executor);
    for (const request of [...this.#kills.keys()]) this.#killAnswered(request, false);
  }
}
