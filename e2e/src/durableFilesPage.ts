import { buildPage, scriptPage } from "./buildPage.ts";

/**
 * Builds a page that runs guests/rust/load/durable_files.rs on files that are kept.
 * @returns the folder with the built site
 */
export function buildDurableFilesPage(): Promise<string> {
  return buildPage("durableFiles", { "index.html": scriptPage("Durable files"), "main.ts": SCRIPT });
}

/** What a function that a spec evaluates finds on the page. */
export interface DurableFilesPage {
  /**
   * Makes a runtime with the kept files.
   * @returns the rounds whose files are there, ascending. Rejects where one is not exactly as its round wrote it
   */
  openFiles(persist: string): Promise<number[]>;
  /** Runs the guest, without end; resolves when it has said of so many rounds that they are synced. */
  replaceFiles(base64: string, rounds: number): Promise<void>;
  /** The last round of which the guest has said so; 0: none. */
  lastSynced(): number;
}

const SCRIPT = `
import { createRuntime } from "@lunatic-web/runtime";

let runtime, last = 0;

globalThis.openFiles = async (persist) => {
  // The lock of the tab before may be a moment from being free.
  runtime = await createRuntime({ executors: 2, files: { persist, ifTaken: "wait" } });
  const rounds = [];
  for (const { name, kind } of await runtime.files.list("/")) {
    if (kind !== "file" || name === "new") continue;
    const bytes = await runtime.files.read("/" + name);
    const words = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
    const round = Number(words[0]);
    const isWhole = bytes.length === (1 + ((round * 37) % 5000)) * 8 && words.every((word) => word === words[0]);
    if (!isWhole || name !== "slot " + (round % 5)) {
      throw new Error(name + " has " + bytes.length + " bytes, of round " + round + ", and is not what that wrote");
    }
    rounds.push(round);
  }
  return rounds.sort((a, b) => a - b);
};
globalThis.replaceFiles = async (base64, rounds) => {
  const bytes = Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));
  const module = await runtime.compile(bytes, { name: "durable_files" });
  const reached = Promise.withResolvers();
  let count = 0;
  const environment = await runtime.run(module, {
    args: ["1000000000"],
    onOutput: ({ text, stream }) => {
      if (stream !== "stdout") reached.reject(new Error(text));
      for (const line of text.split("\\n")) {
        if (!line.startsWith("synced ")) continue;
        last = Number(line.slice(7));
        if (++count === rounds) reached.resolve();
      }
    },
  });
  environment.exited.then(() => reached.reject(new Error("the program ended")), reached.reject);
  await reached.promise;
};
globalThis.lastSynced = () => last;

document.documentElement.dataset.ready = "";
`;
