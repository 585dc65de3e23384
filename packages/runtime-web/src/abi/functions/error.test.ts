import { describe, expect, test } from "vitest";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import { OutOfBoundsError } from "../guestMemory.ts";
import { Host } from "../testing/guest.ts";

describe("lunatic::error (host ABI 3.1)", () => {
  test.each(["", "plain", "é𝄞 two and four bytes"])(
    "string_size and to_string give the UTF-8 bytes of %j",
    (text) => {
      const { root } = new Host();
      const id = root.process.errors.add(text);
      const size = root.call("error::string_size", id) as number;
      expect(size).toBe(new TextEncoder().encode(text).length);
      expect(root.errorText(id)).toBe(text);
    },
  );

  test("to_string writes no terminator", () => {
    const { root } = new Host();
    const [ptr] = root.put("????");
    root.call("error::to_string", root.process.errors.add("ab"), ptr);
    expect(root.text(ptr, 4)).toBe("ab??");
  });

  test("to_string traps if the text does not fit into memory, and writes nothing", () => {
    const { root } = new Host();
    const id = root.process.errors.add("abc");
    expect(() => root.call("error::to_string", id, root.memory.size - 2)).toThrow(OutOfBoundsError);
    expect(root.memory.isIntact).toBe(true);
    root.call("error::to_string", id, root.memory.size - 3);
  });

  test("drop removes the error; its id and made-up ids trap everywhere (ch. 17, 6)", () => {
    const { root } = new Host();
    const id = root.process.errors.add("gone");
    root.call("error::drop", id);
    for (const unknown of [id, 99n, -1n]) {
      expect(() => root.call("error::string_size", unknown)).toThrow(GuestTrap);
      expect(() => root.call("error::to_string", unknown, 0)).toThrow(GuestTrap);
      expect(() => root.call("error::drop", unknown)).toThrow(`error ${unknown} does not exist`);
    }
    expect(root.process.errors.add("next")).toBe(id + 1n);
  });

  test("ids mean nothing in another process", () => {
    const host = new Host();
    const id = host.root.process.errors.add("of the root");
    expect(() => host.child().call("error::string_size", id)).toThrow(GuestTrap);
  });
});
