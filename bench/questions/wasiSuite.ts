import type { Question, Row } from "../src/question.ts";
import { fetchBytes } from "./kernelCase.ts";
import { PEERS, type PeerName, runByPeer } from "./wasiPeers.ts";

type Library = PeerName | "lunatic-web";
type Case = { readonly library: Library };
type Raw = { readonly passed: readonly string[]; readonly failed: readonly string[] };

const PROGRAM = "guests/rust/prebuilt/preview1.wasm";

/** guests/rust/load/preview1.rs: what a WASI program may rely on. */
export const wasiSuite: Question<Case, Raw> = {
  name: "wasiSuite",
  asks: "How many cases of what a WASI program may rely on hold, in this runtime and in other libraries?",

  async cases() {
    return (["lunatic-web", ...PEERS] as const).map((library) => ({ library }));
  },

  async run({ library }) {
    const bytes = await fetchBytes(PROGRAM);
    const runOne = library === "lunatic-web" ? await openOwn(bytes) : openPeer(library, bytes);
    try {
      const names = (await runOne(["--list"])).trimEnd().split("\n");
      const passed: string[] = [];
      const failed: string[] = [];
      for (const name of names) {
        const stdout = await runOne([name]);
        (stdout.includes(`${name} ... ok\n`) ? passed : failed).push(name);
      }
      return { passed, failed };
    } finally {
      await runOne.close?.();
    }
  },

  validate({ library }, { passed, failed }) {
    const isComplete = passed.length + failed.length > 50;
    return isComplete ? [] : [`${library}: only ${passed.length + failed.length} cases ran`];
  },

  rows(samples) {
    return samples.map(({ case: { library }, raw: { passed, failed } }): Row => {
      const row = {
        what: `WASI cases that hold, ${library}`,
        value: `${passed.length} of ${passed.length + failed.length}`,
        detail: failed.slice(0, 3).join("; "),
      };
      if (library !== "lunatic-web") return row;
      return { ...row, target: { text: "all", met: failed.length === 0 } };
    });
  },
};

interface RunOne {
  (args: readonly string[]): Promise<string>;
  close?(): Promise<void>;
}

function openPeer(peer: PeerName, bytes: Uint8Array<ArrayBuffer>): RunOne {
  return async (args) => {
    const { stdout, failure } = await runByPeer({ peer, bytes, args });
    // What a case fails by does not matter, but every library must be able to list them.
    if (failure !== undefined && args[0] === "--list") throw new Error(`${peer} cannot run it: ${failure}`);
    return stdout;
  };
}

async function openOwn(bytes: Uint8Array<ArrayBuffer>): Promise<RunOne> {
  const { createRuntime } = await import("@lunatic-web/runtime");
  const runtime = await createRuntime({ executors: 1, moduleCache: "none" });
  const module = await runtime.compile(bytes, { name: "preview1" });
  const runOne: RunOne = async (args) => {
    let stdout = "";
    const environment = await runtime.run(module, {
      args,
      files: {},
      stdin: new Blob([]).stream(),
      onOutput: ({ stream, text }) => {
        if (stream === "stdout") stdout += text;
      },
    });
    await environment.exited;
    return stdout;
  };
  return Object.assign(runOne, { close: () => runtime.close() });
}
