import type { SourcePlace } from "@lunatic-web/sdk/trace";
import { Component, type CSSProperties } from "preact";
import { formatMoment } from "../view/time/formatMoment.ts";
import { type AnsiColor, parseAnsi, type StyledText } from "./ansi.ts";
import type { ConsoleLine } from "./consoleBuffer.ts";
import { linkPlaces } from "./linePlaces.ts";

export interface ConsoleLineProps {
  readonly line: ConsoleLine;
  /** Who wrote it, for people; left out where all lines are of one process. */
  readonly writer?: string;
  readonly onFocus?: (pid: number) => void;
  /** Shows the moment at which the line was written; without, lines have no time. */
  readonly onMoment?: (timeMs: number) => void;
  /** Opens a place in the source; without, lines have no links. */
  readonly onPlace?: ((place: SourcePlace) => void) | undefined;
  /** Where in the source what the line tells of has happened. */
  readonly place?: SourcePlace | undefined;
  /** It was written later than the moment that is shown. */
  readonly isLater?: boolean;
}

/** One line. A class for shouldComponentUpdate: a line changes only while it is being written. */
export class ConsoleLineView extends Component<ConsoleLineProps> {
  override shouldComponentUpdate(next: ConsoleLineProps): boolean {
    const { line, writer, place, isLater, onPlace } = this.props;
    return (
      next.line !== line ||
      next.writer !== writer ||
      next.place !== place ||
      next.isLater !== isLater ||
      (next.onPlace === undefined) !== (onPlace === undefined)
    );
  }

  override render({ line, writer, onFocus, onMoment, place, isLater }: ConsoleLineProps) {
    const { spans } = parseAnsi(line.text, line.style);
    return (
      <div
        class={isLater ? "console-line later" : "console-line"}
        // In other places the same line is shown once more.
        data-testid={writer === undefined ? undefined : "console-line"}
        data-pid={line.pid}
        data-stream={line.kind}
      >
        {writer !== undefined && (
          <button
            type="button"
            class="writer"
            tabIndex={-1}
            title={line.pid === 0 ? writer : `Show process ${writer}`}
            disabled={line.pid === 0}
            onClick={() => onFocus?.(line.pid)}
          >
            {writer}
          </button>
        )}
        {onMoment && (
          <button
            type="button"
            class="line-time"
            tabIndex={-1}
            title="Show this moment"
            onClick={() => onMoment(line.timeMs)}
          >
            {formatMoment(line.timeMs)}
          </button>
        )}
        <span class="text" data-text>
          {spans.map((span, index) => (
            <Span key={index} {...span} onPlace={this.props.onPlace && this.#open} />
          ))}
        </span>
        {place && this.props.onPlace && <PlaceLink place={place} onPlace={this.#open} />}
      </div>
    );
  }

  /** As the properties have it when it is called. */
  #open = (place: SourcePlace) => this.props.onPlace?.(place);
}

export interface PlaceLinkProps {
  readonly place: SourcePlace;
  readonly onPlace: (place: SourcePlace) => void;
  /** Left out: the place as a text. */
  readonly text?: string;
}

/** Opens the editor at a place. */
export function PlaceLink({ place, onPlace, text }: PlaceLinkProps) {
  return (
    <button
      type="button"
      class="link place-link"
      data-testid="place-link"
      title="Show it in the editor"
      onClick={(event) => {
        // In a summary it would unfold what the summary stands for.
        event.preventDefault();
        onPlace(place);
      }}
    >
      {text ?? `${place.file}:${place.line}:${place.column}`}
    </button>
  );
}

type SpanProps = StyledText & { readonly onPlace: ((place: SourcePlace) => void) | undefined };

function Span({ text, style, onPlace }: SpanProps) {
  const foreground = style.inverse ? (style.background ?? "inverse") : style.foreground;
  const background = style.inverse ? (style.foreground ?? "inverse") : style.background;
  const classes: string[] = [];
  const css: CSSProperties = {};
  if (foreground !== undefined) apply("color", foreground);
  if (background !== undefined) apply("backgroundColor", background);
  for (const effect of ["bold", "dim", "italic", "underline", "strike"] as const) {
    if (style[effect]) classes.push(`ansi-${effect}`);
  }
  const content = onPlace ? <Linked text={text} onPlace={onPlace} /> : text;
  if (classes.length === 0 && Object.keys(css).length === 0) return <>{content}</>;
  return (
    <span class={classes.join(" ")} style={css}>
      {content}
    </span>
  );

  function apply(property: "color" | "backgroundColor", color: AnsiColor | "inverse"): void {
    if (color === "inverse") css[property] = property === "color" ? "var(--surface)" : "var(--text)";
    else css[property] = typeof color === "number" ? `var(--ansi-${color})` : color;
  }
}

function Linked({ text, onPlace }: { text: string; onPlace: (place: SourcePlace) => void }) {
  const parts = linkPlaces(text);
  return (
    <>
      {parts.map((part, index) =>
        part.place ? (
          <PlaceLink key={index} place={part.place} text={part.text} onPlace={onPlace} />
        ) : (
          part.text
        ),
      )}
    </>
  );
}
