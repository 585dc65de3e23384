import type { RunControl, Step } from "./runControl.ts";

/** What the last step did, in words: for everybody, and for those who do not see the picture. */
export function StepLine({ control }: { readonly control: RunControl }) {
  const step = control.lastStep.value;
  return (
    <p class="step-line" role="status" data-testid="step" data-pid={step?.report?.pid}>
      {step && describe(step)}
    </p>
  );
}

function describe({ report, text }: Step) {
  if (report === undefined) return "goes on until a message is sent or taken…";
  if (report.outcome === "ended") return "The run has ended.";
  if (text === undefined) {
    return "Every process waits, and not for a timer: nothing happens until somebody sends a message.";
  }
  return (
    <>
      <b>{text.who}</b> {text.deeds.length === 0 ? "ran" : text.deeds.join(", ")}
    </>
  );
}
