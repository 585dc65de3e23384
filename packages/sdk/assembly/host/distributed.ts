/** The imports of `lunatic::distributed`, as the host has them. What each does: docs/compatibility.md. */

// @ts-ignore: decorator
@external("lunatic::distributed", "nodes_count")
export declare function nodes_count(): u32;

// @ts-ignore: decorator
@external("lunatic::distributed", "get_nodes")
export declare function get_nodes(nodesPtr: usize, nodesLen: u32): u32;

// @ts-ignore: decorator
@external("lunatic::distributed", "node_id")
export declare function node_id(): u64;

// @ts-ignore: decorator
@external("lunatic::distributed", "module_id")
export declare function module_id(): u64;

// @ts-ignore: decorator
@external("lunatic::distributed", "spawn")
export declare function spawn(nodeId: u64, configId: u64, moduleId: u64, funcPtr: usize, funcLen: u32, paramsPtr: usize, paramsLen: u32, idPtr: usize): u32;

// @ts-ignore: decorator
@external("lunatic::distributed", "send")
export declare function send(nodeId: u64, processId: u64): u32;

// @ts-ignore: decorator
@external("lunatic::distributed", "send_receive_skip_search")
export declare function send_receive_skip_search(nodeId: u64, processId: u64, waitOnTag: u64, timeout: u64): u32;

// @ts-ignore: decorator
@external("lunatic::distributed", "exec_lookup_nodes")
export declare function exec_lookup_nodes(queryPtr: usize, queryLen: u32, queryIdPtr: usize, nodesLenPtr: usize, errorPtr: usize): u32;

// @ts-ignore: decorator
@external("lunatic::distributed", "copy_lookup_nodes_results")
export declare function copy_lookup_nodes_results(queryId: u64, nodesPtr: usize, nodesLen: u32, errorPtr: usize): u32;

// @ts-ignore: decorator
@external("lunatic::distributed", "test_root_cert")
export declare function test_root_cert(lenPtr: usize): u32;

// @ts-ignore: decorator
@external("lunatic::distributed", "default_server_certificates")
export declare function default_server_certificates(certPemPtr: usize, certPemLen: u32, pkPemPtr: usize, pkPemLen: u32, lenPtr: usize): u32;

// @ts-ignore: decorator
@external("lunatic::distributed", "sign_node")
export declare function sign_node(certPemPtr: usize, certPemLen: u32, pkPemPtr: usize, pkPemLen: u32, csrPemPtr: usize, csrPemLen: u32, lenPtr: usize): u32;
