import { createBells, createRing } from "../mailbox/index.ts";

/** The way between an executor and the database worker, as one of its two ends is given it. */
export type DatabaseLink =
  | {
      readonly type: "rings";
      readonly incoming: SharedArrayBuffer;
      readonly outgoing: SharedArrayBuffer;
      /** One word for each executor, and one for the worker behind them. */
      readonly bells: SharedArrayBuffer;
      readonly own: number;
      readonly peer: number;
    }
  | { readonly type: "port"; readonly port: MessagePort };

export interface DatabaseLinkEnds {
  readonly ofExecutor: DatabaseLink;
  readonly ofWorker: DatabaseLink;
}

/** An answer of some dozens of rows fits, so that the worker is not woken once more for the rest of it. */
const RING_BYTES = 256 * 1024;

/** Bells for `linkByRings`. */
export function createDatabaseBells(executors: number): SharedArrayBuffer {
  return createBells(executors + 1);
}

export function linkByRings(executor: number, bells: SharedArrayBuffer): DatabaseLinkEnds {
  const worker = bells.byteLength / Int32Array.BYTES_PER_ELEMENT - 1;
  const requests = createRing(RING_BYTES);
  const answers = createRing(RING_BYTES);
  return {
    ofExecutor: {
      type: "rings",
      outgoing: requests,
      incoming: answers,
      bells,
      own: executor,
      peer: worker,
    },
    ofWorker: { type: "rings", outgoing: answers, incoming: requests, bells, own: worker, peer: executor },
  };
}

export function linkByPort(): DatabaseLinkEnds {
  const { port1, port2 } = new MessageChannel();
  return { ofExecutor: { type: "port", port: port1 }, ofWorker: { type: "port", port: port2 } };
}
