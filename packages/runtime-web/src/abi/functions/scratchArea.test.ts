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

  test("a message is not touched by those that are written after others were dropped", () => {
    const { host, sender, receiver } = pair();
    const third = host.child();
    sender.sendText(receiver.pid, 1n, "dropped");
    sender.sendText(receiver.pid, 2n, "kept");
    receiver.call("message::receive", 0, 0, FOREVER);
    receiver.call("message::receive", 0, 0, FOREVER);
    sender.sendText(third.pid, 3n, "written anew");
    third.call("message::receive", 0, 0, FOREVER);
    sender.sendText(third.pid, 4n, "on its way");
    expect([receiver.call("message::get_tag"), receiver.readText()]).toEqual([2n, "kept"]);
    expect([third.call("message::get_tag"), third.readText()]).toEqual([3n, "written anew"]);
  });

  test("a new message has nothing of the dropped one it is made of", () => {
    const { sender, receiver } = pair();
    sender.sendText(receiver.pid, 1n, "secret");
    receiver.call("message::receive", 0, 0, FOREVER);
    receiver.call("message::read_data", receiver.room(3), 3);
    receiver.call("message::create_data", 0n, 0n);
    receiver.call("message::create_data", 9n, 0n);
    expect(receiver.call("message::data_size")).toBe(0n);
    expect(receiver.call("message::get_tag")).toBe(9n);
    const ptr = receiver.room(6);
    expect(receiver.call("message::read_data", ptr, 6)).toBe(0);
    expect(receiver.text(ptr, 6)).toBe("\0".repeat(6));
  });

  test("a message of modules is not used again: its slots would come along", () => {
    const { sender, receiver } = pair();
    sender.call("message::create_data", 0n, 0n);
    sender.call("message::push_module", sender.process.modules.add(1 as ModuleId));
    sender.call("message::send", receiver.pid);
    receiver.call("message::receive", 0, 0, FOREVER);
    receiver.call("message::create_data", 0n, 0n);
    receiver.call("message::create_data", 0n, 0n);
    expect(() => receiver.call("message::take_module", 0n)).toThrow("holds no resource");
  });

  test.each([60, 64, 65, 1_000, 16_384, 16_385, 18_000])(
    "a message of %i bytes, written piece by piece beside another one, arrives whole",
    (size) => {
      const { sender, receiver } = pair();
      // Dropped messages, so that both writers begin with used ones.
      for (const text of ["a", "b", "c"]) sender.sendText(receiver.pid, 0n, text);
      for (let i = 0; i < 3; i++) receiver.call("message::receive", 0, 0, FOREVER);
      const bytes = Uint8Array.from({ length: size }, (_, i) => i * 7);
      const [ptr] = sender.put(bytes);
      sender.call("message::create_data", 0n, 0n);
      receiver.call("message::create_data", 0n, 0n);
      for (let at = 0; at < size; at += 24) {
        sender.call("message::write_data", ptr + at, Math.min(24, size - at));
        receiver.call("message::write_data", ...receiver.put("other"));
      }
      sender.call("message::send", receiver.pid);
      expect(receiver.call("message::receive", 0, 0, FOREVER)).toBe(0);
      expect(receiver.call("message::data_size")).toBe(BigInt(size));
      const into = receiver.room(size);
      receiver.call("message::read_data", into, size);
      const at = receiver.memory.address(into, size);
      expect(receiver.memory.bytes.slice(at, at + size)).toEqual(bytes);
    },
  );

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
