import { formatIpv6, parseIpv4, parseIpv6 } from "./ipText";

const V4_BYTES: i32 = 4;
const V6_BYTES: i32 = 16;

/**
 * An IP address and a port: where a socket is, or is to be.
 *
 * ```ts
 * const address = SocketAddress.parse("127.0.0.1:8080");
 * if (address !== null) print(address.port.toString());
 * ```
 */
export class SocketAddress {
  private constructor(
    /** 4 or 16 bytes in network order. */
    readonly ip: StaticArray<u8>,
    /** 0 to 65,535; 0 in an address to bind asks for a free one. */
    readonly port: u16,
    /** Of an IPv6 address, else 0. */
    readonly flowInfo: u32,
    /** Of an IPv6 address, else 0. */
    readonly scopeId: u32,
  ) {}

  /** The IPv4 address a.b.c.d. */
  static v4(a: u8, b: u8, c: u8, d: u8, port: u16): SocketAddress {
    return new SocketAddress([a, b, c, d], port, 0, 0);
  }

  /**
   * An IPv6 address.
   * @param ip 16 bytes in network order, else the call traps
   */
  static v6(ip: StaticArray<u8>, port: u16, flowInfo: u32 = 0, scopeId: u32 = 0): SocketAddress {
    assert(ip.length == V6_BYTES, "an IPv6 address has 16 bytes");
    return new SocketAddress(ip, port, flowInfo, scopeId);
  }

  /**
   * Reads "127.0.0.1:80" or "[::1]:80".
   * @returns null: the text is something else, for example a host's name, which is for `resolve`
   */
  static parse(text: string): SocketAddress | null {
    const colon = text.lastIndexOf(":");
    if (colon <= 0) return null;
    const port = parsePort(text.substring(colon + 1));
    if (port < 0) return null;
    const host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      const v6 = parseIpv6(host.substring(1, host.length - 1));
      return v6 === null ? null : new SocketAddress(v6, <u16>port, 0, 0);
    }
    const v4 = parseIpv4(host);
    return v4 === null ? null : new SocketAddress(v4, <u16>port, 0, 0);
  }

  /** Whether it is an IPv4 address. */
  get isIpv4(): bool {
    return this.ip.length == V4_BYTES;
  }

  /** Whether it is an IPv6 address. */
  get isIpv6(): bool {
    return !this.isIpv4;
  }

  /** As `parse` reads it. */
  toString(): string {
    const ip = this.ip;
    const port = this.port;
    return this.isIpv4 ? `${ip[0]}.${ip[1]}.${ip[2]}.${ip[3]}:${port}` : `[${formatIpv6(ip)}]:${port}`;
  }

  /** Whether it is the same address, port included. */
  equals(other: SocketAddress): bool {
    const ip = changetype<usize>(this.ip);
    return (
      this.port == other.port &&
      this.ip.length == other.ip.length &&
      memory.compare(ip, changetype<usize>(other.ip), this.ip.length) == 0 &&
      this.flowInfo == other.flowInfo &&
      this.scopeId == other.scopeId
    );
  }

  /** What the host calls the kind of address: 4 or 6. */
  get __type(): u32 {
    return this.isIpv4 ? 4 : 6;
  }
}

/** @returns -1: not a port */
function parsePort(text: string): i32 {
  if (text.length == 0 || text.length > 5) return -1;
  let port = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    port = port * 10 + digit;
  }
  return port > 0xffff ? -1 : port;
}
