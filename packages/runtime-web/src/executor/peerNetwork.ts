import type { PeerEnvelope, Peers } from "../kernel/peers.ts";
import type { InitMessage } from "./executorHost.ts";

export class PeerNetwork implements Peers {
  constructor(_init: InitMessage, _receive: (from: number, envelope: PeerEnvelope) => void) {}
  post(to: number, envelope: PeerEnvelope): void {
    throw new Error(`no way to executor ${to} for ${envelope.type}`);
  }
  poll(): void {}
  onArrival(_then: () => void): void {}
}
