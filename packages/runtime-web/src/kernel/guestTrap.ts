/** A host call that fails as the ABI says: the calling process ends as Failure, unless it is inside trap::catch. */
export class GuestTrap extends Error {
  override name = "GuestTrap";
}

/**
 * Control flow, not a fault: unwinds the guest stack of a process that is dead already (killed, or taken along by a
 * link). Whoever catches it only discards the stack; `Kernel.exit` has run. trap::catch must not swallow it.
 */
export class ProcessStopped extends Error {
  override name = "ProcessStopped";
}
