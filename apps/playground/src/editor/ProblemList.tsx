import type { SourceRange } from "@lunatic-web/sdk";
import type { ReadonlySignal } from "@preact/signals";
import type { Checker } from "../compile/checker.ts";
import { countProblems, type Problem } from "../compile/problems.ts";

export interface ProblemListProps {
  readonly checker: Checker;
  readonly problems: ReadonlySignal<readonly Problem[]>;
  /** Before that nobody has looked at the text. */
  readonly isEditing: ReadonlySignal<boolean>;
  readonly onGo: (place: { readonly file: string; readonly range: SourceRange }) => void;
  readonly onFormat: () => void;
}

/** What is wrong with the program, each with the way to its place. */
export function ProblemList({ checker, problems, isEditing, onGo, onFormat }: ProblemListProps) {
  const failure = checker.failure.value;
  const list = problems.value;
  return (
    <section class="problems" aria-label="Problems" data-testid="problems" data-stale={checker.isStale.value}>
      <div class="problems-bar">
        <p role="status">
          {failure ? failure.title : summarize(list, isEditing.value, checker.isStale.value)}
        </p>
        <button type="button" class="format" title="Shift+Alt+F" data-testid="format" onClick={onFormat}>
          Format
        </button>
      </div>
      {failure && <p class="failure">{failure.detail}</p>}
      {list.length > 0 && (
        <ol class="problem-list">
          {list.map((problem, index) => (
            <li key={index}>
              <ProblemLine problem={problem} onGo={onGo} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface ProblemLineProps {
  readonly problem: Problem;
  readonly onGo: ProblemListProps["onGo"];
}

function ProblemLine({ problem: { severity, message, at }, onGo }: ProblemLineProps) {
  const text = (
    <>
      <span class={`severity severity-${severity}`}>{severity}</span>{" "}
      <span class="problem-text">{message}</span>
    </>
  );
  if (!at) {
    return (
      <p class="problem" data-testid="problem">
        {text}
      </p>
    );
  }
  const { file, range } = at;
  return (
    <button
      type="button"
      class="problem"
      data-testid="problem"
      data-severity={severity}
      data-file={file}
      data-line={range.start.line}
      onClick={() => onGo(at)}
    >
      {text}{" "}
      <span class="problem-place">
        {file}:{range.start.line}:{range.start.column}
      </span>
    </button>
  );
}

function summarize(problems: readonly Problem[], isEditing: boolean, isStale: boolean): string {
  const counted = countProblems(problems);
  if (counted !== "") return counted;
  if (!isEditing) return "";
  return isStale ? "checking…" : "No problems";
}
