const ZERO: i32 = 0x30;
const NINE: i32 = 0x39;
const GROUPS: i32 = 8;

/** @returns the 4 bytes of "127.0.0.1"; null: the text is not an IPv4 address */
export function parseIpv4(text: string): StaticArray<u8> | null {
  const parts = text.split(".");
  if (parts.length != 4) return null;
  const ip = new StaticArray<u8>(4);
  for (let i = 0; i < 4; i++) {
    const byte = parseNumber(parts[i], 10, 3);
    if (byte < 0 || byte > 255) return null;
    ip[i] = <u8>byte;
  }
  return ip;
}

/** @returns the 16 bytes of "fe80::1" or "::ffff:127.0.0.1"; null: the text is not an IPv6 address */
export function parseIpv6(text: string): StaticArray<u8> | null {
  const gap = text.indexOf("::");
  if (gap < 0) {
    const groups = parseGroups(text);
    return groups !== null && groups.length == GROUPS ? toBytes(groups, groups.length) : null;
  }
  if (text.indexOf("::", gap + 1) >= 0) return null;
  const head = parseGroups(text.substring(0, gap));
  const tail = parseGroups(text.substring(gap + 2));
  if (head === null || tail === null || head.length + tail.length >= GROUPS) return null;
  return toBytes(head.concat(tail), head.length);
}

/** In the shortest form: the longest run of zero groups is "::". */
export function formatIpv6(ip: StaticArray<u8>): string {
  let gap = -1;
  let gapLength = 1;
  for (let start = 0; start < GROUPS; start++) {
    let length = 0;
    while (start + length < GROUPS && group(ip, start + length) == 0) length++;
    if (length > gapLength) {
      gap = start;
      gapLength = length;
    }
  }
  let text = "";
  for (let i = 0; i < GROUPS; i++) {
    if (i == gap) {
      text += "::";
      i += gapLength - 1;
      continue;
    }
    if (i > 0 && !text.endsWith(":")) text += ":";
    text += group(ip, i).toString(16);
  }
  return text;
}

function group(ip: StaticArray<u8>, index: i32): i32 {
  return ((<i32>ip[2 * index]) << 8) | ip[2 * index + 1];
}

/** The groups of a part without "::"; an IPv4 address at its end counts as two. */
function parseGroups(text: string): i32[] | null {
  const groups: i32[] = [];
  if (text.length == 0) return groups;
  const parts = text.split(":");
  for (let i = 0; i < parts.length; i++) {
    const v4 = i == parts.length - 1 ? parseIpv4(parts[i]) : null;
    if (v4 !== null) {
      groups.push(((<i32>v4[0]) << 8) | v4[1]);
      groups.push(((<i32>v4[2]) << 8) | v4[3]);
      continue;
    }
    const value = parseNumber(parts[i], 16, 4);
    if (value < 0) return null;
    groups.push(value);
  }
  return groups.length > GROUPS ? null : groups;
}

/** @param headLength so many groups stand before the gap, the others at the end */
function toBytes(groups: i32[], headLength: i32): StaticArray<u8> {
  const ip = new StaticArray<u8>(2 * GROUPS);
  for (let i = 0; i < groups.length; i++) {
    const at = 2 * (i < headLength ? i : GROUPS - groups.length + i);
    ip[at] = <u8>(groups[i] >> 8);
    ip[at + 1] = <u8>groups[i];
  }
  return ip;
}

/** @returns -1: not a number of one to `most` digits */
function parseNumber(text: string, radix: i32, most: i32): i32 {
  if (text.length == 0 || text.length > most) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const lower = code | 0x20;
    let digit = 99;
    if (code >= ZERO && code <= NINE) digit = code - ZERO;
    else if (lower >= 0x61 && lower <= 0x66) digit = lower - 0x61 + 10;
    if (digit >= radix) return -1;
    value = value * radix + digit;
  }
  return value;
}
