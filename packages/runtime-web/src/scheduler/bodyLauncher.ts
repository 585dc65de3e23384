import type { Launcher } from "../kernel/collaborators.ts";
import { tellDenied } from "../kernel/denials.ts";
import type { ModuleId } from "../kernel/ids.ts";
import type { Process } from "../kernel/process.ts";
import type { CompiledModule } from "./compiledModule.ts";
import type { Domain } from "./domain.ts";
import { type BodyOwner, WasmBody } from "./wasmBody.ts";

/** The modules an executor has. */
export interface ModuleSource {
  /** undefined: announced by another executor, and still on its way from the hub. */
  module(id: ModuleId): CompiledModule | undefined;
  /** `then` runs when the module is here. */
  awaitModule(id: ModuleId, then: () => void): void;
}

/** Where bodies belong. */
export interface BodyHome extends BodyOwner {
  domainOf(process: Process): Domain;
}

type Ready = (failure: string | undefined) => void;

/** Makes bodies for the kernel's processes. */
export class BodyLauncher implements Launcher {
  readonly #modules: ModuleSource;
  readonly #owner: BodyHome;

  constructor(modules: ModuleSource, owner: BodyHome) {
    this.#modules = modules;
    this.#owner = owner;
  }

  launch(process: Process, ready: Ready): void {
    const module = this.#modules.module(process.module);
    if (module === undefined) {
      this.#launchLater(process, ready);
      return;
    }
    const body = new WasmBody(process, module, this.#owner.domainOf(process), this.#owner);
    process.body = body;
    const { maxMemory } = process.config;
    if (BigInt(module.initialBytes) > maxMemory) {
      const needed = `${module.initialBytes} bytes of initial memory`;
      const limit = `max_memory of its config is ${maxMemory}`;
      tellDenied(process, `${needed}, without which it does not start`, limit);
      ready(`the module needs ${needed}, but ${limit}`);
      return;
    }
    if (!module.info.hasStart) {
      ready(undefined);
      return;
    }
    body.phase = "start function";
    body.launched = ready;
    this.#owner.enqueue(body);
  }

  start(process: Process): void {
    const body = process.body as WasmBody;
    body.phase = "entry";
    body.nextStep = "job";
    this.#owner.enqueue(body);
  }

  #launchLater(process: Process, ready: Ready): void {
    let isStopped = false;
    process.body = {
      fuelUsed: 0,
      resume: () => {},
      resumeWithTrap: () => {},
      stop: () => {
        isStopped = true;
      },
    };
    this.#modules.awaitModule(process.module, () => {
      if (!isStopped) this.launch(process, ready);
    });
  }
}
