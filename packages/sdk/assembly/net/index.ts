/**
 * TCP, UDP, TLS and names of hosts:
 *
 * ```ts
 * import { TcpListener, TcpStream } from "lunatic/net";
 * ```
 */

export { resolve } from "./resolver";
export { SocketAddress } from "./socketAddress";
export { TcpConnection, TcpListener } from "./tcpListener";
export { TcpStream } from "./tcpStream";
export { TlsConnection, TlsListener } from "./tlsListener";
export { TlsStream } from "./tlsStream";
export { Datagram, UdpSocket } from "./udpSocket";
