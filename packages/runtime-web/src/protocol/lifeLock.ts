import type { RuntimeSettings } from "./settings.ts";

/**
 * A lock that a worker holds as long as it lives, whatever ends it. A worker that dies without a word (`self.close()`,
 * the browser's task manager, an engine that gave up) fires no event that its page or hub could see, but its locks
 * become free. So an end is noticed at once, and a worker that is merely slow, paused in a debugger, or frozen with its
 * tab is never taken for dead, as it would be by a heartbeat.
 *
 * Web Locks exist in secure contexts only (https, localhost); elsewhere only workers that fail with an error are noticed.
 */
export async function holdLifeLock(settings: RuntimeSettings, executor: number): Promise<void> {
  const name = lockName(settings, executor);
  if (name === undefined) return;
  const held = Promise.withResolvers<void>();
  void navigator.locks.request(name, () => {
    held.resolve();
    return new Promise<never>(() => {});
  });
  await held.promise;
}

/**
 * @param died called when the executor, which holds its lock by now, is gone
 * @param signal ends the watch
 */
export function watchLifeLock(
  settings: Pick<RuntimeSettings, "lockPrefix">,
  executor: number,
  signal: AbortSignal,
  died: () => void,
): void {
  const name = lockName(settings, executor);
  if (name === undefined) return;
  navigator.locks.request(name, { signal }, died).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** For RuntimeSettings; no two runtimes of an origin have the same. */
export function createLockPrefix(): string | undefined {
  // Both exist in secure contexts only.
  return "locks" in navigator ? `lunatic-web ${crypto.randomUUID()}` : undefined;
}

function lockName({ lockPrefix }: Pick<RuntimeSettings, "lockPrefix">, executor: number): string | undefined {
  return lockPrefix === undefined ? undefined : `${lockPrefix} executor ${executor}`;
}
