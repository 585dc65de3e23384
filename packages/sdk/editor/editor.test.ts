import ts from "typescript";
import { describe, expect, test } from "vitest";
import { compile } from "../compiler/compile.ts";
import { formatDiagnostic } from "../compiler/diagnostic.ts";
import { SAMPLE_PROGRAM } from "../compiler/testing/sampleProgram.ts";
import { editorOptions, FALSE_ERRORS } from "./index.ts";
import { openEditor } from "./testing/languageService.ts";

const COUNTER = `import { Mailbox, Process, print, spawn } from "lunatic";

@message
class Job {
  constructor(
    public size: u32,
    public replyTo: Process<u64>,
    public note: string | null = null,
  ) {}
}

@process
export class Counter {
  private total: i64 = 0;
  @init
  begin(start: i64): void {
    this.total = start;
  }
  /** Adds to the count. */
  @message
  add(by: i64): void {
    this.total += by;
  }
  /** The count so far. */
  @request
  get(): i64 {
    return this.total;
  }
}

function worker(step: u32, mailbox: Mailbox<Job>): void {
  while (true) {
    const job = mailbox.receive();
    job.replyTo.send(<u64>job.size * step);
  }
}

export function main(mailbox: Mailbox<u64>): void {
  const counter = Counter.start(5);
  counter.add(2);
  const process = spawn(worker, <u32>3);
  process.send(new Job(4, mailbox.self));
  const isMore: bool = mailbox.receive() > 3 && counter.get() == 7;
  print(isMore);
}

@test
function counts(): void {
  const counter = Counter.start(1);
  counter.add(1);
  assert(counter.get() == 2, "two");
}
`;

const OTP = `import { print, Supervisor } from "lunatic";
import { Choose, Dual, End, Loop, Offer, Recv, Send, spawnProtocol } from "lunatic/protocol";

@process
class Teller {
  private balance: i64 = 0;
  @init
  begin(balance: i64): void {
    this.balance = balance;
  }
  @request
  pay(amount: i64): i64 {
    this.balance += amount;
    return this.balance;
  }
}

@supervisor
class Office extends Supervisor {
  @child teller: TellerChild = Teller.child(100);
}

@loop
class Account extends Loop {
  round!: Offer<Recv<i64, Send<i64, Account>>, End>;
}

function serve(balance: i64, session: Account): void {
  let account = session;
  while (true) {
    const choice = account.round.offer();
    if (!choice.isLeft) return;
    const deposit = choice.left.receive();
    account = deposit.next.send(balance + deposit.value);
  }
}

function pay(account: Dual<Account>, amount: i64): Dual<Account> {
  return account.round.selectLeft().send(amount).receive().next;
}

export function main(): void {
  const office = Office.start();
  print(office.children().teller.pay(3));
  pay(pay(spawnProtocol(serve, 100), 20), 3).round.selectRight();
}
`;

const PROGRAMS: Readonly<Record<string, string>> = {
  "most of the language": SAMPLE_PROGRAM,
  "the framework": COUNTER,
  "supervisors and sessions": OTP,
};

describe.each(Object.entries(PROGRAMS))("a correct program with %s", (_, text) => {
  test("shows no error in an editor", () => {
    expect(openEditor({ "main.ts": text }).errors()).toEqual([]);
  });

  test("compiles", () => {
    const { diagnostics } = compile({ files: new Map([["main.ts", text]]), entry: "main.ts" });
    expect(diagnostics.map(formatDiagnostic)).toEqual([]);
  });
});

describe("an author sees", () => {
  const editor = openEditor({ "main.ts": COUNTER });

  test("what the framework's objects can do", () => {
    expect(editor.completions("const job = mailbox.")).toEqual(
      expect.arrayContaining(["receive", "receiveTagged"]),
    );
    expect(editor.completions("process.")).toContain("send");
  });

  test("what the compiler adds to a process class, with the comments of its handlers", () => {
    expect(editor.completions("counter.")).toEqual(expect.arrayContaining(["add", "get", "withTimeout"]));
    expect(editor.completions("const counter = Counter.")).toEqual(
      expect.arrayContaining(["start", "lookup"]),
    );
    expect(editor.hover("counter.add")).toContain("Adds to the count.");
    expect(editor.hover("counter.get")).toContain("The count so far.");
  });

  test("comments and sources of the framework", () => {
    expect(editor.hover("mailbox.receive")).toContain("Waits for the next message.");
    expect(editor.definition("= spawn")).toBe("/lunatic-framework/process/spawn.ts");
    expect(editor.hover("@mess")).toContain("Makes a class sendable");
  });
});

test("what another file's process class gets is known where it is imported", () => {
  const editor = openEditor(
    {
      "counter.ts": COUNTER,
      "main.ts":
        'import { Counter, CounterRef } from "./counter";\nexport function use(): CounterRef { return Counter.start(1); }\n',
    },
    "main.ts",
  );

  expect(editor.errors()).toEqual([]);
  expect(editor.completions("Counter.")).toContain("startAs");
});

describe("real errors are shown", () => {
  test.each([
    ["a name that is not there", "wrong();", "TS2304"],
    ["a member that is not there", "mailbox.recieve();", "TS2551"],
    ["an argument of another type", 'counter.add("two");', "TS2345"],
    ["an argument too few", "Counter.start();", "TS2554"],
    ["a value of another type", "const text: string = 5;", "TS2322"],
    ["a handler that is not there", "counter.subtract(1);", "TS2339"],
    ["a message of another type", 'process.send("job");', "TS2345"],
    ["what is not closed", "if (true) {", "TS1005"],
  ])("%s", (_, statement, code) => {
    const text = COUNTER.replace("  print(isMore);", `  print(isMore);\n  ${statement}`);

    expect(openEditor({ "main.ts": text }).errors().join("\n")).toContain(code);
  });
});

test("a session out of order shows as an error", () => {
  const text = OTP.replace("account.round.selectLeft().send(amount)", "account.round.send(amount)");

  expect(openEditor({ "main.ts": text }).errors().join("\n")).toContain("TS2339");
});

test("each error that is left out says why", () => {
  expect(new Set(FALSE_ERRORS.map(({ code }) => code)).size).toBe(FALSE_ERRORS.length);
  for (const { reason } of FALSE_ERRORS) expect(reason.length).toBeGreaterThan(10);
});

test("a service that knows files by URIs finds the framework by a prefix", () => {
  const [plain, prefixed] = [editorOptions(ts), editorOptions(ts, "file://")];
  expect(prefixed.paths.lunatic[0]).toBe(`file://${plain.paths.lunatic[0]}`);
  expect(prefixed.paths["lunatic/*"][0]).toMatch(/^file:\/\/\/.*\*$/);
});
