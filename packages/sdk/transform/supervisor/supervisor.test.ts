import { expect, test } from "vitest";
import { errorsOf } from "../testing/errorsOf.ts";

const MAIN = `import { Strategy, Supervisor } from "lunatic";
@process class Counter { constructor(from: i32) {} @request value(): i32 { return 1; } }
`;

/** The errors of a program with a supervisor of these members, with what stands where they point. */
function errorsOfSupervisor(members: string, head = "class App extends Supervisor", main = ""): string[] {
  const program = `${MAIN}@supervisor ${head} {\n${members}\n}\nexport function main(): void { ${main} }\n`;
  return errorsOf(program).map(({ message, text }) => `${text}: ${message}`);
}

test("a supervisor with children, a list of children, and a supervisor among them compiles", () => {
  const program = `${MAIN}
    @supervisor class Inner extends Supervisor { @child counter: CounterChild = Counter.child(1); }
    @supervisor class App extends Supervisor {
      @child one: CounterChild = Counter.child(1).named("one").killAfter(100);
      @child more: CounterChild[] = [Counter.child(2), Counter.child(3)];
      @child inner: InnerChild = Inner.child();
      @init begin(strategy: Strategy): void { this.strategy = strategy; this.limitRestarts(3, 5000); }
    }
    export function main(): void {
      const app = App.start(Strategy.OneForAll);
      const children = app.children();
      children.one.value() + children.more[1].value() + children.inner.children().counter.value();
      app.withTimeout(10).children().value.one;
      app.shutdown();
      app.waitOnShutdown();
    }`;
  expect(errorsOf(program)).toEqual([]);
});

test("it must extend Supervisor", () => {
  expect(errorsOfSupervisor("", "class App")).toEqual(["App: supervisor App must extend Supervisor"]);
});

test("it has no handlers", () => {
  expect(errorsOfSupervisor("@message add(): void {}")).toEqual([
    "App: supervisor App has no handlers of its own: it only starts, restarts and stops its children",
  ]);
});

test("a child is a field of a child's type", () => {
  expect(errorsOfSupervisor("@child counter: i32 = 1;")).toEqual([
    "counter: @child counter is a field of a type such as CounterChild",
  ]);
});

test("children have their types", () => {
  const errors = errorsOfSupervisor(
    "@child counter: CounterChild = Counter.child(1);",
    undefined,
    "App.start().children().counter.add(1);",
  );
  expect(errors).toEqual(["add: Property 'add' does not exist on type 'main/CounterRef'."]);
});
