import { describe, expect, test } from "vitest";
import { OutOfBoundsError } from "../../abi/guestMemory.ts";
import { PARKED } from "../../kernel/parked.ts";
import { EVENT, EVENT_FD, SUBSCRIPTION, SUBSCRIPTION_CLOCK } from "../structs.ts";
import { errnoName } from "../testing/errnoNames.ts";
import { ALL_RIGHTS, Guest } from "../testing/guest.ts";

const REALTIME = 0;
const MONOTONIC = 1;
const ABSOLUTE = 1;

type Wanted =
  | { clock: number; timeoutNs: bigint; flags?: number }
  | { read: number }
  | { write: number }
  | { tag: number };

/** Calls poll_oneoff; userdata counts from 100. */
function poll(guest: Guest, ...wanted: Wanted[]) {
  const { region } = guest;
  const input = region.allocate(wanted.length * SUBSCRIPTION.sizeBytes);
  const output = region.allocate(wanted.length * EVENT.sizeBytes);
  const count = region.allocate(4);
  wanted.forEach((want, i) => {
    const at = input + i * SUBSCRIPTION.sizeBytes;
    const body = at + SUBSCRIPTION.at.body;
    region.setU64(at + SUBSCRIPTION.at.userdata, BigInt(100 + i));
    const tag = "clock" in want ? 0 : "read" in want ? 1 : "write" in want ? 2 : want.tag;
    region.write(at + SUBSCRIPTION.at.tag, Uint8Array.of(tag));
    if ("clock" in want) {
      region.setU32(body + SUBSCRIPTION_CLOCK.at.id, want.clock);
      region.setU64(body + SUBSCRIPTION_CLOCK.at.timeout, want.timeoutNs);
      region.setU32(body + SUBSCRIPTION_CLOCK.at.flags, want.flags ?? 0);
    } else if ("read" in want) region.setU32(body, want.read);
    else if ("write" in want) region.setU32(body, want.write);
  });
  const events = () =>
    Array.from({ length: region.u32(count) }, (_, i) => {
      const at = output + i * EVENT.sizeBytes;
      return {
        userdata: Number(region.u64(at + EVENT.at.userdata)),
        error: errnoName(region.read(at + EVENT.at.error, 1)[0]!),
        type: region.read(at + EVENT.at.type, 1)[0],
        bytes: Number(region.u64(at + EVENT.at.fd + EVENT_FD.at.bytes)),
        flags: region.read(at + EVENT.at.fd + EVENT_FD.at.flags, 1)[0],
      };
    });
  return { result: guest.wasi.poll_oneoff(input, output, wanted.length, count), events };
}

const due = (userdata: number) => ({ userdata, error: "success", type: 0, bytes: 0, flags: 0 });

describe("clocks", () => {
  test("a timeout parks until the monotonic clock shows it", () => {
    const guest = new Guest();
    const { result, events } = poll(guest, { clock: MONOTONIC, timeoutNs: 1_000n });
    expect(result).toBe(PARKED);
    expect(guest.parks).toMatchObject([{ reason: "sleep", deadlineNs: guest.clock.monotonicNs() + 1_000n }]);
    guest.clock.advance(1_000n);
    expect(guest.parks[0]?.finish()).toBe("success");
    expect(events()).toEqual([due(100)]);
  });

  test("a timer that comes early parks again for the rest", () => {
    const guest = new Guest();
    poll(guest, { clock: REALTIME, timeoutNs: 1_000n });
    guest.clock.advance(999n);
    expect(guest.parks[0]?.finish()).toBe(PARKED);
    expect(guest.parks[1]).toMatchObject({ reason: "sleep", deadlineNs: guest.parks[0]?.deadlineNs });
  });

  test.each([REALTIME, MONOTONIC])(
    "an absolute time of clock %i is waited for on the monotonic one",
    (clock) => {
      const guest = new Guest();
      const nowNs = clock === REALTIME ? guest.clock.realtimeNs() : guest.clock.monotonicNs();
      const { result } = poll(guest, { clock, timeoutNs: nowNs + 500n, flags: ABSOLUTE });
      expect(result).toBe(PARKED);
      expect(guest.parks[0]?.deadlineNs).toBe(guest.clock.monotonicNs() + 500n);
    },
  );

  test("what is due already is answered at once", () => {
    const guest = new Guest();
    const { result, events } = poll(
      guest,
      { clock: MONOTONIC, timeoutNs: 0n },
      { clock: MONOTONIC, timeoutNs: 10n },
      { clock: REALTIME, timeoutNs: 1n, flags: ABSOLUTE },
    );
    expect(result).toBe("success");
    expect(events()).toEqual([due(100), due(102)]);
    expect(guest.parks).toEqual([]);
  });

  test("the earliest of several wakes, together with all that are due by then", () => {
    const guest = new Guest();
    const { events } = poll(
      guest,
      { clock: MONOTONIC, timeoutNs: 300n },
      { clock: REALTIME, timeoutNs: 100n },
      { clock: MONOTONIC, timeoutNs: 100n },
    );
    expect(guest.parks[0]?.deadlineNs).toBe(guest.clock.monotonicNs() + 100n);
    guest.clock.advance(100n);
    guest.parks[0]?.finish();
    expect(events()).toEqual([due(101), due(102)]);
  });

  test("the longest timeout does not overflow into the past", () => {
    const guest = new Guest();
    expect(poll(guest, { clock: MONOTONIC, timeoutNs: 2n ** 64n - 1n }).result).toBe(PARKED);
    expect(guest.parks[0]?.deadlineNs).toBe(guest.clock.monotonicNs() + 2n ** 64n - 1n);
  });

  test("a clock one cannot wait for is an error of its own subscription", () => {
    const guest = new Guest();
    const { result, events } = poll(guest, { clock: 2, timeoutNs: 0n }, { clock: 9, timeoutNs: 0n });
    expect(result).toBe("success");
    expect(events()).toEqual([
      { ...due(100), error: "inval" },
      { ...due(101), error: "inval" },
    ]);
  });
});

describe("descriptors", () => {
  test("streams can always be written, and files be read and written", () => {
    const guest = new Guest({ files: { "/f": "abcdef" } });
    const fd = guest.open("f", { rights: ALL_RIGHTS });
    guest.read(fd, 2);
    const { result, events } = poll(
      guest,
      { write: 1 },
      { write: 2 },
      { clock: MONOTONIC, timeoutNs: 100n },
      { read: fd },
      { write: fd },
    );
    expect(result).toBe("success");
    expect(events()).toEqual([
      { ...due(100), type: 2 },
      { ...due(101), type: 2 },
      { ...due(103), type: 1, bytes: 4 },
      { ...due(104), type: 2 },
    ]);
  });

  test("input that is there is told with its length, and its end as a hang-up", () => {
    const guest = new Guest();
    guest.stdio.type("abc");
    expect(poll(guest, { read: 0 }).events()).toEqual([{ ...due(100), type: 1, bytes: 3 }]);
    guest.read(0, 3);
    guest.stdio.end();
    expect(poll(guest, { read: 0 }).events()).toEqual([{ ...due(100), type: 1, flags: 1 }]);
  });

  test("input that is not there yet parks, with the timeout if there is one", () => {
    const guest = new Guest();
    expect(poll(guest, { read: 0 }).result).toBe(PARKED);
    expect(guest.parks[0]).toMatchObject({ reason: "input", deadlineNs: undefined });
    const { result, events } = poll(guest, { clock: MONOTONIC, timeoutNs: 50n }, { read: 0 });
    expect(result).toBe(PARKED);
    expect(guest.parks[1]).toMatchObject({ reason: "input", deadlineNs: guest.clock.monotonicNs() + 50n });
    guest.stdio.type("x");
    expect(guest.parks[1]?.finish()).toBe("success");
    expect(events()).toEqual([{ ...due(101), type: 1, bytes: 1 }]);
  });

  test("a timeout before the input is a timeout", () => {
    const guest = new Guest();
    const { events } = poll(guest, { read: 0 }, { clock: MONOTONIC, timeoutNs: 50n });
    guest.clock.advance(50n);
    expect(guest.parks[0]?.finish()).toBe("success");
    expect(events()).toEqual([due(101)]);
  });

  test("those that are closed, directories, lack the right or go the other way are errors of their own", () => {
    const guest = new Guest({ files: { "/f": "" } });
    const { result, events } = poll(
      guest,
      { read: 77 },
      { write: 3 },
      { read: guest.open("f", { rights: 0 }) },
      { read: 1 },
      { write: 0 },
    );
    expect(result).toBe("success");
    expect(events().map(({ error }) => error)).toEqual(["badf", "badf", "notcapable", "badf", "badf"]);
  });
});

describe("malformed calls", () => {
  test("none, too many, an unknown kind and unknown flags are inval", () => {
    const guest = new Guest();
    expect(guest.wasi.poll_oneoff(8, 8, 0, 8)).toBe("inval");
    expect(guest.wasi.poll_oneoff(8, 8, 65_537, 8)).toBe("inval");
    expect(guest.wasi.poll_oneoff(8, 8, -1, 8)).toBe("inval");
    expect(poll(guest, { write: 1 }, { tag: 3 }).result).toBe("inval");
    expect(poll(guest, { clock: MONOTONIC, timeoutNs: 0n, flags: 2 }).result).toBe("inval");
  });

  test("arrays outside memory trap before waiting", () => {
    const guest = new Guest();
    const end = guest.region.sizeBytes;
    expect(() => guest.wasi.poll_oneoff(end - 8, 8, 1, 8)).toThrow(OutOfBoundsError);
    expect(() => guest.wasi.poll_oneoff(8, end - 8, 1, 8)).toThrow(OutOfBoundsError);
    expect(() => guest.wasi.poll_oneoff(8, 8, 1, end - 2)).toThrow(OutOfBoundsError);
    expect(guest.parks).toEqual([]);
  });

  test("one array for subscriptions and events is read before it is written", () => {
    const guest = new Guest();
    const array = guest.region.allocate(3 * SUBSCRIPTION.sizeBytes);
    for (let i = 0; i < 3; i++) {
      guest.region.setU64(array + i * SUBSCRIPTION.sizeBytes, BigInt(i));
      guest.region.write(array + i * SUBSCRIPTION.sizeBytes + SUBSCRIPTION.at.tag, Uint8Array.of(2));
      guest.region.setU32(array + i * SUBSCRIPTION.sizeBytes + SUBSCRIPTION.at.body, 1);
    }
    const count = guest.region.allocate(4);
    expect(guest.wasi.poll_oneoff(array, array, 3, count)).toBe("success");
    expect(guest.region.u32(count)).toBe(3);
    expect([0, 1, 2].map((i) => guest.region.u64(array + i * EVENT.sizeBytes))).toEqual([0n, 1n, 2n]);
  });
});
