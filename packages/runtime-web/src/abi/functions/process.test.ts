import { describe, expect, test } from "vitest";
import { EventKind } from "../../inspect/events.ts";
import type { ModuleId } from "../../kernel/ids.ts";
import { configThatMay } from "../../kernel/testing/world.ts";
import { Host } from "../testing/guest.ts";

describe("modules (host ABI 3.6)", () => {
  const WASM = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

  test("compile_module parks; the id is written to the caller's memory when it is done", () => {
    const host = new Host();
    const { root } = host;
    const other = host.child();
    const idPtr = root.room(8);
    root.memory.view.setBigUint64(root.memory.address(idPtr, 8), 99n, true);
    expect(root.call("process::compile_module", ...root.put(WASM), idPtr)).toBe("parked");
    // Meanwhile another process runs on this executor.
    other.call("process::process_id");
    host.world.compiles[0]!({ module: 5 as ModuleId });
    expect(root.body.resumed).toEqual([0]);
    expect(root.u64(idPtr)).toBe(0n);
    expect(root.process.modules.get(0n)).toBe(5);
  });

  test("a module that does not compile gives 1 and an error id with the reason", () => {
    const host = new Host();
    const { root } = host;
    const idPtr = root.room(8);
    root.call("process::compile_module", ...root.put("not wasm"), idPtr);
    host.world.compiles[0]!({ failure: "no magic number" });
    expect(root.body.resumed).toEqual([1]);
    expect(root.errorText(root.u64(idPtr))).toBe("no magic number");
  });

  test("an id pointer outside memory makes the parked call trap, naming the host function", () => {
    const host = new Host();
    const { root } = host;
    root.call("process::compile_module", ...root.put(WASM), -8);
    host.world.compiles[0]!({ module: 5 as ModuleId });
    expect(root.body.resumed).toEqual([]);
    expect(root.body.traps).toMatchObject([{ name: "OutOfBoundsError" }]);
    expect(String(root.body.traps[0])).toContain("lunatic::process::compile_module: the range of 8 bytes");
    expect(root.memory.isIntact).toBe(true);
  });

  test("without can_compile_modules it gives -1, writes nothing and tells observers", () => {
    const host = new Host();
    const child = host.child({ config: configThatMay({ canCompileModules: false }) });
    host.world.observe();
    const idPtr = child.room(8);
    expect(child.call("process::compile_module", ...child.put(WASM), idPtr)).toBe(-1);
    expect(child.u64(idPtr)).toBe(0n);
    expect(host.world.events).toMatchObject([
      {
        kind: EventKind.Notice,
        pid: Number(child.pid),
        text: expect.stringContaining("can_compile_modules"),
      },
    ]);
  });

  test("drop_module removes the id, and traps for one that is unknown", () => {
    const { root } = new Host();
    const id = root.process.modules.add(5 as ModuleId);
    root.call("process::drop_module", id);
    expect(() => root.call("process::drop_module", id)).toThrow(`module ${id} does not exist`);
  });
});

describe("itself and others (host ABI 3.6, ch. 5, 7)", () => {
  test("process_id and environment_id are the caller's", () => {
    const host = new Host();
    const child = host.child();
    expect(host.root.call("process::process_id")).toBe(1n);
    expect(child.call("process::process_id")).toBe(2n);
    expect(child.call("process::environment_id")).toBe(1n);
  });

  test("exists gives 1 for the living and 0 for the dead and the unknown", () => {
    const host = new Host();
    const child = host.child();
    expect(host.root.call("process::exists", child.pid)).toBe(1);
    host.root.call("process::kill", child.pid);
    for (const pid of [child.pid, 0n, 99n, -1n]) expect(host.root.call("process::exists", pid)).toBe(0);
  });

  test("kill, unlink, monitor and stop_monitoring of nobody do nothing", () => {
    const host = new Host();
    for (const name of ["kill", "unlink", "monitor", "stop_monitoring"]) {
      for (const pid of [0n, 99n, -1n]) expect(host.root.call(`process::${name}`, pid)).toBeUndefined();
    }
    expect(host.world.yield(host.root.process)).toBe("alive");
  });

  test("a link to nobody ends the caller at its next yield, or tells it if it does not die with links", () => {
    const host = new Host();
    const careful = host.child();
    careful.call("process::die_when_link_dies", 0);
    careful.call("process::link", 4n, 99n);
    host.world.yield(careful.process);
    expect(careful.call("message::receive", 0, 0, 0n)).toBe(1);
    expect(careful.call("message::get_tag")).toBe(4n);
    const doomed = host.child();
    expect(doomed.call("process::link", 4n, 99n)).toBeUndefined();
    expect(host.world.yield(doomed.process)).toBe("stopped");
  });

  test("after unlink a failure of the other does not matter", () => {
    const host = new Host();
    const child = host.child();
    host.root.call("process::link", 4n, child.pid);
    host.root.call("process::unlink", child.pid);
    host.world.yield(host.root.process);
    host.root.call("process::kill", child.pid);
    expect(host.world.yield(host.root.process)).toBe("alive");
  });

  test("after stop_monitoring a death is not told", () => {
    const host = new Host();
    const child = host.child();
    host.root.call("process::monitor", child.pid);
    host.root.call("process::stop_monitoring", child.pid);
    host.root.call("process::kill", child.pid);
    host.world.yield(host.root.process);
    expect(host.root.process.mailbox.size).toBe(0);
  });

  test("a process that kills itself goes on until it yields (ch. 17, 9)", () => {
    const host = new Host();
    const child = host.child();
    child.call("process::kill", child.pid);
    expect(child.call("process::process_id")).toBe(child.pid);
    expect(host.world.yield(child.process)).toBe("stopped");
  });

  test("any value but 0 makes a process die with its links again", () => {
    const host = new Host();
    const child = host.child();
    child.call("process::die_when_link_dies", 0);
    child.call("process::die_when_link_dies", -1);
    child.call("process::link", 1n, 99n);
    expect(host.world.yield(child.process)).toBe("stopped");
  });

  test("sleep_ms parks for that long", () => {
    const host = new Host();
    const child = host.child();
    expect(child.call("process::sleep_ms", 30n)).toBe("parked");
    host.world.timers.advance(29);
    expect(child.body.resumed).toHaveLength(0);
    host.world.timers.advance(1);
    expect(child.body.resumed).toHaveLength(1);
  });
});
