import { expect, it } from "vitest";
import { PAYLOAD_SHOWN_BYTES, QUEUED_SHOWN } from "../inspect/processContents.ts";
import { data, World } from "../kernel/testing/world.ts";
import { examineProcess } from "./examineProcess.ts";

it("tells the oldest messages of a mailbox with their first bytes, and leaves them there", () => {
  const world = new World();
  const root = world.root();
  const text = "x".repeat(PAYLOAD_SHOWN_BYTES + 10);
  root.mailbox.push(data(7n, text));
  root.mailbox.push({ kind: "processDied", from: root.pid });
  for (let more = 0; more < QUEUED_SHOWN; more++) root.mailbox.push(data());
  const { mailbox, mailboxDepth } = examineProcess(root);
  expect(mailboxDepth).toBe(QUEUED_SHOWN + 2);
  expect(mailbox).toHaveLength(QUEUED_SHOWN);
  expect(mailbox[0]).toMatchObject({ kind: "data", tag: 7n, sizeBytes: text.length });
  expect(new TextDecoder().decode(mailbox[0]!.head)).toBe(text.slice(0, PAYLOAD_SHOWN_BYTES));
  expect(mailbox[1]).toMatchObject({ kind: "processDied", from: root.pid, sizeBytes: 0 });
  expect(root.mailbox.size).toBe(QUEUED_SHOWN + 2);
});

it("tells which tags are waited for, the links, what is held and what is allowed", () => {
  const world = new World();
  const root = world.root();
  const child = world.spawn(root, { link: 5n });
  world.receive(root, [3n, 4n]);
  root.errors.add("no such file");
  expect(examineProcess(root)).toMatchObject({
    pid: root.pid,
    awaitedTags: [3n, 4n],
    links: [{ pid: child.pid }],
    resources: { errors: 1, configs: 0, modules: 0, timers: 0 },
    config: { maySpawn: true, maxFuel: 0n },
  });
});

it("shares no bytes with the message", () => {
  const root = new World().root();
  const message = data(1n, "abc");
  root.mailbox.push(message);
  const { mailbox } = examineProcess(root);
  message.buffer[0] = 0;
  expect(mailbox[0]!.head[0]).toBe(97);
});
