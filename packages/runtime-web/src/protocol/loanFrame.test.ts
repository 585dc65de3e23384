import { expect, test } from "vitest";
import type { EnvironmentId, Pid } from "../kernel/ids.ts";
import { encodeLoad } from "./loadFrame.ts";
import { decodeLoan, encodeLoan } from "./loanFrame.ts";
import { encodeEnvelope } from "./peerCodec.ts";

test.each([
  { kind: "wish", count: 512 },
  { kind: "gift", count: 0 },
  { kind: "gift", count: 70_000 },
] as const)("a $kind of $count comes back as it was", (word) => {
  expect(decodeLoan(Uint8Array.from(encodeLoan(word)))).toEqual(word);
});

test("an envelope is no loan, nor is a load", () => {
  const frame = encodeEnvelope({ type: "gone", environment: 1 as EnvironmentId, pid: 2 as Pid });
  expect(decodeLoan(Uint8Array.from(frame))).toBeUndefined();
  expect(decodeLoan(Uint8Array.from(encodeLoad(7)))).toBeUndefined();
});
