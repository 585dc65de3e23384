/** The imports of `lunatic::trap`, as the host has them. */

/** Calls the export `_lunatic_catch_trap` with both values. Its result, or 0 if it trapped. */
// @ts-ignore: decorator
@external("lunatic::trap", "catch")
export declare function catch_trap(index: u32, pointer: usize): usize;
