import { tellDenied } from "../../kernel/denials.ts";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import { PARKED } from "../../kernel/parked.ts";
import type { Process } from "../../kernel/process.ts";
import type { CompileOutcome, GetOrSpawnOutcome, SpawnOutcome } from "../../kernel/spawnRequest.ts";
import { answer } from "../answer.ts";
import type { HostBinding } from "../binding.ts";
import { copyIn, type GuestMemory, readString, writeU64 } from "../guestMemory.ts";
import { RepeatedText } from "../repeatedText.ts";
import type { processSignatures } from "../signatures/process.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import { readSpawnRequest } from "../spawnArguments.ts";
import { pidFromGuest, unsigned64 } from "../u64.ts";
import { PERMISSION_DENIED, processConfigFunctions } from "./processConfig.ts";

const OK = 0;
const FAILED = 1;
const NAME_FOUND = 2;
/** Node id of a host that is not distributed. */
const LOCAL_NODE = 0n;
/** What a spawn and a compilation cost the caller's slice: about their share of host time. */
const SPAWN_INSTRUCTIONS = 10_000;
const COMPILE_INSTRUCTIONS_PER_BYTE = 100;

/** lunatic::process: modules, configs, spawning, links, monitors, kills. Host ABI 3.6, ch. 4, 7 and 9. */
export function processFunctions(binding: HostBinding): FunctionsOf<typeof processSignatures> {
  const { kernel } = binding;
  const entries = new RepeatedText();
  return {
    ...processConfigFunctions(binding),
    compile_module(ptr, len, idPtr) {
      const { process } = binding;
      if (!process.config.canCompileModules) {
        tellDenied(process, "compile_module, which answered -1", "its config lacks can_compile_modules");
        return PERMISSION_DENIED;
      }
      const bytes = copyIn(binding.memory, ptr, len);
      binding.chargeSlice(bytes.length * COMPILE_INSTRUCTIONS_PER_BYTE);
      return answer<CompileOutcome, number>(
        binding,
        "lunatic::process::compile_module",
        (complete) => kernel.compileModule(process, bytes, complete),
        (memory, outcome) =>
          "failure" in outcome
            ? fail(process, memory, idPtr, outcome.failure)
            : succeed(memory, idPtr, process.modules.add(outcome.module)),
      );
    },
    drop_module(moduleId) {
      if (binding.process.modules.remove(moduleId) === undefined) {
        throw new GuestTrap(`module ${moduleId} does not exist`);
      }
    },
    spawn(link, configId, moduleId, funcPtr, funcLen, paramsPtr, paramsLen, idPtr) {
      const { process } = binding;
      const spawn = { link, configId, moduleId, funcPtr, funcLen, paramsPtr, paramsLen };
      const request = readSpawnRequest(process, binding.memory, entries, spawn);
      binding.chargeSlice(SPAWN_INSTRUCTIONS);
      return answer<SpawnOutcome, number>(
        binding,
        "lunatic::process::spawn",
        (complete) => kernel.spawn(process, request, complete),
        (memory, outcome) =>
          "failure" in outcome
            ? fail(process, memory, idPtr, outcome.failure)
            : succeed(memory, idPtr, BigInt(outcome.pid)),
      );
    },
    get_or_spawn(
      namePtr,
      nameLen,
      link,
      configId,
      moduleId,
      funcPtr,
      funcLen,
      paramsPtr,
      paramsLen,
      nodeIdPtr,
      idPtr,
    ) {
      const { process, memory: caller } = binding;
      const name = readString(caller, namePtr, nameLen);
      const spawn = { link, configId, moduleId, funcPtr, funcLen, paramsPtr, paramsLen };
      binding.chargeSlice(SPAWN_INSTRUCTIONS);
      return answer<GetOrSpawnOutcome, number>(
        binding,
        "lunatic::process::get_or_spawn",
        (complete) =>
          kernel.getOrSpawn(process, name, () => readSpawnRequest(process, caller, entries, spawn), complete),
        (memory, outcome) => {
          if ("failure" in outcome) {
            writeU64(memory, nodeIdPtr, LOCAL_NODE);
            return fail(process, memory, idPtr, outcome.failure);
          }
          writeU64(memory, nodeIdPtr, outcome.found ? outcome.node : LOCAL_NODE);
          writeU64(memory, idPtr, BigInt(outcome.pid));
          return outcome.found ? NAME_FOUND : OK;
        },
      );
    },
    sleep_ms(ms) {
      return kernel.sleep(binding.process, unsigned64(ms), binding.resume) === PARKED ? PARKED : undefined;
    },
    die_when_link_dies(trap) {
      kernel.dieWhenLinkDies(binding.process, trap !== 0);
    },
    process_id() {
      return BigInt(binding.process.pid);
    },
    environment_id() {
      return BigInt(binding.process.environment.id);
    },
    link(tag, processId) {
      kernel.link(binding.process, tag, pidFromGuest(processId));
    },
    unlink(processId) {
      kernel.unlink(binding.process, pidFromGuest(processId));
    },
    monitor(processId) {
      kernel.monitor(binding.process, pidFromGuest(processId));
    },
    stop_monitoring(processId) {
      kernel.stopMonitoring(binding.process, pidFromGuest(processId));
    },
    kill(processId) {
      kernel.kill(binding.process, pidFromGuest(processId));
    },
    exists(processId) {
      const { process } = binding;
      const complete = (exists: boolean): void => process.body.resume(exists ? 1 : 0);
      const exists = kernel.exists(process, pidFromGuest(processId), complete);
      return exists === PARKED ? PARKED : Number(exists);
    },
  };
}

/** Ids are made before the write is tried: natively, too, a bad out-pointer traps with the resource already there. */
function succeed(memory: GuestMemory, idPtr: number, id: bigint): number {
  writeU64(memory, idPtr, id);
  return OK;
}

function fail(process: Process, memory: GuestMemory, idPtr: number, text: string): number {
  writeU64(memory, idPtr, process.errors.add(text, text.length));
  return FAILED;
}
