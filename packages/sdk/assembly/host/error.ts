/** The imports of `lunatic::error`, as the host has them. */

/** The length in bytes of an error's text. Traps if the process has no such error. */
// @ts-ignore: decorator
@external("lunatic::error", "string_size")
export declare function string_size(errorId: u64): u32;

/** Writes an error's text as UTF-8. */
// @ts-ignore: decorator
@external("lunatic::error", "to_string")
export declare function to_string(errorId: u64, ptr: usize): void;

/** Forgets an error. Traps if the process has no such error. */
// @ts-ignore: decorator
@external("lunatic::error", "drop")
export declare function drop_error(errorId: u64): void;
