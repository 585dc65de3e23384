import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RunControl } from "./runControl.ts";
import { drawSeed, parseSeed } from "./seed.ts";

export interface RunSettingsFieldsProps {
  readonly control: RunControl;
  /** Those of the runtime; undefined: not known yet. */
  readonly executors: number | undefined;
}

/** What the next run follows from: a seed, so that it repeats, or real time on some executors. */
export function RunSettingsFields({ control, executors }: RunSettingsFieldsProps) {
  const { isDeterministic, seed } = control;
  const text = useSignal(String(seed.value));
  const isWrong = parseSeed(text.value) === undefined;
  useEffect(() => {
    if (parseSeed(text.value) !== seed.value) text.value = String(seed.value);
  }, [seed.value, seed, text]);

  return (
    <fieldset class="run-settings">
      <legend class="visually-hidden">How the next run goes</legend>
      <label
        class="check"
        title="The same seed gives the same run. Time is virtual, and all processes are on one executor."
      >
        <input
          type="checkbox"
          data-testid="deterministic"
          checked={isDeterministic.value}
          onChange={(event) => {
            isDeterministic.value = event.currentTarget.checked;
          }}
        />
        deterministic
      </label>
      {isDeterministic.value ? (
        <>
          <label class="inline-field">
            <span>seed</span>
            <input
              type="text"
              inputMode="numeric"
              class="seed"
              data-testid="seed"
              spellcheck={false}
              autocomplete="off"
              value={text.value}
              aria-invalid={isWrong}
              title={isWrong ? "A whole number from 0 to 2^53 - 1" : "Of the next run"}
              onInput={(event) => {
                text.value = event.currentTarget.value;
                seed.value = parseSeed(text.value) ?? seed.value;
              }}
              onBlur={() => {
                text.value = String(seed.value);
              }}
            />
          </label>
          <button
            type="button"
            class="icon"
            data-testid="draw-seed"
            aria-label="Draw another seed"
            title="Draw another seed"
            onClick={() => {
              seed.value = drawSeed(Math.random());
            }}
          >
            <svg viewBox="0 0 14 14" aria-hidden="true">
              <rect
                x="1.5"
                y="1.5"
                width="11"
                height="11"
                rx="2.5"
                fill="none"
                stroke="currentColor"
                stroke-width="1.2"
              />
              <path
                d="M4.4 4.4h.01M9.6 4.4h.01M7 7h.01M4.4 9.6h.01M9.6 9.6h.01"
                stroke="currentColor"
                stroke-width="2"
                stroke-linecap="round"
              />
            </svg>
          </button>
        </>
      ) : (
        executors !== undefined && (
          <label class="inline-field">
            <span>executors</span>
            <select
              data-testid="executors"
              title="Workers that the next run may use"
              value={control.executors.value ?? executors}
              onChange={(event) => {
                const count = Number(event.currentTarget.value);
                control.executors.value = count === executors ? undefined : count;
              }}
            >
              {Array.from({ length: executors }, (_, index) => (
                <option key={index + 1} value={index + 1}>
                  {index + 1}
                </option>
              ))}
            </select>
          </label>
        )
      )}
    </fieldset>
  );
}
