import { readFileSync } from "node:fs";
import binaryen from "binaryen";
import { expect, it } from "vitest";

it("sliceModule.ts holds slices.wat, assembled", async () => {
  const module = binaryen.parseText(readFileSync(new URL("slices.wat", import.meta.url), "utf8"));
  module.setFeatures(binaryen.Features.MVP);
  expect(module.validate()).toBe(1);
  const pieces = Buffer.from(module.emitBinary())
    .toString("base64")
    .match(/.{1,96}/g)!
    .map((piece) => `  "${piece}"`);
  const text = `/**
 * slices.wat of this folder, assembled. Written by sliceModule.test.ts: after a change of the .wat file run
 * \`npm run test:unit -- sliceModule.test.ts --update\`.
 */
export const SLICES_BASE64 =
${pieces.join(" +\n")};
`;
  await expect(text).toMatchFileSnapshot("sliceModule.ts");
});
