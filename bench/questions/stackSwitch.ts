/** JSPI, which TypeScript's library does not know yet. */
interface StackSwitching {
  readonly Suspending: new (wait: () => Promise<void>) => WebAssembly.ImportValue;
  promising(run: (times: number) => void): (times: number) => Promise<void>;
}

const SWITCHES = 20_000;

/**
 * Microseconds of one suspension and resumption: a wasm function that calls an import which suspends, in a loop.
 * (module (import "m" "wait" (func)) (func (export "run") (param i32)
 *   (loop (call 0) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
 */
export async function plainSwitchUs(): Promise<number> {
  const engine = WebAssembly as unknown as StackSwitching;
  const module = new WebAssembly.Module(
    // biome-ignore format: bytes of the module above, a section per line
    new Uint8Array([
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
      1, 8, 2, 0x60, 0, 0, 0x60, 1, 0x7f, 0,
      2, 10, 1, 1, 0x6d, 4, 0x77, 0x61, 0x69, 0x74, 0, 0,
      3, 2, 1, 1,
      7, 7, 1, 3, 0x72, 0x75, 0x6e, 0, 1,
      10, 18, 1, 16, 0, 3, 0x40, 0x10, 0, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b, 0x0b,
    ]),
  );
  const wait = new engine.Suspending(() => Promise.resolve());
  const { exports } = new WebAssembly.Instance(module, { m: { wait } });
  const run = engine.promising(exports.run as (times: number) => void);
  await run(SWITCHES);
  const start = performance.now();
  await run(SWITCHES);
  return ((performance.now() - start) * 1e3) / SWITCHES;
}
