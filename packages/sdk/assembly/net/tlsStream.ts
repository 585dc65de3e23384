import { LunaticError } from "../error";
import { push_tls_stream, take_tls_stream } from "../host/message";
import * as host from "../host/networking";
import { FOREVER } from "../process/receive";
import { Result } from "../result";
import { ByteSlices } from "./byteSlices";
import { OUT, countOf, failureOf } from "./outcome";

/** In the place of an id that was sent away: the host knows no such id, so that using the handle traps. */
const GIVEN_AWAY: u64 = u64.MAX_VALUE;

/**
 * A TCP connection that is encrypted. It can be sent in a message, and is then the receiver's: this handle is of no use any more.
 * Timeouts belong to the connection, all its handles share them.
 *
 * ```ts
 * const connected = TlsStream.connect("example.org", 443);
 * if (connected.ok) connected.value.write(Uint8Array.wrap(String.UTF8.encode("GET / HTTP/1.0\r\n\r\n")));
 * ```
 */
export class TlsStream {
  private constructor(private id: u64) {}

  /** The handle of a stream in this process' table. */
  static __of(id: u64): TlsStream {
    return new TlsStream(id);
  }

  /**
   * Connects to a host and makes sure that it is the host that was asked for.
   * @param name of the host, as its certificate has it
   * @param milliseconds gives up the connection below after so many milliseconds
   * @param roots certificates (PEM) to trust; none: those that the web trusts
   */
  static connect(
    name: string,
    port: u16,
    milliseconds: u64 = FOREVER,
    roots: Uint8Array[] = [],
  ): Result<TlsStream> {
    const text = String.UTF8.encode(name);
    const start = changetype<usize>(text);
    const trusted = new ByteSlices(roots);
    const code = host.tls_connect(start, text.byteLength, port, milliseconds, OUT, trusted.start, trusted.length);
    const error = failureOf(code, "connecting over TLS");
    return error === null ? Result.ok<TlsStream>(new TlsStream(load<u64>(OUT))) : Result.err<TlsStream>(error);
  }

  /**
   * Waits for bytes and puts them at the start of a buffer.
   * @returns how many; 0: the other end has closed the connection
   */
  read(into: Uint8Array): Result<u32> {
    const code = host.tls_read(this.id, into.dataStart, into.byteLength, OUT);
    return countOf(code, "reading from a TLS stream");
  }

  /** @returns how many bytes were taken, which may be fewer than given */
  write(bytes: Uint8Array): Result<u32> {
    return this.writeVectored([bytes]);
  }

  /** Writes several pieces as if they were one. */
  writeVectored(pieces: Uint8Array[]): Result<u32> {
    const slices = new ByteSlices(pieces);
    const code = host.tls_write_vectored(this.id, slices.start, slices.length, OUT);
    return countOf(code, "writing to a TLS stream");
  }

  /** Waits until everything that was written is on its way. */
  flush(): LunaticError | null {
    return failureOf(host.tls_flush(this.id, OUT), "flushing a TLS stream");
  }

  /** Milliseconds after which a read fails; FOREVER: never, as at first. */
  get readTimeout(): u64 {
    return host.get_tls_read_timeout(this.id);
  }

  set readTimeout(ms: u64) {
    host.set_tls_read_timeout(this.id, ms);
  }

  /** Milliseconds after which a write fails; FOREVER: never, as at first. */
  get writeTimeout(): u64 {
    return host.get_tls_write_timeout(this.id);
  }

  set writeTimeout(ms: u64) {
    host.set_tls_write_timeout(this.id, ms);
  }

  /** A second handle of the same connection. It closes when the last handle is closed. */
  clone(): TlsStream {
    return new TlsStream(host.clone_tls_stream(this.id));
  }

  /** Gives the handle back. The end of the process does it too. */
  close(): void {
    host.drop_tls_stream(this.id);
  }

  /** Writes it into a message. */
  __encode<W>(writer: W): void {
    writer.put<u64>(push_tls_stream(this.id));
    this.id = GIVEN_AWAY;
  }

  /** Reads it from a message. */
  __decode<R>(reader: R): void {
    this.id = take_tls_stream(reader.get<u64>());
  }

  /** The name of the type in Rust. */
  __typeName(): string {
    return "lunatic::net::tls_stream::TlsStream";
  }
}
