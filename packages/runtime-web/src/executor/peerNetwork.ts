import type { PeerEnvelope, Peers } from "../kernel/peers.ts";
import { type Channel, Doorbells, PortChannel, RingChannel } from "../mailbox/index.ts";
import type { PeerLink } from "../protocol/hubExecutor.ts";
import { decodeLoad, encodeLoad } from "../protocol/loadFrame.ts";
import { decodeLoan, encodeLoan, type LoanWord } from "../protocol/loanFrame.ts";
import { decodeEnvelope, encodeEnvelope } from "../protocol/peerCodec.ts";
import { framePort } from "../protocol/peerPort.ts";

/** What a frame that waits takes besides its bytes. */
const FRAME_BYTES = 200;

export interface PeerNetworkOptions {
  readonly own: number;
  readonly links: readonly PeerLink[];
  /** Doorbells of all executors; undefined when no link is a ring. */
  readonly bells: SharedArrayBuffer | undefined;
  /** The newest number of an environment's events here, to travel with its envelopes. */
  sequence(environment: number): number;
  /** @param sequence what `sequence` was at the sender */
  receive(from: number, envelope: PeerEnvelope, sequence: number): void;
  /** Another executor says how many processes it could run. */
  receiveLoad(from: number, runnable: number): void;
  /** Another executor asks for stacks or gives some. */
  receiveLoan(from: number, word: LoanWord): void;
  /** How much an environment may have posted that another executor has not taken in yet, bytes. */
  readonly backlogLimitBytes: number;
  /** An environment has more than that under way to executor `to`. */
  overflow(environment: number, to: number): void;
  /** Envelopes were handed over outside a turn of the scheduler. */
  arrived(): void;
}

/** The way of one executor's kernel to all others: one channel each, in shared memory or over a port. */
export class PeerNetwork implements Peers {
  readonly #options: PeerNetworkOptions;
  readonly #channels: (Channel | undefined)[];
  /** Per channel: what each environment has posted since its last backlog began. Who floods, grows fastest. */
  readonly #backlogs: Map<number, number>[];

  constructor(options: PeerNetworkOptions) {
    this.#options = options;
    const doorbells = options.bells && new Doorbells(options.bells, options.own);
    this.#channels = options.links.map((link, index) => {
      const channel = openChannel(link, index, doorbells, options.arrived);
      if (channel !== undefined) channel.onFrame = (frame) => this.#receive(index, frame);
      return channel;
    });
    this.#backlogs = this.#channels.map(() => new Map());
    doorbells?.listen(() => {
      if (this.poll()) options.arrived();
    });
  }

  post(to: number, envelope: PeerEnvelope): void {
    const channel = this.#channels[to];
    if (channel === undefined) throw new Error(`There is no way to executor ${to} for a ${envelope.type}`);
    const frame = encodeEnvelope(envelope, this.#options.sequence(envelope.environment));
    channel.post(frame);
    if (channel.hasBacklog) this.#count(to, envelope.environment, frame.length);
    else if (this.#backlogs[to]!.size > 0) this.#backlogs[to]!.clear();
  }

  /** Tells all others how many processes this executor could run. */
  postLoad(runnable: number): void {
    const frame = encodeLoad(runnable);
    for (const channel of this.#channels) channel?.post(frame);
  }

  postLoan(to: number, word: LoanWord): void {
    this.#channels[to]?.post(encodeLoan(word));
  }

  /** Takes in what has arrived. Returns whether there was anything. */
  poll(): boolean {
    let hasArrived = false;
    for (const channel of this.#channels) if (channel?.poll()) hasArrived = true;
    return hasArrived;
  }

  /** An executor is gone: nothing goes there or comes from there any more. */
  executorLost(index: number): void {
    this.#channels[index]?.close();
    this.#channels[index] = undefined;
  }

  #count(to: number, environment: number, bytes: number): void {
    const backlog = this.#backlogs[to]!;
    const before = backlog.get(environment) ?? 0;
    const after = before + bytes + FRAME_BYTES;
    backlog.set(environment, after);
    const limit = this.#options.backlogLimitBytes;
    if (before <= limit && after > limit) this.#options.overflow(environment, to);
  }

  #receive(from: number, frame: Uint8Array<ArrayBuffer>): void {
    const load = decodeLoad(frame);
    if (load !== undefined) {
      this.#options.receiveLoad(from, load);
      return;
    }
    const loan = decodeLoan(frame);
    if (loan !== undefined) {
      this.#options.receiveLoan(from, loan);
      return;
    }
    const { envelope, sequence } = decodeEnvelope(frame);
    this.#options.receive(from, envelope, sequence);
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
