/** Distinct names kept per kind. Guests choose names freely, and the host must not grow with them without bound. */
const MAX_NAMES = 4096;
const MAX_NAME_LENGTH = 1024;

/** What a histogram has recorded. Values that are not finite are counted, and nothing else. */
export interface HistogramSnapshot {
  readonly count: number;
  readonly sum: number;
  /** undefined until a finite value was recorded. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  /**
   * How many values fell below each bound, in ascending order and not cumulative. Bounds are powers of two with
   * their sign; 0 holds zeros. Only bounds with values are listed.
   */
  readonly buckets: readonly { readonly upTo: number; readonly count: number }[];
}

/** All metrics of a runtime at one moment, sorted by name. Plain data: the page gets it as a message. */
export interface MetricsSnapshot {
  readonly counters: Readonly<Record<string, bigint>>;
  readonly gauges: Readonly<Record<string, number>>;
  readonly histograms: Readonly<Record<string, HistogramSnapshot>>;
  /** Calls that were not recorded, because their name was too long or there were too many names. */
  readonly dropped: number;
}

interface Histogram {
  count: number;
  sum: number;
  min: number;
  max: number;
  readonly buckets: Map<number, number>;
}

/**
 * What guests report through lunatic::metrics (host ABI 3.11). One per executor; names are not scoped by process,
 * and a reader adds up the executors' snapshots.
 */
export class MetricsStore {
  readonly #counters = new Map<string, bigint>();
  readonly #gauges = new Map<string, number>();
  readonly #histograms = new Map<string, Histogram>();
  #dropped = 0;

  /** @param value u64; a counter wraps at 2^64, as natively */
  addToCounter(name: string, value: bigint): void {
    if (!this.#admits(this.#counters, name)) return;
    this.#counters.set(name, BigInt.asUintN(64, (this.#counters.get(name) ?? 0n) + value));
  }

  setGauge(name: string, value: number): void {
    if (this.#admits(this.#gauges, name)) this.#gauges.set(name, value);
  }

  /** A gauge that was never set starts at 0. */
  addToGauge(name: string, value: number): void {
    if (this.#admits(this.#gauges, name)) this.#gauges.set(name, (this.#gauges.get(name) ?? 0) + value);
  }

  record(name: string, value: number): void {
    if (!this.#admits(this.#histograms, name)) return;
    let histogram = this.#histograms.get(name);
    if (histogram === undefined) {
      histogram = {
        count: 0,
        sum: 0,
        min: Number.POSITIVE_INFINITY,
        max: Number.NEGATIVE_INFINITY,
        buckets: new Map(),
      };
      this.#histograms.set(name, histogram);
    }
    histogram.count++;
    if (!Number.isFinite(value)) return;
    histogram.sum += value;
    histogram.min = Math.min(histogram.min, value);
    histogram.max = Math.max(histogram.max, value);
    const bound = bucketBound(value);
    histogram.buckets.set(bound, (histogram.buckets.get(bound) ?? 0) + 1);
  }

  snapshot(): MetricsSnapshot {
    return {
      counters: sorted(this.#counters, (value) => value),
      gauges: sorted(this.#gauges, (value) => value),
      histograms: sorted(this.#histograms, snapshotHistogram),
      dropped: this.#dropped,
    };
  }

  #admits(kept: ReadonlyMap<string, unknown>, name: string): boolean {
    if (kept.has(name) || (kept.size < MAX_NAMES && name.length <= MAX_NAME_LENGTH)) return true;
    this.#dropped++;
    return false;
  }
}

/** The smallest power of two (for negative values: the negated largest) that is not less than the value. */
function bucketBound(value: number): number {
  if (value === 0) return 0;
  return value > 0 ? 2 ** Math.ceil(Math.log2(value)) : -(2 ** Math.floor(Math.log2(-value)));
}

function snapshotHistogram(histogram: Histogram): HistogramSnapshot {
  const hasValues = histogram.buckets.size > 0;
  return {
    count: histogram.count,
    sum: histogram.sum,
    min: hasValues ? histogram.min : undefined,
    max: hasValues ? histogram.max : undefined,
    buckets: [...histogram.buckets].sort(([a], [b]) => a - b).map(([upTo, count]) => ({ upTo, count })),
  };
}

function sorted<T, S>(entries: ReadonlyMap<string, T>, snapshotOne: (value: T) => S): Record<string, S> {
  const names = [...entries.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, snapshotOne(entries.get(name)!)]));
}
