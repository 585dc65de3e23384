import { type ColorChoices, chooseColors, chooseTheme } from "../../appearance/theme.ts";
import { describeExit } from "../../run/describeExit.ts";
import type { Session } from "../../run/session.ts";
import {
  type BroughtProgram,
  type FrameMessage,
  type HostMessage,
  isGreeting,
  type PrintedOutput,
} from "../protocol/messages.ts";
import { greetHost, postToHost } from "../protocol/post.ts";

/** The page's line to the element around it. */
export interface HostLine {
  /** Resolves when the element has brought a program; an element that names one of the page's never does. */
  readonly brought: Promise<BroughtProgram>;
  /** Tells what happens from now on, and does what it is told. */
  attend(session: Session, actions: HostActions): void;
  say(message: FrameMessage): void;
}

export interface HostActions {
  run(): void;
  stop(): void;
}

/** Output of so long goes in one message: a flood would drown the other page in messages else. */
const OUTPUT_DELAY_MS = 16;

/** Asks the element around this frame to connect. */
export function openHostLine(): HostLine {
  const brought = Promise.withResolvers<BroughtProgram>();
  /** Until the element has connected, what is said waits. */
  let waiting: FrameMessage[] = [];
  let port: MessagePort | undefined;
  let actions: HostActions | undefined;
  /** Commands that came before the page could do them. */
  const early: ("run" | "stop")[] = [];

  function receive(message: HostMessage): void {
    switch (message.type) {
      case "colors":
        follow(message.theme, message.colors);
        break;
      case "program":
        brought.resolve(message.program);
        break;
      case "run":
      case "stop":
        if (actions) actions[message.type]();
        else early.push(message.type);
        break;
      default:
        message satisfies never;
    }
  }

  function say(message: FrameMessage): void {
    if (port) postToHost(port, message);
    else waiting.push(message);
  }

  addEventListener("message", ({ data, source, ports }) => {
    // Only the window around the frame may connect, and only once.
    if (source !== parent || port || !isGreeting(data, "connect")) return;
    port = ports[0]!;
    port.onmessage = ({ data: message }: MessageEvent<HostMessage>) => receive(message);
    for (const message of waiting) postToHost(port, message);
    waiting = [];
  });
  greetHost(parent);

  return {
    brought: brought.promise,
    say,
    attend(session, given) {
      actions = given;
      for (const command of early.splice(0)) actions[command]();
      tellOfRuns(session, say);
    },
  };
}

function follow(theme: Parameters<typeof chooseTheme>[0], colors: ColorChoices): void {
  chooseTheme(theme);
  chooseColors(colors);
}

function tellOfRuns(session: Session, say: (message: FrameMessage) => void): void {
  let printed: PrintedOutput[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (printed.length === 0) return;
    say({ type: "output", output: printed });
    printed = [];
  };
  session.onOutput(({ pid, stream, text }) => {
    printed.push({ pid, stream, text });
    timer ??= setTimeout(flush, OUTPUT_DELAY_MS);
  });
  session.exit.subscribe((report) => {
    if (!report) return;
    flush();
    say({ type: "exit", reason: report.reason, cause: describeExit(report) });
  });
  session.error.subscribe((error) => {
    if (error) say({ type: "error", ...error });
  });
}
