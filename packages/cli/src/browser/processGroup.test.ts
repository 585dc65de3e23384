import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { hasLivingMembers } from "./ancestors.ts";
import { killGroup } from "./processGroup.ts";

/** The leader tells on stdout when its child, which would outlive it, has started. */
const WITH_CHILD = "sleep 600 & echo started; wait";

test("a group ends with its leader, orphans included", async () => {
  const leader = spawn("sh", ["-c", WITH_CHILD], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  await once(leader.stdout, "data");
  expect(hasLivingMembers(leader.pid!)).toBe(true);
  await killGroup(leader);
  // Also where nobody takes the orphan's exit code, so that it stays listed as a zombie.
  expect(isGone(leader.pid!)).toBe(true);
});

test("a group that has ended before is no failure", async () => {
  const leader = spawn("true", { detached: true, stdio: "ignore" });
  await once(leader, "exit");
  await killGroup(leader);
  await killGroup(spawn("/nowhere/at-all", { detached: true }).on("error", () => {}));
});

/** macOS throws where no process of the group is left. */
function isGone(group: number): boolean {
  try {
    return !hasLivingMembers(group);
  } catch {
    return true;
  }
}
