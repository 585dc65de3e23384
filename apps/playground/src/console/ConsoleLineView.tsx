import { Component, type CSSProperties } from "preact";
import { type AnsiColor, parseAnsi, type StyledText } from "./ansi.ts";
import type { ConsoleLine } from "./consoleBuffer.ts";

export interface ConsoleLineProps {
  readonly line: ConsoleLine;
  /** Who wrote it, for people; left out where all lines are of one process. */
  readonly writer?: string;
  readonly onFocus?: (pid: number) => void;
}

/** One line. A class for shouldComponentUpdate: a line changes only while it is being written. */
export class ConsoleLineView extends Component<ConsoleLineProps> {
  override shouldComponentUpdate(next: ConsoleLineProps): boolean {
    return next.line !== this.props.line || next.writer !== this.props.writer;
  }

  override render({ line, writer, onFocus }: ConsoleLineProps) {
    const { spans } = parseAnsi(line.text, line.style);
    return (
      <div class="console-line" data-testid="console-line" data-pid={line.pid} data-stream={line.kind}>
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
        <span class="text" data-text>
          {spans.map((span, index) => (
            <Span key={index} {...span} />
          ))}
        </span>
      </div>
    );
  }
}

function Span({ text, style }: StyledText) {
  const foreground = style.inverse ? (style.background ?? "inverse") : style.foreground;
  const background = style.inverse ? (style.foreground ?? "inverse") : style.background;
  const classes: string[] = [];
  const css: CSSProperties = {};
  if (foreground !== undefined) apply("color", foreground);
  if (background !== undefined) apply("backgroundColor", background);
  for (const effect of ["bold", "dim", "italic", "underline", "strike"] as const) {
    if (style[effect]) classes.push(`ansi-${effect}`);
  }
  if (classes.length === 0 && Object.keys(css).length === 0) return <>{text}</>;
  return (
    <span class={classes.join(" ")} style={css}>
      {text}
    </span>
  );

  function apply(property: "color" | "backgroundColor", color: AnsiColor | "inverse"): void {
    if (color === "inverse") css[property] = property === "color" ? "var(--surface)" : "var(--text)";
    else css[property] = typeof color === "number" ? `var(--ansi-${color})` : color;
  }
}
