import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { errorsOf } from "../transform/testing/errorsOf.ts";
import { type FakeHost, runProgram } from "./testing/fakeHost.ts";
import { nodeFiles } from "./testing/nodeFiles.ts";

const WASI = "wasi_snapshot_preview1";
const EIO = 29;
const EOVERFLOW = 61;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lunatic-web-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

interface World {
  /** Names of preopened directories, and where they are in the folder of the test; the folder itself is ".". */
  readonly preopens?: Readonly<Record<string, string>>;
  /** Changes what the host does. */
  readonly prepare?: (host: FakeHost) => void;
}

function run(body: string, { preopens = { ".": "" }, prepare }: World = {}) {
  const here = Object.entries(preopens).map(([name, path]) => [name, join(folder, path)]);
  return runProgram(
    `import { print } from "lunatic";
     import * as files from "lunatic/files";
     export function main(): void {\n${body}\n}\n`,
    (host) => {
      nodeFiles(Object.fromEntries(here))(host);
      prepare?.(host);
    },
  );
}

test("what a program writes is on the disk, and it reads what others wrote there", () => {
  writeFileSync(join(folder, "in.txt"), "grün €");
  const { stdout, failure } = run(`
    print(files.readText("in.txt").value);
    files.writeText("out.txt", "ä");
    files.appendText("out.txt", "ö");
    files.makeDirectory("a/b", true);
    files.rename("out.txt", "a/b/out.txt");
    files.copy("a/b/out.txt", "copy.txt");
    files.remove("in.txt");`);
  expect(failure).toBeUndefined();
  expect(stdout).toEqual(["grün €"]);
  expect(readdirSync(folder).toSorted()).toEqual(["a", "copy.txt"]);
  expect(readFileSync(join(folder, "a/b/out.txt"), "utf8")).toBe("äö");
  expect(readFileSync(join(folder, "copy.txt"), "utf8")).toBe("äö");
});

describe("a path starts at the directory with the longest name that it begins with", () => {
  beforeEach(() => {
    for (const path of ["data", "data/in", "other"]) {
      mkdirSync(join(folder, path));
      writeFileSync(join(folder, path, "name"), path);
    }
  });

  test.each([
    ["/data/name", "data"],
    ["data/name", "data"],
    ["./data//name", "data"],
    ["/data/in/name", "other"],
    ["data/in/./name", "other"],
    ["/data/in/../name", "ENOTCAPABLE"],
    ["/data/inn/name", "ENOENT"],
    ["/dat/name", "ENOTCAPABLE"],
    ["/name", "ENOTCAPABLE"],
  ])("%s leads to %s", (path, expected) => {
    const { stdout } = run(
      `const read = files.readText("${path}");
       print(read.ok ? read.value : read.error!.name);`,
      { preopens: { "/data": "data", "/data/in/": "other" } },
    );
    expect(stdout).toEqual([expected]);
  });

  test("the directory itself has a path", () => {
    const { stdout } = run(
      `print(files.givenDirectories().join(" "));
       print(files.list("/data").value.length);
       print(files.list("data/").value.length);
       print(files.stat("/data").value.isDirectory);`,
      { preopens: { "/data": "data" } },
    );
    expect(stdout).toEqual(["/data", "2", "2", "true"]);
  });
});

test("a process without directories is told how it would get one", () => {
  const { stdout } = run(
    `const error = files.list().error!;
     print(error);
     print(error.name == "ENOTCAPABLE" && error.code == files.Errno.NotCapable && error.denied);
     print(files.exists("."));`,
    { preopens: {} },
  );
  expect(stdout).toEqual([
    'cannot list ".": ENOTCAPABLE, this process was given no directory: who spawns it gives it one by config.preopenDirectory',
    "true",
    "false",
  ]);
});

describe("a host that does things by halves", () => {
  const inPieces =
    (name: string, bytes: number) =>
    ({ functions, memory }: FakeHost) => {
      const call = functions[`${WASI}.${name}`]!;
      functions[`${WASI}.${name}`] = (fd, iovs, ...rest) => {
        const length = memory.bytes(Number(iovs) + 4, 4);
        const asked = new DataView(length.buffer, length.byteOffset).getUint32(0, true);
        memory.writeU32(Number(iovs) + 4, Math.min(bytes, asked));
        return call(fd!, iovs!, ...rest);
      };
    };

  test("gives what there is piece by piece, and all of it arrives", () => {
    writeFileSync(join(folder, "a"), "0123456789");
    const { stdout } = run(
      `print(files.readText("a").value);
       const file = files.File.open("a").value;
       print(file.read(new Uint8Array(7)).value);
       print(file.readText().value);`,
      { prepare: inPieces("fd_read", 3) },
    );
    expect(stdout).toEqual(["0123456789", "7", "789"]);
  });

  test("takes what is written piece by piece, and all of it arrives", () => {
    const { stdout } = run(
      `files.writeText("a", "0123456789");
       const file = files.File.open("a", new files.OpenOptions().write()).value;
       print(file.writeAt(Uint8Array.wrap(String.UTF8.encode("abcdefg")), 2) === null);`,
      {
        prepare: (host) => {
          inPieces("fd_write", 3)(host);
          inPieces("fd_pwrite", 2)(host);
        },
      },
    );
    expect(stdout).toEqual(["true"]);
    expect(readFileSync(join(folder, "a"), "utf8")).toBe("01abcdefg9");
  });

  test("takes nothing and says nothing: that is an error, no endless loop", () => {
    const { stdout } = run(`print(files.writeText("a", "text")!.name);`, {
      prepare: ({ functions, memory }) => {
        const print = functions[`${WASI}.fd_write`]!;
        functions[`${WASI}.fd_write`] = (fd, iovs, count, written) => {
          if (Number(fd) < 3) return print(fd!, iovs!, count!, written!);
          memory.writeU32(written!, 0);
          return 0;
        };
      },
    });
    expect(stdout).toEqual(["EIO"]);
  });

  test("tells of a size that is not right: what is there is read", () => {
    writeFileSync(join(folder, "a"), "x".repeat(5000));
    const said = (bytes: bigint) => ({
      prepare: ({ functions, memory }: FakeHost) => {
        const call = functions[`${WASI}.fd_filestat_get`]!;
        functions[`${WASI}.fd_filestat_get`] = (fd, buf) => {
          const code = call(fd!, buf!);
          memory.writeU64(Number(buf) + 32, bytes);
          return code;
        };
      },
    });
    const body = `print(files.readText("a").value.length);`;
    expect(run(body, said(0n)).stdout).toEqual(["5000"]);
    expect(run(body, said(4999n)).stdout).toEqual(["5000"]);
    expect(run(body, said(9000n)).stdout).toEqual(["5000"]);
    expect(run(`print(files.readText("a").error!.name);`, said(2n ** 40n)).stdout).toEqual(["EFBIG"]);
  });

  test("fails at the end of a write: the caller learns of it", () => {
    const { stdout } = run(`print(files.writeText("a", "text")!);`, {
      prepare: ({ functions }) => {
        functions[`${WASI}.fd_close`] = () => EIO;
      },
    });
    expect(stdout).toEqual(['cannot close "a": EIO, the disk failed: what was not synced may be lost']);
  });

  test("gives a number without a name: it is told", () => {
    const { stdout } = run(`const error = files.stat("a").error!; print(error.name); print(error);`, {
      prepare: ({ functions }) => {
        functions[`${WASI}.path_filestat_get`] = () => EOVERFLOW;
      },
    });
    expect(stdout).toEqual([
      "E61",
      'cannot look at "a": E61, the system gave this number of WASI and no reason',
    ]);
  });
});

test("a directory whose entries do not fit into one answer is listed whole", () => {
  const names = Array.from({ length: 120 }, (_, index) => `${"ü".repeat(60)}${1000 + index}`);
  for (const name of names) writeFileSync(join(folder, name), "");
  const { stdout } = run(
    `const entries = files.list(".").value;
     for (let i = 0; i < entries.length; i++) print(entries[i].name);`,
  );
  expect(stdout).toEqual(names);
});

test("a file that is read again and again takes memory once", () => {
  writeFileSync(join(folder, "a"), "x".repeat(1000));
  const { stdout } = run(
    `for (let i = 0; i < 2000; i++) { files.readText("a"); files.list(); }
     print(memory.size());`,
  );
  // In pages. The answers of `list` alone would take 125.
  expect(Number(stdout[0])).toBeLessThan(12);
});

test("an open file cannot be sent to another process", () => {
  const errors = errorsOf(`
    import { Mailbox, spawn } from "lunatic";
    import { File } from "lunatic/files";
    function work(file: File, mailbox: Mailbox<i32>): void {}
    export function main(): void { spawn(work, File.open("a").value); }`);
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.map(({ message }) => message).join()).toContain("File");
});
