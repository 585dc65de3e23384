export const PEERS = ["@bjorn3/browser_wasi_shim", "@runno/wasi", "@wasmer/wasi"] as const;
export type PeerName = (typeof PEERS)[number];

export interface PeerTask {
  readonly peer: PeerName;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly args: readonly string[];
  /** Runs before the one that counts, each with a new filesystem: the engine has optimised guest and library then. */
  readonly warmUps?: number;
}
export interface PeerAnswer {
  /** Of the run that counts. */
  stdout: string;
  /** Why it did not end well. */
  failure?: string;
}

/** Hundreds of times as long as any program of the bench takes here; one of the libraries spins for ever while it waits. */
export const PATIENCE_MS = 20_000;

/** Runs a WASI program by another library, in a worker of its own. */
export async function runByPeer(task: PeerTask): Promise<PeerAnswer> {
  const worker = new Worker(new URL("./wasiPeers.worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise<PeerAnswer>((resolve) => {
      const patience = setTimeout(
        () => resolve({ stdout: "", failure: `It does not end within ${PATIENCE_MS / 1_000} s` }),
        PATIENCE_MS,
      );
      const settle = (answer: PeerAnswer) => {
        clearTimeout(patience);
        resolve(answer);
      };
      worker.onmessage = ({ data }: MessageEvent<PeerAnswer>) => settle(data);
      // Of a script that cannot be loaded the event has no message.
      worker.onerror = ({ message = "its worker does not load" }: Partial<ErrorEvent>) =>
        settle({ stdout: "", failure: message });
      worker.postMessage(task);
    });
  } finally {
    worker.terminate();
  }
}
