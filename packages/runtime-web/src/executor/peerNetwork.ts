import type { PeerEnvelope, Peers } from "../kernel/peers.ts";
import { type Channel, Doorbells, PortChannel, RingChannel } from "../mailbox/index.ts";
import type { PeerLink } from "../protocol/hubExecutor.ts";
import { decodeEnvelope, encodeEnvelope } from "../protocol/peerCodec.ts";
import { framePort } from "../protocol/peerPort.ts";

export interface PeerNetworkOptions {
  readonly own: number;
  readonly links: readonly PeerLink[];
  /** Doorbells of all executors; undefined when no link is a ring. */
  readonly bells: SharedArrayBuffer | undefined;
  receive(from: number, envelope: PeerEnvelope): void;
  /** Envelopes were handed over outside a turn of the scheduler. */
  arrived(): void;
}

/** The way of one executor's kernel to all others: one channel each, in shared memory or over a port. */
export class PeerNetwork implements Peers {
  readonly #channels: (Channel | undefined)[];

  constructor(options: PeerNetworkOptions) {
    const doorbells = options.bells && new Doorbells(options.bells, options.own);
    this.#channels = options.links.map((link, index) => {
      const channel = openChannel(link, index, doorbells, options.arrived);
      if (channel !== undefined) {
        channel.onFrame = (frame) => options.receive(index, decodeEnvelope(frame));
      }
      return channel;
    });
    doorbells?.listen(() => {
      if (this.poll()) options.arrived();
    });
  }

  post(to: number, envelope: PeerEnvelope): void {
    const channel = this.#channels[to];
    if (channel === undefined) throw new Error(`There is no way to executor ${to} for a ${envelope.type}`);
    channel.post(encodeEnvelope(envelope));
  }

  /** Takes in what has arrived. Returns whether there was anything. */
  poll(): boolean {
    let hasArrived = false;
    for (const channel of this.#channels) if (channel?.poll()) hasArrived = true;
    return hasArrived;
  }
}

function openChannel(
  link: PeerLink,
  peer: number,
  doorbells: Doorbells | undefined,
  arrived: () => void,
): Channel | undefined {
  if (link.type === "none") return undefined;
  if (link.type === "port") return new PortChannel(framePort(link.port), arrived);
  return new RingChannel({ incoming: link.incoming, outgoing: link.outgoing, peer, doorbells: doorbells! });
}
