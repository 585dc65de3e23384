/** JSPI, which TypeScript's library does not know yet. */
interface StackSwitching {
  readonly Suspending: new (wait: () => Promise<unknown>) => WebAssembly.ImportValue;
  promising(run: (times: number) => void): (times: number) => Promise<void>;
}

const SWITCHES = 20_000;

/**
 * Microseconds of the least that a message between two guests takes of the engine: five plain imports (a lunatic-rs program
 * calls create_data, write_data, send, receive and read_data) that do nothing, and the switch to the other's stack.
 * (module (import "m" "wait" (func)) (import "m" "call" (func (param i64 i32) (result i32)))
 *   (func (export "run") (param i32) (loop
 *     (drop (call 1 (i64.const 1) (i32.const 8))) … five times …
 *     (call 0) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
 */
export async function bareTurnUs(): Promise<number> {
  const engine = WebAssembly as unknown as StackSwitching;
  const call = [0x42, 1, 0x41, 8, 0x10, 1, 0x1a];
  const module = new WebAssembly.Module(
    // biome-ignore format: bytes of the module above, a section per line
    new Uint8Array([
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
      1, 14, 3, 0x60, 0, 0, 0x60, 2, 0x7e, 0x7f, 1, 0x7f, 0x60, 1, 0x7f, 0,
      2, 19, 2, 1, 0x6d, 4, 0x77, 0x61, 0x69, 0x74, 0, 0, 1, 0x6d, 4, 0x63, 0x61, 0x6c, 0x6c, 0, 1,
      3, 2, 1, 2,
      7, 7, 1, 3, 0x72, 0x75, 0x6e, 0, 2,
      10, 53, 1, 51, 0, 3, 0x40, ...call, ...call, ...call, ...call, ...call,
      0x10, 0, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b, 0x0b,
    ]),
  );
  // Each of the two stacks wakes the other and waits.
  let other: (() => void) | undefined;
  let own: (() => void) | undefined;
  const keepOwn = (resolve: (nothing: undefined) => void): void => {
    own = () => resolve(undefined);
  };
  const wait = new engine.Suspending(() => {
    const woken = new Promise<undefined>(keepOwn);
    const wake = other;
    other = own;
    wake?.();
    return woken;
  });
  const { exports } = new WebAssembly.Instance(module, { m: { wait, call: () => 0 } });
  const run = engine.promising(exports.run as (times: number) => void);
  const both = async (): Promise<void> => {
    other = undefined;
    await Promise.all([run(SWITCHES), run(SWITCHES)].map((ended) => ended.then(() => other?.())));
  };
  await both();
  const start = performance.now();
  await both();
  return ((performance.now() - start) * 1e3) / (2 * SWITCHES);
}
