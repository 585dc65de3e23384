/** The imports of `lunatic::networking`, as the host has them. */

/** Asks for the addresses of `host:port`. 0: the id of a list; 1: of an error; 9027: the time was up. */
// @ts-ignore: decorator
@external("lunatic::networking", "resolve")
export declare function resolve(namePtr: usize, nameLen: u32, timeout: u64, idPtr: usize): u32;

/** Forgets a list of addresses. Traps if the process has no such list. */
// @ts-ignore: decorator
@external("lunatic::networking", "drop_dns_iterator")
export declare function drop_dns_iterator(dnsIterId: u64): void;

/** Takes the next address from a list. 1: there is none left. */
// @ts-ignore: decorator
@external("lunatic::networking", "resolve_next")
export declare function resolve_next(dnsIterId: u64, addrTypeU32Ptr: usize, addrPtr: usize, portU16Ptr: usize, flowInfoU32Ptr: usize, scopeIdU32Ptr: usize): u32;

/** Listens at an address. 0: the id of a listener; 1: of an error. */
// @ts-ignore: decorator
@external("lunatic::networking", "tcp_bind")
export declare function tcp_bind(addrType: u32, addrPtr: usize, port: u32, flowInfo: u32, scopeId: u32, idPtr: usize): u32;

/** Stops listening. */
// @ts-ignore: decorator
@external("lunatic::networking", "drop_tcp_listener")
export declare function drop_tcp_listener(tcpListenerId: u64): void;

/** Where a listener listens, as a list of one address. */
// @ts-ignore: decorator
@external("lunatic::networking", "tcp_local_addr")
export declare function tcp_local_addr(tcpListenerId: u64, idPtr: usize): u32;

/** Waits for a connection. 0: the ids of a stream and of a list with its address. */
// @ts-ignore: decorator
@external("lunatic::networking", "tcp_accept")
export declare function tcp_accept(listenerId: u64, idPtr: usize, peerPtr: usize): u32;

/** Connects to an address. 0: the id of a stream; 1: of an error; 9027: the time was up. */
// @ts-ignore: decorator
@external("lunatic::networking", "tcp_connect")
export declare function tcp_connect(addrType: u32, addrPtr: usize, port: u32, flowInfo: u32, scopeId: u32, timeout: u64, idPtr: usize): u32;

/** Where the other end of a stream is, as a list of one address. */
// @ts-ignore: decorator
@external("lunatic::networking", "tcp_peer_addr")
export declare function tcp_peer_addr(tcpStreamId: u64, idPtr: usize): u32;

/** Gives a handle of a connection back. */
// @ts-ignore: decorator
@external("lunatic::networking", "drop_tcp_stream")
export declare function drop_tcp_stream(tcpStreamId: u64): void;

/** A second handle of a connection. */
// @ts-ignore: decorator
@external("lunatic::networking", "clone_tcp_stream")
export declare function clone_tcp_stream(tcpStreamId: u64): u64;

/** Writes pieces of memory, pointer and length each. 0: how many bytes were taken. */
// @ts-ignore: decorator
@external("lunatic::networking", "tcp_write_vectored")
export declare function tcp_write_vectored(streamId: u64, ciovecArrayPtr: usize, ciovecArrayLen: u32, outPtr: usize): u32;

/** Waits for bytes and leaves them in the stream. */
// @ts-ignore: decorator
@external("lunatic::networking", "tcp_peek")
export declare function tcp_peek(streamId: u64, bufferPtr: usize, bufferLen: u32, outPtr: usize): u32;

/** Waits for bytes. 0: how many came, none at the end of the stream. */
// @ts-ignore: decorator
@external("lunatic::networking", "tcp_read")
export declare function tcp_read(streamId: u64, bufferPtr: usize, bufferLen: u32, outPtr: usize): u32;

/** Sets after how many milliseconds reads give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "set_read_timeout")
export declare function set_read_timeout(streamId: u64, duration: u64): void;

/** Sets after how many milliseconds writes give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "set_write_timeout")
export declare function set_write_timeout(streamId: u64, duration: u64): void;

/** Sets after how many milliseconds peeks give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "set_peek_timeout")
export declare function set_peek_timeout(streamId: u64, duration: u64): void;

/** After how many milliseconds reads give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "get_read_timeout")
export declare function get_read_timeout(streamId: u64): u64;

/** After how many milliseconds writes give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "get_write_timeout")
export declare function get_write_timeout(streamId: u64): u64;

/** After how many milliseconds peeks give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "get_peek_timeout")
export declare function get_peek_timeout(streamId: u64): u64;

/** Waits until what was written is on its way. */
// @ts-ignore: decorator
@external("lunatic::networking", "tcp_flush")
export declare function tcp_flush(streamId: u64, errPtr: usize): u32;

/** Listens at an address with a certificate and its key, in PEM. */
// @ts-ignore: decorator
@external("lunatic::networking", "tls_bind")
export declare function tls_bind(addrType: u32, addrPtr: usize, port: u32, flowInfo: u32, scopeId: u32, idPtr: usize, certsArrayPtr: usize, certsArrayLen: u32, keysArrayPtr: usize, keysArrayLen: u32): u32;

/** Stops listening. */
// @ts-ignore: decorator
@external("lunatic::networking", "drop_tls_listener")
export declare function drop_tls_listener(tlsListenerId: u64): void;

/** Where a listener listens, as a list of one address. */
// @ts-ignore: decorator
@external("lunatic::networking", "tls_local_addr")
export declare function tls_local_addr(tlsListenerId: u64, idPtr: usize): u32;

/** Waits for a connection. A handshake that fails traps. */
// @ts-ignore: decorator
@external("lunatic::networking", "tls_accept")
export declare function tls_accept(listenerId: u64, idPtr: usize, peerPtr: usize): u32;

/** Connects to a host by its name, with certificates to trust (pointer and length each), or the web's. */
// @ts-ignore: decorator
@external("lunatic::networking", "tls_connect")
export declare function tls_connect(addrStrPtr: usize, addrStrLen: u32, port: u32, timeout: u64, idPtr: usize, certsArrayPtr: usize, certsArrayLen: u32): u32;

/** Gives a handle of a connection back. */
// @ts-ignore: decorator
@external("lunatic::networking", "drop_tls_stream")
export declare function drop_tls_stream(tlsStreamId: u64): void;

/** A second handle of a connection. */
// @ts-ignore: decorator
@external("lunatic::networking", "clone_tls_stream")
export declare function clone_tls_stream(tlsStreamId: u64): u64;

/** Writes pieces of memory, pointer and length each. 0: how many bytes were taken. */
// @ts-ignore: decorator
@external("lunatic::networking", "tls_write_vectored")
export declare function tls_write_vectored(streamId: u64, ciovecArrayPtr: usize, ciovecArrayLen: u32, outPtr: usize): u32;

/** Waits for bytes. 0: how many came, none at the end of the stream. */
// @ts-ignore: decorator
@external("lunatic::networking", "tls_read")
export declare function tls_read(streamId: u64, bufferPtr: usize, bufferLen: u32, outPtr: usize): u32;

/** Sets after how many milliseconds reads give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "set_tls_read_timeout")
export declare function set_tls_read_timeout(streamId: u64, duration: u64): void;

/** Sets after how many milliseconds writes give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "set_tls_write_timeout")
export declare function set_tls_write_timeout(streamId: u64, duration: u64): void;

/** After how many milliseconds reads give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "get_tls_read_timeout")
export declare function get_tls_read_timeout(streamId: u64): u64;

/** After how many milliseconds writes give up. */
// @ts-ignore: decorator
@external("lunatic::networking", "get_tls_write_timeout")
export declare function get_tls_write_timeout(streamId: u64): u64;

/** Waits until what was written is on its way. */
// @ts-ignore: decorator
@external("lunatic::networking", "tls_flush")
export declare function tls_flush(streamId: u64, errPtr: usize): u32;

/** A socket at an address. */
// @ts-ignore: decorator
@external("lunatic::networking", "udp_bind")
export declare function udp_bind(addrType: u32, addrPtr: usize, port: u32, flowInfo: u32, scopeId: u32, idPtr: usize): u32;

/** Where a socket is, as a list of one address. */
// @ts-ignore: decorator
@external("lunatic::networking", "udp_local_addr")
export declare function udp_local_addr(udpSocketId: u64, idPtr: usize): u32;

/** Where a socket is connected to, as a list of one address. 1: it is not connected. */
// @ts-ignore: decorator
@external("lunatic::networking", "udp_peer_addr")
export declare function udp_peer_addr(udpSocketId: u64, idPtr: usize): u32;

/** Gives a handle of a socket back. */
// @ts-ignore: decorator
@external("lunatic::networking", "drop_udp_socket")
export declare function drop_udp_socket(udpSocketId: u64): void;

/** Waits for a datagram. 0: how many of its bytes were put there. */
// @ts-ignore: decorator
@external("lunatic::networking", "udp_receive")
export declare function udp_receive(socketId: u64, bufferPtr: usize, bufferLen: u32, outPtr: usize): u32;

/** Waits for a datagram, and tells who sent it, as a list of one address. */
// @ts-ignore: decorator
@external("lunatic::networking", "udp_receive_from")
export declare function udp_receive_from(socketId: u64, bufferPtr: usize, bufferLen: u32, outPtr: usize, dnsIterPtr: usize): u32;

/** Connects a socket to an address. */
// @ts-ignore: decorator
@external("lunatic::networking", "udp_connect")
export declare function udp_connect(udpSocketId: u64, addrType: u32, addrPtr: usize, port: u32, flowInfo: u32, scopeId: u32, timeout: u64, idPtr: usize): u32;

/** A second handle of a socket. */
// @ts-ignore: decorator
@external("lunatic::networking", "clone_udp_socket")
export declare function clone_udp_socket(udpSocketId: u64): u64;

/** Lets a socket send to broadcast addresses, or not. */
// @ts-ignore: decorator
@external("lunatic::networking", "set_udp_socket_broadcast")
export declare function set_udp_socket_broadcast(udpSocketId: u64, broadcast: u32): void;

/** Whether a socket may send to broadcast addresses. */
// @ts-ignore: decorator
@external("lunatic::networking", "get_udp_socket_broadcast")
export declare function get_udp_socket_broadcast(udpSocketId: u64): u32;

/** Sets how many hops datagrams may make. */
// @ts-ignore: decorator
@external("lunatic::networking", "set_udp_socket_ttl")
export declare function set_udp_socket_ttl(udpSocketId: u64, ttl: u32): void;

/** How many hops datagrams may make. */
// @ts-ignore: decorator
@external("lunatic::networking", "get_udp_socket_ttl")
export declare function get_udp_socket_ttl(udpSocketId: u64): u32;

/** Sends a datagram to an address. */
// @ts-ignore: decorator
@external("lunatic::networking", "udp_send_to")
export declare function udp_send_to(socketId: u64, bufferPtr: usize, bufferLen: u32, addrType: u32, addrPtr: usize, port: u32, flowInfo: u32, scopeId: u32, outPtr: usize): u32;

/** Sends a datagram to the address that a socket is connected to. */
// @ts-ignore: decorator
@external("lunatic::networking", "udp_send")
export declare function udp_send(socketId: u64, bufferPtr: usize, bufferLen: u32, outPtr: usize): u32;
