import type { ConformanceCase } from "./conformanceCase.ts";

/** What a run has shown, in the terms of a case. */
export interface Observed {
  readonly stdout: string;
  readonly end: string;
  readonly notices: readonly string[];
}

/** What does not agree with the case, one sentence each; empty if all does. */
export function judge(
  { reports = [], ends = "returned", notices = [] }: ConformanceCase,
  observed: Observed,
): string[] {
  const problems: string[] = [];
  const wanted = reports.map(String);
  const reported = readReports(observed.stdout);
  if (wanted.join() !== reported.join()) problems.push(`reported ${list(reported)}, not ${list(wanted)}`);
  const [type, message = ""] = splitCause(ends);
  const [observedType, observedMessage = ""] = splitCause(observed.end);
  if (type !== observedType || !observedMessage.includes(message)) {
    problems.push(`ended with "${observed.end}", not with "${ends}"`);
  }
  const agree =
    notices.length === observed.notices.length &&
    notices.every((part, index) => observed.notices[index]!.includes(part));
  if (!agree) problems.push(`gave the notices ${list(observed.notices)}, not ${list(notices)}`);
  return problems;
}

/** What the lines of prelude.wat's report, dump and say stand for. */
export function readReports(stdout: string): string[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) =>
      line.startsWith("w") ? String(BigInt.asIntN(64, BigInt(`0x${line.slice(1)}`))) : line.slice(1),
    );
}

function splitCause(end: string): string[] {
  const at = end.indexOf(": ");
  return at < 0 ? [end] : [end.slice(0, at), end.slice(at + 2)];
}

function list(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(", ")}]`;
}
