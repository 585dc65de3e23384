import { LunaticError } from "../error";
import { push_udp_socket, take_udp_socket } from "../host/message";
import * as host from "../host/networking";
import { Result } from "../result";
import { OUT, SECOND_OUT, countOf, failureOf } from "./outcome";
import { addressOf, addressesOf, firstThatWorks, takeAddresses } from "./resolver";
import { SocketAddress } from "./socketAddress";

/** What udp_peer_addr answers for a socket that is not connected. */
const NOT_CONNECTED: u32 = 1;
/** An attempt to connect is made at once, whatever the timeout; lunatic-rs passes this one. */
const AT_ONCE: u64 = 0;

/** How many bytes a datagram had, and who sent it. */
export class Datagram {
  constructor(
    /** Of what was received; what the buffer had no room for is lost. */
    readonly byteLength: u32,
    /** Where it came from; an answer goes there. */
    readonly sender: SocketAddress,
  ) {}
}

/** In the place of an id that was sent away: the host knows no such id, so that using the handle traps. */
const GIVEN_AWAY: u64 = u64.MAX_VALUE;

/**
 * Sends and receives datagrams.
 *
 * ```ts
 * const socket = UdpSocket.bind("127.0.0.1:0").expect("no socket");
 * socket.sendTo(Uint8Array.wrap(String.UTF8.encode("ping")), "127.0.0.1:7");
 * ```
 */
export class UdpSocket {
  private constructor(private id: u64) {}

  /** The handle of a socket in this process' table. */
  static __of(id: u64): UdpSocket {
    return new UdpSocket(id);
  }

  /** A socket at an address, as `TcpListener.bind` takes it. */
  static bind(address: string): Result<UdpSocket> {
    const bound = firstThatWorks<u32>(address, "binding a UDP socket", bindOne, 0);
    const error = bound.error;
    return error === null ? Result.ok<UdpSocket>(new UdpSocket(bound.value)) : Result.err<UdpSocket>(error);
  }

  /** Where it is: tells which port was taken for port 0. */
  localAddress(): Result<SocketAddress> {
    return addressOf(host.udp_local_addr(this.id, OUT), "reading the address of a UDP socket");
  }

  /** Where it is connected to. */
  peerAddress(): Result<SocketAddress> {
    const code = host.udp_peer_addr(this.id, OUT);
    const answer = addressOf(code, "reading the address of a UDP peer");
    if (code != NOT_CONNECTED) return answer;
    return Result.err<SocketAddress>(new LunaticError("the UDP socket is not connected"));
  }

  /** From here on `send` sends to that address, and `receive` takes datagrams from nowhere else. */
  connect(address: string): LunaticError | null {
    return firstThatWorks<u64>(address, "connecting a UDP socket", connectOne, this.id).error;
  }

  /** Sends a datagram to the address the socket is connected to. */
  send(bytes: Uint8Array): Result<u32> {
    const code = host.udp_send(this.id, bytes.dataStart, bytes.byteLength, OUT);
    return countOf(code, "sending a datagram");
  }

  /** Sends a datagram to an address; if a name has several, to the first. */
  sendTo(bytes: Uint8Array, address: string): Result<u32> {
    const resolved = addressesOf(address);
    const error = resolved.error;
    if (error !== null) return Result.err<u32>(error);
    if (resolved.value.length == 0) return Result.err<u32>(new LunaticError(`${address} has no address`));
    return this.sendToAddress(bytes, resolved.value[0]);
  }

  /** Sends a datagram to an address that is known, for example the sender of another one. */
  sendToAddress(bytes: Uint8Array, to: SocketAddress): Result<u32> {
    const code = host.udp_send_to(
      this.id,
      bytes.dataStart,
      bytes.byteLength,
      to.__type,
      changetype<usize>(to.ip),
      to.port,
      to.flowInfo,
      to.scopeId,
      OUT,
    );
    return countOf(code, "sending a datagram");
  }

  /**
   * Waits for a datagram. What does not fit into the buffer is lost.
   * @returns how many bytes it has put there
   */
  receive(into: Uint8Array): Result<u32> {
    return countOf(host.udp_receive(this.id, into.dataStart, into.byteLength, OUT), "receiving a datagram");
  }

  /** As `receive`, and tells who sent it. */
  receiveFrom(into: Uint8Array): Result<Datagram> {
    const code = host.udp_receive_from(this.id, into.dataStart, into.byteLength, OUT, SECOND_OUT);
    const error = failureOf(code, "receiving a datagram");
    if (error !== null) return Result.err<Datagram>(error);
    const length = <u32>load<u64>(OUT);
    return Result.ok<Datagram>(new Datagram(length, takeAddresses(load<u64>(SECOND_OUT))[0]));
  }

  /** Whether it may send to a broadcast address. */
  get broadcast(): bool {
    return host.get_udp_socket_broadcast(this.id) != 0;
  }

  set broadcast(on: bool) {
    host.set_udp_socket_broadcast(this.id, on ? 1 : 0);
  }

  /** How many hops a datagram may make. */
  get ttl(): u32 {
    return host.get_udp_socket_ttl(this.id);
  }

  set ttl(hops: u32) {
    host.set_udp_socket_ttl(this.id, hops);
  }

  /** A second handle of the same socket. */
  clone(): UdpSocket {
    return new UdpSocket(host.clone_udp_socket(this.id));
  }

  /** Gives the handle back. The end of the process does it too. */
  close(): void {
    host.drop_udp_socket(this.id);
  }

  /** Writes it into a message. */
  __encode<W>(writer: W): void {
    writer.put<u64>(push_udp_socket(this.id));
    this.id = GIVEN_AWAY;
  }

  /** Reads it from a message. */
  __decode<R>(reader: R): void {
    this.id = take_udp_socket(reader.get<u64>());
  }

  /** The name of the type in Rust. */
  __typeName(): string {
    return "lunatic::net::udp::UdpSocket";
  }
}

function bindOne(at: SocketAddress, _: u32): u32 {
  return host.udp_bind(at.__type, changetype<usize>(at.ip), at.port, at.flowInfo, at.scopeId, OUT);
}

function connectOne(to: SocketAddress, socket: u64): u32 {
  const ip = changetype<usize>(to.ip);
  return host.udp_connect(socket, to.__type, ip, to.port, to.flowInfo, to.scopeId, AT_ONCE, OUT);
}
