import { expect, test } from "vitest";
import { StandardInput } from "./standardInput.ts";

test("what is pushed is read in order, in pieces as large as is asked, to its end", () => {
  const input = new StandardInput(() => {});
  expect(input.read(10)).toBe("pending");
  input.push(Uint8Array.of(1, 2, 3));
  input.push(Uint8Array.of(4));
  input.end();
  expect(input.available()).toBe(4);
  expect([input.read(2), input.read(2), input.read(9)]).toEqual([
    Uint8Array.of(1, 2),
    Uint8Array.of(3),
    Uint8Array.of(4),
  ]);
  expect(input.read(1)).toBe("end");
});

test("receipts add up to what was read, less than one receipt's worth behind", () => {
  let told = 0;
  const input = new StandardInput((bytes) => {
    told += bytes;
  });
  input.push(new Uint8Array(300_000));
  for (let read = 1; read <= 300; read++) {
    input.read(1000);
    expect(read * 1000 - told).toBeLessThan(1 << 16);
  }
  expect(told).toBeGreaterThan(0);
});
