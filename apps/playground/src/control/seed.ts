/** Seeds that are drawn have as many digits as one can read out to somebody. */
const DRAWN_BELOW = 1_000_000;

/** @returns undefined: it is no whole number from 0 to 2^53 - 1 */
export function parseSeed(text: string): number | undefined {
  const digits = text.trim();
  if (!/^\d{1,16}$/.test(digits)) return undefined;
  const seed = Number(digits);
  return Number.isSafeInteger(seed) ? seed : undefined;
}

/** @param random from 0 to, and without, 1 */
export function drawSeed(random: number): number {
  return Math.floor(random * DRAWN_BELOW);
}
