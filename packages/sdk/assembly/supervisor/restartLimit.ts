import { clock_time_get } from "../host/wasiPreview1";

const MONOTONIC: u32 = 1;
const NANOSECONDS: u64 = 1_000_000;
const NOW: usize = memory.data(8, 8);

/** How often children may be restarted, as Erlang's supervisors have it. */
export class RestartLimit {
  /** When the last ones were, in milliseconds. */
  private times: u64[] = [];

  /**
   * @param most        so many restarts are allowed
   * @param milliseconds within so long
   */
  constructor(
    readonly most: u32,
    readonly milliseconds: u64,
  ) {}

  /** Counts a restart. False: it is one too many. */
  count(): bool {
    clock_time_get(MONOTONIC, NANOSECONDS, NOW);
    const now = load<u64>(NOW) / NANOSECONDS;
    const recent: u64[] = [];
    for (let i = 0; i < this.times.length; i++) {
      if (now - this.times[i] <= this.milliseconds) recent.push(this.times[i]);
    }
    recent.push(now);
    this.times = recent;
    return <u32>recent.length <= this.most;
  }
}
