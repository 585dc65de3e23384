import { expect, test } from "vitest";
import { seeded } from "../mailbox/testing/seeded.ts";
import { PARKED } from "./parked.ts";
import type { Process } from "./process.ts";
import { type DirectoryKind, directories } from "./testing/directories.ts";
import { data, request, STARTING_MODULE, textOf, World } from "./testing/world.ts";

class Random {
  readonly below: (limit: number) => number;

  constructor(seed: number) {
    this.below = seeded(seed);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

/** Processes that do random things to each other; what each received is kept as "sender:number". */
class RandomRun {
  readonly world: World;
  readonly received = new Map<number, string[]>();
  readonly sentTo = new Map<string, number>();
  readonly #random: Random;
  readonly #executors: number;

  constructor(seed: number, executors: number, kind: DirectoryKind) {
    this.#random = new Random(seed);
    this.#executors = executors;
    this.world = new World(executors, directories(kind, executors));
    this.world.placement = () => this.#random.below(executors);
    const root = this.world.root();
    this.world.run(root, (kernel) => kernel.dieWhenLinkDies(root, false));
    this.world.yield(root);
  }

  step(): void {
    const { world } = this;
    if (this.#executors > 1 && this.#random.below(3) > 0 && world.busyChannels.length > 0) {
      const { from, to } = this.#random.pick(world.busyChannels);
      world.deliverOne(from, to);
      this.#collect();
      return;
    }
    if (world.launches.length > 0 && this.#random.below(8) === 0) {
      world.launches.splice(this.#random.below(world.launches.length), 1)[0]!.ready(undefined);
    }
    const able = [...world.processes.values()].filter(
      (process) => process.isInitialized && (process.state === "unstarted" || process.state === "runnable"),
    );
    if (able.length > 0) this.#act(this.#random.pick(able));
    if (this.#random.below(10) === 0) world.timers.advance(this.#random.below(4));
    this.#collect();
  }

  finish(): void {
    this.world.placement = () => 0;
    for (const launch of this.world.launches.splice(0)) launch.ready(undefined);
    this.world.deliverAll();
    this.world.timers.advance(100);
    this.world.deliverAll();
    for (const process of this.world.processes.values()) {
      if (process.state === "runnable") this.world.yield(process);
    }
    this.world.deliverAll();
    this.#collect();
  }

  #act(process: Process): void {
    const { world } = this;
    const random = this.#random;
    // What is sent to a process inside its start function is lost by the ABI.
    const reachable = [...world.processes.values()].filter(
      (one) => one.isInitialized || one.state === "ended",
    );
    const target = random.pick(reachable);
    world.run(process, (kernel) => {
      const choice = random.below(100);
      if (choice < 45) this.#send(process, target);
      else if (choice < 60) {
        const tags = random.below(2) === 0 ? undefined : [BigInt(1 + random.below(3))];
        const code = kernel.receive(process, tags, BigInt(random.below(5)), (late) =>
          this.#took(process, late),
        );
        if (code !== PARKED) this.#took(process, code);
      } else if (choice < 70) {
        const module = random.below(4) === 0 ? { module: STARTING_MODULE } : {};
        const link = random.below(2) === 0 ? BigInt(random.below(3)) : 0n;
        if (world.processes.size < 40) kernel.spawn(process, request({ ...module, link }), () => {});
      } else if (choice < 74) kernel.link(process, BigInt(random.below(3)), target.pid);
      else if (choice < 78) kernel.unlink(process, target.pid);
      else if (choice < 82) kernel.monitor(process, target.pid);
      else if (choice < 84) kernel.dieWhenLinkDies(process, false);
      else if (choice < 86 && target.pid !== 1) kernel.kill(process, target.pid);
      else if (choice < 87 && process.pid !== 1) kernel.exit(process, { type: "returned" });
      else if (choice < 92) {
        const name = `name ${random.below(3)}`;
        kernel.getOrSpawn(process, name, request(), () => {});
      } else kernel.yieldPoint(process);
    });
    if (this.#executors > 1 && random.below(4) === 0) this.#move();
  }

  /** Sends a process that has not run to another executor, as an executor with too much to do does. */
  #move(): void {
    const { world } = this;
    const movable = [...world.processes.values()].filter((one) => world.kernelOf(one).canMove(one));
    if (movable.length === 0) return;
    const process = this.#random.pick(movable);
    const own = world.kernels.indexOf(world.kernelOf(process));
    // Until it arrives there is nobody to drive.
    world.processes.delete(process.pid);
    world.kernels[own]!.move(process, (own + 1 + this.#random.below(this.#executors - 1)) % this.#executors);
  }

  #send(from: Process, to: Process): void {
    // Numbered per tag, because selective receive may take a later message with another tag first.
    const tag = this.#random.below(4);
    const pair = `${from.pid}/${tag}>${to.pid}`;
    const number = (this.sentTo.get(pair) ?? 0) + 1;
    this.sentTo.set(pair, number);
    const message = data(BigInt(tag), `${from.pid}/${tag}:${number}`);
    this.world.kernelOf(from).send(from, to.pid, message);
  }

  #took(process: Process, code: number): void {
    if (code === 0 && process.scratch?.kind === "data") this.#note(process, textOf(process.scratch));
  }

  #note(process: Process, text: string): void {
    const list = this.received.get(process.pid) ?? [];
    this.received.set(process.pid, list);
    list.push(text);
  }

  /** Reads what is queued before it can be lost to an end: what is checked is the arrival, in order of the mailbox. */
  #collect(): void {
    for (const process of this.world.processes.values()) {
      if (process.state === "running") continue;
      for (const text of this.world.readAll(process)) if (text.includes(":")) this.#note(process, text);
    }
  }
}

/** @returns what is wrong, or undefined */
function check(run: RandomRun): string | undefined {
  const { world } = run;
  for (const [pid, list] of run.received) {
    const last = new Map<string, number>();
    for (const text of list) {
      const [from = "", number = ""] = text.split(":");
      const expected = (last.get(from) ?? 0) + 1;
      if (Number(number) !== expected) return `process ${pid} got ${text} from ${from}, expected ${expected}`;
      last.set(from, expected);
    }
  }
  for (const [pair, sent] of run.sentTo) {
    const [from = "", to = ""] = pair.split(">");
    const target = world.process(Number(to));
    if (target.state === "ended" || !target.isInitialized) continue;
    const got = (run.received.get(target.pid) ?? []).filter((text) => text.startsWith(`${from}:`)).length;
    if (got !== sent && run.world.process(Number(to)).heldBack === undefined) {
      return `${pair}: ${sent} sent, ${got} arrived at a living process`;
    }
  }
  for (const process of world.processes.values()) {
    if (process.state === "ended") continue;
    for (const peer of process.links.keys()) {
      if (world.process(peer).state === "ended") return `${process.pid} is still linked to dead ${peer}`;
    }
  }
  return undefined;
}

test.each([
  [1, "shared"],
  [3, "shared"],
  [3, "divided"],
] as const)(
  "random operations on %i executors with a %s directory lose nothing and keep the order of each pair",
  (executors, kind) => {
    for (let seed = 1; seed <= 150; seed++) {
      const run = new RandomRun(seed, executors, kind);
      for (let step = 0; step < 400; step++) run.step();
      run.finish();
      expect(check(run), `seed ${seed}`).toBeUndefined();
    }
  },
);
