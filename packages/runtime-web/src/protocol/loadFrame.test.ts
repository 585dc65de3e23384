import { expect, test } from "vitest";
import type { EnvironmentId, Pid } from "../kernel/ids.ts";
import { decodeLoad, encodeLoad } from "./loadFrame.ts";
import { encodeEnvelope } from "./peerCodec.ts";

test.each([0, 1, 70_000])("a load of %i comes back as it was", (runnable) => {
  expect(decodeLoad(Uint8Array.from(encodeLoad(runnable)))).toBe(runnable);
});

test("an envelope is no load", () => {
  const frame = encodeEnvelope({ type: "gone", environment: 1 as EnvironmentId, pid: 2 as Pid });
  expect(decodeLoad(Uint8Array.from(frame))).toBeUndefined();
});
