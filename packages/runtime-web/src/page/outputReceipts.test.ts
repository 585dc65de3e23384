import { expect, it } from "vitest";
import { OUTPUT_WINDOW } from "../executor/outputWindow.ts";
import { OutputReceipts, RECEIPT_LENGTH } from "./outputReceipts.ts";

it("many small outputs get one receipt, and each executor its own", () => {
  const told: [number, number][] = [];
  const receipts = new OutputReceipts(2, (...receipt) => told.push(receipt));
  receipts.taken(0, RECEIPT_LENGTH - 1);
  receipts.taken(1, 5);
  expect(told).toEqual([]);
  receipts.taken(0, 3);
  expect(told).toEqual([[0, RECEIPT_LENGTH + 2]]);
  receipts.taken(0, RECEIPT_LENGTH);
  expect(told.at(-1)).toEqual([0, RECEIPT_LENGTH]);
});

it("what no receipt was sent for cannot fill a window", () => {
  expect(RECEIPT_LENGTH).toBeLessThan(OUTPUT_WINDOW / 2);
});
