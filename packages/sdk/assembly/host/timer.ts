/** The imports of `lunatic::timer`, as the host has them. */

/** Sends the message in scratch after a delay, and returns the timer's id. */
// @ts-ignore: decorator
@external("lunatic::timer", "send_after")
export declare function send_after(processId: u64, delayMs: u64): u64;

/** 1: the timer was still known, and is stopped if it had not fired. */
// @ts-ignore: decorator
@external("lunatic::timer", "cancel_timer")
export declare function cancel_timer(timerId: u64): u32;
