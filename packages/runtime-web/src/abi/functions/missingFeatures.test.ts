import { describe, expect, test } from "vitest";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import { distributedSignatures } from "../signatures/distributed.ts";
import { networkingSignatures } from "../signatures/networking.ts";
import { type NamespaceSignatures, parameterTypes } from "../signatures/signature.ts";
import { type Guest, Host, type Value } from "../testing/guest.ts";

/** Arguments of the right types that mean nothing. */
function zeros(signatures: NamespaceSignatures, name: string): Value[] {
  return parameterTypes(signatures[name]!).map((type) => (type === "i64" ? 0n : 0));
}

function others(signatures: NamespaceSignatures, answering: readonly string[]): string[] {
  return Object.keys(signatures).filter((name) => !answering.includes(name));
}

const ADDRESS = [4, 64, 80, 0, 0] as const;

/** Calls that begin something, with the arguments before and behind the id pointer. */
const BEGINNINGS: Readonly<Record<string, (guest: Guest, idPtr: number) => Value[]>> = {
  resolve: (guest, idPtr) => [...guest.put("localhost:80"), -1n, idPtr],
  tcp_bind: (_, idPtr) => [...ADDRESS, idPtr],
  tcp_connect: (_, idPtr) => [...ADDRESS, -1n, idPtr],
  tls_bind: (_, idPtr) => [...ADDRESS, idPtr, 0, 0, 0, 0],
  tls_connect: (guest, idPtr) => [...guest.put("localhost"), 443, -1n, idPtr, 0, 0],
  udp_bind: (_, idPtr) => [...ADDRESS, idPtr],
};

describe("networking, which this build does not have (host ABI 3.4)", () => {
  test.each(Object.keys(BEGINNINGS))("%s gives 1 and an error id that says what is missing", (name) => {
    const { root } = new Host();
    const idPtr = root.room(8);
    expect(root.call(`networking::${name}`, ...BEGINNINGS[name]!(root, idPtr))).toBe(1);
    expect(root.errorText(root.u64(idPtr))).toBe(
      `networking is not available in this build of Lunatic Web: ${name}`,
    );
  });

  test.each(Object.keys(BEGINNINGS))("%s traps if the id pointer is outside memory", (name) => {
    const { root } = new Host();
    expect(() => root.call(`networking::${name}`, ...BEGINNINGS[name]!(root, -8))).toThrow(GuestTrap);
  });

  test.each(["tcp_bind", "tls_bind", "udp_bind", "tcp_connect"])(
    "%s traps for an address type other than 4 and 6, and an address outside memory",
    (name) => {
      const { root } = new Host();
      const values = BEGINNINGS[name]!(root, root.room(8));
      expect(() => root.call(`networking::${name}`, 5, ...values.slice(1))).toThrow("neither 4 nor 6");
      const end = root.memory.size;
      expect(root.call(`networking::${name}`, 4, end - 4, ...values.slice(2))).toBe(1);
      expect(() => root.call(`networking::${name}`, 6, end - 15, ...values.slice(2))).toThrow(GuestTrap);
    },
  );

  test("names that are not UTF-8 trap", () => {
    const { root } = new Host();
    const bad = root.put(Uint8Array.from([0xff]));
    expect(() => root.call("networking::resolve", ...bad, 0n, 0)).toThrow(GuestTrap);
    expect(() => root.call("networking::tls_connect", ...bad, 1, 0n, 0, 0, 0)).toThrow(GuestTrap);
  });

  test.each(others(networkingSignatures, Object.keys(BEGINNINGS)))(
    "%s traps: no id it could get is valid",
    (name) => {
      const { root } = new Host();
      const call = () => root.call(`networking::${name}`, ...zeros(networkingSignatures, name));
      expect(call).toThrow(GuestTrap);
      expect(call).toThrow(`networking is not available in this build of Lunatic Web: ${name}`);
    },
  );
});

describe("distributed mode, off (host ABI 3.9)", () => {
  const LOCAL = { nodes_count: 0, get_nodes: 0, node_id: 0n, module_id: 0n } as const;

  test.each(Object.entries(LOCAL))("%s gives %s", (name, value) => {
    const { root } = new Host();
    expect(root.call(`distributed::${name}`, ...zeros(distributedSignatures, name))).toBe(value);
  });

  test("get_nodes writes nothing", () => {
    const { root } = new Host();
    const [ptr] = root.put(new Uint8Array(16).fill(7));
    root.call("distributed::get_nodes", ptr, 2);
    expect(root.u64(ptr)).toBe(0x0707_0707_0707_0707n);
  });

  test.each(others(distributedSignatures, Object.keys(LOCAL)))("%s traps", (name) => {
    const { root } = new Host();
    const call = () => root.call(`distributed::${name}`, ...zeros(distributedSignatures, name));
    expect(call).toThrow(GuestTrap);
    expect(call).toThrow("distributed mode is not available");
  });
});
