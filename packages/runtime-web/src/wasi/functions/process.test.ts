import { describe, expect, test } from "vitest";
import { OutOfBoundsError } from "../../abi/guestMemory.ts";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import { PARKED } from "../../kernel/parked.ts";
import { ProcExit } from "../procExit.ts";
import { Guest } from "../testing/guest.ts";

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("ending", () => {
  test.each([
    [0, 0],
    [3, 3],
    [-1, 0xffff_ffff],
  ])("proc_exit(%i) unwinds with the code %i", (code, expected) => {
    const thrown = thrownBy(() => new Guest().wasi.proc_exit(code));
    expect(thrown).toBeInstanceOf(ProcExit);
    expect((thrown as ProcExit).code).toBe(expected);
  });

  test("proc_raise is a trap that names the signal", () => {
    const thrown = thrownBy(() => new Guest().wasi.proc_raise(6));
    expect(thrown).toBeInstanceOf(GuestTrap);
    expect(String(thrown)).toContain("signal 6");
  });
});

test("sched_yield parks behind the others and then succeeds", () => {
  const guest = new Guest();
  expect(guest.wasi.sched_yield()).toBe(PARKED);
  expect(guest.parks).toMatchObject([{ reason: "yield" }]);
  expect(guest.parks[0]?.finish()).toBe("success");
});

describe("random_get", () => {
  test("fills the whole buffer and nothing else, in chunks the platform takes", () => {
    const guest = new Guest();
    const len = 2 * 65_536 + 100;
    const buf = guest.region.allocate(len + 8);
    expect(guest.wasi.random_get(buf, len)).toBe("success");
    const bytes = guest.region.read(buf, len + 8);
    // The test's source counts 1 to 250 and 0, on and on.
    expect(bytes.subarray(0, len).every((byte, i) => byte === (i + 1) % 251)).toBe(true);
    expect(Array.from(bytes.subarray(len))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("of nothing is fine anywhere; beyond memory is a trap", () => {
    const guest = new Guest();
    expect(guest.wasi.random_get(-1, 0)).toBe("success");
    expect(() => guest.wasi.random_get(8, -1)).toThrow(OutOfBoundsError);
    expect(guest.region.isIntact).toBe(true);
  });
});

test("no descriptor is a socket", () => {
  const { wasi } = new Guest();
  for (const fd of [0, 1, 3]) {
    expect(wasi.sock_accept(fd, 0, 8)).toBe("notsock");
    expect(wasi.sock_recv(fd, 8, 1, 0, 8, 8)).toBe("notsock");
    expect(wasi.sock_send(fd, 8, 1, 0, 8)).toBe("notsock");
    expect(wasi.sock_shutdown(fd, 1)).toBe("notsock");
  }
  expect(wasi.sock_shutdown(9, 1)).toBe("badf");
  expect(wasi.sock_accept(9, 0, 8)).toBe("badf");
});
