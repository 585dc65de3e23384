import { beforeAll, describe, expect } from "vitest";
import { buildCompilerPage, type CompilerPage, ENDLESS_PROGRAM } from "../src/compilerPage.ts";
import { test as base } from "../src/fixtures.ts";
import { until } from "../src/openRuntime.ts";
import { PATIENCE_MS } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

const HELLO =
  'import { print } from "lunatic";\nexport function main(): void { print("hello from a page"); }\n';

let site: string;
beforeAll(async () => {
  site = await buildCompilerPage();
});

/** The page of src/compilerPage.ts with a compiler on it, `workshop.compiler`. */
const test = base.extend("workshop", async ({ page }, { onCleanup }) => {
  const server = await serveDirectory(site, { isolated: true });
  onCleanup(() => server[Symbol.asyncDispose]());
  await page.goto(server.url);
  await until(page, () => "ready" in document.documentElement.dataset);
  await page.evaluate(() => {
    const { workshop } = globalThis as unknown as CompilerPage;
    workshop.compiler = workshop.createCompiler({ patience: 200, timeout: 3_000 });
  });
  return page;
});

describe("the compiler in a page", () => {
  test("starts its worker at the first use, and makes a module that runs", async ({ workshop: page }) => {
    expect(page.workerCount()).toBe(0);

    const output = await page.evaluate(async (text) => {
      const { workshop } = globalThis as unknown as CompilerPage;
      const unhurried = workshop.createCompiler();
      try {
        return await workshop.run(await unhurried.compile(workshop.request(text)));
      } finally {
        unhurried.close();
      }
    }, HELLO);

    expect(output).toBe("hello from a page\n");
    await expect.poll(() => page.workerCount(), { timeout: PATIENCE_MS }).toBe(0);
  });

  test("tells errors with file, line and column", async ({ workshop: page }) => {
    const diagnostics = await page.evaluate(async () => {
      const { workshop } = globalThis as unknown as CompilerPage;
      const unhurried = workshop.createCompiler();
      const text = "export function main(): void {\n  wrong();\n}\n";
      const result = await unhurried.compile(workshop.request(text));
      unhurried.close();
      return result.diagnostics.map(({ message, place }) => ({
        message,
        file: place?.file ?? "",
        line: place?.range.start.line ?? 0,
        column: place?.range.start.column ?? 0,
      }));
    });

    expect(diagnostics).toEqual([
      { message: "Cannot find name 'wrong'.", file: "main.ts", line: 2, column: 3 },
    ]);
  });

  test("ends an endless compile when a newer one comes, or when its time is over", async ({
    workshop: page,
  }) => {
    const ends = await page.evaluate(
      async (endless, hello) => {
        const { compiler, request, run } = (globalThis as unknown as CompilerPage).workshop;
        await compiler.load();
        const nameOf = (error: unknown) => (error instanceof Error ? error.name : String(error));
        const late = await compiler.compile(request(endless)).catch(nameOf);
        const stale = compiler.compile(request(endless)).catch(nameOf);
        await new Promise((resolve) => setTimeout(resolve, 100));
        // On a busy machine the newest, which is small, may need more than its time itself.
        const newest = async (): Promise<string> => {
          try {
            return await run(await compiler.compile(request(hello)));
          } catch (error) {
            if (nameOf(error) !== "CompilerTimeoutError") throw error;
            return newest();
          }
        };
        const output = await newest();
        const staleEnd = await stale;
        return { late: String(late), stale: String(staleEnd), output };
      },
      ENDLESS_PROGRAM,
      HELLO,
    );

    expect(ends).toEqual({
      late: "CompilerTimeoutError",
      stale: "CompileSupersededError",
      output: "hello from a page\n",
    });
  });

  test("leaves no worker behind when it is closed", async ({ workshop: page }) => {
    const name = await page.evaluate(async (endless) => {
      const { compiler, request } = (globalThis as unknown as CompilerPage).workshop;
      const compile = compiler.compile(request(endless));
      compiler.close();
      return compile.then(
        () => "a result",
        (error: Error) => error.name,
      );
    }, ENDLESS_PROGRAM);

    expect(name).toBe("CompilerClosedError");
    await expect.poll(() => page.workerCount(), { timeout: PATIENCE_MS }).toBe(0);
  });
});
