import { VERSION } from "../version.ts";

/**
 * The files of a new project, by path.
 * @param name of the package
 */
export function projectFiles(name: string): ReadonlyMap<string, string> {
  return new Map([
    ["package.json", packageJson(name)],
    ["tsconfig.json", TSCONFIG],
    [".gitignore", "node_modules/\nbuild/\n"],
    ["README.md", readme(name)],
    ["src/main.ts", MAIN],
    ["src/greeting.ts", GREETING],
    ["src/greeting.test.ts", GREETING_TEST],
  ]);
}

function packageJson(name: string): string {
  const manifest = {
    name,
    private: true,
    version: "0.1.0",
    type: "module",
    scripts: {
      start: "lunatic-web run src/main.ts",
      build: "lunatic-web build",
      test: "lunatic-web test src/greeting.test.ts",
    },
    devDependencies: { "@lunatic-web/cli": VERSION, "@lunatic-web/sdk": VERSION },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** For editors only: the compiler reads none. */
const TSCONFIG = `{
  "extends": "assemblyscript/std/assembly.json",
  "compilerOptions": {
    "experimentalDecorators": true,
    "paths": { "lunatic": ["./node_modules/@lunatic-web/sdk/assembly/index.ts"] }
  },
  "include": ["src"]
}
`;

const MAIN = `import { Mailbox, print, Process, spawn } from "lunatic";
import { greet } from "./greeting";

/** Runs in a process of its own: it has its own memory, and only messages reach it. */
function greeter(asker: Process<string>, mailbox: Mailbox<string>): void {
  asker.send(greet(mailbox.receive()));
}

export function main(mailbox: Mailbox<string>): void {
  const process = spawn(greeter, mailbox.self);
  process.send("world");
  print(mailbox.receive());
}
`;

const GREETING = `/** What a person of this name is greeted with. */
export function greet(name: string): string {
  assert(name.length > 0, "nobody to greet");
  return "Hello, " + name + "!";
}
`;

const GREETING_TEST = `import { greet } from "./greeting";

@test
function greetsByName(): void {
  assert(greet("Ada") == "Hello, Ada!");
}

@test
@shouldPanic("nobody to greet")
function needsAName(): void {
  greet("");
}
`;

function readme(name: string): string {
  return `# ${name}

A program of lunatic's processes in TypeScript syntax (AssemblyScript).

\`\`\`sh
npm install
npm start      # compiles src/main.ts and runs it in a headless browser
npm test       # runs the functions marked @test
npm run build  # writes build/main.wasm
\`\`\`

\`npx lunatic-web build --debug --watch\` compiles at each change. A file of tests is given to \`lunatic-web test\`; those of
the files that it imports run with it.
`;
}
