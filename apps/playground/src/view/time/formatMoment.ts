/** 0.012 s, 12.345 s, 2:05.123: a moment of a run, to the millisecond, of one width while it runs. */
export function formatMoment(timeMs: number): string {
  const seconds = timeMs / 1_000;
  if (seconds < 60) return `${seconds.toFixed(3)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${(seconds - 60 * minutes).toFixed(3).padStart(6, "0")}`;
}
