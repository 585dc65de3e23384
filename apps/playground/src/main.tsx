import { createRuntime } from "@lunatic-web/runtime";
import { render } from "preact";
import { App } from "./app/App.tsx";
import { createProgramSelection } from "./programs/selection.ts";
import { createFrameClock } from "./run/frameClock.ts";
import { createSession } from "./run/session.ts";
import { createTimeLine } from "./view/time/timeLine.ts";
import "./style/index.css";

// Started before the first render: workers come up while the page is being laid out.
const runtime = createRuntime();
const onNextFrame = (callback: (nowMs: number) => void) => void requestAnimationFrame(callback);
const session = createSession(runtime, createFrameClock(onNextFrame));
const timeLine = createTimeLine(session, onNextFrame);
const selection = createProgramSelection(window);
render(
  <App runtime={runtime} session={session} timeLine={timeLine} selection={selection} />,
  document.getElementById("app")!,
);
