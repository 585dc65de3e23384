import type { Reporter, TestModule } from "vitest/node";

/**
 * Names each test that passed only when it was tried again. Where a machine is busy with other work one of some hundred
 * specs can fail for a reason that is not the change's; but a test that needs a second try has found a race, here or in
 * the code, and somebody has to look for it. Vitest's own summary does not tell.
 */
export class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(({ children, project }) =>
      [...children.allTests()].map((test) => ({ test, browser: project.name })),
    );
    const flaky = tests.filter(({ test }) => test.diagnostic()?.flaky);
    for (const { test, browser } of flaky) {
      console.error(
        `passed at the second try only, in ${browser}: ${test.module.relativeModuleId} > ${test.fullName}`,
      );
      for (const { message } of test.result().errors ?? []) console.error(`  ${message.split("\n")[0]}`);
    }
  }
}
