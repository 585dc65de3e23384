/**
 * The two obvious ways to run a process in a tab, as lower bounds: the guest only allocates once, without mailbox,
 * links or scheduler.
 */

/** What a baseline process does before it ends: allocate this many bytes. */
const ALLOCATED_BYTES = 64;

/**
 * A process with a memory and an instance of its own.
 * @returns the address that the guest's allocator gave
 */
export async function spawnInstance(module: WebAssembly.Module): Promise<number> {
  const { exports } = new WebAssembly.Instance(module, refusingImports(module));
  return (exports.lunatic_alloc as (bytes: number) => number)(ALLOCATED_BYTES);
}

/** The same in a worker made for it and ended afterwards. */
export async function spawnWorker(module: WebAssembly.Module): Promise<number> {
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
