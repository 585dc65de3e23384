import type { Process } from "../kernel/process.ts";
import { type Domain, Hold } from "./domain.ts";
import type { ReadyProcesses } from "./readyProcesses.ts";
import type { WasmBody } from "./wasmBody.ts";

/** @param ran the process a slice of which is over; undefined: none could run */
export type StepDone = (ran: Process | undefined) => void;

/** The single slices that somebody has asked for, of domains on hold: one after another, before all other work. */
export class Steps {
  readonly #ready: ReadyProcesses;
  readonly #canRun: (body: WasmBody) => boolean;
  readonly #asked: { readonly domain: Domain; readonly done: StepDone }[] = [];
  #current: { readonly body: WasmBody; readonly done: StepDone } | undefined;

  /** @param canRun whether there is a stack for the next slice of a process */
  constructor(ready: ReadyProcesses, canRun: (body: WasmBody) => boolean) {
    this.#ready = ready;
    this.#canRun = canRun;
  }

  get areAsked(): boolean {
    return this.#asked.length > 0;
  }

  /** @param done called once */
  ask(domain: Domain, done: StepDone): void {
    this.#asked.push({ domain, done });
  }

  /** The process to run for the step that was asked for first; undefined if none can, which has been told. */
  begin(): WasmBody | undefined {
    const { domain, done } = this.#asked.shift()!;
    const body = domain.isHeld(Hold.Ended) ? undefined : this.#ready.takeHeld(domain, this.#canRun);
    if (body === undefined) done(undefined);
    else this.#current = { body, done };
    return body;
  }

  /** A slice is over; of whatever process. */
  sliceEnded(body: WasmBody): void {
    const current = this.#current;
    if (current?.body !== body) return;
    this.#current = undefined;
    current.done(body.process);
  }
}
