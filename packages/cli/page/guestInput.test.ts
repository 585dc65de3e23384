import { expect, test } from "vitest";
import { GuestInput } from "./guestInput.ts";

const noted = () => {};
const encoded = (text: string) => Buffer.from(text).toString("base64");

test("the input is what was pushed, to its end", async () => {
  const input = new GuestInput();
  input.push(encoded("one "), noted);
  input.push(encoded("two"), noted);
  input.push(undefined, noted);
  expect(await new Response(input.stream).text()).toBe("one two");
});

test("what comes when the guest has ended is dropped", async () => {
  const input = new GuestInput();
  await input.stream.cancel();
  input.push(encoded("late"), noted);
  input.push(undefined, noted);
  expect(await input.stream.getReader().read()).toMatchObject({ done: true });
});

test("what comes when the stream has failed is dropped", async () => {
  const input = new GuestInput();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const piped = input.stream.pipeTo(writable);
  await readable.cancel(new Error("its worker is gone"));
  await expect(piped).rejects.toThrow("its worker is gone");
  input.push(encoded("late"), noted);
  input.push(undefined, noted);
});

test("more is asked for as long as there is room, and when the guest has read on", async () => {
  const input = new GuestInput();
  let asked = 0;
  const count = () => void asked++;
  const piece = encoded("x".repeat(100_000));
  for (let sent = 0; sent < 4; sent++) input.push(piece, count);
  expect(asked).toBe(2);
  const reader = input.stream.getReader();
  for (let read = 0; read < 4; read++) expect((await reader.read()).value).toHaveLength(100_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBe(4);
});

test("nobody is kept waiting when the guest has ended", async () => {
  const input = new GuestInput();
  let asked = 0;
  const count = () => void asked++;
  const piece = encoded("x".repeat(300_000));
  input.push(piece, count);
  await input.stream.cancel();
  input.push(piece, count);
  expect(asked).toBe(2);
});
