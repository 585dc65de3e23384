import type { PageProcess, RunningEnvironment, StepReport } from "@lunatic-web/runtime";
import type { InspectionEvent } from "@lunatic-web/runtime/inspect";
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Program } from "../programs/catalog.ts";
import type { RunSettings } from "../run/runSettings.ts";
import type { Session } from "../run/session.ts";
import { describeStep, type StepText } from "./describeStep.ts";
import { drawSeed } from "./seed.ts";
import { FULL_SPEED, SPEEDS } from "./speeds.ts";

/** A process of the page that messages of the visitor come from. */
const VISITOR = "visitor";
/** Events of one step that are told of; a slice may send thousands of messages. */
const STEP_EVENTS = 2_000;

/** The last step and what came of it. */
export interface Step {
  /** undefined: it is under way. */
  readonly report: StepReport | undefined;
  readonly text: StepText | undefined;
}

/** How the visitor's runs go: what he has set for the next one, and the handles of the one that goes on. */
export interface RunControl {
  readonly isDeterministic: Signal<boolean>;
  /** Of deterministic runs. */
  readonly seed: Signal<number>;
  /** Of other runs; undefined: as many as there are. */
  readonly executors: Signal<number | undefined>;
  /** Index in SPEEDS. */
  readonly speed: ReadonlySignal<number>;
  readonly isPaused: ReadonlySignal<boolean>;
  /** undefined: none was made since the run began or went on. */
  readonly lastStep: ReadonlySignal<Step | undefined>;
  /** Runs a program as it is set. @param startsPaused before its first instruction */
  run(program: Program, args: readonly string[], startsPaused?: boolean): Promise<void>;
  setSpeed(index: number): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Pauses first what is not paused. "message": until one is sent or taken. */
  step(goal: "slice" | "message"): Promise<void>;
  /** Puts a message into a mailbox, from a process of the page's own. */
  send(pid: number, tag: bigint, body: Uint8Array): Promise<void>;
}

/** @param focus the chosen process: after a step it is the one that ran */
export function createRunControl(session: Session, focus: Signal<number | undefined>): RunControl {
  const isDeterministic = signal(false);
  const seed = signal(drawSeed(Math.random()));
  const executors = signal<number | undefined>(undefined);
  const speed = signal(FULL_SPEED);
  const isPaused = signal(false);
  const report = signal<StepReport | undefined>(undefined);
  const isStepped = signal(false);
  /** Since the last step began. */
  const stepEvents = signal<readonly InspectionEvent[]>([]);
  const lastStep = computed<Step | undefined>(() => {
    if (!isStepped.value) return undefined;
    const pid = report.value?.pid;
    const text = pid === undefined ? undefined : describeStep(pid, stepEvents.value, session.model);
    return { report: report.value, text };
  });
  const visitors = new WeakMap<RunningEnvironment, Promise<PageProcess>>();

  session.onEvents((events) => {
    const { value } = stepEvents;
    if (!isStepped.value || value.length >= STEP_EVENTS) return;
    stepEvents.value = [...value, ...events.slice(0, STEP_EVENTS - value.length)];
  });

  effect(() => {
    if (session.environment.value !== undefined) return;
    batch(() => {
      isPaused.value = false;
      forgetStep();
    });
  });

  function forgetStep(): void {
    isStepped.value = false;
    report.value = undefined;
    stepEvents.value = [];
  }

  /** A run that ends while it is asked for something has answered by that. */
  async function attempt(action: (environment: RunningEnvironment) => Promise<unknown>): Promise<void> {
    const environment = session.environment.value;
    if (environment === undefined) return;
    await session.attempt(async () => {
      try {
        await action(environment);
      } catch (error) {
        if (!(error instanceof Error && error.name === "ProcessEndedError")) throw error;
      }
    });
  }

  function settings(startsPaused: boolean): RunSettings {
    const rate = SPEEDS[speed.value]!.slicesPerSecond;
    return {
      ...(isDeterministic.value && { deterministic: { seed: seed.value } }),
      ...(!isDeterministic.value && executors.value !== undefined && { executors: executors.value }),
      ...((startsPaused || rate !== undefined) && {
        prepare: async (environment) => {
          if (startsPaused) await environment.pause();
          if (rate !== undefined) await environment.setSpeed(rate);
        },
      }),
    };
  }

  return {
    isDeterministic,
    seed,
    executors,
    speed,
    isPaused,
    lastStep,
    async run(program, args, startsPaused = false) {
      const going = session.run(program, args, settings(startsPaused));
      batch(() => {
        forgetStep();
        isPaused.value = startsPaused;
      });
      await going;
    },
    async setSpeed(index) {
      speed.value = index;
      await attempt((environment) => environment.setSpeed(SPEEDS[index]!.slicesPerSecond));
    },
    async pause() {
      isPaused.value = true;
      await attempt((environment) => environment.pause());
    },
    async resume() {
      batch(() => {
        isPaused.value = false;
        forgetStep();
      });
      await attempt((environment) => environment.resume());
    },
    async step(goal) {
      await attempt(async (environment) => {
        batch(() => {
          isPaused.value = true;
          forgetStep();
          isStepped.value = true;
        });
        const done = await environment.step(goal === "message" ? "message" : { slices: 1 });
        // Another command has taken its place, and tells for itself.
        if (done.outcome === "interrupted" || session.environment.value !== environment) return;
        batch(() => {
          report.value = done;
          if (done.pid !== undefined) focus.value = done.pid;
        });
      });
    },
    async send(pid, tag, body) {
      await attempt(async (environment) => {
        let visitor = visitors.get(environment);
        if (visitor === undefined) {
          visitor = environment.attach({ label: VISITOR });
          visitors.set(environment, visitor);
        }
        (await visitor).send(pid, tag, body);
      });
    },
  };
}
