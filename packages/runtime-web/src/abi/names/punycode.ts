/** Parameters of RFC 3492, section 5. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_CODE_POINT = 0x80;
const MAX_CODE_POINT = 0x10ffff;

/** The text of a Punycode string (RFC 3492), or undefined if it is malformed. */
export function decodePunycode(encoded: string): string | undefined {
  const delimiter = encoded.lastIndexOf("-");
  const points = Array.from(encoded.slice(0, Math.max(delimiter, 0)), (char) => char.charCodeAt(0));
  let codePoint = INITIAL_CODE_POINT;
  let bias = INITIAL_BIAS;
  let position = 0;
  let at = delimiter + 1;
  while (at < encoded.length) {
    const before = position;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = digitValue(encoded.charCodeAt(at++));
      if (digit === undefined) return undefined;
      position += digit * weight;
      if (position > Number.MAX_SAFE_INTEGER) return undefined;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const count = points.length + 1;
    bias = adaptBias(position - before, count, before === 0);
    codePoint += Math.floor(position / count);
    if (codePoint > MAX_CODE_POINT) return undefined;
    position %= count;
    points.splice(position++, 0, codePoint);
  }
  return String.fromCodePoint(...points);
}

function digitValue(char: number): number | undefined {
  if (char >= 0x61 && char <= 0x7a) return char - 0x61;
  if (char >= 0x41 && char <= 0x5a) return char - 0x41;
  if (char >= 0x30 && char <= 0x39) return char - 0x30 + 26;
  return undefined;
}

function adaptBias(delta: number, count: number, isFirst: boolean): number {
  let value = Math.floor(delta / (isFirst ? DAMP : 2));
  value += Math.floor(value / count);
  let k = 0;
  for (; value > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) value = Math.floor(value / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * value) / (value + SKEW));
}
