import { COMMANDS_PATH, type Command } from "../src/session/protocol.ts";
import { describeFailure } from "./describeFailure.ts";
import { Guests } from "./guests.ts";
import { Upstream } from "./upstream.ts";

/** The page of the command line: it does what the commands say and has no will of its own. */
const upstream = new Upstream();
const guests = new Guests(upstream);

const commands = new EventSource(COMMANDS_PATH);
commands.onmessage = ({ data }: MessageEvent<string>) => guests.handle(JSON.parse(data) as Command);
// The command line is gone: what ran for it has nobody to run for, and a reconnected stream would be another session.
commands.onerror = () => {
  commands.close();
  void guests.close();
};

addEventListener("error", ({ error, message }) => fail(error ?? message));
addEventListener("unhandledrejection", ({ reason }) => fail(reason));

function fail(error: unknown): void {
  void upstream.send({ type: "failed", failure: describeFailure(error) });
}
