import { describe, expect, test } from "vitest";
import { seeded } from "../../mailbox/testing/seeded.ts";
import { mountVolume } from "./mountVolume.ts";
import { describeVolume, Model } from "./testing/model.ts";
import { PowerCut, type Random, SimulatedDisk } from "./testing/simulatedDisk.ts";

/** Small, so that checkpoints are made all the time. */
const JOURNAL_BYTES = 8192;
const LIVES = 4;

type Death = "the tab died" | "the power went";

describe.each<{ death: Death; isAsynchronous: boolean; runs: number }>([
  { death: "the power went", isAsynchronous: false, runs: 600 },
  { death: "the tab died", isAsynchronous: false, runs: 300 },
  { death: "the power went", isAsynchronous: true, runs: 100 },
])("when $death (asynchronous: $isAsynchronous)", ({ death, isAsynchronous, runs }) => {
  test(`${runs} volumes hold what was promised, whole batches only, and go on`, async () => {
    for (let seed = 1; seed <= runs; seed++) {
      await expect(liveAndDie(seed, death, isAsynchronous), `seed ${seed}`).resolves.toBeUndefined();
    }
  }, 300_000);
});

/** Several lives of one disk, each of which ends in the middle of some call. */
async function liveAndDie(seed: number, death: Death, isAsynchronous: boolean): Promise<void> {
  const random = seeded(seed * 7919);
  for (let warmUp = 0; warmUp < 3; warmUp++) random(2);
  let content = new Uint8Array(0);
  let model = new Model();
  for (let life = 0; life < LIVES; life++) {
    const disk = new SimulatedDisk(content, { callsToLive: 1 + random(60), isAsynchronous });
    const promised = await liveUntilItDies(disk, model, random, death);
    content = death === "the tab died" ? disk.afterTabDied(random) : disk.afterPowerCut(random);
    const survivor = new SimulatedDisk(content, { isAsynchronous });
    const volume = await mountVolume(survivor, { journalBytes: JOURNAL_BYTES });
    const found = await describeVolume(volume);
    const moment = model.moments.findLastIndex(({ text }) => text === found);
    if (moment < promised) {
      throw new Error(
        `Life ${life}: batches up to ${promised} of ${model.moments.length - 1} were promised, and ${
          moment < 0 ? `this is no moment of theirs:\n${found}` : `only those up to ${moment} are there`
        }`,
      );
    }
    model = Model.continuing(model, moment);
    content = survivor.content;
  }
}

/** @returns how many batches must be there afterwards */
async function liveUntilItDies(
  disk: SimulatedDisk,
  model: Model,
  random: Random,
  death: Death,
): Promise<number> {
  let promised = 0;
  try {
    const volume = await mountVolume(disk, { journalBytes: JOURNAL_BYTES });
    while (true) {
      const batch = model.nextBatch(random);
      await volume.commit(batch);
      if (death === "the tab died") promised = model.moments.length - 1;
      if (random(3) > 0) continue;
      await volume.sync();
      promised = model.moments.length - 1;
    }
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    return promised;
  }
}
