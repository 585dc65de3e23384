import { describe, expect, test } from "vitest";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import { OutOfBoundsError } from "../guestMemory.ts";
import { type Guest, Host } from "../testing/guest.ts";

function lookUp(guest: Guest, name: string) {
  const nodePtr = guest.room(8);
  const pidPtr = guest.room(8);
  const code = guest.call("registry::get", ...guest.put(name), nodePtr, pidPtr);
  return { code, node: guest.u64(nodePtr), pid: guest.u64(pidPtr) };
}

describe("lunatic::registry (host ABI 3.7, ch. 8)", () => {
  test("put makes a name known to every process of the environment", () => {
    const host = new Host();
    host.root.call("registry::put", ...host.root.put("café"), 3n, 7n);
    expect(lookUp(host.child(), "café")).toEqual({ code: 0, node: 3n, pid: 7n });
  });

  test("node and process ids are u64, also above 2^63", () => {
    const { root } = new Host();
    root.call("registry::put", ...root.put("far"), -1n, -2n);
    expect(lookUp(root, "far")).toEqual({ code: 0, node: 2n ** 64n - 1n, pid: 2n ** 64n - 2n });
  });

  test("get of an unknown name gives 1 and writes nothing", () => {
    expect(lookUp(new Host().root, "nobody")).toEqual({ code: 1, node: 0n, pid: 0n });
  });

  test("put overwrites, remove removes, and removing what is not there is fine", () => {
    const { root } = new Host();
    const name = root.put("name");
    root.call("registry::put", ...name, 0n, 1n);
    root.call("registry::put", ...name, 0n, 2n);
    expect(lookUp(root, "name").pid).toBe(2n);
    root.call("registry::remove", ...name);
    root.call("registry::remove", ...name);
    expect(lookUp(root, "name").code).toBe(1);
  });

  test("the name stays when its process has died (ch. 17, 4)", () => {
    const host = new Host();
    const child = host.child();
    host.root.call("registry::put", ...host.root.put("dead"), 0n, child.pid);
    host.root.call("process::kill", child.pid);
    expect(lookUp(host.root, "dead")).toMatchObject({ code: 0, pid: child.pid });
  });

  test("the empty name is a name", () => {
    const { root } = new Host();
    root.call("registry::put", 1, 0, 0n, 5n);
    expect(lookUp(root, "")).toMatchObject({ code: 0, pid: 5n });
  });

  test.each(["put", "get", "remove"])("%s traps on a name that is not UTF-8 or not in memory", (name) => {
    const { root } = new Host();
    const rest = name === "put" ? [0n, 1n] : name === "get" ? [0, 8] : [];
    const [ptr] = root.put(Uint8Array.from([0xff]));
    expect(() => root.call(`registry::${name}`, ptr, 1, ...rest)).toThrow("not valid UTF-8");
    expect(() => root.call(`registry::${name}`, root.memory.size, 1, ...rest)).toThrow(OutOfBoundsError);
  });

  test("get traps if an answer does not fit into memory", () => {
    const { root } = new Host();
    const name = root.put("here");
    root.call("registry::put", ...name, 0n, 1n);
    expect(() => root.call("registry::get", ...name, root.memory.size - 7, 0)).toThrow(GuestTrap);
    expect(() => root.call("registry::get", ...name, 0, -8)).toThrow(GuestTrap);
    expect(root.memory.isIntact).toBe(true);
  });
});
