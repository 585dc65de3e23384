import { describe, expect, test } from "vitest";
import { errorsOf } from "../transform/testing/errorsOf.ts";
import { type FakeStatement, fakeDatabase, type SqlValue } from "./testing/fakeDatabase.ts";
import { runProgram } from "./testing/fakeHost.ts";

const HEAD = `
  import { print } from "lunatic";
  import { SqliteClient, SqliteCode, Value, ValueKind } from "lunatic/sqlite";
  @row class User { name: string = ""; age: i32 = 0; score: f64 = 0; admin: bool = false; note: string | null = null; }
  function connect(): SqliteClient { return SqliteClient.connect("app.db").expect("cannot open"); }`;

function run(body: string, statements: Record<string, FakeStatement> = {}) {
  const database = fakeDatabase(statements);
  const { stdout, failure } = runProgram(
    `${HEAD}\nexport function main(): void {\n${body}\n}\n`,
    database.install,
  );
  return { stdout, failure, ...database.seen };
}

test("a database that cannot be opened is an error that says why", () => {
  const { stdout } = runProgram(
    `${HEAD}\nexport function main(): void { print(SqliteClient.connect("x/app.db").error!); }\n`,
    ({ functions, memory, addError }) => {
      functions["lunatic::sqlite.open"] = (path, length, id) => {
        memory.writeU64(id!, addError(`no access to ${memory.text(path!, length!)}`));
        return 1n;
      };
    },
  );
  expect(stdout).toEqual(["no access to x/app.db"]);
});

test("values of every type are bound, in order and by name", () => {
  const { bound } = run(
    `connect().prepare("insert")
       .bind(7).bind(<i64>-8).bind(<u8>255).bind(2.5).bind("grün").bind(true)
       .bind<string | null>(null).bindNull().bind(Uint8Array.wrap(String.UTF8.encode("hi"))).bind(Value.ofInt64(9))
       .bindNamed(":end", "x")
       .run();`,
    { insert: { columns: [], rows: [] } },
  );
  expect(bound).toEqual([
    [1n, { int: 7 }],
    [2n, { int64: -8n }],
    [3n, { int: 255 }],
    [4n, { double: 2.5 }],
    [5n, { text: "grün" }],
    [6n, { int: 1 }],
    [7n, null],
    [8n, null],
    [9n, { blob: [104, 105] }],
    [10n, { int64: 9n }],
    [":end", { text: "x" }],
  ]);
});

const USERS = {
  columns: ["note", "age", "name", "score", "admin"],
  rows: [
    [null, { integer: 36n }, { text: "Ada" }, { double: 1.5 }, { integer: 1n }],
    [{ text: "absent" }, { integer: 41n }, { text: "Grace" }, { integer: 2n }, { integer: 0n }],
  ] satisfies SqlValue[][],
};

describe("rows", () => {
  test("are read as objects, each field from the column of its name", () => {
    const { stdout, finalized } = run(
      `const users = connect().prepare("users").all<User>();
       for (let i = 0; i < users.length; i++) {
         const user = users[i];
         const note = user.note;
         print(user.name + " " + user.age.toString() + " " + user.score.toString() + " " + user.admin.toString() + " " + (note === null ? "none" : note));
       }`,
      { users: USERS },
    );
    expect(stdout).toEqual(["Ada 36 1.5 true none", "Grace 41 2.0 false absent"]);
    expect(finalized).toBe(1);
  });

  test("the first one, or null if there is none", () => {
    const { stdout } = run(
      `print(connect().prepare("users").first<User>()!.name);
       print(connect().prepare("nobody").first<User>() === null);`,
      { users: USERS, nobody: { ...USERS, rows: [] } },
    );
    expect(stdout).toEqual(["Ada", "true"]);
  });

  test("as values that know what they are", () => {
    const { stdout } = run(
      `const row = connect().query("all")[0];
       for (let i = 0; i < row.length; i++) print(row[i].kind.toString() + " " + row[i].toString());
       print(row[4].isNull);`,
      {
        all: {
          columns: ["a", "b", "c", "d", "e", "f"],
          rows: [[{ integer: -1n }, { i64: 2n }, { double: 0.25 }, { text: "t" }, null, { blob: [1, 2, 3] }]],
        },
      },
    );
    expect(stdout).toEqual(["5 -1", "5 2", "3 0.25", "2 t", "0 null", "1 blob of 3 bytes", "true"]);
  });

  test("a column that is missing is told by its name", () => {
    const { failure } = run(`connect().prepare("few").all<User>();`, {
      few: { columns: ["name"], rows: [] },
    });
    expect(failure).toContain("the rows have no column age");
  });

  test("a value of another kind is told, and nothing is guessed", () => {
    const { failure } = run(`connect().query("one")[0][0].int64;`, {
      one: { columns: ["a"], rows: [[{ text: "1" }]] },
    });
    expect(failure).toContain("the value is not a whole number");
  });

  test("a statement whose rows were read is not run again by mistake", () => {
    const { failure } = run(`const s = connect().prepare("users"); s.run(); s.run();`, { users: USERS });
    expect(failure).toContain("has been finalized");
  });
});

describe("transactions", () => {
  const TRANSFER = `
    const error = connect().transaction((client: SqliteClient, good: bool): bool => {
      client.execute("work");
      return good;
    }, GOOD);
    print(error === null ? "ok" : error.toString());`;

  test("are committed if their function says so", () => {
    const { executed, stdout } = run(TRANSFER.replace("GOOD", "true"));
    expect(executed).toEqual(["begin", "work", "commit"]);
    expect(stdout).toEqual(["ok"]);
  });

  test("and rolled back if not", () => {
    expect(run(TRANSFER.replace("GOOD", "false")).executed).toEqual(["begin", "work", "rollback"]);
  });
});

test("an error of the database has its code and its text", () => {
  const { stdout } = run(
    `const error = connect().execute("fail")!;
     print(error);
     print(error.primaryCode == SqliteCode.Constraint);
     print(connect().lastError().message);
     print(connect().changes);`,
  );
  expect(stdout).toEqual([
    "sqlite error 2067: UNIQUE constraint failed",
    "true",
    "UNIQUE constraint failed",
    "3",
  ]);
});

test("the memory that the host asks for is given back", () => {
  const { allocations, stdout } = run(
    `const client = connect();
     for (let i = 0; i < 20000; i++) client.lastError();
     print(memory.size());`,
  );
  expect(allocations).toBe(20_000);
  // In pages. The answers together would take 17.
  expect(Number(stdout[0])).toBeLessThan(8);
});

test.each([
  ["@row class Empty {}", "Empty"],
  ["@row class User { name = 1; }", "name"],
])("%s is an error", (declaration, text) => {
  const program = `import { SqliteClient } from "lunatic/sqlite";\n${declaration}\nexport function main(): void {}\n`;
  expect(errorsOf(program).map((error) => error.text)).toEqual([text]);
});

test("what a database does not take is an error", () => {
  const program = `import { Value } from "lunatic/sqlite";\nexport function main(): void { Value.of(new Map<i32, i32>()); }\n`;
  expect(
    errorsOf(program)
      .map(({ message }) => message)
      .join(),
  ).toContain("a database takes numbers, bools, strings, Uint8Arrays and Values");
});
