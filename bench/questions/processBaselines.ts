import type { Question } from "../src/question.ts";
import { median, quantile } from "../src/statistics.ts";
import { fetchBytes } from "./kernelCase.ts";

type Case = { readonly way: "memory and instance" | "worker" };
/** Microseconds from the wish to spawn until the process's answer and end, per process. */
type Raw = { readonly microseconds: number[]; readonly answers: number[] };

/** A lunatic program as cargo builds it: 17 initial pages, allocator, about 100 KB of code. */
const GUEST = "guests/rust/prebuilt/spawn_exit.wasm";
const PROCESSES = { "memory and instance": 400, worker: 30 } as const;
/** What each baseline process does before it ends: allocate this many bytes. */
const ALLOCATED_BYTES = 64;

/**
 * The two obvious ways to run a process in a tab, as lower bounds: the guest only allocates once; without mailbox, links
 * or a scheduler.
 */
export const processBaselines: Question<Case, Raw> = {
  name: "processBaselines",
  asks: "What would a process cost with a memory and an instance of its own, or a worker of its own?",
  cases: async () => [{ way: "memory and instance" }, { way: "worker" }],

  async run({ way }) {
    const module = await WebAssembly.compile(await fetchBytes(GUEST));
    const raw: Raw = { microseconds: [], answers: [] };
    const spawn = way === "worker" ? spawnInWorker : spawnInstance;
    for (let i = 0; i < PROCESSES[way]; i++) {
      const start = performance.now();
      raw.answers.push(await spawn(module));
      raw.microseconds.push((performance.now() - start) * 1e3);
    }
    return raw;
  },

  validate({ way }, raw) {
    const wrong = raw.answers.filter((address) => !(address > 0));
    return wrong.length > 0 ? [`a process by ${way} allocated nothing: ${wrong[0]}`] : [];
  },

  rows(samples) {
    return (["memory and instance", "worker"] as const).map((way) => {
      const all = samples.filter((sample) => sample.case.way === way).flatMap(({ raw }) => raw.microseconds);
      return {
        what: `spawn to exit with a ${way} per process`,
        value: `${median(all).toFixed(0)} µs`,
        detail: `90% within ${quantile(all, 0.9).toFixed(0)} µs, ${all.length} processes`,
      };
    });
  },
};

/** @returns the address the guest's allocator gave */
export async function spawnInstance(module: WebAssembly.Module): Promise<number> {
  const { exports } = new WebAssembly.Instance(module, refusingImports(module));
  return (exports.lunatic_alloc as (bytes: number) => number)(ALLOCATED_BYTES);
}

/** Imports that link; the guest's allocator calls none of them. */
function refusingImports(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => never>> = {};
  for (const { module: namespace, name } of WebAssembly.Module.imports(module)) {
    const functions = imports[namespace] ?? {};
    imports[namespace] = functions;
    functions[name] = () => {
      throw new Error(`The baseline process called ${namespace}::${name}`);
    };
  }
  return imports;
}

async function spawnInWorker(module: WebAssembly.Module): Promise<number> {
  const worker = new Worker(new URL("./baseline.worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise<number>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(`The baseline worker failed: ${event.message}`));
      worker.postMessage(module);
    });
  } finally {
    worker.terminate();
  }
}
