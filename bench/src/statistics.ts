/** Middle value, or the mean of the two middle ones. Throws RangeError for no values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The value below which a part of the values lies, between neighbours in proportion.
 * @param part  0 to 1
 * @throws RangeError for no values
 */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) throw new RangeError("No values to take a quantile of");
  const sorted = values.toSorted((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** Distance of the upper from the lower quartile: where the middle half of the values lies, whatever the outliers. */
export function spread(values: readonly number[]): number {
  return quantile(values, 0.75) - quantile(values, 0.25);
}

/** The mean for ratios. Throws RangeError for no values or one that is not positive. */
export function geometricMean(values: readonly number[]): number {
  if (values.length === 0 || values.some((value) => !(value > 0))) {
    throw new RangeError(`No geometric mean of [${values}]: all values must be positive`);
  }
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/**
 * Quotients of measurements taken in pairs, one right after the other: what slows the machine down for a while slows
 * down both. Throws RangeError when a measurement has no partner.
 */
export function pairedRatios(numerators: readonly number[], denominators: readonly number[]): number[] {
  if (numerators.length !== denominators.length) {
    throw new RangeError(`${numerators.length} measurements cannot be paired with ${denominators.length}`);
  }
  return numerators.map((numerator, index) => numerator / (denominators[index] ?? Number.NaN));
}
