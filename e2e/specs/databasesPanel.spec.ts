import { test } from "../src/fixtures.ts";

test("a visitor looks into the databases of a program", async ({ playground }) => {
  const { page } = playground;
  await page.setViewport(1280, 900);
  await playground.start("ts-guestbook");
  await playground.untilOver();
  await page.click('[data-testid="tab-databases"]');
  const text = (testId: string) =>
    page.evaluate((id) => document.querySelector(`[data-testid="${id}"]`)?.textContent ?? "", testId);
  await playground
    .until(() => text("databases"), "the tables are listed")
    .toContain("id integer, guest text, text text");
  await page.fill('[data-testid="database-sql"]', "select guest from entries order by id limit 2");
  await page.click('[data-testid="database-run"]');
  await playground.until(() => text("database-result"), "the rows are there").toBe("guestguest 1guest 2");
  await page.fill('[data-testid="database-sql"]', "delete from entries");
  await page.click('[data-testid="database-run"]');
  await playground.until(() => text("database-error"), "it may only read").toContain("a query may only read");
  await page.fill(
    '[data-testid="database-sql"]',
    "with recursive n(i) as (select 1 union all select i + 1 from n limit 5000) select i from n",
  );
  await page.click('[data-testid="database-run"]');
  await playground
    .until(() => text("database-count"), "not all are fetched")
    .toBe("the first 1000 rows; there are more");
});
