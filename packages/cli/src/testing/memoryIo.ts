import type { Io, TextSink } from "../io.ts";

/** An Io whose streams are texts. */
export interface MemoryIo extends Io {
  readonly written: { stdout: string; stderr: string };
  /** As Ctrl-C does. */
  abort(status: number): void;
}

export function createMemoryIo(cwd: string, input = "", env: Io["env"] = {}): MemoryIo {
  const written = { stdout: "", stderr: "" };
  const interruption = new AbortController();
  const sink = (name: "stdout" | "stderr"): TextSink => ({
    isTerminal: false,
    async write(text) {
      written[name] += text;
    },
  });
  return {
    cwd,
    env,
    stdin: new Blob([input]).stream() as AsyncIterable<Uint8Array>,
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    interrupt: interruption.signal,
    written,
    abort: (status) => interruption.abort(status),
  };
}
