import { writeU64 } from "../../abi/guestMemory.ts";
import type { WasiBinding } from "../binding.ts";
import { CLOCK } from "../constants.ts";
import type { WasiClock } from "../context.ts";
import { ERRNO, type Errno } from "../errno.ts";
import type { WasiFunctions } from "./signature.ts";

/** Both precisions guests ask for and clocks have are ignored, as natively: the time is the best there is. */
export function clockFunctions(
  binding: WasiBinding,
): Pick<WasiFunctions, "clock_res_get" | "clock_time_get"> {
  return {
    clock_res_get(clock, resolution) {
      const errno = errnoOfClock(clock);
      if (errno === ERRNO.success)
        writeU64(binding.memory(), resolution, binding.context().clock.resolutionNs);
      return errno;
    },
    clock_time_get(clock, _precision, time) {
      const errno = errnoOfClock(clock);
      if (errno === ERRNO.success) writeU64(binding.memory(), time, timeOf(binding.context().clock, clock));
      return errno;
    },
  };
}

/** @param clock CLOCK.realtime or CLOCK.monotonic */
export function timeOf(clock: WasiClock, id: number): bigint {
  return id === CLOCK.realtime ? clock.realtimeNs() : clock.monotonicNs();
}

/** The clocks of CPU time are known and not there (`badf`, as wasmtime says); other numbers are no clocks. */
function errnoOfClock(id: number): Errno {
  if (id === CLOCK.realtime || id === CLOCK.monotonic) return ERRNO.success;
  return id === CLOCK.processCputime || id === CLOCK.threadCputime ? ERRNO.badf : ERRNO.inval;
}
