import { GuestTrap } from "../../kernel/guestTrap.ts";
import type { WasiBinding } from "../binding.ts";
import { ERRNO } from "../errno.ts";
import { ProcExit } from "../procExit.ts";
import type { WasiFunctions } from "./signature.ts";

/** What `crypto.getRandomValues` fills at once. */
const RANDOM_CHUNK_BYTES = 65_536;

export function processFunctions(
  binding: WasiBinding,
): Pick<WasiFunctions, "proc_exit" | "proc_raise" | "sched_yield" | "random_get"> {
  return {
    proc_exit(code) {
      throw new ProcExit(code >>> 0);
    },
    proc_raise(signal) {
      throw new GuestTrap(`the guest raised signal ${signal >>> 0} (proc_raise); signals end the process`);
    },
    sched_yield() {
      return binding.yieldNow(() => ERRNO.success);
    },
    random_get(buf, bufLen) {
      const memory = binding.memory();
      const { random } = binding.context();
      const length = bufLen >>> 0;
      const start = memory.address(buf, length);
      // By way of a copy: the platform's source refuses shared memory, and an arena may be that one day.
      const chunk = new Uint8Array(Math.min(length, RANDOM_CHUNK_BYTES));
      for (let done = 0; done < length; done += RANDOM_CHUNK_BYTES) {
        const part = chunk.subarray(0, Math.min(RANDOM_CHUNK_BYTES, length - done));
        random(part);
        memory.bytes.set(part, start + done);
      }
      return ERRNO.success;
    },
  };
}
