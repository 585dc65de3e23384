import { EventKind, openRecording } from "@lunatic-web/runtime/inspect";
import { describe, expect, it } from "vitest";
import { program, settled, setUp, texts } from "../../run/testing/scriptedRun.ts";
import { fileName, openRecordingFile, recordingOf, takeRecording } from "./recordingFile.ts";

async function endedRun() {
  const { session, runs } = setUp();
  void session.run({ ...program("watch"), title: "The night watch!" }, ["--n", "3"], {
    deterministic: { seed: 7 },
  });
  await settled();
  const run = runs[0]!;
  run.options.onOutput?.({ pid: 1, stream: "stdout", text: "all is well\n", timeMs: 5 });
  run.observe(run.event(EventKind.Spawn, 1, { text: "main" }));
  run.end();
  await settled();
  return session;
}

describe("a run as a file", () => {
  it("has the program's name, and tells what ran, how, and how it ended", async () => {
    const file = await recordingOf(await endedRun());
    expect(file.name).toBe("the-night-watch.lwrec");
    const { info, history, lines } = await openRecording(new Uint8Array(await file.arrayBuffer()));
    expect(info).toMatchObject({
      program: "The night watch!",
      args: ["--n", "3"],
      seed: 7,
      exit: "finished",
    });
    expect(history.live.process(1)).toMatchObject({ label: "main", state: "ended" });
    expect(lines).toEqual([{ pid: 1, kind: "stdout", text: "all is well", timeMs: 5 }]);
  });

  it("is shown in place of the run, and stays what it was when it is saved again", async () => {
    const file = await recordingOf(await endedRun());
    const { session } = setUp();
    expect(takeRecording([file], session)).toBe(true);
    await expect.poll(() => session.phase.value).toBe("ended");
    expect([session.recording.value?.program, texts(session)]).toEqual(["The night watch!", ["all is well"]]);
    expect(session.output.lines.map(({ timeMs }) => timeMs)).toEqual([5]);
    const again = await openRecording(new Uint8Array(await (await recordingOf(session)).arrayBuffer()));
    expect(again.info).toEqual(session.recording.value);
  });

  it("that cannot be opened leaves the run as it is, and an error that names the file", async () => {
    const session = await endedRun();
    const { history } = session;
    await openRecordingFile(new File(["hello"], "hello.lwrec"), session);
    expect(session.error.value?.title).toBe("This recording cannot be opened");
    expect(session.error.value?.detail).toMatch(/^hello\.lwrec: .*does not begin as a recording does/);
    expect(session.history).toBe(history);
  });

  it("is told from other files by its name", () => {
    const { session } = setUp();
    expect(takeRecording([new File([], "app.wasm"), new File([], "a.zip")], session)).toBe(false);
    expect([fileName({ program: "" }), fileName({ program: "Größe 2" })]).toEqual([
      "run.lwrec",
      "größe-2.lwrec",
    ]);
  });
});
