import { expect, test } from "vitest";
import { runProgram } from "./testing/fakeHost.ts";

test("metrics reach the host under their names", () => {
  const calls: unknown[] = [];
  runProgram(
    `import { counter, decrementGauge, gauge, histogram, incrementCounter, incrementGauge } from "lunatic/metrics";
     export function main(): void {
       counter("jobs", 5);
       incrementCounter("größe");
       gauge("load", 0.5);
       incrementGauge("load", 1);
       decrementGauge("load", 2);
       histogram("ms", 12.5);
     }`,
    (host) => {
      const names = [
        "counter",
        "increment_counter",
        "gauge",
        "increment_gauge",
        "decrement_gauge",
        "histogram",
      ];
      for (const name of names) {
        host.functions[`lunatic::metrics.${name}`] = (ptr, length, value) => {
          calls.push([name, host.memory.text(ptr!, length!), value]);
          return undefined;
        };
      }
    },
  );
  expect(calls).toEqual([
    ["counter", "jobs", 5n],
    ["increment_counter", "größe", undefined],
    ["gauge", "load", 0.5],
    ["increment_gauge", "load", 1],
    ["decrement_gauge", "load", 2],
    ["histogram", "ms", 12.5],
  ]);
});
