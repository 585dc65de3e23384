import type { RunControl } from "./runControl.ts";
import { describeSpeed, FULL_SPEED, NAMED_STOPS, SPEEDS } from "./speeds.ts";

/** From one slice a second to full speed. Takes effect at once, also on a run that goes on. */
export function SpeedSlider({ control }: { readonly control: RunControl }) {
  const index = control.speed.value;
  const speed = SPEEDS[index]!;
  return (
    <div class="speed-slider">
      <label for="run-speed">Speed</label>
      <div class="speed-track">
        <input
          id="run-speed"
          type="range"
          data-testid="run-speed"
          min={0}
          max={FULL_SPEED}
          step={1}
          value={index}
          aria-valuetext={describeSpeed(speed)}
          title={describeSpeed(speed)}
          onInput={(event) => void control.setSpeed(Number(event.currentTarget.value))}
        />
        <div class="speed-stops" aria-hidden="true">
          {NAMED_STOPS.map((stop) => (
            <span
              key={stop}
              class={stop === index ? "on" : ""}
              style={{ insetInlineStart: `${(100 * stop) / FULL_SPEED}%` }}
            >
              {SPEEDS[stop]!.name}
            </span>
          ))}
        </div>
      </div>
      <output class="speed-name" data-testid="run-speed-name">
        {speed.name}
      </output>
    </div>
  );
}
