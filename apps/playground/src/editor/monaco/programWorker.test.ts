import { editorLibraries } from "@lunatic-web/sdk/editor";
import type { DocumentSpan, MirrorModel } from "monaco-editor/languages/features/typescript/tsWorker";
import { describe, expect, it } from "vitest";
import { declarationsPath } from "./declarationsPath.ts";
import { programOptions } from "./programOptions.ts";
import { ProgramWorker } from "./programWorker.ts";

const FILE = "file:///main.ts";

const COUNTER = `import { print } from "lunatic";
@process
class Counter {
  private total: i64 = 0;
  /** The count so far. */
  @request
  value(): i64 {
    return this.total;
  }
}
export function main(): void {
  const counter = Counter.start();
  print(counter.value());
}
`;

/** As the compiler declares it, in short. */
const MEMBERS = `import * as __lunatic from "lunatic";
declare class CounterRef extends __lunatic.ProcessRef {
  /** The count so far. */
  value(): i64;
  withDelay(milliseconds: u64): CounterRef;
}
declare namespace Counter {
  function start(): CounterRef;
}
`;

/** As Monaco's page keeps a worker: a model that it replaces, and extra libraries. */
function openWorker(text: string, members?: string) {
  const models: MirrorModel[] = [];
  const libraries = editorLibraries().map(({ path, text: content }) => [
    `file://${path}`,
    { content, version: 1 },
  ]);
  const extraLibs = Object.fromEntries(libraries);
  const enums = {
    ScriptTarget: { ESNext: 99 },
    ModuleKind: { ESNext: 99 },
    ModuleResolutionKind: { NodeJs: 2 },
  };
  const worker = new ProgramWorker(
    { getMirrorModels: () => models },
    { compilerOptions: programOptions(enums), extraLibs },
  );
  let version = 0;
  const declare = (content: string) => {
    extraLibs[declarationsPath(FILE)] = { content, version: ++version };
  };
  const open = (newText: string) => {
    models.length = 0;
    models.push({ uri: { path: "/main.ts", toString: () => FILE }, version: 1, getValue: () => newText });
  };
  open(text);
  if (members !== undefined) declare(members);
  return { worker, open, declare };
}

function behind(part: string, text = COUNTER): number {
  const at = text.indexOf(part);
  if (at === -1) throw new Error(`no ${part} in the text`);
  return at + part.length;
}

const namesAt = async (worker: ProgramWorker, position: number) =>
  (await worker.getCompletionsAtPosition(FILE, position))?.entries.map(({ name }) => name) ?? [];

const textAt = (spans: readonly DocumentSpan[] | undefined) =>
  spans?.map(({ textSpan: { start, length } }) => COUNTER.slice(start, start + length));

describe("what the compiler adds to a class", () => {
  const { worker } = openWorker(COUNTER, MEMBERS);

  it("is offered at the class and at its ref", async () => {
    expect(await namesAt(worker, behind("= Counter."))).toContain("start");
    expect(await namesAt(worker, behind("print(counter."))).toEqual(
      expect.arrayContaining(["value", "withDelay"]),
    );
    expect(await namesAt(worker, behind("print(counter."))).not.toContainEqual(expect.stringMatching(/^__/));
  });

  it("is explained by the handler's comment", async () => {
    const info = await worker.getQuickInfoAtPosition(FILE, behind("print(counter.val"));
    expect(info?.displayParts.map(({ text }) => text).join("")).toContain("CounterRef.value(): i64");
    expect(info?.documentation.map(({ text }) => text).join("")).toBe("The count so far.");
  });

  it("is defined where the author wrote what it is made of: the handler, or the class", async () => {
    const definitionAt = async (part: string) => worker.getDefinitionAtPosition(FILE, behind(part));
    expect(await definitionAt("print(counter.val")).toEqual([
      { fileName: FILE, textSpan: { start: behind("@request\n  "), length: "value".length } },
    ]);
    const type = { fileName: FILE, textSpan: { start: behind("\nclass "), length: "Counter".length } };
    expect(await definitionAt("= Counter.sta")).toEqual([type]);
  });

  it("is in no answer about places: they are all in the author's text", async () => {
    const position = behind("print(counter.val");
    expect(textAt(await worker.getReferencesAtPosition(FILE, position))).toEqual(["value"]);
    const [highlights] = (await worker.getDocumentHighlights(FILE, position, [FILE])) ?? [];
    expect(highlights?.highlightSpans.length).toBe(1);
    const tree = await worker.getNavigationTree(FILE);
    expect(tree?.childItems?.map(({ text }) => text).sort()).toEqual(["Counter", "main", "print"]);
    const counter = tree?.childItems?.find(({ text }) => text === "Counter");
    expect(counter?.childItems?.map(({ text }) => text)).toEqual(["total", "value"]);
    expect(await namesAt(worker, behind("print("))).not.toContain("__lunatic");
  });

  it("is not formatted", async () => {
    const messy = `${COUNTER}\nfunction  f( ) :void{}`;
    const { worker: formatter } = openWorker(messy, "declare   class   A  {  }\n");
    const edits = await formatter.getFormattingEditsForRange(FILE, 0, messy.length, {});
    expect(edits.length).toBeGreaterThan(0);
    for (const { span } of edits) expect(span.start + span.length).toBeLessThanOrEqual(messy.length);
  });

  it("cannot be renamed at its uses; what is the author's can", async () => {
    expect(await worker.getRenameInfo(FILE, behind("print(counter.val"), {})).toMatchObject({
      canRename: false,
      localizedErrorMessage: expect.stringContaining("process class"),
    });
    expect(await worker.getRenameInfo(FILE, behind("print(coun"), {})).toMatchObject({ canRename: true });
    const found = await worker.findRenameLocations(FILE, behind("print(coun"), false, false, false);
    expect(textAt(found)).toEqual(["counter", "counter"]);
  });
});

it("what the framework has is offered: by its objects, and by what the compiler derives from them", async () => {
  const { worker } = openWorker(COUNTER, MEMBERS);
  expect(await namesAt(worker, behind("print(counter."))).toContain("shutdown");
  const text =
    'import { Mailbox } from "lunatic";\nexport function main(mailbox: Mailbox<u64>): void { mailbox.self; }';
  const { worker: other } = openWorker(text);
  expect(await namesAt(other, behind("{ mailbox.", text))).toContain("receive");
});

it("what is added later, or changes, is seen though the text is the same", async () => {
  const { worker, declare } = openWorker(COUNTER);
  const position = behind("print(counter.");
  expect(await namesAt(worker, position)).not.toContain("withDelay");
  declare(MEMBERS);
  expect(await namesAt(worker, position)).toContain("withDelay");
  declare(MEMBERS.replace("withDelay", "withPatience"));
  expect(await namesAt(worker, position)).toContain("withPatience");
});

it("the main.ts of another project is another text, though both are new", async () => {
  const other = "class Other { field: i32 = 0; }\nnew Other().";
  const { worker, open } = openWorker(COUNTER);
  expect(await namesAt(worker, behind("print("))).toContain("Counter");
  open(other);
  expect(await namesAt(worker, other.length)).toContain("field");
});
