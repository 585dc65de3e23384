import { panic } from "../panic";
import { ChildSpec } from "../abstractProcess/childSpec";
import { Deferred } from "../abstractProcess/deferred";
import { Tag } from "../process/tag";
import { RestartLimit } from "./restartLimit";
import { stopChild } from "./stopChild";

/** So many children back it is known that a death is that of a child which was stopped. */
const MOST_RETIRED: i32 = 256;

/** Whom a supervisor restarts when a child fails. */
export enum Strategy {
  /** Only the child that failed. */
  OneForOne,
  /** All children: the others are stopped first, the last one first. */
  OneForAll,
  /** The child that failed and those that were started after it. */
  RestForOne,
}

/**
 * A process that starts other processes and restarts those that fail. Its fields with `@child` say which, in the
 * order in which they are started; they are stopped in the reverse order. A child that ends normally is not restarted.
 *
 * ```ts
 * @supervisor
 * class App extends Supervisor {
 *   @child cache: CacheChild = Cache.child();
 *   @child counter: CounterChild = Counter.child(0).named("counter");
 *
 *   @init
 *   begin(start: i32): void {
 *     this.strategy = Strategy.RestForOne;
 *     this.limitRestarts(3, 5000);
 *     this.counter = Counter.child(start).named("counter");
 *   }
 * }
 *
 * const app = App.start(10);
 * app.children().counter.increment(1);
 * app.shutdown();
 * ```
 *
 * A child may be a supervisor too.
 */
export abstract class Supervisor {
  /** Whom to restart when a child fails. */
  strategy: Strategy = Strategy.OneForOne;
  private limit: RestartLimit | null = null;
  private specs: ChildSpec[] = [];
  private waiting: Deferred<void>[] = [];
  /** Tags of children that were stopped, whose death may still be reported. */
  private retired: i64[] = [];

  /**
   * Gives up after too many restarts: the supervisor stops its children and fails, so that whoever supervises it may
   * do better. Without a limit it restarts forever, but fails when a child cannot be started again.
   * @param most         so many restarts are allowed
   * @param milliseconds within so long
   */
  limitRestarts(most: u32, milliseconds: u64): void {
    this.limit = new RestartLimit(most, milliseconds);
  }

  /** The children in the order of their fields. */
  abstract __specs(): ChildSpec[];

  /** Starts all children; if one cannot be started, the others are stopped and the supervisor fails. */
  __begin(): void {
    const specs = this.__specs();
    this.specs = specs;
    for (let i = 0; i < specs.length; i++) {
      const problem = specs[i].__restart();
      if (problem === null) continue;
      specs[i].__tag = 0;
      this.stopFrom(0);
      panic(`child ${i + 1} of a supervisor could not be started: ${problem}`);
    }
  }

  /** A linked process failed. */
  __childDied(tag: Tag): void {
    const failed = this.indexOf(tag.id);
    if (failed < 0) {
      if (this.retired.includes(tag.id)) return;
      panic("a process failed that is linked with a supervisor and is none of its children");
    }
    const specs = this.specs;
    specs[failed].__tag = 0;
    this.countRestart();
    switch (this.strategy) {
      case Strategy.OneForOne:
        this.restart(failed);
        break;
      case Strategy.OneForAll:
        this.restartFrom(0);
        break;
      default:
        this.restartFrom(failed);
    }
  }

  /** The supervisor was asked to shut down. */
  __stop(): void {
    this.stopFrom(0);
    for (let i = 0; i < this.waiting.length; i++) this.waiting[i].done();
  }

  /** Answers when the supervisor has shut down. */
  waitOnShutdown(answer: Deferred<void>): void {
    this.waiting.push(answer);
  }

  private indexOf(tag: i64): i32 {
    for (let i = 0; i < this.specs.length; i++) if (this.specs[i].__tag == tag) return i;
    return -1;
  }

  private restartFrom(first: i32): void {
    this.stopFrom(first);
    for (let i = first; i < this.specs.length; i++) this.restart(i);
  }

  private restart(index: i32): void {
    const spec = this.specs[index];
    for (let problem = spec.__restart(); problem !== null; problem = spec.__restart()) {
      spec.__tag = 0;
      if (this.limit === null) {
        this.stopFrom(0);
        panic(`child ${index + 1} of a supervisor could not be restarted: ${problem}`);
      }
      this.countRestart();
    }
  }

  private countRestart(): void {
    const limit = this.limit;
    if (limit === null || limit.count()) return;
    this.stopFrom(0);
    panic(`a supervisor gave up: more than ${limit.most} restarts within ${limit.milliseconds} ms`);
  }

  /** The last one first. Those that do not run are left alone. */
  private stopFrom(first: i32): void {
    for (let i = this.specs.length - 1; i >= first; i--) {
      const tag = this.specs[i].__tag;
      if (tag == 0) continue;
      stopChild(this.specs[i]);
      this.retired.push(tag);
      if (this.retired.length > MOST_RETIRED) this.retired.shift();
    }
  }
}
