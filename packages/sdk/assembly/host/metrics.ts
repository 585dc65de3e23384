/** The imports of `lunatic::metrics`, as the host has them. */

/** Adds to a counter. */
// @ts-ignore: decorator
@external("lunatic::metrics", "counter")
export declare function counter(namePtr: usize, nameLen: u32, value: u64): void;

/** Adds one to a counter. */
// @ts-ignore: decorator
@external("lunatic::metrics", "increment_counter")
export declare function increment_counter(namePtr: usize, nameLen: u32): void;

/** Sets a gauge. */
// @ts-ignore: decorator
@external("lunatic::metrics", "gauge")
export declare function gauge(namePtr: usize, nameLen: u32, value: f64): void;

/** Adds to a gauge. */
// @ts-ignore: decorator
@external("lunatic::metrics", "increment_gauge")
export declare function increment_gauge(namePtr: usize, nameLen: u32, value: f64): void;

/** Takes from a gauge. */
// @ts-ignore: decorator
@external("lunatic::metrics", "decrement_gauge")
export declare function decrement_gauge(namePtr: usize, nameLen: u32, value: f64): void;

/** Records a value. */
// @ts-ignore: decorator
@external("lunatic::metrics", "histogram")
export declare function histogram(namePtr: usize, nameLen: u32, value: f64): void;
