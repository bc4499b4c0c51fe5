import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FILES, renderDeclarations } from "./generate.ts";

test.each(Object.keys(FILES))("%s is made from today's table; else run `npm run generate`", (file) => {
  expect(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")).toBe(renderDeclarations(file));
});
