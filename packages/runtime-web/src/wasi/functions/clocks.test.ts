import { expect, test } from "vitest";
import { Guest } from "../testing/guest.ts";

test("realtime and monotonic are the host's clocks, to the nanosecond, at any precision asked for", () => {
  const guest = new Guest();
  const time = guest.region.allocate(8);
  expect(guest.wasi.clock_time_get(0, 1n, time)).toBe("success");
  expect(guest.region.u64(time)).toBe(1_700_000_000_123_456_789n);
  guest.clock.advance(77n);
  expect(guest.wasi.clock_time_get(1, 0n, time)).toBe("success");
  expect(guest.region.u64(time)).toBe(5_000_000_077n);
});

test("both clocks tell their step", () => {
  const guest = new Guest();
  const step = guest.region.allocate(8);
  for (const clock of [0, 1]) {
    guest.region.setU64(step, 0n);
    expect(guest.wasi.clock_res_get(clock, step)).toBe("success");
    expect(guest.region.u64(step)).toBe(5_000n);
  }
});

test.each([
  [2, "badf"],
  [3, "badf"],
  [4, "inval"],
  [-1, "inval"],
])("clock %i is answered by %s and writes nothing", (clock, errno) => {
  const guest = new Guest();
  const time = guest.region.allocate(8);
  expect(guest.wasi.clock_time_get(clock, 0n, time)).toBe(errno);
  expect(guest.wasi.clock_res_get(clock, time)).toBe(errno);
  expect(guest.region.u64(time)).toBe(0n);
});
