import type { ExitReason } from "./exit.ts";
import type { Pid } from "./ids.ts";
import type { Message } from "./message.ts";

/** Every signal but a message. `peer` is the other process it is about. Host ABI ch. 5. */
export type ControlSignal =
  | { readonly kind: "kill"; readonly peer: Pid }
  | { readonly kind: "dieWhenLinkDies"; readonly on: boolean }
  | { readonly kind: "link"; readonly peer: Pid; readonly tag: bigint }
  | { readonly kind: "unlink"; readonly peer: Pid }
  | { readonly kind: "linkEnded"; readonly peer: Pid; readonly tag: bigint; readonly reason: ExitReason }
  | { readonly kind: "monitor"; readonly peer: Pid }
  | { readonly kind: "stopMonitoring"; readonly peer: Pid }
  | { readonly kind: "processEnded"; readonly peer: Pid }
  /** From the parent of a process made by get_or_spawn: messages of others may come in now. */
  | { readonly kind: "openGate"; readonly peer: Pid };

/** A message is its own signal: the kinds are disjoint, and sending allocates nothing. */
export type Signal = Message | ControlSignal;

/** Numbers of EventKind.Signal's value, part of the record format: append, never renumber. */
export const SignalCode = {
  kill: 1,
  dieWhenLinkDies: 2,
  link: 3,
  unlink: 4,
  linkEnded: 5,
  monitor: 6,
  stopMonitoring: 7,
  processEnded: 8,
  openGate: 9,
} as const satisfies Record<ControlSignal["kind"], number>;
export type SignalCode = (typeof SignalCode)[keyof typeof SignalCode];

export function isMessage(signal: Signal): signal is Message {
  return signal.kind === "data" || signal.kind === "linkDied" || signal.kind === "processDied";
}
