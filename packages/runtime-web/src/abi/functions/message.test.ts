import { describe, expect, test } from "vitest";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import type { ModuleId } from "../../kernel/ids.ts";
import { Host } from "../testing/guest.ts";

const FOREVER = -1n;

function pair() {
  const host = new Host();
  return { host, sender: host.root, receiver: host.child() };
}

describe("sending and receiving (host ABI 3.2, ch. 6)", () => {
  test("send delivers, empties the scratch area and returns 0", () => {
    const { sender, receiver } = pair();
    sender.call("message::create_data", 7n, 0n);
    sender.call("message::write_data", ...sender.put("é𝄞"));
    expect(sender.call("message::send", receiver.pid)).toBe(0);
    expect(() => sender.call("message::data_size")).toThrow(GuestTrap);
    expect(receiver.call("message::receive", 0, 0, FOREVER)).toBe(0);
    expect(receiver.call("message::get_tag")).toBe(7n);
    expect(receiver.readText()).toBe("é𝄞");
  });

  test.each([0n, 999n, -1n, 1n << 60n, -(2n ** 63n)])(
    "a message to %s, which is nobody, is dropped",
    (pid) => {
      const { root } = new Host();
      root.call("message::create_data", 0n, 0n);
      expect(root.call("message::send", pid)).toBe(0);
    },
  );

  test("a received message can be sent on, with its tag and read position", () => {
    const { host, sender, receiver } = pair();
    const third = host.child();
    sender.sendText(receiver.pid, 3n, "abcdef");
    receiver.call("message::receive", 0, 0, FOREVER);
    receiver.call("message::read_data", receiver.room(2), 2);
    expect(receiver.call("message::send", third.pid)).toBe(0);
    third.call("message::receive", 0, 0, FOREVER);
    expect(third.call("message::get_tag")).toBe(3n);
    expect(third.readText()).toBe("cdef");
  });

  test("receive takes the oldest whose tag is in the list and leaves the others in order", () => {
    const { sender, receiver } = pair();
    for (const tag of [1n, 2n, 3n, 2n]) sender.sendText(receiver.pid, tag, `tag ${tag}`);
    expect(receiver.call("message::receive", ...receiver.putTags(9n, 3n, 2n), FOREVER)).toBe(0);
    expect(receiver.readText()).toBe("tag 2");
    expect(receiver.call("message::receive", ...receiver.putTags(3n), FOREVER)).toBe(0);
    expect(receiver.readText()).toBe("tag 3");
    expect(receiver.call("message::receive", 0, 0, FOREVER)).toBe(0);
    expect(receiver.readText()).toBe("tag 1");
  });

  test("tags are signed 64-bit numbers", () => {
    const { sender, receiver } = pair();
    sender.sendText(receiver.pid, -(2n ** 63n), "lowest");
    expect(receiver.call("message::receive", ...receiver.putTags(-(2n ** 63n)), FOREVER)).toBe(0);
    expect(receiver.call("message::get_tag")).toBe(-(2n ** 63n));
  });

  test("a tag of 0 in the list matches nothing", () => {
    const { host, sender, receiver } = pair();
    sender.sendText(receiver.pid, 0n, "untagged");
    expect(receiver.call("message::receive", ...receiver.putTags(0n), 5n)).toBe("parked");
    host.world.timers.advance(5);
    expect(receiver.body.resumed).toEqual([9027]);
  });

  test("processes that wait for one tag each do not share the tag", () => {
    const { host, sender, receiver } = pair();
    const other = host.child();
    expect(receiver.call("message::receive", ...receiver.putTags(1n), FOREVER)).toBe("parked");
    expect(other.call("message::receive", ...other.putTags(2n), FOREVER)).toBe("parked");
    sender.sendText(receiver.pid, 2n, "not for it");
    sender.sendText(other.pid, 1n, "not for it");
    expect([...receiver.body.resumed, ...other.body.resumed]).toEqual([]);
    sender.sendText(receiver.pid, 1n, "for it");
    expect(receiver.body.resumed).toEqual([0]);
    expect(receiver.readText()).toBe("for it");
  });

  test("receive without a message parks, and 9027 after the timeout leaves the scratch area unchanged", () => {
    const { host, receiver } = pair();
    receiver.call("message::create_data", 4n, 0n);
    expect(receiver.call("message::receive", 0, 0, 10n)).toBe("parked");
    host.world.timers.advance(9);
    expect(receiver.body.resumed).toEqual([]);
    host.world.timers.advance(1);
    expect(receiver.body.resumed).toEqual([9027]);
    expect(receiver.call("message::get_tag")).toBe(4n);
  });

  test("u64::MAX is no timeout", () => {
    const { host, receiver } = pair();
    expect(receiver.call("message::receive", 0, 0, FOREVER)).toBe("parked");
    host.world.timers.advance(2 ** 40);
    expect(receiver.body.resumed).toEqual([]);
  });

  test("a tag list outside memory traps, and one whose size overflows does too", () => {
    const { receiver } = pair();
    expect(() => receiver.call("message::receive", receiver.memory.size - 8, 2, 0n)).toThrow(GuestTrap);
    expect(() => receiver.call("message::receive", 0, 0x2000_0001, 0n)).toThrow(GuestTrap);
    expect(() => receiver.call("message::receive", 0, -1, 0n)).toThrow(GuestTrap);
  });

  test("receive tells the kinds apart: 1 a link died, 2 a monitored process died", () => {
    const { host, sender } = pair();
    sender.call("process::die_when_link_dies", 0);
    const linked = host.child();
    const monitored = host.child();
    sender.call("process::link", 42n, linked.pid);
    sender.call("process::monitor", monitored.pid);
    sender.call("process::kill", linked.pid);
    sender.call("process::kill", monitored.pid);
    host.world.yield(sender.process);
    expect(sender.call("message::receive", ...sender.putTags(42n), FOREVER)).toBe(1);
    expect(sender.call("message::get_tag")).toBe(42n);
    expect(sender.call("message::get_process_id")).toBe(0n);
    expect(() => sender.call("message::read_data", 0, 1)).toThrow("link-died");
    expect(sender.call("message::receive", 0, 0, FOREVER)).toBe(2);
    expect(sender.call("message::get_tag")).toBe(0n);
    expect(sender.call("message::get_process_id")).toBe(monitored.pid);
    expect(() => sender.call("message::data_size")).toThrow("process-died");
  });

  test("send_receive_skip_search passes over what is queued and takes what comes after", () => {
    const { host, sender, receiver } = pair();
    receiver.sendText(sender.pid, 8n, "old");
    sender.call("message::create_data", 8n, 0n);
    expect(sender.call("message::send_receive_skip_search", receiver.pid, 8n, FOREVER)).toBe("parked");
    receiver.sendText(sender.pid, 9n, "other tag");
    expect(sender.body.resumed).toEqual([]);
    receiver.sendText(sender.pid, 8n, "reply");
    expect(sender.body.resumed).toEqual([0]);
    expect(sender.readText()).toBe("reply");
    expect(host.world.readAll(sender.process)).toEqual(["old", "other tag"]);
  });

  test("send_receive_skip_search that times out gives 9027 and an empty scratch area", () => {
    const { host, sender, receiver } = pair();
    sender.call("message::create_data", 8n, 0n);
    expect(sender.call("message::send_receive_skip_search", receiver.pid, 8n, 3n)).toBe("parked");
    host.world.timers.advance(3);
    expect(sender.body.resumed).toEqual([9027]);
    expect(() => sender.call("message::get_tag")).toThrow(GuestTrap);
  });

  test("send_receive_skip_search gives 0 for a link-died with the awaited tag (ch. 17, 25)", () => {
    const { host, sender } = pair();
    sender.call("process::die_when_link_dies", 0);
    const linked = host.child();
    sender.call("process::link", 5n, linked.pid);
    sender.call("message::create_data", 1n, 0n);
    expect(sender.call("message::send_receive_skip_search", linked.pid, 5n, FOREVER)).toBe("parked");
    linked.call("process::kill", linked.pid);
    host.world.yield(linked.process);
    expect(sender.body.resumed).toEqual([0]);
    expect(() => sender.call("message::read_data", 0, 1)).toThrow(GuestTrap);
  });

  test("what a sender sends shortens its slice, more for large messages", () => {
    const { host, sender, receiver } = pair();
    sender.sendText(receiver.pid, 0n, "small");
    const small = host.chargedInstructions;
    sender.sendText(receiver.pid, 0n, "x".repeat(20_000));
    expect(small).toBeGreaterThan(0);
    expect(host.chargedInstructions - small).toBeGreaterThan(small);
  });
});

describe("senders that flood", () => {
  test("pay more per message once a thousand wait in the mailbox, and the usual again when it is empty", () => {
    const { host, sender, receiver } = pair();
    const costOfSend = () => {
      const before = host.chargedInstructions;
      sender.call("message::create_data", 0n, 0n);
      sender.call("message::send", receiver.pid);
      return host.chargedInstructions - before;
    };
    const usual = costOfSend();
    for (let i = 0; i < 1000; i++) costOfSend();
    expect(costOfSend()).toBeGreaterThan(10 * usual);
    host.world.readAll(receiver.process);
    expect(costOfSend()).toBe(usual);
  });
});

describe("resources in messages (host ABI 3.2, ch. 6)", () => {
  test("push_module gives slot indexes from 0 and leaves the process its module", () => {
    const { root } = new Host();
    const id = root.process.modules.add(77 as ModuleId);
    root.call("message::create_data", 0n, 0n);
    expect(root.call("message::push_module", id)).toBe(0n);
    expect(root.call("message::push_module", id)).toBe(1n);
    root.call("process::drop_module", id);
  });

  test("take_module empties its slot, gives the receiver an id of its own and shifts no index", () => {
    const { sender, receiver } = pair();
    const first = sender.process.modules.add(71 as ModuleId);
    const second = sender.process.modules.add(72 as ModuleId);
    sender.call("message::create_data", 0n, 0n);
    sender.call("message::push_module", first);
    sender.call("message::push_module", second);
    sender.call("message::send", receiver.pid);
    receiver.call("message::receive", 0, 0, FOREVER);
    const taken = receiver.call("message::take_module", 0n) as bigint;
    expect(receiver.process.modules.get(taken)).toBe(71);
    expect(() => receiver.call("message::take_module", 0n)).toThrow("slot 0");
    expect(receiver.process.modules.get(receiver.call("message::take_module", 1n) as bigint)).toBe(72);
  });

  test.each([2n, -1n, 1n << 62n])("take_module of slot %s, which is not there, traps", (slot) => {
    const { root } = new Host();
    root.call("message::create_data", 0n, 0n);
    expect(() => root.call("message::take_module", slot)).toThrow(GuestTrap);
  });

  test("push_module of an unknown id traps", () => {
    const { root } = new Host();
    root.call("message::create_data", 0n, 0n);
    expect(() => root.call("message::push_module", 0n)).toThrow("module 0 does not exist");
  });

  test.each([
    "push_tcp_stream",
    "take_tcp_stream",
    "push_tls_stream",
    "take_tls_stream",
    "push_udp_socket",
    "take_udp_socket",
  ])("%s traps, saying that networking is missing: no socket id is valid", (name) => {
    const { root } = new Host();
    root.call("message::create_data", 0n, 0n);
    expect(() => root.call(`message::${name}`, 0n)).toThrow(
      `networking is not available in this build of Lunatic Web: ${name}`,
    );
  });
});
