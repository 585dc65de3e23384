import { ExitStatus } from "./errors.ts";

/** Where a command's text goes. */
export interface TextSink {
  /** Resolves when the receiver can take more: a slow reader slows the guest's output down instead of filling memory. */
  write(text: string): Promise<void>;
  /** The same for bytes that need not be text. A sink without it gets what a guest writes as text. */
  writeBytes?(bytes: Uint8Array): Promise<void>;
  readonly isTerminal: boolean;
}

/** Everything a command touches outside of files and browsers, so that tests can run it in their own process. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Read only by `run`. */
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Aborted by Ctrl-C or a request to terminate; the reason is the exit status to end with. */
  readonly interrupt: AbortSignal;
}

/** Whether colours may be written: to a terminal, unless NO_COLOR says otherwise (https://no-color.org). */
export function mayColour(sink: TextSink, env: Io["env"]): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return sink.isTerminal;
}

/** What a command that was interrupted ends with. */
export function interruptStatus(interrupt: AbortSignal): number {
  return interrupt.reason === ExitStatus.terminated ? ExitStatus.terminated : ExitStatus.interrupted;
}
