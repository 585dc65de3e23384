import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

const RESTAURANT = 2;
const open = () =>
  scriptRun(goals)
    .spawn(RESTAURANT, 1, "Restaurant")
    .spawn(3, RESTAURANT, "Cook")
    .spawn(4, RESTAURANT, "Waiter");

it("a cook alone is not both", () => {
  expect(open().exit(3, "trapped").spawn(5, RESTAURANT, "Cook").exit(1).reached).toEqual([]);
});

it("two of each from the start are no restart", () => {
  expect(open().spawn(5, RESTAURANT, "Cook").spawn(6, RESTAURANT, "Waiter").reached).toEqual([]);
});

it("both anew after a failure were started together", () => {
  const run = open().exit(3, "trapped").exit(4, "killed", RESTAURANT);
  expect(run.spawn(5, RESTAURANT, "Cook").spawn(6, RESTAURANT, "Waiter").reached).toEqual(["together"]);
});

it("a restaurant that fails after restarts gives up, one that is closed at the end does not", () => {
  const busy = () =>
    open().exit(3, "trapped").spawn(5, RESTAURANT, "Cook").exit(5, "trapped").spawn(6, RESTAURANT, "Cook");
  expect(busy().exit(RESTAURANT, "trapped").reached).toEqual(["gives-up"]);
  expect(busy().exit(RESTAURANT, "environmentEnded").reached).toEqual([]);
});
