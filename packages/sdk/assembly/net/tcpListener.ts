import * as host from "../host/networking";
import { Result } from "../result";
import { OUT, SECOND_OUT, failureOf } from "./outcome";
import { addressOf, firstThatWorks, takeAddresses } from "./resolver";
import { SocketAddress } from "./socketAddress";
import { TcpStream } from "./tcpStream";

/** A connection that a listener has taken, and where it comes from. */
export class TcpConnection {
  constructor(
    /** The connection itself. */
    readonly stream: TcpStream,
    /** The address of the other end. */
    readonly peer: SocketAddress,
  ) {}
}

/**
 * Waits for TCP connections. A listener belongs to the process that bound it.
 *
 * ```ts
 * const bound = TcpListener.bind("127.0.0.1:0");
 * const listener = bound.expect("cannot listen");
 * while (true) {
 *   const accepted = listener.accept();
 *   if (!accepted.ok) break;
 *   spawn(serve, accepted.value.stream);
 * }
 * ```
 */
export class TcpListener {
  private constructor(private readonly id: u64) {}

  /**
   * Listens at an address: "127.0.0.1:8080", "[::1]:8080" or "localhost:8080". Port 0 stands for any free one.
   * If a name has several addresses, the first that works is taken.
   */
  static bind(address: string): Result<TcpListener> {
    const bound = firstThatWorks<u32>(address, "binding a TCP listener", bindOne, 0);
    const error = bound.error;
    return error === null
      ? Result.ok<TcpListener>(new TcpListener(bound.value))
      : Result.err<TcpListener>(error);
  }

  /** Waits for the next connection; there is no timeout, so a listener mostly has a process of its own. */
  accept(): Result<TcpConnection> {
    const error = failureOf(host.tcp_accept(this.id, OUT, SECOND_OUT), "accepting a TCP connection");
    if (error !== null) return Result.err<TcpConnection>(error);
    const stream = TcpStream.__of(load<u64>(OUT));
    return Result.ok<TcpConnection>(new TcpConnection(stream, takeAddresses(load<u64>(SECOND_OUT))[0]));
  }

  /** Where it listens: tells which port was taken for port 0. */
  localAddress(): Result<SocketAddress> {
    return addressOf(host.tcp_local_addr(this.id, OUT), "reading the address of a TCP listener");
  }

  /** Stops listening. The end of the process does it too. */
  close(): void {
    host.drop_tcp_listener(this.id);
  }
}

function bindOne(at: SocketAddress, _: u32): u32 {
  return host.tcp_bind(at.__type, changetype<usize>(at.ip), at.port, at.flowInfo, at.scopeId, OUT);
}
