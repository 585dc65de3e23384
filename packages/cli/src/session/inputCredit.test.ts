import { expect, test } from "vitest";
import { InputCredit } from "./inputCredit.ts";

/** Sends as a command does: the next piece when the last call has settled. */
function sendForever(credit: InputCredit) {
  const sent = { pieces: 0, isOver: false };
  void (async () => {
    while (!sent.isOver) {
      sent.pieces++;
      await credit.spend();
    }
  })();
  return sent;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("some pieces are on their way, and another follows each that is taken", async () => {
  const credit = new InputCredit();
  const sent = sendForever(credit);
  await settle();
  expect(sent.pieces).toBe(16);
  credit.taken();
  await settle();
  expect(sent.pieces).toBe(17);
  sent.isOver = true;
});

test("nobody waits for a run that has ended", async () => {
  const credit = new InputCredit();
  const sent = sendForever(credit);
  await settle();
  sent.isOver = true;
  credit.cancel();
  await settle();
  await credit.spend();
  expect(sent.pieces).toBe(16);
});
