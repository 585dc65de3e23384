import { CLEANER_BASE64, DRIVER_BASE64 } from "./bytes.ts";

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Decodes base64 without `atob`, which the platform-free folders do not have. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/=+$/, "");
  const bytes = new Uint8Array((digits.length * 3) >> 2);
  let bits = 0;
  let value = 0;
  let at = 0;
  for (const digit of digits) {
    value = ((value << 6) | BASE64.indexOf(digit)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (value >> bits) & 0xff;
    }
  }
  return bytes;
}

let driver: WebAssembly.Module | undefined;
let cleaner: WebAssembly.Module | undefined;

/** The fiber loop, modules/driver.wat. Compiled once per worker. */
export function driverModule(): WebAssembly.Module {
  driver ??= new WebAssembly.Module(decodeBase64(DRIVER_BASE64));
  return driver;
}

/** The region cleaner, modules/cleaner.wat. Compiled once per worker. */
export function cleanerModule(): WebAssembly.Module {
  cleaner ??= new WebAssembly.Module(decodeBase64(CLEANER_BASE64));
  return cleaner;
}
