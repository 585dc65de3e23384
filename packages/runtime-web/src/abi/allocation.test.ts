import { expect, test } from "vitest";
import { GuestTrap } from "../kernel/guestTrap.ts";
import { Host } from "./testing/guest.ts";

/** A guest's allocator runs above a frame of the host, so nothing can suspend there (host ABI ch. 11). */
test.each([
  ["message::receive", [0, 0, 0n]],
  ["process::sleep_ms", [1n]],
  ["sqlite::sqlite3_step", [0n]],
  ["trap::catch", [0, 0]],
] as const)("an allocator that calls %s, which may wait, is a trap", (name, values) => {
  const host = new Host();
  Object.assign(host.binding, { isAllocating: true });
  expect(() => host.root.call(name, ...values)).toThrow(GuestTrap);
  expect(() => host.root.call(name, ...values)).toThrow("lunatic_alloc must not wait");
  Object.assign(host.binding, { isAllocating: false });
  host.root.sendText(host.root.pid, 1n, "still there");
  expect(host.root.call("message::receive", 0, 0, 0n)).toBe(0);
});
