import { expect, test } from "vitest";
import { copyOut, OutOfBoundsError } from "./guestMemory.ts";
import { RepeatedText } from "./repeatedText.ts";
import { TestMemory } from "./testing/testMemory.ts";
import { encodeText } from "./text.ts";

function reader() {
  const memory = new TestMemory();
  const texts = new RepeatedText();
  return (text: string, ptr = 64): string => {
    const bytes = encodeText(text);
    copyOut(memory, ptr, bytes);
    return texts.read(memory, ptr, bytes.length);
  };
}

test("whatever came before, the text is the one in memory", () => {
  const read = reader();
  const long = "x".repeat(65);
  for (const text of ["main", "main", "mail", "mai", "main", "", "é", "é", "éa", "aé", "main", long, long]) {
    expect(read(text)).toBe(text);
  }
});

test("the same text elsewhere in memory is the same", () => {
  const read = reader();
  expect([read("worker", 64), read("worker", 512)]).toEqual(["worker", "worker"]);
});

test("a range outside memory traps, also when the text would be the same", () => {
  const memory = new TestMemory();
  const texts = new RepeatedText();
  copyOut(memory, 64, encodeText("main"));
  texts.read(memory, 64, 4);
  expect(() => texts.read(memory, memory.size - 3, 4)).toThrow(OutOfBoundsError);
});
