import { describe, expect, test } from "vitest";
import { EventKind } from "../inspect/events.ts";
import { sinkOf } from "../inspect/testing/eventSink.ts";
import { PAGE_MODULE, type Pid } from "../kernel/ids.ts";
import { ProcessEndedError, ReceiveTimeoutError } from "./errors.ts";
import { attached, bytes, mailOf, PageWorld, settled, text } from "./testing/pageWorld.ts";

const FAILURE = { type: "trapped", message: "unreachable", stack: "" } as const;
describe("an attached page", () => {
  test("is a process of the kernel: pid, name, no module", async () => {
    const { world, self } = await attached();
    expect(self.pid).toBe(2);
    expect(world.process(self.pid)).toMatchObject({ parent: 0, module: PAGE_MODULE, entry: "page" });
    expect(await world.page.lookup("page")).toBe(self.pid);
  });

  test("may be asked for before the hub's message opens the environment", async () => {
    const world = new PageWorld();
    const attaching = world.page.attach({});
    await settled();
    world.open();
    expect((await attaching).pid).toBe(2);
  });

  test("sends in order, with tags, and keeps its bytes", async () => {
    const { world, self } = await attached();
    const payload = bytes("one");
    self.send(1, 7, payload);
    self.send(1, 2n ** 64n - 1n, bytes("two"));
    await settled();
    expect(mailOf(world, 1)).toEqual(["7 one", "18446744073709551615 two"]);
    expect(payload.byteLength).toBe(3);
    expect([...world.process(1).mailbox][0]?.from).toBe(self.pid);
  });

  test.for([[-1], [1.5], [2n ** 64n]])("refuses the tag %s at once", async ([tag]) => {
    const { self } = await attached();
    expect(() => self.send(1, tag!, bytes(""))).toThrow(RangeError);
  });
});

describe("receive", () => {
  test("takes what is there, oldest first, and gets sender and tag", async () => {
    const { world, self } = await attached();
    world.send(world.root, self.pid, 3n, "first");
    world.send(world.root, self.pid, 0n, "second");
    expect(await self.receive()).toMatchObject({ type: "data", from: 1, tag: 3n });
    expect(text(await self.receive())).toBe("second");
    expect(world.process(self.pid).mailbox.size).toBe(0);
  });

  test("waits, and leaves messages with other tags in the mailbox", async () => {
    const { world, self } = await attached();
    const receiving = self.receive({ tags: [5] });
    await settled();
    expect(world.process(self.pid).state).toBe("parked");
    world.send(world.root, self.pid, 4n, "other");
    world.send(world.root, self.pid, 5n, "wanted");
    expect(text(await receiving)).toBe("wanted");
    expect(mailOf(world, self.pid)).toEqual(["4 other"]);
  });

  test("several at once: each message goes to the first asked of those it fits", async () => {
    const { world, self } = await attached();
    const any = self.receive();
    const tagged = self.receive({ tags: [5] });
    const other = self.receive({ tags: [6, 7] });
    await settled();
    world.send(world.root, self.pid, 7n, "to any");
    world.send(world.root, self.pid, 7n, "to other");
    world.send(world.root, self.pid, 8n, "to nobody");
    world.send(world.root, self.pid, 5n, "to tagged");
    expect((await Promise.all([any, tagged, other])).map(text)).toEqual(["to any", "to tagged", "to other"]);
    expect(mailOf(world, self.pid)).toEqual(["8 to nobody"]);
  });

  test("a time-out rejects it with a typed error and loses no message", async () => {
    const { world, self } = await attached();
    const receiving = self.receive({ tags: [5], timeoutMs: 20 });
    await settled();
    world.timers.advance(20);
    await expect(receiving).rejects.toThrow(ReceiveTimeoutError);
    world.send(world.root, self.pid, 5n, "late");
    expect(text(await self.receive())).toBe("late");
    expect(world.timers.pending).toBe(0);
  });

  test("an answered receive leaves no timer behind", async () => {
    const { world, self } = await attached();
    world.send(world.root, self.pid, 1n, "there");
    await self.receive({ timeoutMs: 1000 });
    expect(world.timers.pending).toBe(0);
  });

  test("an abort rejects it with the signal's reason, and its message goes to the next receive", async () => {
    const { world, self } = await attached();
    const given = new AbortController();
    const receiving = self.receive({ signal: given.signal });
    given.abort(new Error("no longer"));
    await expect(receiving).rejects.toThrow("no longer");
    world.send(world.root, self.pid, 1n, "kept");
    expect(text(await self.receive())).toBe("kept");
  });

  test("a message that crosses with the abort is not lost and not overtaken", async () => {
    const { world, self } = await attached();
    const given = new AbortController();
    const receiving = self.receive({ signal: given.signal });
    await settled();
    // Both are in the kernel's answer or mailbox before the abort gets there.
    world.send(world.root, self.pid, 1n, "first");
    world.send(world.root, self.pid, 2n, "second");
    given.abort();
    await expect(receiving).rejects.toThrow(DOMException);
    await settled();
    expect(text(await self.receive())).toBe("first");
    expect(text(await self.receive())).toBe("second");
  });

  test("a receive asked while such a message is under way gets it", async () => {
    const { world, self } = await attached();
    const given = new AbortController();
    const receiving = self.receive({ signal: given.signal });
    await settled();
    world.send(world.root, self.pid, 1n, "first");
    given.abort();
    const next = self.receive();
    await expect(receiving).rejects.toThrow(DOMException);
    expect(text(await next)).toBe("first");
    await settled();
    world.send(world.root, self.pid, 1n, "second");
    await settled();
    expect(mailOf(world, self.pid)).toEqual(["1 second"]);
  });

  test("is refused at once by a signal that is aborted already", async () => {
    const { self } = await attached();
    await expect(self.receive({ signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow(
      "too late",
    );
  });

  test.for([[0], [-3], [0.5]])("cannot wait for the tag %s", async ([tag]) => {
    const { self } = await attached();
    await expect(self.receive({ tags: [tag!] })).rejects.toThrow(RangeError);
  });

  test.for([[-1], [Number.NaN], [Number.POSITIVE_INFINITY]])("refuses a time of %s", async ([timeoutMs]) => {
    const { self } = await attached();
    await expect(self.receive({ timeoutMs: timeoutMs! })).rejects.toThrow(RangeError);
  });
});

describe("links, monitors, kills", () => {
  test("a failing guest takes a linked page along, whose receives are rejected with the cause", async () => {
    const { world, self } = await attached();
    self.link(1);
    const receiving = self.receive();
    await settled();
    world.kernel.exit(world.root, FAILURE);
    await expect(receiving).rejects.toThrow("Process 2 has ended: its linked process 1 died");
    expect(self.signal.aborted).toBe(true);
    expect(await self.ended).toEqual({ reason: "failure", cause: { type: "linkDied", pid: 1 } });
  });

  test("a page that does not die with links gets a message with the tag", async () => {
    const { world, self } = await attached();
    self.dieWhenLinkDies(false);
    self.link(1, 9n);
    await settled();
    world.kernel.exit(world.root, FAILURE);
    expect(await self.receive({ tags: [9] })).toEqual({ type: "linkDied", from: 1, tag: 9n });
  });

  test("an unlinked page survives", async () => {
    const { world, self } = await attached();
    self.link(1);
    self.unlink(1);
    await settled();
    world.kernel.exit(world.root, FAILURE);
    await settled();
    expect(self.signal.aborted).toBe(false);
  });

  test("a failing page takes linked guests along, one that is closed does not", async () => {
    const { world, self } = await attached();
    const spawned = await self.spawn("entry", { link: 4 });
    await self.close(new RangeError("broken"));
    expect(world.ended.get(spawned as Pid)).toEqual({ type: "linkDied", pid: self.pid });
    expect(world.ended.get(self.pid as Pid)).toMatchObject({
      type: "threw",
      message: "RangeError: broken",
    });
    const other = await world.page.attach({});
    const child = await other.spawn("entry", { link: 4 });
    await other.close();
    expect(world.ended.has(child as Pid)).toBe(false);
  });

  test("a monitor is told of any end, until it stops monitoring", async () => {
    const { world, self } = await attached();
    const [first, second] = [await self.spawn("entry"), await self.spawn("entry")];
    self.monitor(first);
    self.monitor(second);
    self.stopMonitoring(second);
    await settled();
    world.kernel.exit(world.process(second), { type: "returned" });
    world.kernel.exit(world.process(first), { type: "returned" });
    expect(await self.receive()).toEqual({ type: "processDied", from: first });
    expect(world.process(self.pid).mailbox.size).toBe(0);
  });

  test("kill ends others and oneself", async () => {
    const { world, self } = await attached();
    const child = await self.spawn("entry");
    self.kill(child);
    self.kill(self.pid);
    expect((await self.ended).cause).toEqual({ type: "killed", by: self.pid });
    expect(world.ended.get(child as Pid)).toEqual({ type: "killed", by: self.pid });
    expect(() => self.send(1, 0, bytes(""))).toThrow(ProcessEndedError);
    await expect(self.receive()).rejects.toThrow(ProcessEndedError);
    await expect(self.register("ghost")).rejects.toThrow(ProcessEndedError);
  });
});

describe("a process written in TypeScript", () => {
  test("answers requests, and ends normally when its function returns", async () => {
    const world = new PageWorld().open();
    const server = await world.page.spawnFunction(
      async function adder(self) {
        const request = await self.receive();
        if (request.type === "data") self.send(request.from, request.tag, bytes(`${text(request)}!`));
      },
      { name: "server" },
      undefined,
    );
    expect(world.process(server.pid).entry).toBe("server");
    world.send(world.root, server.pid, 6n, "hello");
    expect(await server.ended).toEqual({ reason: "normal", cause: { type: "returned" } });
    expect(mailOf(world, 1)).toEqual(["6 hello!"]);
  });

  test("is labelled with its function's name", async () => {
    const world = new PageWorld().open();
    const { pid } = await world.page.spawnFunction(async function clock() {}, {}, undefined);
    expect(world.process(pid).entry).toBe("clock");
  });

  test("fails with the error's text when it throws, and its links die", async () => {
    const world = new PageWorld().open();
    const traps: string[] = [];
    world.environment.sink = sinkOf(
      (kind, pid, _other, _tag, _value, said) => kind === EventKind.Trap && traps.push(`${pid}: ${said}`),
    );
    const { pid, ended } = await world.page.spawnFunction(
      () => {
        throw new TypeError("not today");
      },
      {},
      undefined,
    );
    expect(await ended).toMatchObject({
      reason: "failure",
      cause: { type: "threw", message: "TypeError: not today" },
    });
    expect(world.ended.get(pid as Pid)?.type).toBe("threw");
    expect(traps).toEqual([expect.stringMatching(/^2: it threw: TypeError: not today\n.*attachedProcess/s)]);
  });

  test("a kill rejects its receive and aborts its signal; what it does afterwards has no effect", async () => {
    const world = new PageWorld().open();
    const seen: unknown[] = [];
    const { pid, ended } = await world.page.spawnFunction(
      async (self) => {
        self.signal.addEventListener("abort", () => seen.push(self.signal.reason));
        await self.receive().catch((error: unknown) => seen.push(error));
        throw new Error("nobody hears this");
      },
      {},
      undefined,
    );
    world.kernel.killFromOutside(world.environment, pid as Pid);
    expect((await ended).cause).toEqual({ type: "killed", by: 0 });
    await settled();
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
    expect(seen[0]).toMatchObject({ name: "ProcessEndedError", pid, exitCause: { type: "killed" } });
  });

  test("can have children of both kinds, whose parent it is", async () => {
    const world = new PageWorld().open();
    const { ended } = await world.page.spawnFunction(
      async (self) => {
        self.dieWhenLinkDies(false);
        const child = await self.spawn(
          () => {
            throw new Error("the child failed");
          },
          { link: 3 },
        );
        expect(world.process(child.pid).parent).toBe(self.pid);
        expect(await self.receive({ tags: [3] })).toEqual({ type: "linkDied", from: child.pid, tag: 3n });
      },
      {},
      undefined,
    );
    expect((await ended).reason).toBe("normal");
  });
});

describe("the end of an environment", () => {
  test("ends the page's processes; loops over messages end quietly", async () => {
    const { world, self } = await attached();
    const seen: string[] = [];
    const loop = (async () => {
      for await (const message of self) seen.push(text(message));
      return "over";
    })();
    world.send(world.root, self.pid, 0n, "one");
    await settled();
    await world.close();
    expect(await loop).toBe("over");
    expect(seen).toEqual(["one"]);
    expect((await self.ended).cause.type).toBe("environmentEnded");
  });

  test("a loop over messages throws when its process is killed", async () => {
    const { self } = await attached();
    const loop = (async () => {
      for await (const message of self) void message;
    })();
    self.kill(self.pid);
    await expect(loop).rejects.toThrow(ProcessEndedError);
  });

  test("rejects what is asked later, saying why", async () => {
    const { world } = await attached();
    await world.close();
    await expect(world.page.lookup("page")).rejects.toThrow("run the module again");
    await expect(world.page.attach({})).rejects.toThrow(ProcessEndedError);
  });

  test("a lost executor, which says nothing, ends them as well", async () => {
    const { world, self } = await attached();
    const receiving = self.receive();
    await settled();
    world.line.close({ type: "executorLost" });
    await expect(receiving).rejects.toThrow("the executor it ran on was lost");
    expect((await self.ended).cause.type).toBe("executorLost");
  });

  test("closing is idempotent, and a disposed process is closed", async () => {
    const world = new PageWorld().open();
    let pid: number;
    {
      await using self = await world.page.attach({});
      pid = self.pid;
      await self.close();
    }
    expect(world.ended.get(pid as Pid)).toEqual({ type: "returned" });
  });
});
