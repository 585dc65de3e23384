import type { History } from "./history.ts";
import type { HistorySegment } from "./historySegment.ts";
import type { InspectionEvent } from "./inspectionEvent.ts";
import { SystemModel } from "./systemModel.ts";

/** Events that a move forward hands out; a leap over more is no movement that somebody could follow. */
const MAX_PASSED = 50_000;

/**
 * Looks at a history at one moment. Forward moves replay what is between; others begin at the key frame before. Its
 * model is its own: it neither changes with the run nor changes the run.
 */
export class HistoryCursor {
  readonly #history: History;
  #model: SystemModel;
  #position = -1;
  /** Steps of the segment it is in that are taken in already. */
  #stepsTaken = 0;
  #segment: HistorySegment | undefined;

  constructor(history: History) {
    this.#history = history;
    this.#model = new SystemModel(history.live.endedKept);
  }

  /** The system as it was. Another object after a move that was not forward. */
  get model(): SystemModel {
    return this.#model;
  }

  /** Number of events before the moment. */
  get position(): number {
    return Math.max(0, this.#position);
  }

  /**
   * Moves to a position; one that is not remembered any more becomes the nearest that is.
   * @returns the events on the way if it was a step forward that somebody could have watched, else none
   */
  seek(position: number): readonly InspectionEvent[] {
    const history = this.#history;
    const goal = Math.min(Math.max(position, history.first), history.end);
    if (history.end === history.first && history.end === 0 && !history.isFinished) return [];
    const target = history.segmentAt(goal);
    const isStep =
      this.#segment !== undefined &&
      this.#position >= history.first &&
      goal >= this.#position &&
      target.first <= this.#segment.end;
    if (!isStep) this.#enter(target);
    const passed: InspectionEvent[] = [];
    while (this.#segment !== target) {
      this.#replay(this.#segment!, this.#segment!.end, passed);
      this.#enter(history.segmentAt(this.#segment!.end));
    }
    this.#replay(target, goal, passed);
    return isStep && passed.length <= MAX_PASSED ? passed : [];
  }

  #enter(segment: HistorySegment): void {
    this.#model = new SystemModel(this.#history.live.endedKept, segment.frame);
    this.#segment = segment;
    this.#position = segment.first;
    this.#stepsTaken = 0;
  }

  #replay(segment: HistorySegment, goal: number, passed: InspectionEvent[]): void {
    for (;;) {
      const step = segment.steps[this.#stepsTaken];
      const isDue = step !== undefined && step.position <= goal;
      const end = isDue ? step.position : goal;
      if (end > this.#position) {
        const events: InspectionEvent[] = [];
        for (let at = this.#position; at < end; at++) events.push(segment.eventAt(at));
        this.#position = end;
        this.#model.apply({ events, dropped: 0 });
        for (const event of events) passed.push(event);
      }
      if (!isDue) return;
      this.#stepsTaken++;
      if (step.isEnd) this.#model.finish();
      else {
        const { dropped, snapshot } = step;
        this.#model.apply(snapshot ? { events: [], dropped, snapshot } : { events: [], dropped });
      }
    }
  }
}
