import { describe, expect, it } from "vitest";
import type { ProcessContents } from "../inspect/processContents.ts";
import { ProcessExaminer } from "./processExaminer.ts";

const contents = { pid: 7 } as ProcessContents;

function setUp() {
  const asked: (readonly [executor: number, request: number, pid: number])[] = [];
  const examiner = new ProcessExaminer(3, (...question) => asked.push(question));
  return { examiner, asked };
}

describe("a question about what a process holds", () => {
  it("goes to all executors, and the one that has the process answers it", async () => {
    const { examiner, asked } = setUp();
    const answer = examiner.examine(7);
    expect(asked).toEqual([
      [0, 1, 7],
      [1, 1, 7],
      [2, 1, 7],
    ]);
    examiner.answered(0, 1, undefined);
    examiner.answered(2, 1, contents);
    examiner.answered(1, 1, undefined);
    expect(await answer).toBe(contents);
  });

  it("is answered by nothing when nobody has it, a lost executor included", async () => {
    const { examiner } = setUp();
    const answer = examiner.examine(7);
    examiner.answered(0, 1, undefined);
    examiner.answered(1, 1, undefined);
    examiner.executorGone(2);
    expect(await answer).toBeUndefined();
  });

  it("is not put to an executor that is gone, nor left open when all are", async () => {
    const { examiner, asked } = setUp();
    examiner.executorGone(1);
    const answer = examiner.examine(7);
    expect(asked.map(([executor]) => executor)).toEqual([0, 2]);
    examiner.close();
    expect(await answer).toBeUndefined();
    expect(await examiner.examine(8)).toBeUndefined();
  });
});
