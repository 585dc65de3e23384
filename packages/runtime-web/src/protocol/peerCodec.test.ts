import { describe, expect, test } from "vitest";
import type { EnvironmentId, ModuleId, Pid } from "../kernel/ids.ts";
import type { PeerEnvelope } from "../kernel/peers.ts";
import { isMessage, type Signal } from "../kernel/signal.ts";
import { FrameError } from "./byteReader.ts";
import { decodeEnvelope, encodeEnvelope } from "./peerCodec.ts";

const environment = 3 as EnvironmentId;
const SMALL = 17 as Pid;
/** Beyond 32 bits, exact only if all 53 bits travel. */
const LARGE = 9_007_199_254_740_991 as Pid;
const LARGEST_U64 = 0xffff_ffff_ffff_ffffn;
const SMALLEST_I64 = -(2n ** 63n);
/** An accent, an astral character, a BOM that must stay, and a zero. */
const TEXT = "\ufeffé 🌙 \0";

const signals: Signal[] = [
  {
    kind: "data",
    tag: SMALLEST_I64,
    buffer: new Uint8Array([1, 2, 3]),
    length: 3,
    readPosition: 2 ** 60,
    resources: [undefined, { kind: "module", module: 4 as ModuleId }, undefined],
    from: LARGE,
    isUntold: true,
  },
  {
    kind: "data",
    tag: 0n,
    buffer: new Uint8Array(0),
    length: 0,
    readPosition: 0,
    resources: [],
    from: SMALL,
    isUntold: false,
  },
  { kind: "linkDied", tag: -1n, from: LARGE },
  { kind: "processDied", from: LARGE },
  { kind: "kill", peer: LARGE },
  { kind: "dieWhenLinkDies", on: true },
  { kind: "dieWhenLinkDies", on: false },
  { kind: "link", peer: SMALL, tag: SMALLEST_I64 },
  { kind: "unlink", peer: SMALL },
  { kind: "linkEnded", peer: SMALL, tag: 1n, reason: "normal" },
  { kind: "linkEnded", peer: SMALL, tag: 1n, reason: "failure" },
  { kind: "linkEnded", peer: SMALL, tag: 1n, reason: "noProcess" },
  { kind: "monitor", peer: SMALL },
  { kind: "stopMonitoring", peer: SMALL },
  { kind: "processEnded", peer: SMALL },
  { kind: "openGate", peer: SMALL },
];

const entry = { node: LARGEST_U64, pid: LARGEST_U64 - 1n };

const envelopes: PeerEnvelope[] = [
  ...signals.map((signal) => ({ type: "signal", environment, from: SMALL, to: LARGE, signal }) as const),
  {
    type: "move",
    environment,
    pid: LARGE,
    parent: SMALL,
    heard: 4_294_967_296,
    module: 9 as ModuleId,
    entry: TEXT,
    params: new Uint8Array([7]),
    config: {
      maxMemory: LARGEST_U64,
      maxFuel: 1n,
      canCompileModules: false,
      canCreateConfigs: true,
      canSpawnProcesses: false,
      preopenedDirs: [TEXT],
      commandLineArguments: [],
      environmentVariables: [["", TEXT]],
    },
    links: [{ peer: LARGE, tag: SMALLEST_I64, peerTag: -1n }],
    monitors: [SMALL, LARGE],
    messages: signals.filter(isMessage),
  },
  {
    type: "spawn",
    environment,
    request: 2 ** 40 + 1,
    pid: LARGE,
    parent: SMALL,
    link: SMALLEST_I64,
    gated: true,
    heard: 5,
    module: 12 as ModuleId,
    entry: TEXT,
    params: new Uint8Array(34).fill(7),
    config: {
      maxMemory: LARGEST_U64,
      maxFuel: 1n,
      canCompileModules: true,
      canCreateConfigs: false,
      canSpawnProcesses: true,
      preopenedDirs: [".", TEXT],
      commandLineArguments: ["app", ""],
      environmentVariables: [
        ["KEY", "value"],
        ["", TEXT],
      ],
    },
  },
  {
    type: "spawn",
    environment,
    request: 0,
    pid: SMALL,
    parent: SMALL,
    link: 0n,
    gated: false,
    heard: 0,
    module: 1 as ModuleId,
    entry: "",
    params: new Uint8Array(0),
    config: {
      maxMemory: 0n,
      maxFuel: LARGEST_U64,
      canCompileModules: false,
      canCreateConfigs: true,
      canSpawnProcesses: false,
      preopenedDirs: [],
      commandLineArguments: [],
      environmentVariables: [],
    },
  },
  { type: "spawned", environment, request: 5, failure: undefined },
  { type: "spawned", environment, request: 5, failure: TEXT },
  { type: "spawned", environment, request: 5, failure: "" },
  { type: "abandonSpawn", environment, pid: LARGE },
  {
    type: "registryRequest",
    environment,
    request: 1,
    name: TEXT,
    operation: { type: "put", entry },
    mayWait: true,
  },
  { type: "registryRequest", environment, request: 1, name: "", operation: { type: "get" }, mayWait: false },
  {
    type: "registryRequest",
    environment,
    request: 1,
    name: "n",
    operation: { type: "remove" },
    mayWait: true,
  },
  {
    type: "registryRequest",
    environment,
    request: 1,
    name: "n",
    operation: { type: "reserve" },
    mayWait: true,
  },
  { type: "registryWithdraw", environment, request: 1, name: TEXT },
  { type: "registrySettle", environment, name: TEXT, entry },
  { type: "registrySettle", environment, name: TEXT, entry: undefined },
  { type: "registryReply", environment, request: 1, answer: { type: "done" } },
  { type: "registryReply", environment, request: 1, answer: { type: "found", entry } },
  { type: "registryReply", environment, request: 1, answer: { type: "notFound" } },
  { type: "registryReply", environment, request: 1, answer: { type: "reserved" } },
  { type: "existsRequest", environment, request: 7, pid: LARGE },
  { type: "existsReply", environment, request: 7, exists: true },
  { type: "existsReply", environment, request: 8, exists: false },
  { type: "gone", environment, pid: LARGE },
  { type: "survivors", environment, lost: 2, died: [SMALL, LARGE], living: [] },
];

function frameOf(envelope: PeerEnvelope): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(encodeEnvelope(envelope));
}

test.each(envelopes.map((envelope) => [label(envelope), envelope] as const))(
  "%s comes back as it was",
  (_, envelope) => {
    expect(decodeEnvelope(frameOf(envelope))).toEqual({ envelope, sequence: 0 });
  },
);

test("the sender's place in the order of events travels along", () => {
  const frame = Uint8Array.from(encodeEnvelope(envelopes[0]!, 5_000_000_000));
  expect(decodeEnvelope(frame).sequence).toBe(5_000_000_000);
});

test("spare room of a message's buffer does not travel", () => {
  const signal: Signal = {
    ...(signals[0] as Extract<Signal, { kind: "data" }>),
    buffer: new Uint8Array(4096),
  };
  const envelope = { type: "signal", environment, from: SMALL, to: LARGE, signal } as const;
  expect(frameOf(envelope).length).toBeLessThan(200);
});

test("a message larger than any buffer kept for reuse comes back whole, and small ones after it", () => {
  const buffer = new Uint8Array(3_000_000).map((_, index) => index % 251);
  const large: Signal = {
    kind: "data",
    tag: 1n,
    buffer,
    length: buffer.length,
    readPosition: 0,
    resources: [],
    from: SMALL,
    isUntold: false,
  };
  for (const signal of [large, signals[1]!, large]) {
    const envelope = { type: "signal", environment, from: SMALL, to: LARGE, signal } as const;
    const decoded = decodeEnvelope(frameOf(envelope)).envelope;
    if (decoded.type !== "signal" || decoded.signal.kind !== "data") throw new Error("another envelope");
    expect(Buffer.compare(decoded.signal.buffer, (signal as typeof large).buffer)).toBe(0);
  }
});

describe("a frame that nobody of this version wrote is refused", () => {
  test("another version", () => {
    const frame = frameOf(envelopes[0]!);
    frame[0] = 9;
    expect(() => decodeEnvelope(frame)).toThrow(/version 9 instead of 3/);
  });

  test.each([
    ["an unknown envelope", 1, 99],
    ["an unknown signal", 34, 99],
  ])("%s", (_, at, byte) => {
    const frame = frameOf(envelopes[0]!);
    frame[at] = byte;
    expect(() => decodeEnvelope(frame)).toThrow(FrameError);
  });

  test("every frame cut anywhere, and every frame with a byte too many", () => {
    for (const envelope of envelopes) {
      const frame = frameOf(envelope);
      for (let length = 0; length < frame.length; length++) {
        expect(() => decodeEnvelope(frame.slice(0, length)), `${label(envelope)}, ${length} bytes`).toThrow(
          FrameError,
        );
      }
      expect(() => decodeEnvelope(Uint8Array.from([...frame, 0])), label(envelope)).toThrow(
        /bytes left over/,
      );
    }
  });
});

function label(envelope: PeerEnvelope): string {
  if (envelope.type === "signal") return `signal ${envelope.signal.kind}`;
  if (envelope.type === "registryRequest") return `registryRequest ${envelope.operation.type}`;
  return envelope.type === "registryReply" ? `registryReply ${envelope.answer.type}` : envelope.type;
}
