import type { HostBinding } from "../binding.ts";
import { readString } from "../guestMemory.ts";
import type { metricsSignatures } from "../signatures/metrics.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import { unsigned64 } from "../u64.ts";

/** lunatic::metrics: numbers a guest reports, kept in the runtime's MetricsStore. Host ABI 3.11. */
export function metricsFunctions(binding: HostBinding): FunctionsOf<typeof metricsSignatures> {
  const { metrics } = binding;
  const readName = (ptr: number, len: number): string => readString(binding.memory, ptr, len);
  return {
    counter(namePtr, nameLen, value) {
      metrics.addToCounter(readName(namePtr, nameLen), unsigned64(value));
    },
    increment_counter(namePtr, nameLen) {
      metrics.addToCounter(readName(namePtr, nameLen), 1n);
    },
    gauge(namePtr, nameLen, value) {
      metrics.setGauge(readName(namePtr, nameLen), value);
    },
    increment_gauge(namePtr, nameLen, value) {
      metrics.addToGauge(readName(namePtr, nameLen), value);
    },
    decrement_gauge(namePtr, nameLen, value) {
      metrics.addToGauge(readName(namePtr, nameLen), -value);
    },
    histogram(namePtr, nameLen, value) {
      metrics.record(readName(namePtr, nameLen), value);
    },
  };
}
