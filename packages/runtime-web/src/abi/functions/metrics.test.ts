import { describe, expect, test } from "vitest";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import { MetricsStore } from "../metricsStore.ts";
import { Host } from "../testing/guest.ts";

describe("lunatic::metrics (host ABI 3.11)", () => {
  test("counter adds, increment_counter adds 1, for all processes together", () => {
    const host = new Host();
    const child = host.child();
    host.root.call("metrics::counter", ...host.root.put("é"), 5n);
    child.call("metrics::counter", ...child.put("é"), 2n);
    child.call("metrics::increment_counter", ...child.put("é"));
    expect(host.metrics.snapshot().counters).toEqual({ é: 8n });
  });

  test("gauge sets, increment_gauge and decrement_gauge change it, from 0 if it was never set", () => {
    const { root, metrics } = new Host();
    root.call("metrics::gauge", ...root.put("set"), 2.5);
    root.call("metrics::increment_gauge", ...root.put("set"), 1);
    root.call("metrics::decrement_gauge", ...root.put("new"), 0.5);
    expect(metrics.snapshot().gauges).toEqual({ set: 3.5, new: -0.5 });
  });

  test("histogram records", () => {
    const { root, metrics } = new Host();
    for (const value of [0, 1, 3, 4, -3, 0.3]) root.call("metrics::histogram", ...root.put("ms"), value);
    expect(metrics.snapshot().histograms.ms).toEqual({
      count: 6,
      sum: 5.3,
      min: -3,
      max: 4,
      buckets: [
        { upTo: -2, count: 1 },
        { upTo: 0, count: 1 },
        { upTo: 0.5, count: 1 },
        { upTo: 1, count: 1 },
        { upTo: 4, count: 2 },
      ],
    });
  });

  test.each([
    ["counter", [1n]],
    ["increment_counter", []],
    ["gauge", [1]],
    ["increment_gauge", [1]],
    ["decrement_gauge", [1]],
    ["histogram", [1]],
  ])("%s traps on a name that is not UTF-8", (name, values) => {
    const { root } = new Host();
    const bad = root.put(Uint8Array.from([0xff]));
    expect(() => root.call(`metrics::${name}`, ...bad, ...values)).toThrow(GuestTrap);
  });
});

describe("the metrics store", () => {
  test("a counter wraps at 2^64", () => {
    const store = new MetricsStore();
    store.addToCounter("c", 2n ** 64n - 1n);
    store.addToCounter("c", 2n);
    expect(store.snapshot().counters).toEqual({ c: 1n });
  });

  test("values that are not finite are counted, and nothing else", () => {
    const store = new MetricsStore();
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) store.record("h", value);
    expect(store.snapshot().histograms.h).toEqual({
      count: 2,
      sum: 0,
      min: undefined,
      max: undefined,
      buckets: [],
    });
  });

  test("the largest and the smallest finite values have a bucket", () => {
    const store = new MetricsStore();
    for (const value of [Number.MAX_VALUE, Number.MIN_VALUE, -Number.MAX_VALUE]) store.record("h", value);
    expect(store.snapshot().histograms.h?.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  test("does not grow beyond its bound: what is dropped is counted, what is known goes on", () => {
    const store = new MetricsStore();
    for (let i = 0; i < 5000; i++) store.setGauge(`gauge ${i}`, i);
    store.setGauge("x".repeat(5000), 1);
    store.setGauge("gauge 0", 7);
    const { gauges, dropped } = store.snapshot();
    expect(Object.keys(gauges)).toHaveLength(5001 - dropped);
    expect(dropped).toBe(5001 - 4096);
    expect(gauges["gauge 0"]).toBe(7);
  });

  test("a name is only a name, whatever JavaScript has under it", () => {
    const store = new MetricsStore();
    for (const name of ["__proto__", "constructor", "toString"]) store.addToCounter(name, 1n);
    expect(Object.entries(store.snapshot().counters)).toEqual([
      ["__proto__", 1n],
      ["constructor", 1n],
      ["toString", 1n],
    ]);
  });
});
