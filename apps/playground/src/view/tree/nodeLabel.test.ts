import { expect, it } from "vitest";
import { shortenLabel } from "./nodeLabel.ts";

it("a label loses the paths of its types and nothing else", () => {
  expect(shortenLabel("bank::customer")).toBe("customer");
  expect(shortenLabel("lunatic::mailbox::wrapper::<(app::Ref<app::bank::Bank>, usize)>")).toBe(
    "wrapper::<(Ref<Bank>, usize)>",
  );
  expect(shortenLabel("main")).toBe("main");
  expect(shortenLabel("")).toBe("");
});
