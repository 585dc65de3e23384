import { describe, expect, test } from "vitest";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import type { ModuleId } from "../../kernel/ids.ts";
import { MAX_MESSAGE_BYTES } from "../dataMessage.ts";
import { OutOfBoundsError } from "../guestMemory.ts";
import { Host } from "../testing/guest.ts";

const FOREVER = -1n;

function pair() {
  const host = new Host();
  return { host, sender: host.root, receiver: host.child() };
}

describe("the scratch area (host ABI 3.2)", () => {
  test.each([
    ["write_data", [0, 1]],
    ["read_data", [0, 1]],
    ["seek_data", [0n]],
    ["get_tag", []],
    ["get_process_id", []],
    ["data_size", []],
    ["send", [1n]],
    ["send_receive_skip_search", [1n, 1n, 0n]],
    ["push_module", [0n]],
    ["take_module", [0n]],
  ])("%s traps while it is empty", (name, values) => {
    const { root } = new Host();
    root.process.modules.add(1 as ModuleId);
    expect(() => root.call(`message::${name}`, ...values)).toThrow(GuestTrap);
  });

  test("create_data makes an empty message with the tag", () => {
    const { root } = new Host();
    root.call("message::create_data", -5n, 0n);
    expect(root.call("message::get_tag")).toBe(-5n);
    expect(root.call("message::data_size")).toBe(0n);
    expect(root.call("message::get_process_id")).toBe(0n);
  });

  test.each([0n, 64n, 1n << 40n, -1n])("the capacity hint %s changes nothing but memory", (capacity) => {
    const { root } = new Host();
    root.call("message::create_data", 1n, capacity);
    expect(root.call("message::write_data", ...root.put("abc"))).toBe(3);
    expect(root.readText()).toBe("abc");
  });

  test("create_data replaces what was there", () => {
    const { root } = new Host();
    root.call("message::create_data", 1n, 0n);
    root.call("message::write_data", ...root.put("old"));
    root.call("message::create_data", 2n, 0n);
    expect(root.call("message::data_size")).toBe(0n);
    expect(root.call("message::get_tag")).toBe(2n);
  });

  test("write_data appends behind the end, whatever the read position", () => {
    const { root } = new Host();
    root.call("message::create_data", 0n, 0n);
    expect(root.call("message::write_data", ...root.put("one "))).toBe(4);
    root.call("message::seek_data", 2n);
    expect(root.call("message::write_data", ...root.put("two"))).toBe(3);
    expect(root.readText()).toBe("e two");
    expect(root.call("message::data_size")).toBe(7n);
  });

  test("read_data gives what is left, then 0", () => {
    const { root } = new Host();
    root.call("message::create_data", 0n, 0n);
    root.call("message::write_data", ...root.put("abcde"));
    const ptr = root.room(8);
    expect(root.call("message::read_data", ptr, 2)).toBe(2);
    expect(root.text(ptr, 2)).toBe("ab");
    expect(root.call("message::read_data", ptr, 8)).toBe(3);
    expect(root.text(ptr, 3)).toBe("cde");
    expect(root.call("message::read_data", ptr, 8)).toBe(0);
  });

  test("read_data traps if its buffer is not all in memory, even if less is left to read", () => {
    const { root } = new Host();
    root.call("message::create_data", 0n, 0n);
    root.call("message::write_data", ...root.put("a"));
    expect(() => root.call("message::read_data", root.memory.size - 1, 2)).toThrow(OutOfBoundsError);
    expect(root.call("message::read_data", root.memory.size - 1, 1)).toBe(1);
    expect(root.memory.isIntact).toBe(true);
  });

  test("seek_data takes any position; reading behind the end traps, at the end gives 0", () => {
    const { root } = new Host();
    root.call("message::create_data", 0n, 0n);
    root.call("message::write_data", ...root.put("abc"));
    root.call("message::seek_data", 3n);
    expect(root.call("message::read_data", 0, 4)).toBe(0);
    for (const position of [4n, 1n << 62n, -1n]) {
      root.call("message::seek_data", position);
      expect(() => root.call("message::read_data", 0, 1)).toThrow(GuestTrap);
    }
    root.call("message::seek_data", 1n);
    expect(root.readText()).toBe("bc");
  });

  test("lengths of 0 are fine with any pointer", () => {
    const { root } = new Host();
    root.call("message::create_data", 0n, 0n);
    expect(root.call("message::write_data", -1, 0)).toBe(0);
    expect(root.call("message::read_data", -1, 0)).toBe(0);
  });

  test.each([1, 31, 32, 33, 63, 64, 65, 5_000, 16_384, 16_385, 60_000])(
    "a message of %i bytes, written piece by piece, keeps every byte until it is read",
    (size) => {
      const { sender, receiver } = pair();
      const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + 1) & 255);
      sender.call("message::create_data", 0n, 0n);
      for (let at = 0; at < size; at += 1000) {
        const fresh = sender.memory.address(2048, 1000);
        sender.memory.bytes.set(bytes.subarray(at, at + 1000), fresh);
        sender.call("message::write_data", 2048, Math.min(1000, size - at));
      }
      sender.call("message::send", receiver.pid);
      expect(receiver.call("message::receive", 0, 0, FOREVER)).toBe(0);
      expect(receiver.call("message::data_size")).toBe(BigInt(size));
      expect(receiver.call("message::read_data", 1024, size)).toBe(size);
      const at = receiver.memory.address(1024, size);
      expect(receiver.memory.bytes.slice(at, at + size)).toEqual(bytes);
    },
  );

  test("messages that two processes write by turns do not mix", () => {
    const { sender, receiver } = pair();
    sender.call("message::create_data", 1n, 0n);
    sender.call("message::write_data", ...sender.put("sender "));
    receiver.call("message::create_data", 2n, 0n);
    receiver.call("message::write_data", ...receiver.put("receiver "));
    sender.call("message::write_data", ...sender.put("goes on"));
    receiver.call("message::write_data", ...receiver.put("too"));
    expect(sender.readText()).toBe("sender goes on");
    expect(receiver.readText()).toBe("receiver too");
  });

  test("a message on its way holds no more memory than its data", () => {
    const { sender, receiver } = pair();
    sender.sendText(receiver.pid, 0n, "x".repeat(100));
    expect(receiver.process.mailbox.take(undefined)).toMatchObject({ buffer: { length: 100 }, length: 100 });
  });

  test("a message that would outgrow its bound traps and leaves the message as it was", () => {
    const { root } = new Host();
    root.call("message::create_data", 0n, 0n);
    const message = root.process.scratch;
    if (message?.kind !== "data") throw new Error("no data message");
    // As if a gigabyte had been written: the bound is on the length.
    message.length = MAX_MESSAGE_BYTES;
    expect(() => root.call("message::write_data", 0, 1)).toThrow(GuestTrap);
    expect(message.length).toBe(MAX_MESSAGE_BYTES);
  });

  test("a trap says which host function failed and why", () => {
    const { root } = new Host();
    expect(() => root.call("message::write_data", 0, 1)).toThrow(
      "lunatic::message::write_data: there is no message",
    );
    expect(() => root.call("message::get_tag")).toThrow("lunatic::message::get_tag: there is no message");
  });
});

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
