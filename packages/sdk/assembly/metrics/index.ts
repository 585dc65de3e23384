/**
 * Figures that the host collects of all processes:
 *
 * ```ts
 * import { counter, gauge } from "lunatic/metrics";
 * ```
 */

import * as host from "../host/metrics";

/**
 * Adds to a counter, a number that only grows. Names are global: all processes that use one add to the same counter.
 *
 * ```ts
 * counter("jobs.done", 5);
 * ```
 */
export function counter(name: string, value: u64): void {
  const text = String.UTF8.encode(name);
  host.counter(changetype<usize>(text), text.byteLength, value);
}

/** Adds one to a counter. */
export function incrementCounter(name: string): void {
  const text = String.UTF8.encode(name);
  host.increment_counter(changetype<usize>(text), text.byteLength);
}

/** Sets a gauge, a number that goes up and down. */
export function gauge(name: string, value: f64): void {
  const text = String.UTF8.encode(name);
  host.gauge(changetype<usize>(text), text.byteLength, value);
}

/** Adds to a gauge. */
export function incrementGauge(name: string, by: f64): void {
  const text = String.UTF8.encode(name);
  host.increment_gauge(changetype<usize>(text), text.byteLength, by);
}

/** Takes from a gauge. */
export function decrementGauge(name: string, by: f64): void {
  const text = String.UTF8.encode(name);
  host.decrement_gauge(changetype<usize>(text), text.byteLength, by);
}

/** Records a value, for example a duration in milliseconds, in a histogram. */
export function histogram(name: string, value: f64): void {
  const text = String.UTF8.encode(name);
  host.histogram(changetype<usize>(text), text.byteLength, value);
}
