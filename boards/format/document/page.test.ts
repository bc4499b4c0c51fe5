import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderPage } from "./page.ts";

test("docs/cell-format.md is what the tables say", () => {
  const page = readFileSync(new URL("../../../docs/cell-format.md", import.meta.url), "utf8");
  expect(page === renderPage(), "docs/cell-format.md is out of date: npm run generate").toBe(true);
});
