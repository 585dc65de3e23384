/** The imports of `lunatic::message`, as the host has them. */

/** Starts a message in the process' scratch area. Tag 0: none. The capacity is a hint. */
// @ts-ignore: decorator
@external("lunatic::message", "create_data")
export declare function create_data(tag: i64, capacity: u64): void;

/** Appends bytes to the message in scratch. */
// @ts-ignore: decorator
@external("lunatic::message", "write_data")
export declare function write_data(ptr: usize, len: u32): u32;

/** Copies up to `len` bytes from the read position of the message in scratch, and says how many; 0 at its end. */
// @ts-ignore: decorator
@external("lunatic::message", "read_data")
export declare function read_data(ptr: usize, len: u32): u32;

/** Sets the read position. */
// @ts-ignore: decorator
@external("lunatic::message", "seek_data")
export declare function seek_data(index: u64): void;

/** The tag of the message in scratch, 0 if it has none. */
// @ts-ignore: decorator
@external("lunatic::message", "get_tag")
export declare function get_tag(): i64;

/** Who died, if the message in scratch tells of a process that was monitored; else 0. */
// @ts-ignore: decorator
@external("lunatic::message", "get_process_id")
export declare function get_process_id(): u64;

/** The length of the message in scratch, wherever the read position is. */
// @ts-ignore: decorator
@external("lunatic::message", "data_size")
export declare function data_size(): u64;

/** Adds a module to the message and returns its slot. The process keeps the module. */
// @ts-ignore: decorator
@external("lunatic::message", "push_module")
export declare function push_module(moduleId: u64): u64;

/** Takes the module of a slot into the process' table. */
// @ts-ignore: decorator
@external("lunatic::message", "take_module")
export declare function take_module(index: u64): u64;

/** Moves a TCP stream from the process' table into the message and returns its slot. */
// @ts-ignore: decorator
@external("lunatic::message", "push_tcp_stream")
export declare function push_tcp_stream(streamId: u64): u64;

/** Takes the TCP stream of a slot into the process' table. */
// @ts-ignore: decorator
@external("lunatic::message", "take_tcp_stream")
export declare function take_tcp_stream(index: u64): u64;

/** Moves a TLS stream from the process' table into the message and returns its slot. */
// @ts-ignore: decorator
@external("lunatic::message", "push_tls_stream")
export declare function push_tls_stream(streamId: u64): u64;

/** Takes the TLS stream of a slot into the process' table. */
// @ts-ignore: decorator
@external("lunatic::message", "take_tls_stream")
export declare function take_tls_stream(index: u64): u64;

/** Sends the message in scratch. If there is no such process it is dropped silently. */
// @ts-ignore: decorator
@external("lunatic::message", "send")
export declare function send(processId: u64): u32;

/** Sends, then waits for a message with a tag that comes after. 0: it is in scratch; 9027: timed out. */
// @ts-ignore: decorator
@external("lunatic::message", "send_receive_skip_search")
export declare function send_receive_skip_search(processId: u64, waitOnTag: i64, timeout: u64): u32;

/** Waits for the next message with one of the tags, or any for none. 0: data, 1: a link died, 2: a process died, 9027: timed out. */
// @ts-ignore: decorator
@external("lunatic::message", "receive")
export declare function receive(tagPtr: usize, tagLen: u32, timeout: u64): u32;

/** Moves a UDP socket from the process' table into the message and returns its slot. */
// @ts-ignore: decorator
@external("lunatic::message", "push_udp_socket")
export declare function push_udp_socket(socketId: u64): u64;

/** Takes the UDP socket of a slot into the process' table. */
// @ts-ignore: decorator
@external("lunatic::message", "take_udp_socket")
export declare function take_udp_socket(index: u64): u64;
