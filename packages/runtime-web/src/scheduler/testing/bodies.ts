import type { Process } from "../../kernel/process.ts";
import { type Clock, LiveClock } from "../clock.ts";
import type { CompiledModule } from "../compiledModule.ts";
import { Domain } from "../domain.ts";
import { type BodyOwner, WasmBody } from "../wasmBody.ts";
import { WorkMeter } from "../workMeter.ts";
import { ManualPlatform } from "./manualPlatform.ts";

const OWNER: BodyOwner = { enqueue: () => {}, enqueueFirst: () => {}, stopping: () => {} };

export function createDomain(
  platform = new ManualPlatform(),
  clock: Clock = new LiveClock(() => platform.now),
): Domain {
  return new Domain({ platform, clock, work: new WorkMeter(), sliceFuel: 1_000, onTimer: () => {} });
}

/** A process that could run, known by its pid; it has no memory and no code. */
export function createBody(domain: Domain, pid: number): WasmBody {
  const process = { pid, config: { maxFuel: 0n } } as unknown as Process;
  return new WasmBody(process, {} as CompiledModule, domain, OWNER);
}

export function createBodies(domain: Domain, ...pids: number[]): WasmBody[] {
  return pids.map((pid) => createBody(domain, pid));
}
