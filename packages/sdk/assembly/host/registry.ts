/** The imports of `lunatic::registry`, as the host has them. */

/** Gives a process a name, whoever has it now. */
// @ts-ignore: decorator
@external("lunatic::registry", "put")
export declare function put(namePtr: usize, nameLen: u32, nodeId: u64, processId: u64): void;

/** 0: both pointers are written; 1: no such name. */
// @ts-ignore: decorator
@external("lunatic::registry", "get")
export declare function get(namePtr: usize, nameLen: u32, nodeIdPtr: usize, processIdPtr: usize): u32;

/** Frees a name. */
// @ts-ignore: decorator
@external("lunatic::registry", "remove")
export declare function remove(namePtr: usize, nameLen: u32): void;
