import { VolumeError } from "../storage/volume/volume.ts";

/** A tab that was just closed or reloaded, or has died, has its lock for a moment longer. */
const GRACE_MS = 2000;

export interface VolumeLock {
  readonly release: () => void;
}

/**
 * Takes the lock that says who has a volume open.
 * @throws VolumeError `taken`; `unavailable` where there are no Web Locks, since two tabs would ruin it
 */
export async function holdVolumeLock(
  name: string,
  ifTaken: "fail" | "wait",
  signal?: AbortSignal,
): Promise<VolumeLock> {
  if (!("locks" in navigator)) {
    throw new VolumeError(
      "unavailable",
      "Files can be kept only on pages that the browser calls secure (https, localhost): elsewhere it has no Web Locks, and two tabs would ruin them",
    );
  }
  const granted = Promise.withResolvers<VolumeLock>();
  const patience = ifTaken === "fail" ? AbortSignal.timeout(GRACE_MS) : undefined;
  const ends = [signal, patience].filter((each) => each !== undefined);
  navigator.locks
    .request(`lunatic-web volume ${name}`, { signal: AbortSignal.any(ends) }, () => {
      return new Promise<void>((release) => granted.resolve({ release }));
    })
    // After it is granted nothing is left to go wrong.
    .catch((error: unknown) => granted.reject(patience?.aborted && !signal?.aborted ? taken(name) : error));
  return granted.promise;
}

/**
 * Waits until no tab has the volume of a name open, this one included. Another tab may be faster to have it then.
 * @throws DOMException AbortError
 */
export async function whenVolumeIsFree(name: string, signal?: AbortSignal): Promise<void> {
  (await holdVolumeLock(name, "wait", signal)).release();
}

function taken(name: string): VolumeError {
  return new VolumeError(
    "taken",
    `The files "${name}" are open in another tab: close that tab, or wait for it ({ ifTaken: "wait" })`,
  );
}
