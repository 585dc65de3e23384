/** A function marked #[lunatic::test], read from the name it is exported under (host ABI ch. 14). */
export interface TestCase {
  /** What the root of its environment starts with. */
  readonly entry: string;
  /** Module path, beginning with the crate, and function name. */
  readonly name: string;
  readonly isIgnored: boolean;
  /** Text that its panic must contain, "" for any failure; undefined: it must not fail. */
  readonly expectedPanic: string | undefined;
}

const TEST_PREFIX = "#lunatic_test_";
const IGNORE_PREFIX = "#ignore_";
const PANIC_PREFIX = "#panic_";

/** @returns undefined: the export is no test */
export function parseTestName(entry: string): TestCase | undefined {
  if (!entry.startsWith(TEST_PREFIX)) return undefined;
  let rest = entry.slice(TEST_PREFIX.length);
  const isIgnored = rest.startsWith(IGNORE_PREFIX);
  if (isIgnored) rest = rest.slice(IGNORE_PREFIX.length);
  if (!rest.startsWith(PANIC_PREFIX)) return { entry, name: rest, isIgnored, expectedPanic: undefined };
  const end = endOfText(rest, PANIC_PREFIX.length);
  const expectedPanic = rest.slice(PANIC_PREFIX.length, end).replaceAll("\\#", "#");
  return { entry, name: rest.slice(end + 1), isIgnored, expectedPanic };
}

/** Where the first `#` stands that is not escaped as `\#`. */
function endOfText(text: string, from: number): number {
  let at = text.indexOf("#", from);
  while (at > from && text[at - 1] === "\\") at = text.indexOf("#", at + 1);
  return at === -1 ? text.length : at;
}

export interface Selection {
  readonly filter: string | undefined;
  readonly isExact: boolean;
  readonly skip: readonly string[];
  /** "only": ignored tests run and the others are left out; "also": all run. */
  readonly ignored: "no" | "only" | "also";
}

export interface SelectedTests {
  /** In the order of the exports. */
  readonly tests: readonly TestCase[];
  readonly filteredOut: number;
}

/** Picks tests as Rust's harness does; those that stay ignored are among them, and are reported as such. */
export function selectTests(all: readonly TestCase[], selection: Selection): SelectedTests {
  const { filter, isExact, skip, ignored } = selection;
  const matches = (name: string, text: string) => (isExact ? name === text : name.includes(text));
  const tests = all
    .filter(({ name }) => filter === undefined || matches(name, filter))
    .filter(({ name }) => !skip.some((text) => matches(name, text)))
    .filter(({ isIgnored }) => ignored !== "only" || isIgnored)
    .map((test) => (ignored === "no" ? test : { ...test, isIgnored: false }));
  return { tests, filteredOut: all.length - tests.length };
}
