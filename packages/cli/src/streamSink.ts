import type { Writable } from "node:stream";
import { createDeferred, type Deferred } from "./deferred.ts";
import type { TextSink } from "./io.ts";

/**
 * A stream as commands write to it. When its reader has gone (`lunatic-web … | head`) what follows has nowhere to go, and
 * the run goes on to its end.
 */
export function streamSink(stream: Writable & { readonly isTTY?: boolean }): TextSink {
  let isBroken = false;
  /** Settles those who wait until the stream takes more. */
  let waiting: Deferred<void> | undefined;
  const wake = () => {
    waiting?.resolve();
    waiting = undefined;
  };
  // Listened to once and for all: a listener per write is one per piece of a large output.
  stream.on("drain", wake);
  stream.on("close", wake);
  stream.on("error", () => {
    isBroken = true;
    wake();
  });
  const write = async (piece: string | Uint8Array): Promise<void> => {
    if (isBroken || stream.write(piece) || stream.destroyed) return;
    waiting ??= createDeferred();
    await waiting.promise;
  };
  return { isTerminal: stream.isTTY === true, write, writeBytes: write };
}
