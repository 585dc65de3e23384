import { describe, expect, test } from "vitest";
import { seeded } from "../mailbox/testing/seeded.ts";
import { NO_PID } from "./ids.ts";
import { fits, Mailbox } from "./mailbox.ts";
import type { Message } from "./message.ts";
import { data, textOf } from "./testing/world.ts";

function text(message: Message | undefined): string | undefined {
  return message?.kind === "data" ? textOf(message) : message?.kind;
}

/** The plain meaning of a mailbox (host ABI ch. 6), against which the real one is compared. */
class PlainMailbox {
  messages: Message[] = [];

  push(message: Message): void {
    this.messages.push(message);
  }

  take(tags: readonly bigint[] | undefined): Message | undefined {
    const index = this.messages.findIndex((message) => fits(message, tags));
    return index < 0 ? undefined : this.messages.splice(index, 1)[0];
  }
}

describe("receive without tags", () => {
  test("takes the oldest message, tagged or not", () => {
    const mailbox = new Mailbox();
    mailbox.push(data(0n, "first"));
    mailbox.push(data(7n, "second"));
    mailbox.push({ kind: "processDied", from: NO_PID });
    expect([undefined, undefined, undefined, undefined].map(() => text(mailbox.take(undefined)))).toEqual([
      "first",
      "second",
      "processDied",
      undefined,
    ]);
  });
});

describe("receive with tags", () => {
  test("takes the oldest message with one of the tags, whatever their order, and leaves the others in order", () => {
    const mailbox = new Mailbox();
    for (const [tag, name] of [
      [1n, "a"],
      [2n, "b"],
      [3n, "c"],
      [2n, "d"],
    ] as const) {
      mailbox.push(data(tag, name));
    }
    expect(text(mailbox.take([3n, 2n]))).toBe("b");
    expect(text(mailbox.take([2n]))).toBe("d");
    expect([...mailbox].map(text)).toEqual(["a", "c"]);
  });

  test("never takes a message without a tag, not even for tag 0", () => {
    const mailbox = new Mailbox();
    mailbox.push(data(0n, "untagged"));
    mailbox.push({ kind: "processDied", from: NO_PID });
    expect(mailbox.take([0n, 1n])).toBeUndefined();
    expect(mailbox.size).toBe(2);
  });

  test("finds a link-died message by its link tag", () => {
    const mailbox = new Mailbox();
    mailbox.push(data(1n, "other"));
    mailbox.push({ kind: "linkDied", tag: 5n, from: NO_PID });
    expect(mailbox.take([5n])?.kind).toBe("linkDied");
  });

  test("distinguishes tags over the whole range of i64", () => {
    const mailbox = new Mailbox();
    const tags = [-1n, 1n, -(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n, 2n ** 53n + 1n];
    for (const tag of tags) mailbox.push(data(tag, `${tag}`));
    for (const tag of tags.toReversed()) expect(text(mailbox.take([tag]))).toBe(`${tag}`);
  });
});

/** @returns the step at which the two differ, or undefined */
function firstDifference(seed: number): number | undefined {
  const random = seeded(seed);
  const mailbox = new Mailbox();
  const plain = new PlainMailbox();
  const tagCount = 1 + random(40);
  const pushShare = 2 + random(7);
  for (let step = 0; step < 3000; step++) {
    if (random(10) < pushShare) {
      const message = data(BigInt(random(tagCount)), `${step}`);
      mailbox.push(message);
      plain.push(message);
    } else {
      const tags =
        random(3) === 0 ? undefined : Array.from({ length: random(3) }, () => BigInt(random(tagCount)));
      if (mailbox.take(tags) !== plain.take(tags)) return step;
    }
    const isEmptying = random(500) === 0;
    while (isEmptying && plain.messages.length > 0) {
      if (mailbox.take(undefined) !== plain.take(undefined)) return step;
    }
    if (mailbox.size !== plain.messages.length) return step;
  }
  return [...mailbox].every((message, index) => message === plain.messages[index]) ? undefined : 3000;
}

test("any sequence of operations gives what the plain queue gives", () => {
  for (let seed = 1; seed <= 60; seed++) expect(firstDifference(seed), `seed ${seed}`).toBeUndefined();
});

test("a million messages can be taken newest tag first without a search through all of them", () => {
  const mailbox = new Mailbox();
  const count = 1_000_000;
  const message = data(0n);
  for (let index = 1; index <= count; index++) mailbox.push({ ...message, tag: BigInt(index) });
  // A search would look at 5 * 10^11 messages here: hours, and the run's own limit ends it.
  for (let index = count; index >= 1; index--) {
    if (mailbox.take([BigInt(index)]) === undefined) throw new Error(`Message ${index} is missing`);
  }
  expect(mailbox.size).toBe(0);
});

test("a tag that comes and goes behind a hundred thousand others is found at once each time", () => {
  const mailbox = new Mailbox();
  const message = data(0n);
  for (let index = 1; index <= 100_000; index++) mailbox.push({ ...message, tag: BigInt(index) });
  const passing = data(-5n);
  let taken = 0;
  // A look-up that grows with the number of rounds needs hours here, and the run's own limit ends it.
  for (let round = 0; round < 200_000; round++) {
    mailbox.push(passing);
    if (mailbox.take([-5n]) === passing) taken++;
  }
  expect(taken).toBe(200_000);
});

test("one message that nobody asks for does not make the queue behind it grow", () => {
  const mailbox = new Mailbox();
  mailbox.push(data(0n, "stuck"));
  let taken = 0;
  for (let index = 0; index < 100_000; index++) {
    mailbox.push(data(1n));
    mailbox.push(data(1n));
    if (mailbox.take([1n]) !== undefined) taken++;
    if (mailbox.take([1n]) !== undefined) taken++;
  }
  expect(taken).toBe(200_000);
  expect(mailbox.capacity).toBeLessThan(16);
  expect(text(mailbox.take(undefined))).toBe("stuck");
});

test("an emptied mailbox gives its room back", () => {
  const mailbox = new Mailbox();
  for (let index = 0; index < 5000; index++) mailbox.push(data());
  while (mailbox.take(undefined) !== undefined);
  expect(mailbox.capacity).toBeLessThanOrEqual(1024);
});
