import * as host from "../host/networking";
import { Result } from "../result";
import { OUT, SECOND_OUT, failureOf } from "./outcome";
import { addressOf, firstThatWorks, takeAddresses } from "./resolver";
import { SocketAddress } from "./socketAddress";
import { TlsStream } from "./tlsStream";

/** A connection that a listener has taken, and where it comes from. */
export class TlsConnection {
  constructor(
    /** The connection itself. */
    readonly stream: TlsStream,
    /** The address of the other end. */
    readonly peer: SocketAddress,
  ) {}
}

/**
 * Waits for TLS connections. A handshake that fails traps: accept in a process that may die.
 *
 * ```ts
 * const bound = TlsListener.bind("127.0.0.1:443", certificate, key);
 * if (bound.ok) spawn(serve, bound.value.accept().value.stream);
 * ```
 */
export class TlsListener {
  private constructor(private readonly id: u64) {}

  /**
   * Listens at an address, as `TcpListener.bind` does.
   * @param certificate one certificate as PEM; anything else traps
   * @param key its key as PEM (PKCS#8); anything else traps
   */
  static bind(address: string, certificate: Uint8Array, key: Uint8Array): Result<TlsListener> {
    const identity = new Identity(certificate, key);
    const bound = firstThatWorks<Identity>(address, "binding a TLS listener", bindOne, identity);
    const error = bound.error;
    return error === null
      ? Result.ok<TlsListener>(new TlsListener(bound.value))
      : Result.err<TlsListener>(error);
  }

  /** Waits for the next connection; there is no timeout, so a listener mostly has a process of its own. */
  accept(): Result<TlsConnection> {
    const error = failureOf(host.tls_accept(this.id, OUT, SECOND_OUT), "accepting a TLS connection");
    if (error !== null) return Result.err<TlsConnection>(error);
    const stream = TlsStream.__of(load<u64>(OUT));
    return Result.ok<TlsConnection>(new TlsConnection(stream, takeAddresses(load<u64>(SECOND_OUT))[0]));
  }

  /** Where it listens: tells which port was taken for port 0. */
  localAddress(): Result<SocketAddress> {
    return addressOf(host.tls_local_addr(this.id, OUT), "reading the address of a TLS listener");
  }

  /** Stops listening. The end of the process does it too. */
  close(): void {
    host.drop_tls_listener(this.id);
  }
}

/** Who a listener is. */
class Identity {
  constructor(
    readonly certificate: Uint8Array,
    readonly key: Uint8Array,
  ) {}
}

function bindOne(at: SocketAddress, identity: Identity): u32 {
  const certificate = identity.certificate;
  const key = identity.key;
  return host.tls_bind(
    at.__type,
    changetype<usize>(at.ip),
    at.port,
    at.flowInfo,
    at.scopeId,
    OUT,
    certificate.dataStart,
    certificate.byteLength,
    key.dataStart,
    key.byteLength,
  );
}
