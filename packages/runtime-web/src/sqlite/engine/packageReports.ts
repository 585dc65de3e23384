/** What the package throws within itself when the browser has written fewer bytes than it was given. */
const SHORT_WRITE = "Unknown write() failure.";
/** And when it has no file left for a new one: the browser gave no more before. */
const NO_FILES = "SAH pool is full.";

let isSpaceRefused = false;

/**
 * Takes what the package reports of errors. Its pool of files tells sqlite of each one that it is an I/O error; what it
 * was is told only here. A lack of space is kept for `takeRefusal`, all else is printed, as the package does.
 */
export function report(...told: unknown[]): void {
  if (isNoSpace(told.at(-1))) isSpaceRefused = true;
  else console.error(...told);
}

/** Whether the browser has refused more space since the last time. */
export function takeRefusal(): boolean {
  const was = isSpaceRefused;
  isSpaceRefused = false;
  return was;
}

function isNoSpace(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, message } = error;
  return name === "QuotaExceededError" || message === SHORT_WRITE || message.startsWith(NO_FILES);
}
