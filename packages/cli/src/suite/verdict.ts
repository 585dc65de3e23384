import { panicMessages } from "./panicText.ts";
import type { TestCase } from "./testName.ts";

/** How the root process of a test's environment ended. */
export type TestEnd =
  | { readonly type: "normal" }
  /** @param cause one sentence, for a failure that wrote no panic message */
  | { readonly type: "failure"; readonly cause: string }
  | { readonly type: "timeout"; readonly seconds: number }
  /** The runtime's or the browser's fault: never what a should_panic test waits for. */
  | { readonly type: "hostFault"; readonly cause: string };

export interface Verdict {
  readonly isOk: boolean;
  /** Lines for the output of the test, "" for none. */
  readonly note: string;
}

/**
 * Whether a test has passed (host ABI ch. 14).
 * @param ownOutput what the test process itself wrote: a child's panic is not its own
 */
export function judge(test: Pick<TestCase, "expectedPanic">, end: TestEnd, ownOutput: string): Verdict {
  if (end.type === "timeout")
    return failed(`note: test did not end within ${end.seconds} s and was killed (--timeout)`);
  if (end.type === "hostFault") return failed(`note: ${end.cause}`);
  const expected = test.expectedPanic;
  if (end.type === "normal") {
    return expected === undefined ? OK : failed("note: test did not panic as expected");
  }
  const messages = panicMessages(ownOutput);
  if (expected === undefined) {
    return messages.length > 0
      ? failed("")
      : failed(`note: Process trapped or received kill signal\n      cause: ${end.cause}`);
  }
  if (expected === "" || messages.some((message) => message.includes(expected))) return OK;
  if (messages.length === 0) {
    return failed(
      `note: Process trapped or received kill signal, but a panic was expected\n      cause: ${end.cause}\n expected substring: ${quote(expected)}`,
    );
  }
  return failed(
    `note: panic did not contain expected string\n      panic message: ${quote(messages.join("\n"))},\n expected substring: ${quote(expected)}`,
  );
}

const OK: Verdict = { isOk: true, note: "" };

function failed(note: string): Verdict {
  return { isOk: false, note: note === "" ? "" : `${note}\n` };
}

/** As Rust's `{:?}` of a string, in backticks. */
function quote(text: string): string {
  return `\`${JSON.stringify(text)}\``;
}
