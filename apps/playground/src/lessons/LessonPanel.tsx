import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Panel } from "../app/Panel.tsx";
import { highlightRustLines } from "../editor/highlightRust.ts";
import { SourceText } from "../editor/SourceText.tsx";
import { explainError } from "../run/plainError.ts";
import type { Goals } from "./check/goal.ts";
import { loadGoals } from "./checkFiles.ts";
import type { LessonContent } from "./content/lesson.ts";
import { GoalList } from "./GoalList.tsx";
import type { LessonColumnProps } from "./LessonColumn.tsx";
import { lessonLink } from "./tour.ts";
import "./lessons.css";

interface Loaded {
  readonly content?: LessonContent;
  readonly goals?: Goals;
  readonly failure?: string;
}

/** A lesson: its text, what the exercise asks for, and the ways to the others. */
export function LessonPanel({ tour, lesson: program, workbench, stage }: LessonColumnProps) {
  const { entry, loadContent } = program.lesson;
  const loaded = useSignal<Loaded>({});
  const text = useRef<HTMLElement>(null);
  const { previous, next } = tour.neighbours(entry.name);
  const number = tour.lessons.value.findIndex(({ lesson }) => lesson.entry.name === entry.name) + 1;

  useEffect(() => {
    stage.value = entry.panel;
    Promise.all([loadContent(), loadGoals(entry.folder)]).then(
      ([content, goals]) => {
        loaded.value = { content, goals };
      },
      (thrown: unknown) => {
        loaded.value = { failure: explainError(thrown).detail };
      },
    );
    // Whoever comes from another lesson reads on here, also by keyboard; on a fresh page the focus stays at its top.
    if (document.activeElement !== document.body) text.current?.focus();
  }, [entry, loadContent, loaded, stage]);
  useEffect(() => {
    void openFile();
    async function openFile(): Promise<void> {
      const { name, own, loadProject } = program;
      // A project that cannot be loaded shows its reason in the editor's place.
      const workspace = await workbench.library
        .workspaceOf({ name, own, loadProject })
        .catch(() => undefined);
      if (workspace?.isModified.peek() === false && workspace.project.peek().files.has(entry.open)) {
        workspace.open(entry.open);
      }
    }
  }, [program, entry, workbench]);

  const { content, goals, failure } = loaded.value;
  return (
    <Panel
      title={entry.title}
      area="lesson-panel"
      facts={
        <span data-testid="lesson-number">
          {number} of {tour.lessons.value.length}
        </span>
      }
      actions={
        <nav class="lesson-nav" aria-label="Lessons">
          {previous && (
            <a
              class="button"
              href={lessonLink(previous)}
              data-testid="lesson-previous"
              title={previous.title}
            >
              <span aria-hidden="true">‹</span>
              <span class="visually-hidden">Previous lesson: {previous.lesson.entry.title}</span>
            </a>
          )}
          <button
            type="button"
            onClick={() => {
              tour.isMenuOpen.value = true;
            }}
          >
            All
          </button>
          {next && (
            <a class="button" href={lessonLink(next)} data-testid="lesson-next" title={next.title}>
              <span class="visually-hidden">Next lesson: {next.lesson.entry.title}</span>
              <span aria-hidden="true">›</span>
            </a>
          )}
        </nav>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1) */}
      <section class="lesson-body" tabIndex={0} aria-label={`Lesson: ${entry.title}`} ref={text}>
        {failure !== undefined && <p class="failure">{failure}</p>}
        {content && <LessonText html={content.html} />}
        {content?.partnerSource !== undefined && (
          <PartnerSource source={content.partnerSource} name={entry.partner?.name ?? ""} />
        )}
      </section>
      {goals && <GoalList key={program.name} {...{ tour, program, goals, workbench }} />}
    </Panel>
  );
}

function LessonText({ html }: { readonly html: string }) {
  const content = useMemo(() => ({ __html: html }), [html]);
  return (
    <div
      class="lesson-text"
      data-testid="lesson-text"
      // Made at build time of our own Markdown; HTML in that comes out as text.
      dangerouslySetInnerHTML={content}
    />
  );
}

function PartnerSource({ source, name }: { readonly source: string; readonly name: string }) {
  const lines = useMemo(() => highlightRustLines(source.trimEnd()), [source]);
  return (
    <details class="partner-source" data-testid="partner-source" open>
      <summary>{name}.rs, the program that runs beside yours</summary>
      <SourceText lines={lines} label={`Rust source of ${name}`} />
    </details>
  );
}
