import { expect, test } from "vitest";
import { GuestInput } from "./guestInput.ts";

const encoded = (text: string) => Buffer.from(text).toString("base64");

test("the input is what was pushed, to its end", async () => {
  const input = new GuestInput();
  input.push(encoded("one "));
  input.push(encoded("two"));
  input.push(undefined);
  expect(await new Response(input.stream).text()).toBe("one two");
});

test("what comes when the guest has ended is dropped", async () => {
  const input = new GuestInput();
  await input.stream.cancel();
  input.push(encoded("late"));
  input.push(undefined);
  expect(await input.stream.getReader().read()).toMatchObject({ done: true });
});

test("what comes when the stream has failed is dropped", async () => {
  const input = new GuestInput();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const piped = input.stream.pipeTo(writable);
  await readable.cancel(new Error("its worker is gone"));
  await expect(piped).rejects.toThrow("its worker is gone");
  input.push(encoded("late"));
  input.push(undefined);
});
