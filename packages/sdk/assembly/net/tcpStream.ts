import { LunaticError } from "../error";
import { push_tcp_stream, take_tcp_stream } from "../host/message";
import * as host from "../host/networking";
import { FOREVER } from "../process/receive";
import { Result } from "../result";
import { ByteSlices } from "./byteSlices";
import { OUT, countOf, failureOf } from "./outcome";
import { addressOf, firstThatWorks } from "./resolver";
import { SocketAddress } from "./socketAddress";

/** In the place of an id that was sent away: the host knows no such id, so that using the handle traps. */
const GIVEN_AWAY: u64 = u64.MAX_VALUE;

/**
 * A TCP connection. It can be sent in a message, and is then the receiver's: this handle is of no use any more.
 * Timeouts belong to the connection, all its handles share them.
 *
 * ```ts
 * const connected = TcpStream.connect("example.org:80");
 * if (connected.ok) connected.value.write(Uint8Array.wrap(String.UTF8.encode("GET / HTTP/1.0\r\n\r\n")));
 * ```
 */
export class TcpStream {
  private constructor(private id: u64) {}

  /** The handle of a stream in this process' table. */
  static __of(id: u64): TcpStream {
    return new TcpStream(id);
  }

  /**
   * Connects to an address: "127.0.0.1:80" or "example.org:80".
   * @param milliseconds gives up an attempt after so many milliseconds
   */
  static connect(address: string, milliseconds: u64 = FOREVER): Result<TcpStream> {
    const connected = firstThatWorks<u64>(address, "connecting over TCP", connectOne, milliseconds);
    const error = connected.error;
    return error === null
      ? Result.ok<TcpStream>(new TcpStream(connected.value))
      : Result.err<TcpStream>(error);
  }

  /** Where the other end is. */
  peerAddress(): Result<SocketAddress> {
    return addressOf(host.tcp_peer_addr(this.id, OUT), "reading the address of a TCP peer");
  }

  /**
   * Waits for bytes and puts them at the start of a buffer.
   * @returns how many; 0: the other end has closed the connection
   */
  read(into: Uint8Array): Result<u32> {
    const code = host.tcp_read(this.id, into.dataStart, into.byteLength, OUT);
    return countOf(code, "reading from a TCP stream");
  }

  /** As `read`, but the bytes stay in the stream. */
  peek(into: Uint8Array): Result<u32> {
    const code = host.tcp_peek(this.id, into.dataStart, into.byteLength, OUT);
    return countOf(code, "peeking into a TCP stream");
  }

  /** @returns how many bytes were taken, which may be fewer than given */
  write(bytes: Uint8Array): Result<u32> {
    return this.writeVectored([bytes]);
  }

  /** Writes several pieces as if they were one. */
  writeVectored(pieces: Uint8Array[]): Result<u32> {
    const slices = new ByteSlices(pieces);
    const code = host.tcp_write_vectored(this.id, slices.start, slices.length, OUT);
    return countOf(code, "writing to a TCP stream");
  }

  /** Waits until everything that was written is on its way. */
  flush(): LunaticError | null {
    return failureOf(host.tcp_flush(this.id, OUT), "flushing a TCP stream");
  }

  /** Milliseconds after which a read fails; FOREVER: never, as at first. */
  get readTimeout(): u64 {
    return host.get_read_timeout(this.id);
  }

  set readTimeout(ms: u64) {
    host.set_read_timeout(this.id, ms);
  }

  /** Milliseconds after which a write fails; FOREVER: never, as at first. */
  get writeTimeout(): u64 {
    return host.get_write_timeout(this.id);
  }

  set writeTimeout(ms: u64) {
    host.set_write_timeout(this.id, ms);
  }

  /** Milliseconds after which a peek fails; FOREVER: never, as at first. */
  get peekTimeout(): u64 {
    return host.get_peek_timeout(this.id);
  }

  set peekTimeout(ms: u64) {
    host.set_peek_timeout(this.id, ms);
  }

  /** A second handle of the same connection. It closes when the last handle is closed. */
  clone(): TcpStream {
    return new TcpStream(host.clone_tcp_stream(this.id));
  }

  /** Gives the handle back. The end of the process does it too. */
  close(): void {
    host.drop_tcp_stream(this.id);
  }

  /** Writes it into a message. */
  __encode<W>(writer: W): void {
    writer.put<u64>(push_tcp_stream(this.id));
    this.id = GIVEN_AWAY;
  }

  /** Reads it from a message. */
  __decode<R>(reader: R): void {
    this.id = take_tcp_stream(reader.get<u64>());
  }

  /** The name of the type in Rust. */
  __typeName(): string {
    return "lunatic::net::tcp_stream::TcpStream";
  }
}

function connectOne(to: SocketAddress, milliseconds: u64): u32 {
  const ip = changetype<usize>(to.ip);
  return host.tcp_connect(to.__type, ip, to.port, to.flowInfo, to.scopeId, milliseconds, OUT);
}
