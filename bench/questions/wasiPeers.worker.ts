import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI as ShimWasi } from "@bjorn3/browser_wasi_shim";
import { WASI as RunnoWasi } from "@runno/wasi";
import { Buffer } from "buffer";
import type { PeerAnswer, PeerName, PeerTask } from "./wasiPeers.ts";

/** Other WASI libraries, each with an empty directory in memory. One task per worker: some of them spin while they wait. */
const RUN: Readonly<
  Record<PeerName, (module: WebAssembly.Module, args: readonly string[]) => Promise<string>>
> = {
  async "@bjorn3/browser_wasi_shim"(module, args) {
    let stdout = "";
    const decoder = new TextDecoder();
    const wasi = new ShimWasi(
      ["guest", ...args],
      [],
      [
        new OpenFile(new File([])),
        new ConsoleStdout((bytes) => {
          stdout += decoder.decode(bytes, { stream: true });
        }),
        new ConsoleStdout(() => {}),
        new PreopenDirectory("/", new Map()),
      ],
    );
    const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
    requireSuccess(wasi.start(instance as Parameters<typeof wasi.start>[0]));
    return stdout;
  },

  async "@runno/wasi"(module, args) {
    let stdout = "";
    const wasi = new RunnoWasi({
      args: ["guest", ...args],
      env: {},
      fs: {},
      stdin: () => null,
      stdout: (text) => {
        stdout += text;
      },
      stderr: () => {},
    });
    const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
    requireSuccess(wasi.start({ instance, module }).exitCode);
    return stdout;
  },

  async "@wasmer/wasi"(module, args) {
    // It expects Node's Buffer, which browsers do not have.
    Object.assign(globalThis, { Buffer });
    const { init, WASI } = await import("@wasmer/wasi");
    await init();
    const wasi = new WASI({ args: ["guest", ...args], env: {}, preopens: { "/": "/" } });
    wasi.instantiate(module, {});
    requireSuccess(wasi.start());
    return wasi.getStdoutString();
  },
};

function requireSuccess(exitCode: number): void {
  if (exitCode !== 0) throw new Error(`It ended with code ${exitCode}`);
}

self.onmessage = async ({ data }: MessageEvent<PeerTask>) => {
  const answer: PeerAnswer = { stdout: "" };
  try {
    const module = await WebAssembly.compile(data.bytes);
    for (let run = 0; run <= (data.warmUps ?? 0); run++)
      answer.stdout = await RUN[data.peer](module, data.args);
  } catch (error) {
    answer.failure = String(error);
  }
  self.postMessage(answer);
};
