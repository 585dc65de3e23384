import { describe, expect, test } from "vitest";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import { PARKED } from "../../kernel/parked.ts";
import { Host } from "../testing/guest.ts";

describe("lunatic::trap (host ABI 3.5, ch. 11)", () => {
  test("catch hands function and pointer to the executor and returns what the guest's function returned", () => {
    const host = new Host();
    host.catchResult = 1234;
    expect(host.root.call("trap::catch", 7, -16)).toBe(1234);
    expect(host.caught).toMatchObject([{ functionIndex: 7, pointer: -16 }]);
  });

  test("a body that blocks parks the caller, whose call returns when the body has ended", () => {
    const host = new Host();
    host.catchResult = PARKED;
    expect(host.root.call("trap::catch", 7, 16)).toBe("parked");
    host.caught[0]!.complete(99);
    expect(host.root.body.resumed).toEqual([99]);
  });

  test("a module without the export traps", () => {
    const host = new Host();
    host.binding.catchTrap = () => {
      throw new GuestTrap("the module has no export `_lunatic_catch_trap`");
    };
    expect(() => host.root.call("trap::catch", 0, 0)).toThrow(
      "lunatic::trap::catch: the module has no export",
    );
  });
});

describe("lunatic::version (host ABI 3.10)", () => {
  test("is 0.13.2", () => {
    const { root } = new Host();
    const version = ["major", "minor", "patch"].map((part) => root.call(`version::${part}`));
    expect(version).toEqual([0, 13, 2]);
  });
});
