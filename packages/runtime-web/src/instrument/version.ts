/**
 * Changes whenever the same input may give other bytes or other info: caches of instrumented modules use it in
 * their key.
 */
export const INSTRUMENTER_VERSION = "10";
